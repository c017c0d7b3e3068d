"""Checks the pieces of the one sentence: none is missing, and each reads only values that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Phrase, unknown_names

FINDINGS = ("who", "since")
"""The pieces that read answers."""
WORKED_OUT: Mapping[str, tuple[str, ...]] = {
    "someone": (), "nobody": (), "visit": ("number", "of"), "step": ("step",), "first": ("step",), "so_far": ("step",),
    "none_fits": ("step", "none_fits"), "safety_open": ("number",), "open": ("number",), "skipped": ("number",), "firm": (),
}  # fmt: skip
"""The other pieces, with the words that are worked out for each; each route off the ladder has two more."""


def _sentence(knowledge: Knowledge) -> Iterator[Fault]:
    routes = knowledge.off_ladder
    worked_out = {**WORKED_OUT, **dict.fromkeys(routes, ()), **{f"{route}_open": ("number",) for route in routes}}
    pieces = (*FINDINGS, *worked_out)
    for piece in pieces:
        if piece not in knowledge.sentence:
            yield Fault("data/sentence.yaml", None, f"needs words for {piece}")
    for phrase in knowledge.sentence.values():
        if phrase.id not in pieces:
            yield phrase.fault(f"the sentence has no piece {phrase.id}; {suggestion(phrase.id, pieces)}")
        elif phrase.id in FINDINGS:
            yield from unknown_names(phrase, "finding", sorted(phrase.names), knowledge.findings)
        else:
            yield from _unknown_words(phrase, worked_out[phrase.id])


def _unknown_words(phrase: Phrase, valid: tuple[str, ...]) -> Iterator[Fault]:
    for name in sorted(phrase.names - set(valid)):
        yield phrase.fault(f"nothing is worked out as {name} for {phrase.id}; write {_in_braces(valid)}")


def _in_braces(names: tuple[str, ...]) -> str:
    return " or ".join(f"{{{name}}}" for name in names) or "no braces"


CHECKS = (_sentence,)
