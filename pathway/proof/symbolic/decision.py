"""Route, step and verdicts as formulas, composed from the rules that hold as `pathway.deciding.precedence` composes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathway.knowledge.base import Knowledge, unless
from pathway.knowledge.vocabulary import ROUTES, STEPS, UNDETERMINED, VERDICTS
from pathway.proof.symbolic.conditions import Answered, Pair, Possible, Symbols
from pathway.proof.symbolic.formulas import Algebra, Formula

Values = Mapping[str, Formula]
Held = Mapping[str, Pair]
OFF = "none"
"""The step of someone who is off the ladder."""


@dataclass(frozen=True)
class Outcome:
    """What a symbolic scenario leads to. `step` and `verdicts` are the values still possible, `route` the decided one."""

    held: Held
    flags: Held
    route_possible: Values
    route: Values
    gates: Mapping[str, Values]
    step: Values
    step_rule: Values
    verdicts: Mapping[str, Values]


def outcome(knowledge: Knowledge, symbols: Symbols) -> Outcome:
    """Decides a symbolic scenario, level by level, as `Decider.decide` does."""
    logic = symbols.logic
    held = _read(knowledge, 0, symbols)
    flags = {flag: flag_holds(knowledge, flag, held, logic) for flag in knowledge.red_flags}
    possible = route_of(knowledge, flags, logic)
    route = decided_route(possible, logic)
    open_gates = gates(knowledge, held, logic)
    symbols = symbols.with_words({"route": Answered(logic, route), **gate_words(open_gates, logic)})
    held |= _read(knowledge, 1, symbols)
    step, step_rule = _step(knowledge, held, logic.any([route["stepped_care"], route[UNDETERMINED]]), logic)
    symbols = symbols.with_words({"step": Possible(logic, step), "step_rule": Possible(logic, step_rule)})
    held |= _read(knowledge, 2, symbols)
    verdicts = {option: verdict_of(knowledge, option, held, logic) for option in knowledge.options}
    return Outcome(held, flags, possible, route, open_gates, step, step_rule, verdicts)


def gate_words(found: Mapping[str, Values], logic: Algebra) -> dict[str, Possible]:
    """The gates as a condition reads them."""
    return {gate: Possible(logic, values) for gate, values in found.items()}


def _read(knowledge: Knowledge, level: int, symbols: Symbols) -> dict[str, Pair]:
    return {rule: symbols.read(knowledge.tests[rule]) for rule in knowledge.levels[level]}


def first(chain: Iterable[tuple[str, Pair]], logic: Algebra) -> dict[str, Formula]:
    """When each value of the chain is possible: one of its rules may hold, and none before it is known to."""
    possible: dict[str, list[Formula]] = {}
    none_before = logic.true
    for value, rule in chain:
        possible.setdefault(value, []).append(logic.all([none_before, logic.no(rule.no)]))
        none_before = logic.all([none_before, logic.no(rule.yes)])
    return {value: logic.any(parts) for value, parts in possible.items()}


def flag_holds(knowledge: Knowledge, flag: str, held: Held, logic: Algebra) -> Pair:
    """Whether a red flag holds: one with an `unless_known` holds until that is known to be so."""
    if knowledge.red_flags[flag].unless_known is None:
        return held[flag]
    lowered = held[unless(flag)].yes
    return Pair(logic.all([held[flag].yes, logic.no(lowered)]), logic.any([held[flag].no, lowered]))


def route_of(knowledge: Knowledge, flags: Held, logic: Algebra) -> dict[str, Formula]:
    """When each route is possible."""
    ordered = sorted(knowledge.red_flags.values(), key=lambda flag: ROUTES.index(flag.says))
    found = first(((flag.says, flags[flag.id]) for flag in ordered), logic)
    none = logic.all(logic.no(flag.yes) for flag in flags.values())
    found["stepped_care"] = none
    return {route: found.get(route, logic.false) for route in ROUTES}


def decided_route(possible: Values, logic: Algebra) -> dict[str, Formula]:
    """When each route is the decided one: the least urgent still possible, unless that is stepped care among others."""
    others = logic.any(possible[route] for route in ROUTES[:-1])
    decided = {
        route: logic.all([possible[route], *(logic.no(possible[less]) for less in ROUTES[number + 1 :])])
        for number, route in enumerate(ROUTES[:-1])
    }
    ladder = possible["stepped_care"]
    return decided | {"stepped_care": logic.all([ladder, logic.no(others)]), UNDETERMINED: logic.all([ladder, others])}


def gates(knowledge: Knowledge, held: Held, logic: Algebra) -> dict[str, Values]:
    """Of each gate when one of its options may be possible, and when all may be ruled out."""
    return {gate: _gate(options, held, logic) for gate, options in knowledge.gates.items()}


def _gate(options: Iterable[tuple[str, ...]], held: Held, logic: Algebra) -> Values:
    """`options` are the rules that can rule each option out."""
    pairs = [[held[rule] for rule in ruling_out] for ruling_out in options]
    possible = [logic.all(logic.no(rule.yes) for rule in rules) for rules in pairs]
    ruled_out = [logic.any(logic.no(rule.no) for rule in rules) for rules in pairs]
    return {"yes": logic.any(possible), "no": logic.all(ruled_out)}


def _step(knowledge: Knowledge, held: Held, on_ladder: Formula, logic: Algebra) -> tuple[Values, Values]:
    rules = knowledge.step_rules.values()
    steps = dict.fromkeys(STEPS, logic.false) | first(((rule.says, held[rule.id]) for rule in rules), logic)
    named = first(((rule.id, held[rule.id]) for rule in rules), logic)
    off = {OFF: logic.no(on_ladder)}
    return _where(on_ladder, steps, logic) | off, _where(on_ladder, named, logic) | off


def _where(condition: Formula, values: Values, logic: Algebra) -> dict[str, Formula]:
    return {value: logic.all([condition, formula]) for value, formula in values.items()}


def verdict_of(knowledge: Knowledge, option: str, held: Held, logic: Algebra) -> dict[str, Formula]:
    """When each verdict is possible. One that waits for the route is open: what comes after it may hold, or the flag may."""
    rules = knowledge.deciding[option]
    found = first(((rule.says, held[rule.id]) for rule in rules), logic)
    waits = found.pop(UNDETERMINED, logic.false)
    rest = first(((rule.says, held[rule.id]) for rule in rules if rule.says != UNDETERMINED), logic)
    rest["on_hold"] = logic.true
    values = [verdict for verdict in VERDICTS if verdict != UNDETERMINED]
    return {v: _if(waits, rest.get(v, logic.false), found.get(v, logic.false), logic) for v in values}


def _if(condition: Formula, then: Formula, otherwise: Formula, logic: Algebra) -> Formula:
    return logic.any([logic.all([condition, then]), logic.all([logic.no(condition), otherwise])])


def decided(possible: Values, logic: Algebra) -> dict[str, Formula]:
    """When each value is the only one possible; otherwise it is `undetermined`."""
    alone = {
        value: logic.all([formula, *(logic.no(other) for name, other in possible.items() if name != value)])
        for value, formula in possible.items()
    }
    return alone | {UNDETERMINED: logic.no(logic.any(alone.values()))}
