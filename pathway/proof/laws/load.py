"""Loads the laws. Checks that every name in them exists, and that every route, step, verdict, option and red flag has a law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pathway.conditions.tree import ALWAYS, AllOf, AnyOf, Condition, Is, Leaf, expand_definitions, leaves, variables
from pathway.errors import Fault, Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import Readable, readable
from pathway.knowledge.models import unknown_names
from pathway.knowledge.shorthand import written_out
from pathway.knowledge.vocabulary import OFF_LADDER, READING, UNDETERMINED, VERDICTS
from pathway.proof.laws.law import Compare, Law, MoreKnown
from pathway.yaml.document import read_part
from pathway.yaml.validation import validate_as

VERDICT, ANY_RULE_SAYS = "verdict", "said"
"""The variables that a law reads for each of its options: its verdict, and what any of its rules says."""
NOTHING_LEFT_OUT: MoreKnown = "leaves_out_nothing"
"""What every pathway needs: other laws are about complete scenarios, and would not see an option without a rule before."""


def load_laws(knowledge: Knowledge, folder: Path | None = None) -> tuple[Law, ...]:
    """Return the laws in `folder`, by default those beside the knowledge. Raises Unusable with every fault."""
    document = read_part(folder or knowledge.folder, "laws.yaml")
    written: tuple[Law, ...] = validate_as(document, tuple[Law, ...])
    laws = tuple(_written_out(law, knowledge) for law in written)
    if faults := sorted(dict.fromkeys(faults_in(laws, knowledge))):
        raise Unusable(faults)
    return laws


def _written_out(law: Law, knowledge: Knowledge) -> Law:
    """Return a law with the options of its sets, and with its red flags as a part of its `if`."""
    flags = knowledge.flags if law.flags == "all" else law.flags
    present = AnyOf(tuple(Is(flag, ("present",)) for flag in flags if flag in knowledge.flags))
    where = law.where if not flags else present if law.where == ALWAYS else AllOf((present, law.where))
    options = law.options if law.options == "all" else written_out(law.options, knowledge.option_sets)
    return law.model_copy(update={"options": options, "flags": flags, "where": where})


def conditions(law: Law) -> tuple[Condition, ...]:
    """Return the conditions of a law: its `if`, and its `then` where it has one."""
    return (law.where,) if law.then is None else (law.where, law.then)


def options(law: Law, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the options that a law is about."""
    return tuple(knowledge.options) if law.options == "all" else law.options


def faults_in(laws: tuple[Law, ...], knowledge: Knowledge) -> Iterator[Fault]:
    """Yield every fault of the laws as a whole."""
    allowed = readable_in_laws(knowledge)
    seen: set[str] = set()
    for law in laws:
        if law.id in seen:
            yield law.fault(f"the id {law.id} is used twice; each law needs its own id")
        seen.add(law.id)
        yield from _name_faults(law, allowed)
        yield from unknown_names(law, "option", options(law, knowledge), [*knowledge.options, *knowledge.option_sets])
        yield from unknown_names(law, "red flag", law.flags, knowledge.flags)
    yield from _values_without_law(laws, knowledge)
    yield from _missing_law_of_open_questions(laws)
    yield from _flags_without_law(laws, knowledge)


def readable_in_laws(knowledge: Knowledge) -> Readable:
    """Return what a law may read: all that other conditions may, and the verdicts and rules of its options."""
    names = readable(knowledge)
    return replace(names, answers={**names.answers, READING: knowledge.readings, VERDICT: VERDICTS, ANY_RULE_SAYS: VERDICTS})


def _name_faults(law: Law, allowed: Readable) -> Iterator[Fault]:
    for leaf in _leaves([law]):
        yield from allowed.unknown(law, leaf)
        if leaf.variable in (VERDICT, ANY_RULE_SAYS) and not law.options:
            yield law.fault(f"reads the {leaf.variable} of its options, but names no options")
    if law.compare:
        yield from _compare_faults(law, law.compare, allowed)


def _compare_faults(law: Law, compare: Compare, allowed: Readable) -> Iterator[Fault]:
    if compare.grows:
        yield from allowed.unknown_number(law, compare.finding)
        return
    yield from allowed.unknown_answers(law, compare.finding, (*compare.before, *compare.after))
    if not (compare.before and compare.after):
        yield law.fault("compare needs from and to, or grows: true")


def _values_without_law(laws: tuple[Law, ...], knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each route, step, verdict that a rule gives, and option that no law names; `options: all` names none."""
    read = {(leaf.variable, word) for leaf in _leaves(laws) if isinstance(leaf, Is) for word in leaf.values}
    named = {("option", name) for law in laws if law.options != "all" for name in law.options}
    rule_verdicts = {rule.says for rule in knowledge.recommendations.values()}
    decided = [verdict for verdict in VERDICTS if verdict in rule_verdicts and verdict != UNDETERMINED]
    steps = (*knowledge.steps, *([OFF_LADDER] if knowledge.off_ladder else []))
    required: dict[str, Iterable[str]] = {"route": knowledge.routes, "step": steps, VERDICT: decided, "option": knowledge.options}
    for variable, values in required.items():
        for value in values:
            if (variable, value) not in read | named:
                yield Fault("data/laws.yaml", None, f"no law names the {variable} {value}; write one")


def _missing_law_of_open_questions(laws: tuple[Law, ...]) -> Iterator[Fault]:
    """Yield a fault where no law covers open questions: then a case could be left without any answer until more is known."""
    if not any(law.knowing_more == NOTHING_LEFT_OUT for law in laws):
        says = f"no law says knowing more: {NOTHING_LEFT_OUT}; write one, so that open questions leave no case unanswered"
        yield Fault("data/laws.yaml", None, says)


def _flags_without_law(laws: tuple[Law, ...], knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each red flag whose finding no law about the route reads: dropping it would break no law."""
    about_route = [law for law in laws if law.then is not None and "route" in _variables(law.then, knowledge)]
    named = frozenset[str]().union(*(_variables(condition, knowledge) for law in about_route for condition in conditions(law)))
    for flag in knowledge.red_flags.values():
        if flag.finding not in named:
            yield flag.fault(f"no law about the route names {flag.finding}; write one in data/laws.yaml")


def _variables(condition: Condition, knowledge: Knowledge) -> frozenset[str]:
    return variables(expand_definitions(condition, knowledge.expanded_definitions))


def _leaves(laws: Iterable[Law]) -> Iterator[Leaf]:
    for law in laws:
        for condition in conditions(law):
            yield from leaves(condition)
