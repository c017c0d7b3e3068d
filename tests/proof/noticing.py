"""Says what detects a mutant: the checks, the laws or the scenario tests; or that no result differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Condition, expand_definitions
from pathway.deciding.decide import Decider, Decision
from pathway.deciding.precedence import Silent
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import CHECKS
from pathway.knowledge.models import Recommendation
from pathway.proof import load_laws
from pathway.proof.cache import Cache
from pathway.proof.laws.claims import claim
from pathway.proof.laws.rule_checks import check_rules
from pathway.proof.symbolic.conditions import MultiValued, NumberVariable, SingleValued, SymbolTable, WordVariable
from pathway.proof.symbolic.decision import decided_values, gate_variables, symbolic_outcome
from pathway.proof.symbolic.scenarios import SymbolicSpace
from pathway.proof.symbolic.z3_solver import within
from tests.contract import oracle
from tests.contract.reasons import CAUTIONS, REASONS, STILL_OPEN, STILL_UNKNOWN, WAITING, Stands, StillOpen, StillUnknown
from tests.contract.test_route import ROUTES
from tests.people import KNOWLEDGE, QUIET, TRIED, anyone, without
from tests.proof.edges import Edge, conditions
from tests.proof.test_edges import golden_edges

SPACE = SymbolicSpace(KNOWLEDGE)
LAWS = load_laws(KNOWLEDGE)
PEOPLE = 1000
Facts = Mapping[str, Any]
DECIDERS: Cache[Decider] = Cache(2)
"""Of the knowledge and of the present mutant."""


def noticed_by(mutant: Knowledge, order: Sequence[str] = ()) -> str:
    """Return which of DETECTORS notices it first, `nothing to notice` (the solver proves that no result differs) or `nobody`.

    `order` names the detectors as they are asked; usually as they stand in DETECTORS.
    """
    for name in order or DETECTORS:
        if DETECTORS[name](mutant):
            return name
    return "nobody" if can_differ(mutant) else "nothing to notice"


def check_fails(mutant: Knowledge) -> bool:
    """Return whether a check finds a fault, or can't read the rules."""
    try:
        return any(fault for check in CHECKS for fault in check(mutant))
    except (KeyError, ValueError):
        return True


def scenario_test_fails(mutant: Knowledge) -> bool:
    """Return whether one of the scenario tests fails."""
    return any(fails(mutant, test) for test in TESTS)


def fails(mutant: Knowledge, test: Callable[[Knowledge], bool]) -> bool:
    """Return whether a test fails, or raises because no rule applies."""
    try:
        return test(mutant)
    except (Silent, KeyError):
        return True


def broken(mutant: Knowledge) -> bool:
    """Return whether a law is broken: first all laws about one scenario at once, then the others."""
    space = SymbolicSpace(mutant)
    solver = space.logic.solver(*space.valid_settings(), *space.symbolic_case.complete_and_consistent)
    ways = [way for law in LAWS if law.then is not None for way in claim(law, space).broken.values()]
    if solver.model(space.logic.any(ways)) is not None:
        return True
    if any(check_rules(law.rules, space, within(30.0)) for law in LAWS if law.rules):
        return True
    claims = (claim(law, space) for law in LAWS if law.compare)
    return any(space.logic.solver(*space.valid_settings(), *c.about).model(space.logic.any(c.broken.values())) for c in claims)


@cache
def edges_with_facts() -> tuple[tuple[Edge, Facts], ...]:
    """Return the golden edges with the facts of each, derived ones included."""
    return tuple(_edges_with_facts(KNOWLEDGE))


def _edges_with_facts(knowledge: Knowledge) -> Iterator[tuple[Edge, Facts]]:
    yield from ((edge, decided(knowledge, edge.facts(knowledge)).facts) for edge in golden_edges())


def decided(knowledge: Knowledge, facts: Facts) -> Decision:
    """Return the decision of the second evaluator, which needs no compiled rules."""
    return DECIDERS.get_or_make(knowledge, lambda: Decider(knowledge)).reference_decision(facts)


def edge_test_fails(mutant: Knowledge) -> bool:
    """Return whether the edge test fails: some condition has another truth value on an edge."""
    mutated, original = conditions(mutant), conditions(KNOWLEDGE)
    if original.keys() - mutated.keys():
        return True
    moved = defaults(mutant) != defaults(KNOWLEDGE)
    differing = (name for name in mutated if moved or mutated[name] != original[name])
    full = {name: expand_definitions(mutated[name], mutant.expanded_definitions) for name in differing}
    edges = _edges_with_facts(mutant) if moved else edges_with_facts()
    return any(edge.rule in full and truth(full[edge.rule], facts) is not edge.holds for edge, facts in edges)


@cache
def scenarios() -> tuple[tuple[Facts, Decision, Any], ...]:
    """Return complete scenarios, each with the present decision and with the hand-written oracle's."""
    random, rows = Random(12), [_expected(edge.facts(KNOWLEDGE)) for edge in golden_edges()]
    rows += [_expected({**QUIET, **changes, **defaults(KNOWLEDGE), "guidance": "page"}) for changes in route_test_answers()]
    for _ in range(PEOPLE):
        chosen = {"guidance": random.choice(("page", "nice")), "injection-first": random.choice(("yes", "no"))}
        rows.append(_expected({**anyone(random), **defaults(KNOWLEDGE), **chosen}))
    return tuple(rows)


def route_test_answers() -> list[dict[str, str | int]]:
    """Return the answers of the route tests that differ from the usual ones."""
    rows: list[Any] = list(ROUTES.values())  # the rows' types differ; their first item is always a mapping of answers
    return [row[0] for row in rows]


def _expected(facts: Facts) -> tuple[Facts, Decision, Any]:
    return (
        facts,
        decided(KNOWLEDGE, facts),
        oracle.everything(dict(facts), facts["guidance"] == "nice", dict(facts)),
    )


def differs_from_the_contract(mutant: Knowledge) -> bool:
    """Return whether the scenario tests fail: some scenario leads to another result than the contract says."""
    names = sorted(mutated(mutant))
    for facts, decision, expected in scenarios():
        if any(_may_differ(mutant, name, decision) for name in names) and result_of(mutant, facts) != expected:
            return True
    return False


def mutated(mutant: Knowledge) -> set[str]:
    """Return the rules that were changed."""
    old, new = ({rule.id: rule for rule in knowledge.rules()} for knowledge in (KNOWLEDGE, mutant))
    tests = {
        name
        for name in mutant.rule_conditions.keys() | KNOWLEDGE.rule_conditions.keys()
        if mutant.rule_conditions.get(name) != KNOWLEDGE.rule_conditions.get(name)
    }
    return tests | {name for name in old if old[name] != new.get(name)}


def _may_differ(mutant: Knowledge, name: str, decision: Decision) -> bool:
    """Return whether the rule can matter in the scenario: it is not false there, or was not."""
    test: Condition | None = mutant.rule_conditions.get(name)
    if test is None or name not in decision.truths:
        return True
    return decision.truths[name] is not False or truth(test, decision.facts) is not False


def shows_other_reasons(mutant: Knowledge) -> bool:
    """Return whether the tests of reasons and cautions fail."""
    is_present = all(_reason_present(mutant, row) for row in REASONS.values())
    warned = (any(w.words in c.text and o in c.options for c in mutant.cautions) for w in CAUTIONS.values() for o in w.options)
    return not (is_present and all(warned))


def _reason_present(mutant: Knowledge, row: Stands) -> bool:
    facts = {**QUIET, **row.answers, **defaults(mutant), "guidance": row.guidance}
    truths = decided(mutant, facts).truths
    reasons = [rule for rule in mutant.recommendations.values() if truths[rule.id] and _matches(rule, row)]
    return all(any(option in rule.options for rule in reasons) for option in row.options)


def _matches(rule: Recommendation, row: Stands) -> bool:
    cited = any(str(cite.at or cite.statement).startswith(row.at) for cite in rule.cites)
    return (rule.says, rule.basis, rule.assumption, cited) == (row.says, row.basis, row.assumption, True)


def leaves_other_verdicts_open(mutant: Knowledge) -> bool:
    """Return whether the tests of what is possible while a question is open fail."""
    for cause in mutant.findings["cause"].answers:
        open_verdicts = _while_open(mutant, StillOpen("saddle_numbness", {}, {"cause": cause}))
        waiting = [open_verdicts[option] for option in WAITING]
        if any(possible <= {"later", "applies", "on_hold"} and len(possible) < 2 for possible in waiting):
            return True
    rows = ((_while_open(mutant, row), row) for row in STILL_OPEN.values())
    return any(verdicts[option] != possible for verdicts, row in rows for option, possible in row.possible.items())


def _while_open(mutant: Knowledge, row: StillOpen) -> dict[str, set[str]]:
    facts = {**without({**TRIED, **row.answers}, row.question), **defaults(mutant), "guidance": row.guidance}
    verdicts = decided(mutant, facts).verdicts
    return {option: set(choice.possible) for option, choice in verdicts.items()}


def trace_test_fails(mutant: Knowledge) -> bool:
    """Return whether the test of the trace while a question is open fails."""
    return any(_truth_while_open(mutant, row) is not row.holds for row in STILL_UNKNOWN.values())


def _truth_while_open(mutant: Knowledge, row: StillUnknown) -> bool | None:
    facts = {**without({**QUIET, **row.answers}, row.question), **defaults(mutant), "guidance": row.guidance}
    return decided(mutant, facts).truths[row.rule]


TESTS = (
    edge_test_fails,
    differs_from_the_contract,
    shows_other_reasons,
    leaves_other_verdicts_open,
    trace_test_fails,
)


DETECTORS: Mapping[str, Callable[[Knowledge], bool]] = {
    "check": check_fails,
    "laws": broken,
    "scenarios": scenario_test_fails,
}
QUICKEST_FIRST = ("check", "scenarios", "laws")
"""To know whether a mutant is noticed: the laws take ten times as long as the scenario tests."""


def result_of(mutant: Knowledge, facts: Facts) -> tuple[str, str, dict[str, str]] | None:
    """Return the mutant's route, step and verdicts; None if no rule applies."""
    try:
        made = decided(mutant, facts)
    except (Silent, KeyError):
        return None
    step = made.step.value if made.step else "none"
    return made.decided_route, step, {option: choice.value for option, choice in made.verdicts.items()}


def can_differ(mutant: Knowledge) -> bool:
    """Return whether a scenario, complete or not, has another route, step, verdict, reason, caution or warning."""
    case, logic = SPACE.symbolic_case, SPACE.logic
    solver = logic.solver(*SPACE.valid_settings(), *case.well_formed())
    if defaults(mutant) == defaults(KNOWLEDGE):
        symbols = (case.symbols, case.symbols)
    else:
        symbols = (with_default_assumptions(KNOWLEDGE), with_default_assumptions(mutant))
    old, new = (dict(formulas(knowledge, table)) for knowledge, table in zip((KNOWLEDGE, mutant), symbols, strict=True))
    if old.keys() != new.keys():
        return True
    return solver.model(logic.any(old[name] != new[name] for name in old)) is not None


def with_default_assumptions(knowledge: Knowledge) -> SymbolTable:
    """Return the symbols with the assumptions fixed at their default values."""
    logic, values, symbols = SPACE.logic, defaults(knowledge), SPACE.symbolic_case.symbols
    words = {name: SingleValued(logic, {value: logic.true}) for name, value in values.items() if isinstance(value, str)}
    weeks = {name: NumberVariable(logic.constant(value), logic.true) for name, value in values.items() if isinstance(value, int)}
    return SymbolTable(logic, {**symbols.words, **words}, {**symbols.numbers, **weeks})


def formulas(knowledge: Knowledge, symbols: SymbolTable) -> Iterator[tuple[str, Any]]:
    """Yield every formula that a result depends on, by name; a rule's name includes its verdict and options."""
    outcome = symbolic_outcome(knowledge, symbols)
    yield from ((f"route {name}", formula) for name, formula in outcome.route.items())
    yield from ((f"step {name}", formula) for name, formula in outcome.step.items())
    for rule in knowledge.rules():
        named = f"{rule.id} says {getattr(rule, 'says', '')} of {getattr(rule, 'options', ())}"
        yield from ((f"{named} {number}", formula) for number, formula in enumerate(outcome.truths[rule.id]))
    yield from ((f"{option} {name}", formula) for option, values in outcome.verdicts.items() for name, formula in values.items())
    derived: dict[str, WordVariable] = {
        "route": SingleValued(SPACE.logic, outcome.route),
        **gate_variables(outcome.gates, SPACE.logic),
        "step": SingleValued(SPACE.logic, decided_values(outcome.step, SPACE.logic)),
        "step_rule": MultiValued(SPACE.logic, outcome.step_rule),
    }
    for noun, entries in (("caution", knowledge.cautions), ("contradiction", knowledge.contradictions)):
        for entry in entries:
            pair = symbols.with_words(derived).read(expand_definitions(entry.when, knowledge.expanded_definitions))
            named = f"{noun} {entry.line} of {getattr(entry, 'options', ())}"
            yield from ((f"{named} {number}", formula) for number, formula in enumerate(pair))
