"""Compiles rules to durable-rules and runs them: which are known true, which known false, the rest undetermined.

Each rule becomes two patterns on one closed fact, "t" (known true) and "f" (known false), with negation pushed down
to the leaves. The C core is driven by hand: its Python host starts timer threads, and is several times slower.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any, assert_never

from pathway.condition import All, AtLeast, Condition, Facts, Is, Leaf, Not, Truth, leaves
from pathway.condition import Any as AnyOf

try:
    import durable_rules_engine as durable
except ImportError as error:
    if "PyEval_CallObject" not in str(error):
        raise
    raise ImportError(
        "durable-rules was built without the one variable that Python 3.13 needs. Build it again with it: "
        "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --force-reinstall --no-cache-dir durable-rules"
    ) from error

MOST_TESTS = 58
"""Tests in one ruleset. The engine fails (error 303) when a fact matches more than 64 at once."""
MOST_PARTS = 30
"""Parts (tests, and two for each "and" and "or") in one pattern. The engine refuses 32 (error 113)."""
UNKNOWN_NUMBER = -1_000_000
"""Sent for a number that is not known: below every difference between an answer and a bound."""
UNKNOWN = "?"
"""Sent for an answer that is not known; no answer's id looks like it."""

Pattern = dict[str, Any]
_names = count()
_lock = Lock()


def _after_fork() -> None:
    global _lock  # a fork may have happened while another thread held it
    _lock = Lock()


os.register_at_fork(after_in_child=_after_fork)


class TooLarge(ValueError):
    """A rule (named by the message) that tests too much at once for the engine: name a part of it as a definition."""


@dataclass(frozen=True)
class Ruleset:
    """One durable-rules ruleset, and the property that carries each leaf's variable."""

    handle: int
    properties: Mapping[str, Leaf] = field(repr=False)

    def fired(self, facts: Facts) -> set[str]:
        """The patterns that match what is known: one fact asserted, its actions read, the fact retracted."""
        values = {name: _sent(leaf, facts) for name, leaf in self.properties.items()}
        fact = json.dumps({"sid": "s", "id": "f"} | values)
        with _lock:
            try:
                return self._patterns(fact)
            finally:
                durable.retract_fact(self.handle, fact)

    def _patterns(self, fact: str) -> set[str]:
        unmatched, state = durable.assert_fact(self.handle, fact)
        first = None if unmatched else durable.start_action_for_state(self.handle, state)
        message = first and first[1]
        names = set()
        while message:  # {"t0 some-rule":{"m":{...}}}
            names.add(message[2 : message.index('"', 2)])
            message = durable.complete_and_start_action(self.handle, state)
        return names


@dataclass(frozen=True)
class Engine:
    """Rules, compiled. `fire` says which are known true and which known false."""

    rulesets: tuple[Ruleset, ...]
    rules: tuple[str, ...]

    def fire(self, facts: Facts) -> dict[str, Truth]:
        """The truth of each rule as durable-rules found it: None where neither of its patterns fired."""
        found: dict[str, Truth] = dict.fromkeys(self.rules)
        for ruleset in self.rulesets:
            for pattern in ruleset.fired(facts):
                found[pattern.partition(" ")[2]] = pattern[0] == "t"
        return found


def compiled(conditions: Mapping[str, Condition], derived: Iterable[str] = ()) -> Engine:
    """The rules (id to condition) in as many rulesets as the engine's limits ask for.

    `derived` names the variables of which several values may be possible at once. Raises TooLarge.
    """
    known = frozenset(derived)
    return Engine(tuple(_ruleset(batch, known) for batch in _batches(conditions)), tuple(conditions))


def _batches(conditions: Mapping[str, Condition]) -> list[dict[str, Condition]]:
    batches: list[dict[str, Condition]] = []
    room = 0
    for rule, condition in conditions.items():
        size = 2 * max(1, sum(1 for _ in leaves(condition)))
        if size > room:
            batches.append({})
            room = MOST_TESTS
        batches[-1][rule] = condition
        room -= size
    return batches


def _ruleset(conditions: Mapping[str, Condition], derived: frozenset[str]) -> Ruleset:
    properties = _Properties(derived)
    rules = {}
    for rule, condition in conditions.items():
        for letter, wanted in (("t", True), ("f", False)):
            for number, pattern in enumerate(_patterns(rule, condition, wanted, properties)):
                rules[f"{letter}{number} {rule}"] = {"all": [{"m": pattern}]}
    handle = durable.create_ruleset(f"pathway-{next(_names)}", json.dumps(rules))
    return Ruleset(handle, properties.leaves)


def _patterns(rule: str, condition: Condition, wanted: bool, properties: _Properties) -> list[Pattern]:
    try:
        return _fitting(_pattern(condition, wanted, properties))
    except TooLarge:
        raise TooLarge(rule) from None


def _fitting(pattern: Pattern) -> list[Pattern]:
    """Patterns that together match what `pattern` does, each small enough for the engine."""
    if "$or" in pattern:
        return [part for alternative in pattern["$or"] for part in _fitting(alternative)]
    if _size(pattern) <= MOST_PARTS:
        return [pattern]
    parts = pattern.get("$and", ())
    chosen = next((part for part in parts if "$or" in part), None)
    if chosen is None:
        raise TooLarge
    rest = [part for part in parts if part is not chosen]
    return [part for alternative in chosen["$or"] for part in _fitting(_join("$and", [alternative, *rest]))]


def _size(pattern: Pattern) -> int:
    for word in ("$and", "$or"):
        if word in pattern:
            return 2 + sum(_size(part) for part in pattern[word])
    return 1


def _pattern(condition: Condition, wanted: bool, properties: _Properties) -> Pattern:
    match condition:
        case Is() | AtLeast():
            return _leaf(condition, wanted, properties)
        case Not(what):
            return _pattern(what, not wanted, properties)
        case All(of):
            return _join("$and" if wanted else "$or", [_pattern(part, wanted, properties) for part in of])
        case AnyOf(of):
            return _join("$or" if wanted else "$and", [_pattern(part, wanted, properties) for part in of])
        case _:
            assert_never(condition)


def _join(word: str, patterns: list[Pattern]) -> Pattern:
    if not patterns:  # of none: the fact's own sid always matches, or never
        return {"sid": "s"} if word == "$and" else {"sid": UNKNOWN}
    flat = [part for pattern in patterns for part in pattern.get(word, [pattern])]
    return flat[0] if len(flat) == 1 else {word: flat}


def _leaf(leaf: Leaf, wanted: bool, properties: _Properties) -> Pattern:
    name = properties.name(leaf)
    if isinstance(leaf, AtLeast):
        return {"$gte": {name: 0}} if wanted else {"$and": [{"$gt": {name: UNKNOWN_NUMBER}}, {"$lt": {name: 0}}]}
    if leaf.of in properties.derived:
        return {name: "t" if wanted else "f"}
    if wanted:
        return _join("$or", [{name: answer} for answer in leaf.among])
    return _join("$and", [{"$neq": {name: answer}} for answer in (*leaf.among, UNKNOWN)])  # $neq matches unknown too


class _Properties:
    """Short names for what the fact carries: one for each finding, each number and bound, each derived leaf."""

    def __init__(self, derived: frozenset[str]) -> None:
        self.derived = derived
        self.leaves: dict[str, Leaf] = {}
        self._names: dict[object, str] = {}

    def name(self, leaf: Leaf) -> str:
        key = leaf.of if isinstance(leaf, Is) and leaf.of not in self.derived else leaf
        name = self._names.setdefault(key, f"p{len(self._names)}")
        if name_hash(name) in {name_hash(other) for other in self.leaves if other != name}:
            raise ValueError(f"durable-rules can't tell the property {name} from another of this ruleset")
        self.leaves.setdefault(name, leaf)
        return name


def name_hash(name: str) -> int:
    """The 32-bit FNV-1a hash by which alone durable-rules tells one property's name from another's."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def _sent(leaf: Leaf, facts: Facts) -> str | int:
    known = facts.get(leaf.of)
    if isinstance(leaf, AtLeast):
        bound = facts.get(leaf.bound) if isinstance(leaf.bound, str) else leaf.bound
        return known - bound if isinstance(known, int) and isinstance(bound, int) else UNKNOWN_NUMBER
    if isinstance(known, frozenset):
        return "t" if known.issubset(leaf.among) else "f" if known.isdisjoint(leaf.among) else UNKNOWN
    return UNKNOWN if known is None else str(known)
