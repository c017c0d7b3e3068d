"""The outcomes of a subject (the route, the step or an option), numbered, so that one small number a row holds all of it.

0 or more: decided. First the rules in order of precedence, each for the case that it decides; then the values, each for the case
that it is the only one possible and no rule is known to hold. Less than 0: open; the bits of the number, without its sign, are
the values that are still possible. Null: there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import ibis
from ibis.expr import types as ir

from pathway.deciding.precedence import ON_HOLD
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import GATE, UNDETERMINED, VERDICTS
from pathway.tables.columns import Holds
from pathway.tables.precedence import Chain, Possible, Truths, flag_chain

OR = " or "
"""Between the values that are still possible."""


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of one subject. A rule that says `undetermined` only waits for another subject, and decides nothing."""

    subject: str
    chain: Chain
    values: tuple[str, ...]
    """Every value that it can have, in order of precedence."""

    @cached_property
    def decided(self) -> tuple[tuple[str, str | None], ...]:
        """The value and the deciding rule of each outcome that is decided."""
        return (*self.chain, *((value, None) for value in self.values))

    @property
    def lowest(self) -> int:
        """The lowest number: every value is possible."""
        return 1 - (1 << len(self.values))

    @property
    def highest(self) -> int:
        """The highest number."""
        return len(self.decided) - 1

    def value_of(self, number: int) -> str:
        """Return the value of an outcome, or `undetermined`."""
        return UNDETERMINED if number < 0 else self.decided[number][0]

    def rule_of(self, number: int) -> str | None:
        """Return the id of the rule that decides; None where none does."""
        return None if number < 0 else self.decided[number][1]

    def possible_of(self, number: int) -> str | None:
        """Return the values that are still possible, as in `later or applies`; None where one is decided."""
        return None if number >= 0 else OR.join(value for bit, value in enumerate(self.values) if -number & 1 << bit)

    def if_known(self, truths: Truths) -> ir.IntegerValue:
        """Return the outcome where no rule before the deciding one is unknown; -1 where one is."""
        return _cases(*self._branches(truths))

    def _branches(self, truths: Truths) -> Iterator[tuple[Holds, int]]:
        for number, (value, rule) in enumerate(self.chain):
            if value == UNDETERMINED:
                yield truths[rule].fill_null(True), -1
            else:
                yield truths[rule], number
                yield truths[rule].isnull(), -1

    def bits(self, possible: Possible) -> ir.IntegerValue:
        """Return the possible values as the bits of a number."""
        parts = [holds.ifelse(1 << self.values.index(value), 0).cast("int16") for value, holds in possible.items()]
        return reduce(or_, parts)

    def number(self, bits: ir.IntegerValue, truths: Truths) -> ir.IntegerValue:
        """Return the outcome where these values are possible."""
        values = [(bits == 1 << bit, len(self.chain) + bit) for bit in range(len(self.values))]
        return _cases((bits == 0, None), (self._several(bits), -bits), *self.deciding(truths), *values)

    def if_open(self, bits: ir.IntegerValue) -> ir.IntegerValue:
        """Return the outcome where several values are possible; null where one is."""
        return _cases((self._several(bits), -bits))

    def _several(self, bits: ir.IntegerValue) -> Holds:
        return bits.notin([1 << bit for bit in range(len(self.values))])

    def of_flags(self, bits: ir.IntegerValue, flags: Truths) -> ir.IntegerValue:
        """Return the outcome of the route: the first flag that holds decides, whatever else is possible."""
        ladder = len(self.values) - 1
        return _cases(*self.deciding(flags), (bits == 1 << ladder, len(self.chain) + ladder), (bits > 0, -bits))

    def deciding(self, truths: Truths) -> Iterator[tuple[Holds, int]]:
        """Yield each rule that can decide: whether it holds, and its outcome."""
        for place, (value, rule) in enumerate(self.chain):
            if value != UNDETERMINED:
                yield truths[rule], place

    def value_column(self, number: ir.IntegerValue) -> ir.StringValue:
        """Return the value of each outcome, or `undetermined`."""
        places = {value: [place for place, (says, _) in enumerate(self.decided) if says == value] for value in self.values}
        return ibis.cases((number < 0, UNDETERMINED), *((number.isin(numbers), value) for value, numbers in places.items()))

    def rule_column(self, number: ir.IntegerValue) -> ir.StringValue:
        """Return the id of the rule that decides; null where none does."""
        return ibis.cases(*((number == place, rule) for place, (_, rule) in enumerate(self.chain)))

    def possible_column(self, number: ir.IntegerValue) -> ir.StringValue:
        """Return the values that are still possible, in words; null where one is decided."""
        nothing = ibis.null("string")
        words = [(-number & 1 << bit > 0).ifelse(value, nothing) for bit, value in enumerate(self.values)]
        return (number < 0).ifelse(ibis.literal(OR).join(words), nothing)


def all_outcomes(knowledge: Knowledge) -> Iterator[Outcomes]:
    """Yield the outcomes of the route, the gates, the step and every option, in order."""
    yield outcomes_of_route(knowledge)
    yield from map(outcomes_of_gate, knowledge.gates)
    yield outcomes_of_step(knowledge)
    yield from (outcomes_of_option(knowledge, option) for option in knowledge.options)


def outcomes_of_route(knowledge: Knowledge) -> Outcomes:
    """Return the outcomes of the route. Where a red flag holds they say which; stepped care is decided by no rule."""
    return Outcomes("route", flag_chain(knowledge), knowledge.routes)


def outcomes_of_gate(gate: str) -> Outcomes:
    """Return the outcomes of a gate."""
    return Outcomes(gate, (), GATE)


def outcomes_of_step(knowledge: Knowledge) -> Outcomes:
    """Return the outcomes of the step."""
    return Outcomes("step", [(rule.says, rule.id) for rule in knowledge.step_rules.values()], knowledge.steps)


def outcomes_of_option(knowledge: Knowledge, option: str) -> Outcomes:
    """Return the outcomes of an option: its verdicts."""
    chain = [(rule.says, rule.id) for rule in knowledge.winnable_rules_by_option[option]]
    verdicts = {verdict for verdict, _ in chain} | {ON_HOLD}
    return Outcomes(option, chain, tuple(word for word in VERDICTS if word in verdicts and word != UNDETERMINED))


def _cases(*branches: tuple[Holds, ir.IntegerValue | int | None]) -> ir.IntegerValue:
    typed = [(holds, ibis.null("int16") if value is None else _int16(value)) for holds, value in branches]
    return ibis.cases(*typed)


def _int16(value: ir.IntegerValue | int) -> ir.IntegerValue:
    return ibis.literal(value, "int16") if isinstance(value, int) else value.cast("int16")
