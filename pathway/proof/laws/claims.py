"""Translates each law about scenarios into formulas: the scenarios it covers, and every way to break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathway.conditions.tree import Condition, expand_definitions
from pathway.knowledge.base import downgrade_id
from pathway.knowledge.vocabulary import OFF_LADDER, UNDETERMINED, VERDICTS
from pathway.proof.laws.law import Compare, Law, MoreKnown
from pathway.proof.laws.load import ANY_RULE_SAYS, VERDICT, options
from pathway.proof.symbolic.conditions import MultiValued, SingleValued, SymbolTable, ThreeValued, WordVariable
from pathway.proof.symbolic.decision import ValueFormulas, gate_variables
from pathway.proof.symbolic.formulas import Algebra, Formula
from pathway.proof.symbolic.scenarios import SymbolicCase, SymbolicSpace
from pathway.proof.symbolic.z3_solver import Deadline, Solver


@dataclass(frozen=True)
class Claim:
    """A law as formulas: the constraints on its scenarios (`about`), where its `if` holds, and each way to break it."""

    cases: tuple[SymbolicCase, ...]
    about: tuple[Formula, ...]
    applies: Formula
    broken: Mapping[str, Formula]
    """Keyed by the option, the step or the route that breaks it; the empty string if the law names no options."""

    def solver(self) -> Solver:
        """Return a solver that asserts the constraints: the shared one, where they are those of every complete scenario."""
        space = self.cases[0].space
        if self.about is space.symbolic_case.complete_and_consistent:
            return space.complete_case_solver
        return space.logic.solver(*space.valid_settings(), *self.about)


@dataclass(frozen=True)
class RuleVerdicts:
    """The variable `said`: what any rule of an option says, also where an exception overrides it."""

    logic: Algebra
    rules: tuple[tuple[str, ThreeValued], ...]

    def is_one_of(self, answers: tuple[str, ...]) -> ThreeValued:
        """Return whether a rule that says one of these holds."""
        rules = [rule for says, rule in self.rules if says in answers]
        return ThreeValued(self.logic.any(rule.true for rule in rules), self.logic.all(rule.false for rule in rules))


def claim(law: Law, space: SymbolicSpace) -> Claim:
    """Return a law about scenarios as formulas."""
    if law.then is not None:
        return _single_scenario_claim(law, law.then, space)
    if law.compare is not None:
        return _claim_about_two(law, law.compare, space)
    assert law.knowing_more is not None, "a law about rules is read by `rule_checks`"
    return _claim_about_more(law.knowing_more, space)


def _single_scenario_claim(law: Law, then: Condition, space: SymbolicSpace) -> Claim:
    case, logic = space.symbolic_case, space.logic
    pairs = {name or "": _if_and_then(law.where, then, case, name, space) for name in options(law, space.knowledge) or ("",)}
    broken = {name: logic.all([where.true, logic.negate(then.true)]) for name, (where, then) in pairs.items()}
    return Claim((case,), case.complete_and_consistent, logic.any(where.true for where, _ in pairs.values()), broken)


def _if_and_then(
    where: Condition, then: Condition, case: SymbolicCase, option: str, space: SymbolicSpace
) -> tuple[ThreeValued, ThreeValued]:
    symbols = decided_symbols(case, option, space)
    written_out = space.knowledge.expanded_definitions
    return symbols.read(expand_definitions(where, written_out)), symbols.read(expand_definitions(then, written_out))


def decided_symbols(case: SymbolicCase, option: str, space: SymbolicSpace) -> SymbolTable:
    """Return the variables that a law reads: answers, route, gates and step, and the verdict of `option` unless it is empty."""
    logic, outcome = space.logic, case.outcome
    words: dict[str, WordVariable] = {
        "route": SingleValued(logic, outcome.route),
        **gate_variables(outcome.gates, logic),
        "step": SingleValued(logic, case.step),
        "step_rule": MultiValued(logic, outcome.step_rule),
    }
    if option:
        words[VERDICT] = SingleValued(logic, case.verdicts[option])
        words[ANY_RULE_SAYS] = rule_verdicts(case.symbols.with_words(words), option, space)
    return case.symbols.with_words(words)


def rule_verdicts(symbols: SymbolTable, option: str, space: SymbolicSpace) -> RuleVerdicts:
    """Return what the option's rules say, ignoring exceptions."""
    written_out = space.knowledge.expanded_definitions
    rules = space.knowledge.rules_by_option[option]
    return RuleVerdicts(
        space.logic, tuple((rule.says, symbols.read(expand_definitions(rule.when, written_out))) for rule in rules)
    )


def trivial(law: Law, space: SymbolicSpace, until: Deadline) -> bool:
    """Return whether no rule base could break the law: it holds for any values of route, step and verdict."""
    if law.then is None:
        return False
    case, logic, written_out = space.symbolic_case, space.logic, space.knowledge.expanded_definitions
    free = {
        name: {value: logic.boolean(f"any.{name}={value}") for value in values} for name, values in _derived_values(space).items()
    }
    symbols = case.symbols.with_words({name: SingleValued(logic, values) for name, values in free.items()})
    where, then = (symbols.read(expand_definitions(part, written_out)) for part in (law.where, law.then))
    with space.complete_case_solver.assuming(*map(logic.exactly_one, map(dict.values, free.values()))):
        return space.complete_case_solver.model(where.true, logic.negate(then.true), until=until) is None


def _derived_values(space: SymbolicSpace) -> dict[str, tuple[str, ...]]:
    names = ("route", *space.knowledge.gates, "step", "step_rule")
    values = {name: tuple(space.knowledge.derived[name].answers) for name in names}
    return {**values, VERDICT: VERDICTS, ANY_RULE_SAYS: VERDICTS}


def _claim_about_two(law: Law, compare: Compare, space: SymbolicSpace) -> Claim:
    first = space.symbolic_case
    second = space.with_other_answer(first, compare.finding)
    about = [*first.complete_and_consistent, *second.complete_and_consistent]
    lower = step_below(second, first) if compare.never_lowers == "step" else less_urgent(second, first)
    where = expand_definitions(law.where, space.knowledge.expanded_definitions)
    applies = space.logic.all(decided_symbols(case, "", space).read(where).true for case in (first, second))
    broken: dict[str, Formula] = {compare.never_lowers: space.logic.all([applies, lower])}
    return Claim((first, second), (*about, *_differ(first, second, compare)), applies, broken)


def _differ(first: SymbolicCase, second: SymbolicCase, compare: Compare) -> Iterator[Formula]:
    logic = first.space.logic
    if compare.grows:
        yield second.numbers[compare.finding].value > first.numbers[compare.finding].value
    else:
        yield logic.any(first.words[compare.finding][answer] for answer in compare.before)
        yield logic.any(second.words[compare.finding][answer] for answer in compare.after)


def step_below(first: SymbolicCase, second: SymbolicCase) -> Formula:
    """Return whether the first's step is lower than the second's; off the ladder counts as above every step."""
    return _ranks_before(first.step, second.step, (*first.space.knowledge.steps, OFF_LADDER), first.space.logic)


def less_urgent(first: SymbolicCase, second: SymbolicCase) -> Formula:
    """Return whether the first's route is less urgent than the second's; never where either is undetermined."""
    routes = first.space.knowledge.routes
    return _ranks_before(first.outcome.route, second.outcome.route, tuple(reversed(routes)), first.space.logic)


def _ranks_before(first: ValueFormulas, second: ValueFormulas, order: tuple[str, ...], logic: Algebra) -> Formula:
    pairs = [(low, high) for number, high in enumerate(order) for low in order[:number]]
    return logic.any(logic.all([first[low], second[high]]) for low, high in pairs)


def _claim_about_more(promise: MoreKnown, space: SymbolicSpace) -> Claim:
    less, more = space.case("less"), space.case("more")
    logic = space.logic
    about = [*less.well_formed(), *more.well_formed(), *more.consistent(), *_extends(less, more)]
    match promise:
        case "keeps_what_is_decided":
            broken = {"route": _leaves_ladder(less, more), **_decided_then_changed(less, more)}
        case "never_lowers_urgency":
            broken = {"route": logic.all([less_urgent(more, less), logic.negate(_downgrade_became_known(less, more))])}
        case "leaves_out_nothing":
            about += more.complete()
            broken = _missing_possibility(less, more)
        case "never_shows_a_stronger_step":
            about += more.complete()
            broken = {"step": step_below(more, less)}
    return Claim((less, more), tuple(about), logic.true, broken)


def _extends(less: SymbolicCase, more: SymbolicCase) -> Iterator[Formula]:
    """Yield constraints: `more` has every answer that `less` has."""
    logic = less.space.logic
    for finding, words in less.words.items():
        yield from (logic.implies(answered, more.words[finding][word]) for word, answered in words.items())
    for finding, number in less.numbers.items():
        same = logic.all([more.numbers[finding].known, more.numbers[finding].value == number.value])
        yield logic.implies(number.known, same)


def _leaves_ladder(less: SymbolicCase, more: SymbolicCase) -> Formula:
    on_ladder = [case.outcome.route[case.space.knowledge.ladder_route] for case in (less, more)]
    return less.space.logic.all([on_ladder[0], less.space.logic.negate(on_ladder[1])])


def _decided_then_changed(less: SymbolicCase, more: SymbolicCase) -> dict[str, Formula]:
    logic = less.space.logic
    routes = less.space.knowledge.routes
    same_route = logic.any(logic.all([less.outcome.route[route], more.outcome.route[route]]) for route in routes)
    pairs = {"step": (less.step, more.step)} | {name: (now, more.verdicts[name]) for name, now in less.verdicts.items()}
    return {name: logic.all([same_route, _retracted(now, then, logic)]) for name, (now, then) in pairs.items()}


def _retracted(now: ValueFormulas, then: ValueFormulas, logic: Algebra) -> Formula:
    return logic.any(logic.all([holds, logic.negate(then[value])]) for value, holds in now.items() if value != UNDETERMINED)


def _downgrade_became_known(less: SymbolicCase, more: SymbolicCase) -> Formula:
    """Return whether some `unless known` became known: the one allowed way to a less urgent route."""
    names = [downgrade_id(flag.id) for flag in less.space.knowledge.red_flags.values() if flag.downgraded_by is not None]
    logic = less.space.logic
    return logic.any(logic.all([more.outcome.truths[name].true, logic.negate(less.outcome.truths[name].true)]) for name in names)


def _missing_possibility(less: SymbolicCase, more: SymbolicCase) -> dict[str, Formula]:
    """Return when a value that `more` has is not among those that `less` calls possible."""
    logic, knowledge = less.space.logic, less.space.knowledge
    same = [logic.all([less.outcome.route[route], more.outcome.route[route]]) for route in knowledge.routes]
    comparable = logic.any([*same, logic.all([less.outcome.route[UNDETERMINED], more.outcome.route[knowledge.ladder_route]])])
    pairs = {"step": (less.outcome.step, more.step)}
    pairs |= {name: (values, more.verdicts[name]) for name, values in less.outcome.verdicts.items()}
    return {name: logic.all([comparable, _not_possible(possible, actual, logic)]) for name, (possible, actual) in pairs.items()}


def _not_possible(possible: ValueFormulas, actual: ValueFormulas, logic: Algebra) -> Formula:
    return logic.any(logic.all([actual[value], logic.negate(holds)]) for value, holds in possible.items())
