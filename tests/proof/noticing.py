"""Who notices a mutant: the cross-checks, the laws, or the scenario tests; and whether there is anything to notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

from pathway.assumptions import defaults
from pathway.check import faults_in
from pathway.condition import Condition, expanded
from pathway.decide import Decision, Silent, decided_route
from pathway.knowledge import Knowledge
from pathway.proof import load_laws
from pathway.proof.blame import ByReading
from pathway.proof.claims import claim, decided_symbols
from pathway.proof.composition import Outcome, outcome
from pathway.proof.logic import within
from pathway.proof.space import Space
from pathway.proof.structure import findings_of
from pathway.truth import truth
from tests.contract import oracle
from tests.people import KNOWLEDGE, anyone
from tests.proof.edges import Edge, conditions
from tests.proof.test_edges import kept

SPACE = Space(KNOWLEDGE)
LAWS = load_laws(KNOWLEDGE)
PEOPLE = 1000
Facts = Mapping[str, Any]


def noticed_by(mutant: Knowledge) -> str:
    """`check`, `laws`, `scenarios`, `nothing to notice` (the solver shows that no result differs) or `nobody`."""
    try:
        if faults_in(mutant):
            return "check"
    except (KeyError, ValueError):
        return "check"
    if broken(mutant):
        return "laws"
    if off_its_edges(mutant) or differs_from_the_contract(mutant):
        return "scenarios"
    return "nobody" if can_differ(mutant) else "nothing to notice"


def broken(mutant: Knowledge) -> bool:
    """Some law is broken: those of one scenario all at once, then the others."""
    space = Space(mutant)
    solver = space.logic.solver(
        *space.settings(), *space.anyone.well_formed(), *space.anyone.complete(), *space.anyone.consistent()
    )
    ways = [way for law in LAWS if law.then is not None for way in claim(law, space).broken.values()]
    if solver.model(space.logic.any(ways)) is not None:
        return True
    if any(findings_of(law.rules, space, within(30.0)) for law in LAWS if law.rules):
        return True
    claims = (claim(law, space) for law in LAWS if law.compare)
    return any(space.logic.solver(*space.settings(), *c.about).model(space.logic.any(c.broken.values())) for c in claims)


@cache
def on_edges() -> tuple[tuple[Edge, Facts], ...]:
    """The scenarios on the rules' edges, and all that is known in each at the end."""
    reader = ByReading(KNOWLEDGE)
    return tuple((edge, reader.decide(edge.facts(KNOWLEDGE), compare=False).facts) for edge in kept())


def off_its_edges(mutant: Knowledge) -> bool:
    """The test of the rules' edges would fail: some condition is another there than it was."""
    asked, usual = conditions(mutant), conditions(KNOWLEDGE)
    whole = {name: expanded(condition, mutant.written_out) for name, condition in asked.items() if condition != usual[name]}
    if usual.keys() - asked.keys():
        return True
    return any(edge.rule in whole and truth(whole[edge.rule], facts) is not edge.holds for edge, facts in on_edges())


@cache
def scenarios() -> tuple[tuple[Facts, Decision, Any], ...]:
    """Complete scenarios, where the rules as they are lead, and where the contract leads as it was read by hand."""
    random, found = Random(12), []
    for _ in range(PEOPLE):
        answers, guidance = anyone(random), random.choice(("page", "nice"))
        values = defaults(KNOWLEDGE) | {"injection-first": random.choice(("yes", "no"))}
        facts = {**answers, **values, "guidance": guidance}
        found.append((facts, ByReading(KNOWLEDGE).decide(facts, compare=False), by_hand(answers, values, guidance)))
    return tuple(found)


def by_hand(answers: Any, values: Any, guidance: str) -> tuple[str, str, dict[str, str]]:
    """Route, step and verdicts of a complete scenario, by the contract."""
    route = oracle.route(answers)
    step = (
        oracle.step(answers, guidance == "nice", values).replace("go-on", "conservative") if route == "stepped_care" else "none"
    )
    return route, step, oracle.verdicts(answers, guidance == "nice", values)


def differs_from_the_contract(mutant: Knowledge) -> bool:
    """The scenario tests would fail: some scenario leads elsewhere than the contract has it."""
    names = sorted(
        name for name in mutant.tests.keys() | KNOWLEDGE.tests.keys() if mutant.tests.get(name) != KNOWLEDGE.tests.get(name)
    )
    for facts, usual, expected in scenarios():
        if any(_differs(mutant, name, usual) for name in names) and led_to(mutant, facts) != expected:
            return True
    return False


def _differs(mutant: Knowledge, name: str, usual: Decision) -> bool:
    test: Condition | None = mutant.tests.get(name)
    return test is None or name not in usual.held or truth(test, usual.facts) != usual.held[name]


def led_to(mutant: Knowledge, facts: Facts) -> tuple[str, str, dict[str, str]] | None:
    """Route, step and verdicts by the mutant; None where it gives no answer."""
    try:
        found = ByReading(mutant).decide(facts, compare=False)
    except (Silent, KeyError):
        return None
    step = found.step.value if found.step else "none"
    return decided_route(found.route), step, {option: choice.value for option, choice in found.verdicts.items()}


def can_differ(mutant: Knowledge) -> bool:
    """Whether some scenario, complete or not, has another result: route, step, verdicts, reasons, cautions or warnings."""
    person, logic = SPACE.anyone, SPACE.logic
    solver = logic.solver(*SPACE.settings(), *person.well_formed())
    other = outcome(mutant, person.symbols)
    old, new = dict(formulas(KNOWLEDGE, person.outcome)), dict(formulas(mutant, other))
    if old.keys() != new.keys():
        return True
    return solver.model(logic.any(old[name] != new[name] for name in old)) is not None


def formulas(knowledge: Knowledge, found: Outcome) -> Iterator[tuple[str, Any]]:
    """Everything of which a result is made, by name."""
    yield from ((f"route {name}", formula) for name, formula in found.route.items())
    yield from ((f"step {name}", formula) for name, formula in found.step.items())
    yield from ((f"{rule} {number}", formula) for rule, pair in found.held.items() for number, formula in enumerate(pair))
    yield from ((f"{option} {name}", formula) for option, values in found.verdicts.items() for name, formula in values.items())
    symbols = decided_symbols(SPACE.anyone, "", SPACE)
    for kind, entries in (("caution", knowledge.cautions), ("contradiction", knowledge.contradictions)):
        for entry in entries:
            pair = symbols.read(expanded(entry.when, knowledge.written_out))
            yield from ((f"{kind} {entry.line} {number}", formula) for number, formula in enumerate(pair))
