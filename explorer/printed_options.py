"""The options on paper: by verdict, what applies first, each with its reasons, citations, NICE's words and cautions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from explorer.html import Html, el, items, join
from explorer.verdicts import ORDER, group_title, unless
from explorer.view import View
from explorer.words import few
from pathway.result import Caution, Citation, Note, OptionResult, Reason


def options(view: View) -> list[Html]:
    """Every option under its verdict; a reason that several share is said once."""
    return [block for verdict in ORDER for block in _verdict(view, verdict)]


def _verdict(view: View, verdict: str) -> Iterator[Html]:
    found = view.result.options
    names = [name for name, option in found.items() if option.verdict == verdict]
    for number, group in enumerate(_alike(names, lambda name: deciding(found[name])[:1])):
        title = el("h2", group_title(view, verdict)) if number == 0 else None
        yield el("div", title, *_block(view, group), class_="option")


def _alike(names: list[str], told: Callable[[str], object]) -> list[list[str]]:
    found: dict[object, list[str]] = {}
    for name in names:
        found.setdefault(told(name), []).append(name)
    return list(found.values())


def _block(view: View, names: list[str]) -> Iterator[Html]:
    of = view.result.options
    reasons = [deciding(of[name]) for name in names]
    said = sum(1 for _ in takewhile(lambda at: len(set(at)) == 1, zip(*reasons, strict=False))) if len(names) > 1 else 0
    alike = _alike(names, lambda name: (_stands(view, of[name]), *_entry(view, [name], said)[1:]))
    entries = [_entry(view, same, said) for same in alike]
    if not said:
        yield from (part for entry in entries for part in entry)
        return
    yield because(reasons[0][:said])
    yield items(join(entry) for entry in entries)


def deciding(option: OptionResult) -> tuple[Reason, ...]:
    """The reasons for the verdict; where it is open, the first of those that hold so far."""
    stands = tuple(one for one in option.reasons if one.says == option.verdict and not one.overridden_by)
    return stands or option.reasons[:1]


def _entry(view: View, names: list[str], said: int) -> list[Html]:
    """Options of which the same is to be said, without the reasons that were said for them before."""
    option = view.result.options[names[0]]
    title = el("h3", ", ".join(view.knowledge.options[name].name for name in names), _stands(view, option))
    return [title, because(deciding(option)[said:]), el("p", _more(view, option), class_="small")]


def _stands(view: View, option: OptionResult) -> Html:
    """What the heading above does not say: what else an answer may make it, and where NICE says otherwise."""
    words = [*([unless(view, option.open)] if option.open else []), *option.contrasts]
    return join([": ", " ".join(words)] if words else None)


def _more(view: View, option: OptionResult) -> Html:
    words = tuple(view.short(name) for name in option.open.deciding) if option.open else ()
    left = [join(f"Decided by: {few(words)}.")] if words else []
    return Html(" ".join([*left, *map(_note, option.notes), *_cautions(view, option.cautions)]))


def _note(note: Note) -> Html:
    return join([el("b", f"NICE{f' {note.number}' if note.number else ''}: "), note.text, f" ({note.checked})"])


def _cautions(view: View, found: Iterable[Caution]) -> Iterator[Html]:
    same: dict[Html, list[str]] = {}
    for one in found:
        depends = f" Depends on: {', '.join(map(view.short, one.open))}." if one.open else ""
        same.setdefault(cited(one.citations, one.assumption), []).append(one.text + depends)
    for source, texts in same.items():
        yield join([el("b", "Caution: "), " ".join(texts), " ", source])


def because(found: Iterable[Reason]) -> Html:
    """Reasons, and what each rests on; what several of them say is said once."""
    same: dict[tuple[str, str | None], list[Citation]] = {}
    for one in found:
        same.setdefault((one.because, one.assumption), []).extend(one.citations)
    said = [join([words, " ", cited(places, assumption), " "]) for (words, assumption), places in same.items()]
    return el("p", *said) if said else Html("")


def cited(found: Iterable[Citation], assumption: str | None = None) -> Html:
    """Where it is said, and how surely that is known: each source once."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for one in found:
        places.setdefault((one.source_id, one.checked), {})[one.locator] = None
    words = [f"{source} ({checked}): {' and '.join(at)}" for (source, checked), at in places.items()]
    assumed = [f"assumption {assumption}"] if assumption else []
    return el("span", f"[{'; '.join([*assumed, *words])}]", class_="small")


def cites(view: View) -> Iterator[Citation]:
    """All that is cited for the options."""
    for option in view.result.options.values():
        for found in deciding(option):
            yield from found.citations
        for caution in option.cautions:
            yield from caution.citations
