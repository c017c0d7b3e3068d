"""The same rules on bit-packed numpy arrays: eight rows a byte, complete scenarios only. What a table is compared with.

In a complete scenario every rule is true or false, so one bit a row is enough, and `and`, `or` and `not` work on bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, assert_never

import numpy as np
import pyarrow as pa

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Is, Not
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.tables.names import INTERNAL
from pathway.tables.outcomes import Outcomes, all_outcomes
from pathway.tables.precedence import flag_chain

Bits = np.ndarray


class Packed:
    """Some rows of complete answers, and the truth of conditions in them."""

    def __init__(self, knowledge: Knowledge, answers: pa.Table) -> None:
        self.knowledge = knowledge
        self.rows = answers.num_rows
        self.settings: Mapping[str, Any] = {**defaults(knowledge), "guidance": "page"}
        self.derived: dict[tuple[str, str], Bits] = {}
        """For each derived variable and value, the rows that have it."""
        self.leaves: dict[Condition, Bits] = {}
        self.columns = {name: answers[name].combine_chunks() for name in knowledge.findings}
        self.all_rows = np.full(-(-self.rows // 8), 255, dtype=np.uint8)

    def read(self, condition: Condition) -> Bits:
        """Return the rows in which a condition holds."""
        match condition:
            case Is() | AtLeast():
                if condition not in self.leaves:
                    self.leaves[condition] = self._leaf(condition)
                return self.leaves[condition]
            case Not(inner):
                return ~self.read(inner)
            case AllOf(parts):
                return reduce(np.bitwise_and, map(self.read, parts), self.all_rows)
            case AnyOf(parts):
                return self.any_of(map(self.read, parts))
            case _:
                assert_never(condition)

    def any_of(self, parts: Iterable[Bits]) -> Bits:
        """Return the rows in which one of these holds."""
        return reduce(np.bitwise_or, parts, ~self.all_rows)

    def _leaf(self, leaf: Is | AtLeast) -> Bits:
        match leaf:
            case Is(variable, values) if variable in self.settings:
                return self.all_rows if self.settings[variable] in values else ~self.all_rows
            case Is(variable, values) if variable in self.columns:
                column = self.columns[variable]
                allowed = np.array([word in values for word in column.dictionary.to_pylist()])
                return np.packbits(allowed[column.indices.to_numpy()], bitorder="little")
            case Is(variable, values):
                return self.any_of(self.derived[variable, value] for value in values if (variable, value) in self.derived)
            case AtLeast(variable, bound):
                least = self.settings.get(str(bound), bound)
                number = self.columns[least].to_numpy() if isinstance(least, str) else least
                return np.packbits(self.columns[variable].to_numpy() >= number, bitorder="little")

    def first(self, truths: Mapping[str, Bits], chain: Iterable[tuple[str, str]]) -> tuple[list[Bits], Bits]:
        """Return for each rule of a chain the rows that it decides, and the rows that none decides."""
        left, decides = self.all_rows, []
        for _, rule in chain:
            decides.append(left & truths[rule])
            left = left & ~truths[rule]
        return decides, left

    def numbers(self, decides: Iterable[Bits]) -> np.ndarray:
        """Return for each row the place of the rule that decides it: the places' binary digits, digit by digit."""
        places = list(enumerate(decides))
        result = np.zeros(self.rows, dtype=np.int16)
        for digit in range(max(1, (len(places) - 1).bit_length())):
            plane = self.any_of(bits for place, bits in places if place >> digit & 1)
            result |= np.unpackbits(plane, count=self.rows, bitorder="little").astype(np.int16) << digit
        return result


def decide(knowledge: Knowledge, answers: pa.Table) -> pa.Table:
    """Return the numbers of the outcomes, as the query of a table gives them."""
    packed = Packed(knowledge, answers)
    truths: dict[str, Bits] = {}
    columns: dict[str, pa.Array] = {f"{INTERNAL}row": pa.nulls(packed.rows), f"{INTERNAL}contradictions": pa.nulls(packed.rows)}
    by_subject = {outcomes.subject: outcomes for outcomes in all_outcomes(knowledge)}
    _fire(packed, 0, truths)
    _route(packed, truths, columns)
    for gate, ruling_out in knowledge.gates.items():
        closed = reduce(np.bitwise_and, (packed.any_of(truths[rule] for rule in rules) for rules in ruling_out))
        packed.derived |= {(gate, "yes"): ~closed, (gate, "no"): closed}
        columns[gate] = pa.array(packed.numbers([~closed, closed]))
    _fire(packed, 1, truths)
    _step(packed, truths, columns, by_subject["step"])
    _fire(packed, 2, truths)
    for option in knowledge.options:
        chain = [(says, rule) for says, rule in by_subject[option].chain]
        waits = {rule: ~packed.all_rows for says, rule in chain if says == UNDETERMINED}
        columns[option] = pa.array(packed.numbers(packed.first({**truths, **waits}, chain)[0]))
    return pa.table(
        {name if name.startswith(INTERNAL) else f"{INTERNAL}outcome:{name}": column for name, column in columns.items()}
    )


def _fire(packed: Packed, level: int, truths: dict[str, Bits]) -> None:
    for rule in packed.knowledge.evaluation_order[level]:
        truths[rule] = packed.read(packed.knowledge.rule_conditions[rule])


def _route(packed: Packed, truths: dict[str, Bits], columns: dict[str, pa.Array]) -> None:
    chain = flag_chain(packed.knowledge)
    never = ~packed.all_rows
    holds = {flag: truths[flag] & ~truths.get(downgrade_id(flag), never) for _, flag in chain}
    decides, ladder = packed.first(holds, chain)
    for route in packed.knowledge.off_ladder:
        packed.derived["route", route] = packed.any_of(
            bits for (says, _), bits in zip(chain, decides, strict=True) if says == route
        )
    packed.derived["route", packed.knowledge.ladder_route] = ladder
    columns["route"] = pa.array(packed.numbers([*decides, *[never] * (len(packed.knowledge.off_ladder)), ladder]))
    columns["route_possible"] = pa.nulls(packed.rows, pa.int16())


def _step(packed: Packed, truths: dict[str, Bits], columns: dict[str, pa.Array], outcomes: Outcomes) -> None:
    ladder = packed.derived["route", packed.knowledge.ladder_route]
    decides = [ladder & bits for bits in packed.first(truths, outcomes.chain)[0]]
    for says in outcomes.values:
        same = (bits for (step, _), bits in zip(outcomes.chain, decides, strict=True) if step == says)
        packed.derived["step", says] = packed.any_of(same)
    packed.derived |= {("step_rule", rule): bits for (_, rule), bits in zip(outcomes.chain, decides, strict=True)}
    packed.derived |= {("step", "none"): ~ladder, ("step_rule", "none"): ~ladder}
    off = ~np.unpackbits(ladder, count=packed.rows, bitorder="little").astype(bool)
    columns["step"] = pa.array(packed.numbers(decides), mask=off)
