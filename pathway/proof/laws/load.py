"""Reads the laws, and checks that every name in them leads somewhere and that nothing is left without a law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pathway.conditions.tree import Condition, Is, Leaf, expanded, leaves, variables
from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import Readable, readable
from pathway.knowledge.loader import data_folder
from pathway.knowledge.models import unknown_names
from pathway.knowledge.vocabulary import GUIDANCE, ROUTES, STEPS, UNDETERMINED, VERDICTS
from pathway.proof.laws.law import Compare, Law, entries
from pathway.proof.symbolic.decision import OFF
from pathway.yaml.document import read

VERDICT, SAID = "verdict", "said"
"""What a law reads of each of its options: its verdict, and what any of its rules says."""


def load_laws(knowledge: Knowledge, folder: Path | None = None) -> tuple[Law, ...]:
    """The laws in `folder` (by default those that come with this package). Raises Unusable with every fault."""
    document = read((folder or data_folder()) / "laws.yaml", "data/laws.yaml")
    laws: tuple[Law, ...] = entries(document, Law)
    if faults := sorted(dict.fromkeys(faults_in(laws, knowledge))):
        raise Unusable(faults)
    return laws


def conditions(law: Law) -> tuple[Condition, ...]:
    """The conditions of a law: its `if` and its `then`."""
    return (law.where,) if law.then is None else (law.where, law.then)


def options(law: Law, knowledge: Knowledge) -> tuple[str, ...]:
    """The options of which a law speaks."""
    return tuple(knowledge.options) if law.options == "all" else law.options


def faults_in(laws: tuple[Law, ...], knowledge: Knowledge) -> Iterator[Fault]:
    """Every fault of the laws as a whole."""
    allowed = _readable(knowledge)
    seen: set[str] = set()
    for law in laws:
        if law.id in seen:
            yield law.fault(f"the id {law.id} stands twice; an id names one law")
        seen.add(law.id)
        yield from _names(law, allowed)
        yield from unknown_names(law, "option", options(law, knowledge), knowledge.options)
    yield from _without_law(laws, knowledge)
    yield from _flags_without_law(laws, knowledge)


def _readable(knowledge: Knowledge) -> Readable:
    """What a condition may read, and of the law's options the verdict, and what any rule says."""
    found = readable(knowledge)
    return replace(found, answers={**found.answers, "guidance": GUIDANCE, VERDICT: VERDICTS, SAID: VERDICTS})


def _names(law: Law, allowed: Readable) -> Iterator[Fault]:
    for leaf in _leaves([law]):
        yield from allowed.unknown(law, leaf)
        if leaf.of in (VERDICT, SAID) and not law.options:
            yield law.fault(f"reads the {leaf.of} of its options, and names no options")
    if law.compare:
        yield from _compared(law, law.compare, allowed)


def _compared(law: Law, compare: Compare, allowed: Readable) -> Iterator[Fault]:
    if compare.grows:
        yield from allowed.unknown_number(law, compare.finding)
        return
    yield from allowed.unknown_answers(law, compare.finding, (*compare.before, *compare.after))
    if not (compare.before and compare.after):
        yield law.fault("compare needs from and to, or grows: true")


def _without_law(laws: tuple[Law, ...], knowledge: Knowledge) -> Iterator[Fault]:
    """Routes, steps, verdicts and options that no law names; `options: all` names none."""
    read = {(leaf.of, word) for leaf in _leaves(laws) if isinstance(leaf, Is) for word in leaf.among}
    named = {("option", name) for law in laws if law.options != "all" for name in law.options}
    decided = [verdict for verdict in VERDICTS if verdict != UNDETERMINED]
    said: dict[str, Iterable[str]] = {"route": ROUTES, "step": (*STEPS, OFF), VERDICT: decided, "option": knowledge.options}
    for kind, words in said.items():
        for word in words:
            if (kind, word) not in read | named:
                yield Fault("data/laws.yaml", None, f"no law names the {kind} {word}; write one")


def _flags_without_law(laws: tuple[Law, ...], knowledge: Knowledge) -> Iterator[Fault]:
    """Red flags whose finding no law about the route reads: such a flag could be lost and nothing would notice."""
    of_the_route = [law for law in laws if law.then is not None and "route" in _read(law.then, knowledge)]
    named = frozenset[str]().union(*(_read(condition, knowledge) for law in of_the_route for condition in conditions(law)))
    for flag in knowledge.red_flags.values():
        if flag.finding not in named:
            yield flag.fault(f"no law about the route names {flag.finding}; write one in data/laws.yaml")


def _read(condition: Condition, knowledge: Knowledge) -> frozenset[str]:
    return variables(expanded(condition, knowledge.written_out))


def _leaves(laws: Iterable[Law]) -> Iterator[Leaf]:
    for law in laws:
        for condition in conditions(law):
            yield from leaves(condition)
