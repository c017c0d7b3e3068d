"""The options on paper, by verdict: reasons, citations, notes of guidelines and cautions, with repetitions left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

import pathway
from explorer.markup.html import Html, el, items, join, on_lines
from explorer.markup.words import shorten_list
from explorer.pages.explore.verdicts import VERDICT_ORDER, group_title, open_verdict_phrase
from explorer.pages.explore.view import View
from pathway.explanation.result import Caution, Citation, Note, OptionResult, Reason, RedFlagResult
from pathway.explanation.wording import Wording

LONG = 80
"""Characters of markup from which a repeated note or caution is replaced by a reference."""


class Part(NamedTuple):
    """A note or a caution with its heading."""

    head: str
    words: Html


Parts = Mapping[str, list[Part]]
"""The notes and cautions of each option, in the order of the options."""


def options(view: View) -> list[Html]:
    """All options under their verdicts; a reason that several share is printed once."""
    parts = {name: _parts(option) for name, option in view.result.options.items()}
    return [block for verdict in VERDICT_ORDER for block in _verdict(view, parts, verdict)]


def _verdict(view: View, parts: Parts, verdict: str) -> Iterator[Html]:
    results = view.result.options
    names = [name for name, option in results.items() if option.verdict == verdict]
    for number, group in enumerate(_grouped_by(names, lambda name: deciding_reasons(results[name])[:1])):
        title = el("h2", group_title(view, verdict)) if number == 0 else None
        yield el("div", title, *_block(view, parts, group), class_="option")


def _grouped_by(names: list[str], key: Callable[[str], object]) -> list[list[str]]:
    groups: dict[object, list[str]] = {}
    for name in names:
        groups.setdefault(key(name), []).append(name)
    return list(groups.values())


def _block(view: View, parts: Parts, names: list[str]) -> Iterator[Html]:
    results = view.result.options
    reasons = [deciding_reasons(results[name]) for name in names]
    in_common = takewhile(lambda same: len(set(same)) == 1, zip(*reasons, strict=False))
    shared = sum(1 for _ in in_common) if len(names) > 1 else 0
    groups = _grouped_by(
        names,
        lambda name: (_open_and_contrast(view, results[name]), because(reasons[names.index(name)][shared:]), *parts[name]),
    )
    entries = [_entry(view, parts, same, shared) for same in groups]
    if not shared:
        yield from (part for entry in entries for part in entry)
        return
    yield because(reasons[0][:shared])
    yield items(join(entry) for entry in entries)


def deciding_reasons(option: OptionResult) -> tuple[Reason, ...]:
    """The reasons for the verdict; while it is open, the first reason that holds so far."""
    reasons = tuple(reason for reason in option.reasons if reason.says == option.verdict and not reason.overridden_by)
    return reasons or option.reasons[:1]


def _entry(view: View, parts: Parts, names: list[str], shared: int) -> list[Html]:
    """Options with the same text, without the first `shared` reasons, which are printed above them."""
    option = view.result.options[names[0]]
    title = el("h3", ", ".join(view.knowledge.options[name].name for name in names), _open_and_contrast(view, option))
    return [title, because(deciding_reasons(option)[shared:]), el("p", _more(view, parts, names[0]), class_="small")]


def _open_and_contrast(view: View, option: OptionResult) -> Html:
    """What the heading does not say: other possible verdicts, and where another source differs."""
    words = [*([open_verdict_phrase(view, option.open)] if option.open else []), *option.contrasts]
    return join([": ", on_lines(words)] if words else None)


def _more(view: View, parts: Parts, name: str) -> Html:
    """The deciding questions, notes and cautions; a long part that an earlier option has is a reference to it."""
    verdict_open = view.result.options[name].open
    words = tuple(view.finding_label(finding) for finding in verdict_open.deciding) if verdict_open else ()
    decided = [join(f"Questions that decide this: {shorten_list(words)}.")] if words else []
    first_with = {part: next(other for other, has in parts.items() if part in has) for part in parts[name]}
    texts = [
        (part.head, part.words if first == name or len(part.words) < LONG else f"as with {view.knowledge.options[first].name}.")
        for part, first in first_with.items()
    ]
    return Html(" ".join([*decided, *(join([el("b", head), words]) for head, words in texts)]))


def _parts(option: OptionResult) -> list[Part]:
    return [*map(_note, option.notes), *_cautions(option.cautions)]


def _note(note: Note) -> Part:
    return Part(f"{note.publisher}{f' {note.number}' if note.number else ''}: ", join([note.text, _evidence_note(note.checked)]))


def _cautions(cautions: Iterable[Caution]) -> Iterator[Part]:
    same: dict[Html, list[str]] = {}
    for caution in cautions:
        rests_on = cited(caution.citations, caution.assumption, caution.basis)
        same.setdefault(rests_on, []).append(" ".join([caution.text, *doubts(caution)]))
    for source, texts in same.items():
        yield Part("Caution: ", join([" ".join(texts), " ", source]))


def because(reasons: Iterable[Reason]) -> Html:
    """Reasons with their evidence; equal texts are merged."""
    same: dict[tuple[str, str | None, str], list[Citation]] = {}
    for reason in reasons:
        same.setdefault((" ".join([reason.because, *doubts(reason)]), reason.assumption, reason.basis), []).extend(
            reason.citations
        )
    texts = [join([words, " ", cited(places, assumption, basis), " "]) for (words, assumption, basis), places in same.items()]
    return el("p", *texts) if texts else Html("")


def doubts(entry: Reason | Caution | RedFlagResult) -> Iterable[str]:
    """Sentences that say where sources differ, and which part has no named source."""
    return Wording(pathway.load()).doubts(entry)


def cited(citations: Iterable[Citation], assumption: str | None = None, basis: str = "") -> Html:
    """The citations, each source once, with the evidence level where the original was not read."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for citation in citations:
        places.setdefault((citation.source_id, citation.checked), {})[citation.locator] = None
    words = [f"{numbered(source)}{_evidence_note(checked)}: {' and '.join(at)}" for (source, checked), at in places.items()]
    assumed = [f"assumption {assumption}"] if assumption else []
    assumed += [pathway.load().label(basis).title.lower()] if basis == "unsourced" else []
    return el("span", f"[{'; '.join([*assumed, *words])}]", class_="small")


def numbered(source: str) -> str:
    """The label of a source on the sheet: its number among all sources; the page by its id."""
    knowledge = pathway.load()
    return source if source == knowledge.ledger.source else str(list(knowledge.sources).index(source))


def _evidence_note(checked: str) -> str:
    """How surely something is known, unless the original was read: paper is short, and most of them were."""
    return "" if checked == "primary" else f" ({pathway.load().label(checked).title})"


def cites(view: View) -> Iterator[Citation]:
    """All citations of the options."""
    for option in view.result.options.values():
        for reason in deciding_reasons(option):
            yield from reason.citations
        for caution in option.cautions:
            yield from caution.citations
