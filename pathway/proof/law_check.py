"""Reads the laws, and checks that every name in them leads somewhere and that nothing is left without a law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pathway.condition import AtLeast, Condition, Is, Leaf, leaves
from pathway.decide import UNDETERMINED
from pathway.document import read
from pathway.explain import GUIDANCE
from pathway.faults import Fault, Unusable, nearest
from pathway.knowledge import Knowledge
from pathway.load import data_folder
from pathway.proof.composition import OFF
from pathway.proof.laws import Law, entries
from pathway.vocabulary import ROUTES, STEPS, VERDICTS

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
    answers, numbers = _answers(knowledge), {finding.id for finding in knowledge.findings.values() if finding.whole}
    seen: set[str] = set()
    for law in laws:
        if law.id in seen:
            yield law.fault(f"the id {law.id} stands twice; an id names one law")
        seen.add(law.id)
        yield from _names(law, answers, numbers, knowledge)
    yield from _without_law(laws, knowledge)


def _answers(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found = {finding.id: tuple(finding.answers) for finding in knowledge.findings.values() if finding.answers}
    found |= dict.fromkeys(knowledge.definitions, ("present", "absent"))
    words = [entry for entry in knowledge.assumptions.values() if isinstance(entry.value, str)]
    found |= {entry.id: tuple(map(str, entry.allowed)) for entry in words}
    found |= {name: tuple(derived.answers) for name, derived in knowledge.derived.items()}
    return found | {"guidance": GUIDANCE, VERDICT: VERDICTS, SAID: VERDICTS}


def _names(law: Law, answers: Mapping[str, tuple[str, ...]], numbers: set[str], knowledge: Knowledge) -> Iterator[Fault]:
    for leaf in _leaves([law]):
        yield from _number(law, leaf, numbers, knowledge) if isinstance(leaf, AtLeast) else _word(law, leaf, answers)
    for name in options(law, knowledge):
        if name not in knowledge.options:
            yield law.fault(f"there is no option {name}; {nearest(name, knowledge.options)}")
    if law.compare:
        yield from _compare(law, answers, numbers)


def _word(law: Law, leaf: Leaf, answers: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    if leaf.of not in answers:
        yield law.fault(f"there is no finding {leaf.of}; {nearest(leaf.of, answers)}")
        return
    if leaf.of in (VERDICT, SAID) and not law.options:
        yield law.fault(f"reads the {leaf.of} of its options, and names no options")
    for answer in leaf.among if isinstance(leaf, Is) else ():
        if answer not in answers[leaf.of]:
            yield law.fault(f"{answer} is no answer for {leaf.of}; {nearest(answer, answers[leaf.of])}")


def _number(law: Law, leaf: AtLeast, numbers: set[str], knowledge: Knowledge) -> Iterator[Fault]:
    bounds = numbers | {name for name, assumption in knowledge.assumptions.items() if isinstance(assumption.value, int)}
    if leaf.of not in numbers:
        yield law.fault(f"there is no number {leaf.of}; {nearest(leaf.of, numbers)}")
    if isinstance(leaf.bound, str) and leaf.bound not in bounds:
        yield law.fault(f"there is no assumption or number {leaf.bound}; {nearest(leaf.bound, bounds)}")


def _compare(law: Law, answers: Mapping[str, tuple[str, ...]], numbers: set[str]) -> Iterator[Fault]:
    compare = law.compare
    assert compare, "asked only of a law that compares"
    if compare.grows:
        if compare.finding not in numbers:
            yield law.fault(f"there is no number {compare.finding}; {nearest(compare.finding, numbers)}")
    elif compare.finding not in answers:
        yield law.fault(f"there is no finding {compare.finding}; {nearest(compare.finding, answers)}")
    else:
        for answer in (*compare.before, *compare.after):
            if answer not in answers[compare.finding]:
                yield law.fault(f"{answer} is no answer for {compare.finding}; {nearest(answer, answers[compare.finding])}")
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


def _leaves(laws: Iterable[Law]) -> Iterator[Leaf]:
    for law in laws:
        for condition in conditions(law):
            yield from leaves(condition)
