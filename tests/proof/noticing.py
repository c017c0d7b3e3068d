"""Who notices a mutant: the cross-checks, the laws, or the scenario tests; and whether there is anything to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Condition, expanded
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import Silent, decided_route
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.lint import CHECKS
from pathway.knowledge.models import Recommendation
from pathway.proof import load_laws
from pathway.proof.laws.claims import claim
from pathway.proof.laws.culprits import ByReading
from pathway.proof.laws.rule_checks import findings_of
from pathway.proof.symbolic.conditions import Answered, Possible, Symbols, Whole, Word
from pathway.proof.symbolic.decision import decided, gate_words, outcome
from pathway.proof.symbolic.scenarios import Space
from pathway.proof.symbolic.z3_solver import within
from tests.contract import oracle
from tests.contract.reasons import CAUTIONS, REASONS, STILL_OPEN, STILL_UNKNOWN, WAITING, Stands, StillOpen, StillUnknown
from tests.contract.test_route import ROUTES
from tests.people import KNOWLEDGE, QUIET, TRIED, anyone, without
from tests.proof.edges import Edge, conditions
from tests.proof.test_edges import kept

SPACE = Space(KNOWLEDGE)
LAWS = load_laws(KNOWLEDGE)
PEOPLE = 1000
Facts = Mapping[str, Any]


def noticed_by(mutant: Knowledge) -> str:
    """`check`, `laws`, `scenarios`, `nothing to notice` (the solver shows that no result differs) or `nobody`."""
    try:
        if any(fault for check in CHECKS for fault in check(mutant)):
            return "check"
    except (KeyError, ValueError):
        return "check"
    if broken(mutant):
        return "laws"
    if any(fails(mutant, test) for test in TESTS):
        return "scenarios"
    return "nobody" if can_differ(mutant) else "nothing to notice"


def fails(mutant: Knowledge, test: Callable[[Knowledge], bool]) -> bool:
    """Whether a test would fail, or get no answer at all."""
    try:
        return test(mutant)
    except (Silent, KeyError):
        return True


def broken(mutant: Knowledge) -> bool:
    """Some law is broken: those of one scenario all at once, then the others."""
    space = Space(mutant)
    solver = space.logic.solver(*space.settings(), *space.anyone.sound)
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
    return tuple(_known_on_edges(KNOWLEDGE))


def _known_on_edges(knowledge: Knowledge) -> Iterator[tuple[Edge, Facts]]:
    reader = ByReading(knowledge)
    yield from ((edge, reader.decide(edge.facts(knowledge), compare=False).facts) for edge in kept())


def off_its_edges(mutant: Knowledge) -> bool:
    """The test of the rules' edges would fail: some condition is another there than it was."""
    asked, usual = conditions(mutant), conditions(KNOWLEDGE)
    if usual.keys() - asked.keys():
        return True
    moved = defaults(mutant) != defaults(KNOWLEDGE)
    whole = {name: expanded(asked[name], mutant.written_out) for name in asked if moved or asked[name] != usual[name]}
    known = _known_on_edges(mutant) if moved else on_edges()
    return any(edge.rule in whole and truth(whole[edge.rule], facts) is not edge.holds for edge, facts in known)


@cache
def scenarios() -> tuple[tuple[Facts, Decision, Any], ...]:
    """Complete scenarios, where the rules as they are lead, and where the contract leads as it was read by hand."""
    random, found = Random(12), [_judged(edge.facts(KNOWLEDGE)) for edge in kept()]
    found += [_judged({**QUIET, **changes, **defaults(KNOWLEDGE), "guidance": "page"}) for changes in of_the_routes()]
    for _ in range(PEOPLE):
        chosen = {"guidance": random.choice(("page", "nice")), "injection-first": random.choice(("yes", "no"))}
        found.append(_judged({**anyone(random), **defaults(KNOWLEDGE), **chosen}))
    return tuple(found)


def of_the_routes() -> list[dict[str, str | int]]:
    """What differs from someone with nothing wrong in the tests of the routes."""
    rows: list[Any] = list(ROUTES.values())  # the rows' types differ, their first part is always a map of answers
    return [row[0] for row in rows]


def _judged(facts: Facts) -> tuple[Facts, Decision, Any]:
    return (
        facts,
        ByReading(KNOWLEDGE).decide(facts, compare=False),
        oracle.everything(dict(facts), facts["guidance"] == "nice", dict(facts)),
    )


def differs_from_the_contract(mutant: Knowledge) -> bool:
    """The scenario tests would fail: some scenario leads elsewhere than the contract has it."""
    names = sorted(mutated(mutant))
    for facts, usual, expected in scenarios():
        if any(_differs(mutant, name, usual) for name in names) and led_to(mutant, facts) != expected:
            return True
    return False


def mutated(mutant: Knowledge) -> set[str]:
    """The rules that are others."""
    old, new = ({rule.id: rule for rule in knowledge.rules()} for knowledge in (KNOWLEDGE, mutant))
    tests = {name for name in mutant.tests.keys() | KNOWLEDGE.tests.keys() if mutant.tests.get(name) != KNOWLEDGE.tests.get(name)}
    return tests | {name for name in old if old[name] != new.get(name)}


def _differs(mutant: Knowledge, name: str, usual: Decision) -> bool:
    """Whether the rule may matter to the scenario: it speaks there, or it did."""
    test: Condition | None = mutant.tests.get(name)
    if test is None or name not in usual.truths:
        return True
    return usual.truths[name] is not False or truth(test, usual.facts) is not False


def shows_other_reasons(mutant: Knowledge) -> bool:
    """The test of the reasons and the cautions would fail."""
    shown = all(_stands(mutant, wanted) for wanted in REASONS.values())
    warned = (any(w.words in c.text and o in c.options for c in mutant.cautions) for w in CAUTIONS.values() for o in w.options)
    return not (shown and all(warned))


def _stands(mutant: Knowledge, wanted: Stands) -> bool:
    facts = {**QUIET, **wanted.answers, **defaults(mutant), "guidance": wanted.guidance}
    held = ByReading(mutant).decide(facts, compare=False).truths
    said = [rule for rule in mutant.recommendations.values() if held[rule.id] and _is(rule, wanted)]
    return all(any(option in rule.options for rule in said) for option in wanted.options)


def _is(rule: Recommendation, wanted: Stands) -> bool:
    cited = any(str(cite.at or cite.statement).startswith(wanted.at) for cite in rule.cites)
    return (rule.says, rule.basis, rule.assumption, cited) == (wanted.says, wanted.basis, wanted.assumption, True)


def leaves_other_verdicts_open(mutant: Knowledge) -> bool:
    """The tests of what is possible while a question is open would fail."""
    for cause in mutant.findings["cause"].answers:
        found = _while_open(mutant, StillOpen("saddle_numbness", {}, {"cause": cause}))
        if any(found[option] & {"later", "applies", "on_hold"} == found[option] and len(found[option]) < 2 for option in WAITING):
            return True
    rows = ((_while_open(mutant, wanted), wanted) for wanted in STILL_OPEN.values())
    return any(found[option] != possible for found, wanted in rows for option, possible in wanted.possible.items())


def _while_open(mutant: Knowledge, wanted: StillOpen) -> dict[str, set[str]]:
    facts = {**without({**TRIED, **wanted.answers}, wanted.question), **defaults(mutant), "guidance": wanted.guidance}
    found = ByReading(mutant).decide(facts, compare=False).verdicts
    return {option: set(choice.possible) for option, choice in found.items()}


def says_otherwise_of_a_rule(mutant: Knowledge) -> bool:
    """The test of what the trace says while a question is open would fail."""
    return any(_held(mutant, wanted) is not wanted.holds for wanted in STILL_UNKNOWN.values())


def _held(mutant: Knowledge, wanted: StillUnknown) -> bool | None:
    facts = {**without({**QUIET, **wanted.answers}, wanted.question), **defaults(mutant), "guidance": wanted.guidance}
    return ByReading(mutant).decide(facts, compare=False).truths[wanted.rule]


TESTS = (
    off_its_edges,
    differs_from_the_contract,
    shows_other_reasons,
    leaves_other_verdicts_open,
    says_otherwise_of_a_rule,
)


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
    if defaults(mutant) == defaults(KNOWLEDGE):
        symbols = (person.symbols, person.symbols)
    else:
        symbols = (by_its_assumptions(KNOWLEDGE), by_its_assumptions(mutant))
    old, new = (dict(formulas(base, read)) for base, read in zip((KNOWLEDGE, mutant), symbols, strict=True))
    if old.keys() != new.keys():
        return True
    return solver.model(logic.any(old[name] != new[name] for name in old)) is not None


def by_its_assumptions(knowledge: Knowledge) -> Symbols:
    """Anyone, by the assumptions as they stand there."""
    logic, usual, symbols = SPACE.logic, defaults(knowledge), SPACE.anyone.symbols
    words = {name: Answered(logic, {value: logic.true}) for name, value in usual.items() if isinstance(value, str)}
    weeks = {name: Whole(logic.whole(value), logic.true) for name, value in usual.items() if isinstance(value, int)}
    return Symbols(logic, {**symbols.words, **words}, {**symbols.numbers, **weeks})


def formulas(knowledge: Knowledge, symbols: Symbols) -> Iterator[tuple[str, Any]]:
    """Everything of which a result is made, by name: what a rule says, and of what, is part of its name."""
    found = outcome(knowledge, symbols)
    yield from ((f"route {name}", formula) for name, formula in found.route.items())
    yield from ((f"step {name}", formula) for name, formula in found.step.items())
    for rule in knowledge.rules():
        named = f"{rule.id} says {getattr(rule, 'says', '')} of {getattr(rule, 'options', ())}"
        yield from ((f"{named} {number}", formula) for number, formula in enumerate(found.held[rule.id]))
    yield from ((f"{option} {name}", formula) for option, values in found.verdicts.items() for name, formula in values.items())
    derived: dict[str, Word] = {
        "route": Answered(SPACE.logic, found.route),
        **gate_words(found.gates, SPACE.logic),
        "step": Answered(SPACE.logic, decided(found.step, SPACE.logic)),
        "step_rule": Possible(SPACE.logic, found.step_rule),
    }
    for kind, entries in (("caution", knowledge.cautions), ("contradiction", knowledge.contradictions)):
        for entry in entries:
            pair = symbols.with_words(derived).read(expanded(entry.when, knowledge.written_out))
            named = f"{kind} {entry.line} of {getattr(entry, 'options', ())}"
            yield from ((f"{named} {number}", formula) for number, formula in enumerate(pair))
