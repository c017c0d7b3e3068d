"""The laws about the rules themselves: each rule can hold, each is needed, and no source says yes and no at once.

`can_hold`: some consistent scenario makes the rule's condition known true; for a rule of the ladder, a scenario on the ladder.

`needed`: leaving the rule out changes some result, reasons included. Every rule that holds appears among the reasons of its
options, so every rule that can hold changes some reason. The check is therefore stricter:
- a rule, a caution or a contradiction: somewhere it holds and no other says the same for the same reason;
- a rule of the ladder: somewhere it is the first that holds;
- an exception: somewhere it overrides a rule that no other exception overrides;
- an `unless known`: somewhere it lowers a route.
Definitions are not rules: loading refuses one that nothing reads.

`agree`: two rules contradict each other in two cases. Either both hold in one complete scenario, speak of one option and rest on
the same source, one says `not_advised` and the other `applies` or `later`, and neither is an exception of the other. Or their
conditions, exceptions ignored, are true in exactly the same scenarios and they say different things of an option.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from pathway.knowledge.base import downgrade_id
from pathway.knowledge.models import Recommendation
from pathway.knowledge.vocabulary import OFF_LADDER
from pathway.proof.laws.law import OfRules
from pathway.proof.laws.redundancy import redundant
from pathway.proof.laws.rule_search import RuleChecker, RuleDefect, flags_with_exception
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.witness import smallest_witness
from pathway.proof.symbolic.z3_solver import Deadline

FOR = ("applies", "later")
AGAINST = "not_advised"


def check_rules(check: OfRules, space: SymbolicSpace, until: Deadline) -> tuple[RuleDefect, ...]:
    """Return every defect that the check finds. Raises OutOfTime."""
    case = space.symbolic_case
    # A rule counts as able to hold in a partial scenario too; the other two checks look at complete ones.
    partial_too = check == "can_hold"
    solver = space.logic.solver(*space.valid_settings(), *case.well_formed()) if partial_too else space.complete_case_solver
    return tuple(CHECKS[check](RuleChecker(space, solver, until)))


def _can_hold(checker: RuleChecker) -> Iterator[RuleDefect]:
    contradictions = checker.space.symbolic_case.contradictions
    for name, formula in contradictions.items():
        if not checker.satisfiable(formula):
            yield RuleDefect(f"the contradiction {name} never holds", (name,))
    with checker.solver.assuming(*checker.space.symbolic_case.consistent()):
        for name, formula in can_fire_formulas(checker).items():
            if not checker.satisfiable(formula):
                yield RuleDefect(f"{name} never holds", (name,))


def can_fire_formulas(checker: RuleChecker) -> Mapping[str, Formula]:
    """Return, by name, the formula by which each rule, exception, definition and caution is known to hold."""
    space = checker.space
    outcome, logic = space.symbolic_case.outcome, space.logic
    on_ladder = logic.negate(outcome.step[OFF_LADDER])
    formulas = {rule: truth.true for rule, truth in outcome.truths.items()}
    formulas |= {rule: logic.all([on_ladder, outcome.truths[rule].true]) for rule in space.knowledge.step_rules}
    for flag in flags_with_exception(space.knowledge):
        formulas[downgrade_id(flag.id)] = logic.all([outcome.truths[flag.id].true, outcome.truths[downgrade_id(flag.id)].true])
    formulas |= {f"the caution at {c.file}:{c.line}": checker.read(c.when).true for c in space.knowledge.cautions}
    for name, when in space.knowledge.expanded_definitions.items():
        truth = checker.read(when)
        formulas |= {f"{name} (as present)": truth.true, f"{name} (as absent)": truth.false}
    return formulas


def _agree(checker: RuleChecker) -> Iterator[RuleDefect]:
    rules = checker.space.knowledge.recommendations
    holds = {name: checker.read(rule.when).true for name, rule in rules.items()}
    for first, second in combinations(rules.values(), 2):
        shared = [option for option in first.options if option in second.options]
        if shared and first.says != second.says and first.id not in second.overrides and second.id not in first.overrides:
            yield from _conflict(first, second, shared[0], holds, checker)


def _conflict(
    first: Recommendation, second: Recommendation, option: str, holds: Mapping[str, Formula], checker: RuleChecker
) -> Iterator[RuleDefect]:
    space = checker.space
    both = [space.symbolic_case.outcome.truths[rule.id].true for rule in (first, second)]
    if _opposed(first, second) and checker.satisfiable(*both):
        says = f"{first.id} says {first.says} and {second.id} says {second.says} of {option}"
        case = space.symbolic_case
        witness = smallest_witness([case], [*case.complete_and_consistent, *both], space, checker.until)
        yield RuleDefect(says, (first.id, second.id), witness)
    elif checker.always_equal(holds[first.id], holds[second.id]) and checker.satisfiable(holds[first.id]):
        yield RuleDefect(f"{first.id} and {second.id} have the same condition and differ on {option}", (first.id, second.id))


def _opposed(first: Recommendation, second: Recommendation) -> bool:
    """Return whether one source says yes and no: the rules share a basis and a source."""
    says = {first.says, second.says}
    same_source = first.basis == second.basis and bool(_sources(first) & _sources(second))
    return AGAINST in says and bool(says.intersection(FOR)) and same_source


def _sources(rule: Recommendation) -> set[str | None]:
    """Return the sources that a rule cites; None means the page, whose statements it cites."""
    return {cite.source for cite in rule.cites}


CHECKS: Mapping[OfRules, Callable[[RuleChecker], Iterator[RuleDefect]]] = {
    "can_hold": _can_hold,
    "needed": redundant,
    "agree": _agree,
}
