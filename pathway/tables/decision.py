"""Decides every row of a table, level by level, as `pathway.deciding.decide` decides one scenario.

Each level is a query over the one before, so that no expression is repeated inside another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from pathway.deciding.decide import multivalued_variables
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, UNDETERMINED
from pathway.tables.columns import Holds, MultiValued, SingleValued, Symbols, WordColumn
from pathway.tables.names import INTERNAL
from pathway.tables.outcomes import outcomes_of_gate, outcomes_of_option, outcomes_of_route, outcomes_of_step
from pathway.tables.precedence import (
    Chain,
    Possible,
    Truths,
    decided_route,
    first_that_holds,
    flag_holds,
    possible_gate_values,
    possible_routes,
    possible_verdicts,
    routes_with_downgrade,
)

Settings = Mapping[str, int | str]
"""The guidance and the values of assumptions. One that is missing is read from the table's column of that name."""


@dataclass(frozen=True)
class Level:
    """A table with answers, and with the columns derived from them so far."""

    knowledge: Knowledge
    settings: Settings
    table: ir.Table

    def truths(self) -> dict[str, Holds]:
        """Return for each rule whether it holds."""
        return self.columns("rule")

    def flags(self) -> dict[str, Holds]:
        """Return for each red flag whether it holds."""
        return self.columns("flag")

    def possible(self, subject: str) -> Possible:
        """Return when each value of the route, a gate, the step, the step's rule or an option is possible."""
        return self.columns(f"possible:{subject}")

    def route(self) -> dict[str, ir.StringValue]:
        """Return the decided route, by its name; nothing before it is decided."""
        return self.columns("decided")

    def columns(self, prefix: str) -> dict[str, ir.Value]:
        """Return the columns of a group, by name."""
        start = f"{INTERNAL}{prefix}:"
        return {name.removeprefix(start): self.table[name] for name in self.table.columns if name.startswith(start)}

    def having(self, *groups: tuple[str, Mapping[str, ir.Value]], without: tuple[str, ...] = ()) -> Level:
        """Return the next level, with groups of columns (a prefix, and columns by name), and without the groups of some prefixes.

        What no later level reads is left out, because an engine plans every column again at each level.
        """
        named = {f"{INTERNAL}{prefix}:{name}": column for prefix, columns in groups for name, column in columns.items()}
        dropped = tuple(f"{INTERNAL}{prefix}:" for prefix in without)
        kept = [name for name in self.table.columns if not (name.startswith(dropped) or name in named)]
        return Level(self.knowledge, self.settings, self.table.select(*kept, **named))

    def with_rules(self, number: int) -> Level:
        """Return the next level, with the truth of each rule of that level."""
        symbols = self.symbols()
        rules = self.knowledge.evaluation_order[number]
        return self.having(("rule", {rule: symbols.read(self.knowledge.rule_conditions[rule]) for rule in rules}))

    def symbols(self) -> Symbols:
        """Return the column of each variable that a condition may read at this level."""
        columns = self.columns("answer")
        columns |= {name: self._setting(name) for name in ("guidance", *defaults(self.knowledge))}
        words: dict[str, WordColumn] = {name: SingleValued(column) for name, column in (columns | self.route()).items()}
        words |= {name: MultiValued(self.possible(name)) for name in multivalued_variables(self.knowledge)}
        return Symbols(words, columns)

    def _setting(self, name: str) -> ir.Value:
        return ibis.literal(self.settings[name]) if name in self.settings else self.table[name]


def decided(answers: ir.Table, knowledge: Knowledge, settings: Settings) -> ir.Table:
    """Return the table with the number of each subject's outcome: see `outcomes`. It has a column for each finding's answers."""
    level = _with_flags(Level(knowledge, settings, answers).with_rules(0))
    level = _with_routes_and_gates(level).with_rules(1)
    level = _with_step(level).with_rules(2)
    return _numbered(level).table


def _with_flags(level: Level) -> Level:
    truths = level.truths()
    return level.having(("flag", {flag: flag_holds(level.knowledge, flag, truths) for flag in level.knowledge.red_flags}))


def _with_routes_and_gates(level: Level) -> Level:
    truths, gates = level.truths(), level.knowledge.gates
    level = level.having(
        ("possible:route", possible_routes(level.knowledge, level.flags())),
        *((f"possible:{gate}", possible_gate_values(ruling_out, truths)) for gate, ruling_out in gates.items()),
    )
    return level.having(("decided", {"route": decided_route(level.possible("route"))}))


def _with_step(level: Level) -> Level:
    on_ladder = level.route()["route"].isin([level.knowledge.ladder_route, UNDETERMINED])
    rules = level.knowledge.step_rules.values()
    chains: dict[str, Chain] = {
        "step": [(rule.says, rule.id) for rule in rules],
        "step_rule": [(rule.id, rule.id) for rule in rules],
    }
    return level.having(
        *((f"possible:{subject}", _on_ladder(on_ladder, chain, level.truths())) for subject, chain in chains.items())
    )


def _on_ladder(on_ladder: Holds, chain: Chain, truths: Truths) -> Possible:
    possible = first_that_holds(chain, truths)
    return {**{value: on_ladder & holds for value, holds in possible.items()}, OFF_LADDER: ~on_ladder}


def _numbered(level: Level) -> Level:
    """Return the level with all outcomes. Verdicts take three levels: only open rows are asked which verdicts are possible."""
    knowledge, truths = level.knowledge, level.truths()
    options = [outcomes_of_option(knowledge, option) for option in knowledge.options]
    level = level.having(
        ("if known", {option.subject: option.if_known(truths) for option in options}),
        ("outcome", dict(_before_verdicts(level))),
        without=("answer", "flag", "possible", "decided"),
    )
    truths, quick = level.truths(), level.columns("if known")
    bits = {option.subject: option.bits(possible_verdicts(knowledge, option.subject, truths)) for option in options}
    unknown = ibis.null("int16")
    level = level.having(("bits", {name: (quick[name] < 0).ifelse(column, unknown) for name, column in bits.items()}))
    truths, quick, bits = level.truths(), level.columns("if known"), level.columns("bits")
    numbers = {option.subject: option.number(bits[option.subject], truths) for option in options}
    return level.having(
        ("outcome", {name: (quick[name] < 0).ifelse(column, quick[name]) for name, column in numbers.items()}),
        without=("rule", "bits", "if known"),
    )


def _before_verdicts(level: Level) -> Iterator[tuple[str, ir.IntegerValue]]:
    knowledge = level.knowledge
    route, step = outcomes_of_route(knowledge), outcomes_of_step(knowledge)
    routes = level.possible("route")
    yield "route", route.of_flags(route.bits(routes), level.flags())
    with_downgrade = routes_with_downgrade(knowledge, routes, level.flags(), level.truths())
    yield "route_possible", route.if_open(route.bits(with_downgrade))
    for gate in knowledge.gates:
        outcomes = outcomes_of_gate(gate)
        yield gate, outcomes.number(outcomes.bits(level.possible(gate)), {})
    steps = {value: holds for value, holds in level.possible("step").items() if value != OFF_LADDER}
    yield "step", step.number(step.bits(steps), level.truths())
