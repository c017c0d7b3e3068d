"""Runs the same rules in CLIPS through clipspy, in the fastest of the forms that were tried.

CLIPS gets the same patterns as durable-rules (known true and known false, in negation normal form), each condition once, and
one fact for each level with the same numbers in its slots. Fastest: tests on one slot as literal constraints, an "or" over
several slots as one predicate (so that it fires once), and fired rules as bits in integer globals. Slower: asserting the fact
as text, one rule for each part of an "or", a growing list or string, reading activations from the agenda, calls back into Python.

There are two readers: one uses clipspy's own methods, the other calls CLIPS's fact builder directly and reuses one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import clips
from clips._clips import ffi, lib

from benchmarks.readers import Reader
from pathway.conditions.tree import Condition, Facts, Truth
from pathway.engine.patterns import MATCH_ALL, MATCH_NONE, FactEncoder, Pattern, negation_normal_form
from pathway.rules import build_ruleset, rules_by_condition

BITS = 60
"""Rules per global, whose integers have 64 bits."""
WORDS = {"=": "(eq ?v{0} {1})", "$neq": "(neq ?v{0} {1})", "$gt": "(> ?v{0} {1})", "$lt": "(< ?v{0} {1})"}


def reader(conditions: Mapping[str, Condition], derived: Iterable[str], by_hand: bool) -> Reader:
    """Return a reader for the rules of one level, in a CLIPS environment of its own."""
    level = Level(conditions, derived)
    return level.read_by_hand if by_hand else level.read


class Level:
    """One level: one template, one fact at a time, and two rules for each distinct condition."""

    def __init__(self, conditions: Mapping[str, Condition], derived: Iterable[str]) -> None:
        by_condition = rules_by_condition(conditions)
        encoder = FactEncoder(by_condition, frozenset(derived))
        pairs = [(condition, polarity) for condition in by_condition for polarity in (True, False)]
        patterns = [negation_normal_form(condition, polarity, encoder) for condition, polarity in pairs]
        self.truths_by_rule = [dict.fromkeys(by_condition[condition], polarity) for condition, polarity in pairs]
        self.fact = build_ruleset(encoder, {str(number): pattern for number, pattern in enumerate(patterns)})
        self.rules = tuple(conditions)
        self.env = clips.Environment()
        self._build(patterns)
        self._builder = lib.CreateFactBuilder(self.env._env, b"f")
        self._template = self.env.find_template("f")
        self._names = [f"s{name}" for name in self.fact.property_names]
        self._slots = [name.encode() for name in self._names]
        self._value = ffi.new("CLIPSValue *")

    def _build(self, patterns: list[Pattern]) -> None:
        slots = " ".join(f"(slot s{name})" for name in self.fact.property_names)
        self.env.build(f"(deftemplate f {slots})")
        for word in range(-(-len(patterns) // BITS)):
            self.env.build(f"(defglobal ?*fired{word}* = 0)")
        for number, pattern in enumerate(patterns):
            word, bit = divmod(number, BITS)
            self.env.build(f"(defrule r{number} {left_side(pattern)} => (bind ?*fired{word}* (+ ?*fired{word}* {1 << bit})))")
        self._fired = [self.env.find_global(f"fired{word}") for word in range(-(-len(patterns) // BITS))]

    def read(self, facts: Facts) -> dict[str, Truth]:
        """Assert one fact, run the rules, read what fired, and retract the fact."""
        fact = self._template.assert_fact(**dict(zip(self._names, self.fact.values(facts), strict=True)))
        self.env.run()
        truths = self._collect()
        fact.retract()
        return truths

    def read_by_hand(self, facts: Facts) -> dict[str, Truth]:
        """Do the same as `read` without clipspy's methods."""
        lib.FBSetDeftemplate(self._builder, b"f")
        env, value, put, make_integer = self.env._env, self._value, lib.FBPutSlot, lib.CreateInteger
        for slot, number in zip(self._slots, self.fact.values(facts), strict=True):
            value.value = make_integer(env, number)
            put(self._builder, slot, value)
        fact = lib.FBAssert(self._builder)
        lib.Run(env, -1)
        truths = self._collect()
        lib.Retract(fact)
        return truths

    def _collect(self) -> dict[str, Truth]:
        truths: dict[str, Truth] = dict.fromkeys(self.rules)
        for word, fired in enumerate(self._fired):
            bits, fired.value = fired.value, 0
            while bits:
                low = bits & -bits
                truths.update(self.truths_by_rule[word * BITS + low.bit_length() - 1])
                bits ^= low
        return truths


def left_side(pattern: Pattern) -> str:
    """Return a pattern as the left side of a CLIPS rule."""
    if pattern in (MATCH_ALL, MATCH_NONE):
        return "(f)" if pattern == MATCH_ALL else "(f) (test (eq 1 2))"
    parts = pattern.get("$and", [pattern])
    mixed = [part for part in parts if not _literal(part)]
    read = dict.fromkeys(name for part in mixed for name in _read(part))
    inside = [part for part in parts if part in mixed or read.keys() & set(_read(part))]
    slots: dict[str, list[Pattern]] = {}
    for part in parts:
        if part not in inside:
            slots.setdefault(next(iter(_read(part))), []).append(part)
    return _fact(slots, list(read), inside)


def _fact(slots: Mapping[str, list[Pattern]], read: list[str], inside: list[Pattern]) -> str:
    """Return the fact pattern: literal constraints, then the slots that predicates read, with the predicates at the last of them.

    A slot that a predicate reads gets no literal constraint as well: with both, CLIPS matched facts that it should not.
    """
    literal = [f"(s{name} {_constraint(name, parts)})" for name, parts in slots.items()]
    bound = [f"(s{name} ?v{name})" for name in read[:-1]]
    tail = "".join("&:" + _predicate(part) for part in inside)
    return f"(f {' '.join(literal + bound)} {f'(s{read[-1]} ?v{read[-1]}{tail})' if read else ''})"


def _constraint(name: str, parts: list[Pattern]) -> str:
    if len(parts) == 1:
        return str(_literal(parts[0]))
    if any("$or" in part for part in parts):  # "&" binds closer than "|"
        return f"?v{name}" + "".join("&:" + _predicate(part) for part in parts)
    return "&".join(str(_literal(part)) for part in parts)


def _literal(part: Pattern) -> str | None:
    """Return the part as a constraint on one slot; None if it can't be one."""
    ((word, value),) = part.items()
    if word == "$or":
        alone = len(set(_read(part))) == 1 and all(word[0] != "$" for alternative in value for word in alternative)
        return "|".join(str(*alternative.values()) for alternative in value) if alone else None
    if word == "$and":
        return None
    if word == "$neq":
        return f"~{next(iter(value.values()))}"
    return f"?v{next(iter(value))}&:{_predicate(part)}" if isinstance(value, dict) else str(value)


def _read(pattern: Pattern) -> Iterable[str]:
    for word, value in pattern.items():
        if word in ("$and", "$or"):
            yield from (name for part in value for name in _read(part))
        else:
            yield from value if isinstance(value, dict) else [word]


def _predicate(pattern: Pattern) -> str:
    ((word, value),) = pattern.items()
    if word in ("$and", "$or"):
        return f"({word[1:]} {' '.join(map(_predicate, value))})"
    if isinstance(value, dict):
        ((name, number),) = value.items()
        return WORDS[word].format(name, number)
    return WORDS["="].format(word, value)
