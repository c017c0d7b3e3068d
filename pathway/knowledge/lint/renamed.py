"""Checks former ids: none is still in use, each leads to a present id, and each is listed once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import FormerId, unknown_names


def _renamed(knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[tuple[str, str | None, str]] = set()
    for entry in knowledge.renamed:
        if (known := (entry.kind, entry.finding, entry.former)) in seen:
            yield entry.fault(f"{entry.former} is listed twice; a former id leads to one thing")
        seen.add(known)
        yield from _shape_faults(entry)
        if entry.finding:
            yield from unknown_names(entry, "finding", [entry.finding], knowledge.findings)
        yield from _target_faults(entry, ids_of(entry, knowledge))


def _shape_faults(entry: FormerId) -> Iterator[Fault]:
    if (entry.kind == "answer") != (entry.finding is not None):
        yield entry.fault("an answer, and nothing else, names its finding; write `finding` for an answer alone")
    if (entry.present is None) == (entry.gone is None):
        yield entry.fault(f"{entry.former} needs either present (what it is called now) or gone (why nothing replaces it)")


def _target_faults(entry: FormerId, ids: Collection[str]) -> Iterator[Fault]:
    if entry.former in ids:
        yield entry.fault(
            f"{entry.former} is the id of {_with_article(entry.kind)} still; a former id is one that is no longer used"
        )
    if entry.present:
        yield from unknown_names(entry, entry.kind, [entry.present], ids)


def _with_article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def ids_of(entry: FormerId, knowledge: Knowledge) -> Collection[str]:
    """Return the present ids of the entry's kind."""
    match entry.kind:
        case "finding":
            return knowledge.findings
        case "answer":
            return knowledge.findings[entry.finding].answers if entry.finding in knowledge.findings else ()
        case "assumption":
            return knowledge.assumptions
        case "option":
            return knowledge.options
        case "rule":
            return [rule.id for rule in knowledge.rules()]


CHECKS = (_renamed,)
