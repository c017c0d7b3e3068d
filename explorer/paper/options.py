"""The options on paper: by verdict, what applies first, each with its reasons, citations, NICE's words and cautions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

import pathway
from explorer.instrument.verdicts import VERDICT_ORDER, group_title, open_verdict_phrase
from explorer.instrument.view import View
from explorer.markup.html import Html, el, items, join
from explorer.markup.words import shorten_list
from pathway.explanation.result import Caution, Citation, Note, OptionResult, Reason, RedFlagResult

LONG = 80
"""Letters of markup from which a note or a caution is said once."""


class Part(NamedTuple):
    """A note or a caution, and what it is called."""

    head: str
    words: Html


def options(view: View) -> list[Html]:
    """Every option under its verdict; a reason that several share is said once."""
    return [block for verdict in VERDICT_ORDER for block in _verdict(view, verdict)]


def _verdict(view: View, verdict: str) -> Iterator[Html]:
    found = view.result.options
    names = [name for name, option in found.items() if option.verdict == verdict]
    for number, group in enumerate(_grouped_by(names, lambda name: deciding_reasons(found[name])[:1])):
        title = el("h2", group_title(view, verdict)) if number == 0 else None
        yield el("div", title, *_block(view, group), class_="option")


def _grouped_by(names: list[str], told: Callable[[str], object]) -> list[list[str]]:
    found: dict[object, list[str]] = {}
    for name in names:
        found.setdefault(told(name), []).append(name)
    return list(found.values())


def _block(view: View, names: list[str]) -> Iterator[Html]:
    of = view.result.options
    reasons = [deciding_reasons(of[name]) for name in names]
    said = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*reasons, strict=False))) if len(names) > 1 else 0
    alike = _grouped_by(
        names, lambda name: (_open_and_contrast(view, of[name]), because(reasons[names.index(name)][said:]), *_parts(view, name))
    )
    entries = [_entry(view, same, said) for same in alike]
    if not said:
        yield from (part for entry in entries for part in entry)
        return
    yield because(reasons[0][:said])
    yield items(join(entry) for entry in entries)


def deciding_reasons(option: OptionResult) -> tuple[Reason, ...]:
    """The reasons for the verdict; where it is open, the first of those that hold so far."""
    stands = tuple(one for one in option.reasons if one.says == option.verdict and not one.overridden_by)
    return stands or option.reasons[:1]


def _entry(view: View, names: list[str], said: int) -> list[Html]:
    """Options of which the same is to be said, without the reasons that were said for them before."""
    option = view.result.options[names[0]]
    title = el("h3", ", ".join(view.knowledge.options[name].name for name in names), _open_and_contrast(view, option))
    return [title, because(deciding_reasons(option)[said:]), el("p", _more(view, names[0]), class_="small")]


def _open_and_contrast(view: View, option: OptionResult) -> Html:
    """What the heading above does not say: what else an answer may make it, and where NICE says otherwise."""
    words = [*([open_verdict_phrase(view, option.open)] if option.open else []), *option.contrasts]
    return join([": ", " ".join(words)] if words else None)


def _more(view: View, name: str) -> Html:
    """What decides, what NICE says and the cautions; what another option has too is said there alone, where it is long."""
    left = view.result.options[name].open
    words = tuple(view.finding_label(finding) for finding in left.deciding) if left else ()
    decided = [join(f"Questions that decide this: {shorten_list(words)}.")] if words else []
    parts = [(part, _first_with(view, part)) for part in _parts(view, name)]
    told = [
        (part.head, part.words if first == name or len(part.words) < LONG else f"as with {view.knowledge.options[first].name}.")
        for part, first in parts
    ]
    return Html(" ".join([*decided, *(join([el("b", head), words]) for head, words in told)]))


def _first_with(view: View, part: Part) -> str:
    """The first option that has the same part."""
    return next(name for name in view.result.options if part in _parts(view, name))


def _parts(view: View, name: str) -> list[Part]:
    option = view.result.options[name]
    return [*map(_note, option.notes), *_cautions(option.cautions)]


def _note(note: Note) -> Part:
    return Part(f"NICE{f' {note.number}' if note.number else ''}: ", join([note.text, _evidence_note(note.checked)]))


def _cautions(found: Iterable[Caution]) -> Iterator[Part]:
    same: dict[Html, list[str]] = {}
    for one in found:
        rests_on = cited(one.citations, one.assumption, one.basis)
        same.setdefault(rests_on, []).append(" ".join([one.text, *doubts(one)]))
    for source, texts in same.items():
        yield Part("Caution: ", join([" ".join(texts), " ", source]))


def because(found: Iterable[Reason]) -> Html:
    """Reasons, and what each rests on; what several of them say is said once."""
    same: dict[tuple[str, str | None, str], list[Citation]] = {}
    for one in found:
        same.setdefault((" ".join([one.because, *doubts(one)]), one.assumption, one.basis), []).extend(one.citations)
    said = [join([words, " ", cited(places, assumption, basis), " "]) for (words, assumption, basis), places in same.items()]
    return el("p", *said) if said else Html("")


def doubts(found: Reason | Caution | RedFlagResult) -> Iterator[str]:
    """Who says what where sources differ, and for which part no named source was found."""
    if found.differs:
        yield f"Where sources differ: {found.differs}"
    if found.unsourced:
        yield f"No named source was found for {found.unsourced}."


def cited(found: Iterable[Citation], assumption: str | None = None, basis: str = "") -> Html:
    """Where it is said, and how surely that is known where the original was not read: each source once."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for one in found:
        places.setdefault((one.source_id, one.checked), {})[one.locator] = None
    words = [f"{numbered(source)}{_evidence_note(checked)}: {' and '.join(at)}" for (source, checked), at in places.items()]
    assumed = [f"assumption {assumption}"] if assumption else []
    assumed += [pathway.load().label(basis).title.lower()] if basis == "unsourced" else []
    return el("span", f"[{'; '.join([*assumed, *words])}]", class_="small")


def numbered(source: str) -> str:
    """What a source is called on the sheet: its number among all of them, the page by its name."""
    knowledge = pathway.load()
    return source if source == knowledge.ledger.source else str(list(knowledge.sources).index(source))


def _evidence_note(checked: str) -> str:
    """How surely something is known, unless the original was read: paper is short, and most of them were."""
    return "" if checked == "primary" else f" ({pathway.load().label(checked).title})"


def cites(view: View) -> Iterator[Citation]:
    """All that is cited for the options."""
    for option in view.result.options.values():
        for found in deciding_reasons(option):
            yield from found.citations
        for caution in option.cautions:
            yield from caution.citations
