"""Route, step and verdicts as formulas: the same composition of rules as `pathway.deciding.precedence`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pathway.deciding.precedence import flag_truth
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, ROUTE, STEP, STEP_RULE, UNDETERMINED, VERDICTS
from pathway.proof.symbolic.conditions import MultiValued, SingleValued, SymbolTable, ThreeValued
from pathway.proof.symbolic.formulas import Algebra, Formula

ValueFormulas = Mapping[str, Formula]
"""For each value, the formula that says when it is possible, or when it is the one decided."""
Truths = Mapping[str, ThreeValued]


class WhenAsked(Mapping[str, ValueFormulas]):
    """The formulas of each name, made when they are first asked for: most questions are about one option."""

    def __init__(self, names: Iterable[str], make: Callable[[str], ValueFormulas]) -> None:
        self._made: dict[str, ValueFormulas | None] = dict.fromkeys(names)
        self._make = make

    def __getitem__(self, name: str) -> ValueFormulas:
        value = self._made[name]
        if value is None:
            value = self._made[name] = self._make(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True)
class SymbolicOutcome:
    """What a symbolic scenario leads to. `step`, `step_rule`, `gates` and `verdicts` are possible values; `route` is decided."""

    truths: Truths
    flags: Truths
    route_possible: ValueFormulas
    route: ValueFormulas
    gates: Mapping[str, ValueFormulas]
    step: ValueFormulas
    step_rule: ValueFormulas
    verdicts: Mapping[str, ValueFormulas]


def symbolic_outcome(knowledge: Knowledge, symbols: SymbolTable) -> SymbolicOutcome:
    """Decide a symbolic scenario, level by level, as `Decider.decide` does."""
    logic = symbols.logic
    truths = _read(knowledge, 0, symbols)
    flags = {flag: flag_holds(knowledge, flag, truths, logic) for flag in knowledge.red_flags}
    possible = possible_routes(knowledge, flags, logic)
    route = effective_route(possible, logic)
    on_ladder = logic.any([route[knowledge.ladder_route], route[UNDETERMINED]])
    gates = possible_gate_values(knowledge, truths, logic)
    symbols = symbols.with_words({ROUTE: SingleValued(logic, route), **gate_variables(gates, logic)})
    truths |= _read(knowledge, 1, symbols)
    step, step_rule = _step(knowledge, truths, on_ladder, logic)
    symbols = symbols.with_words({STEP: MultiValued(logic, step), STEP_RULE: MultiValued(logic, step_rule)})
    truths |= _read(knowledge, 2, symbols)
    verdicts = WhenAsked(knowledge.options, lambda option: possible_verdicts(knowledge, option, truths, logic))
    return SymbolicOutcome(truths, flags, possible, route, gates, step, step_rule, verdicts)


def gate_variables(gates: Mapping[str, ValueFormulas], logic: Algebra) -> dict[str, MultiValued]:
    """Return the gates as variables that a condition can read."""
    return {gate: MultiValued(logic, values) for gate, values in gates.items()}


def _read(knowledge: Knowledge, level: int, symbols: SymbolTable) -> dict[str, ThreeValued]:
    return {rule: symbols.read(knowledge.rule_conditions[rule]) for rule in knowledge.evaluation_order[level]}


def first_that_holds(chain: Iterable[tuple[str, ThreeValued]], logic: Algebra) -> dict[str, Formula]:
    """Return when each value is possible: one of its rules may hold, and no earlier rule is known to hold."""
    possible: dict[str, list[Formula]] = {}
    none_before = logic.true
    for value, rule in chain:
        possible.setdefault(value, []).append(logic.all([none_before, logic.negate(rule.false)]))
        none_before = logic.all([none_before, logic.negate(rule.true)])
    return {value: logic.any(parts) for value, parts in possible.items()}


def flag_holds(knowledge: Knowledge, flag: str, truths: Truths, logic: Algebra) -> ThreeValued:
    """Return whether a red flag holds."""

    def unless(holds: ThreeValued, downgraded: ThreeValued) -> ThreeValued:
        true = logic.all([holds.true, logic.negate(downgraded.true)])
        return ThreeValued(true, logic.any([holds.false, downgraded.true]))

    return flag_truth(knowledge, flag, truths, unless)


def possible_routes(knowledge: Knowledge, flags: Truths, logic: Algebra) -> dict[str, Formula]:
    """Return when each route is possible."""
    most_urgent_first = sorted(knowledge.red_flags.values(), key=lambda flag: knowledge.routes.index(flag.says))
    routes = first_that_holds(((flag.says, flags[flag.id]) for flag in most_urgent_first), logic)
    routes[knowledge.ladder_route] = logic.all(logic.negate(flag.true) for flag in flags.values())
    return {route: routes.get(route, logic.false) for route in knowledge.routes}


def effective_route(possible: ValueFormulas, logic: Algebra) -> dict[str, Formula]:
    """Return when each route is the decided one: the least urgent of those possible, which are in order of urgency.

    Undetermined while the last one, which enters the ladder, is possible beside another.
    """
    *flagged, ladder = possible
    off_ladder = logic.any(possible[route] for route in flagged)
    effective = {
        route: logic.all([possible[route], *(logic.negate(possible[less]) for less in (*flagged[number + 1 :], ladder))])
        for number, route in enumerate(flagged)
    }
    return effective | {
        ladder: logic.all([possible[ladder], logic.negate(off_ladder)]),
        UNDETERMINED: logic.all([possible[ladder], off_ladder]),
    }


def possible_gate_values(knowledge: Knowledge, truths: Truths, logic: Algebra) -> dict[str, ValueFormulas]:
    """Return for each gate when `yes` (one of its options may be possible) and `no` (all may be ruled out) are possible."""
    return {gate: _gate(options, truths, logic) for gate, options in knowledge.gates.items()}


def _gate(options: Iterable[tuple[str, ...]], truths: Truths, logic: Algebra) -> ValueFormulas:
    """Return the gate's values; `options` holds, for each option, the rules that can rule it out."""
    rules_by_option = [[truths[rule] for rule in ruling_out] for ruling_out in options]
    possible = [logic.all(logic.negate(rule.true) for rule in rules) for rules in rules_by_option]
    ruled_out = [logic.any(logic.negate(rule.false) for rule in rules) for rules in rules_by_option]
    return {"yes": logic.any(possible), "no": logic.all(ruled_out)}


def _step(knowledge: Knowledge, truths: Truths, on_ladder: Formula, logic: Algebra) -> tuple[ValueFormulas, ValueFormulas]:
    rules = knowledge.step_rules.values()
    steps = dict.fromkeys(knowledge.steps, logic.false) | first_that_holds(
        ((rule.says, truths[rule.id]) for rule in rules), logic
    )
    step_rules = first_that_holds(((rule.id, truths[rule.id]) for rule in rules), logic)
    off = {OFF_LADDER: logic.negate(on_ladder)}
    return _restricted_to(on_ladder, steps, logic) | off, _restricted_to(on_ladder, step_rules, logic) | off


def _restricted_to(condition: Formula, values: ValueFormulas, logic: Algebra) -> dict[str, Formula]:
    return {value: logic.all([condition, formula]) for value, formula in values.items()}


def possible_verdicts(knowledge: Knowledge, option: str, truths: Truths, logic: Algebra) -> dict[str, Formula]:
    """Return when each verdict is possible. One that waits for the route may become any later one, or on hold."""
    rules = knowledge.winnable_rules_by_option[option]
    verdicts = first_that_holds(((rule.says, truths[rule.id]) for rule in rules), logic)
    waits = verdicts.pop(UNDETERMINED, logic.false)
    later = first_that_holds(((rule.says, truths[rule.id]) for rule in rules if rule.says != UNDETERMINED), logic)
    later["on_hold"] = logic.true
    values = [verdict for verdict in VERDICTS if verdict != UNDETERMINED]
    return {v: _if(waits, later.get(v, logic.false), verdicts.get(v, logic.false), logic) for v in values}


def _if(condition: Formula, then: Formula, otherwise: Formula, logic: Algebra) -> Formula:
    return logic.any([logic.all([condition, then]), logic.all([logic.negate(condition), otherwise])])


def decided_values(possible: ValueFormulas, logic: Algebra) -> dict[str, Formula]:
    """Return when each value is the only one possible; otherwise the value is `undetermined`."""
    alone = {
        value: logic.all([formula, *(logic.negate(other) for name, other in possible.items() if name != value)])
        for value, formula in possible.items()
    }
    return alone | {UNDETERMINED: logic.negate(logic.any(alone.values()))}
