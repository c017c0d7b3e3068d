"""Compiles rules to durable-rules and runs them: which are known true, which known false, the rest undetermined.

Each distinct condition becomes two patterns on one closed fact, "t" (known true) and "f" (known false), with negation
pushed down to the leaves. The C core is driven by hand: its Python host starts timer threads, and is several times slower.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
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

MOST_PARTS = 30
"""Parts (tests, and two for each "and" and "or") in one pattern. The engine refuses 16 times "and" or "or" (error 113);
counting tests too keeps what waits while one pattern is matched under MOST_STACKED."""
MOST_TOGETHER = 480
"""Parts in one ruleset. The engine hangs at 512 different tests at one place."""
MOST_PATTERNS = 240
"""Patterns, and properties, in one ruleset. The engine takes 252 properties, and 256 patterns that end on one test."""
MOST_STACKED = 60
"""Tests that wait while one fact is matched. The engine fails (error 303) at the 65th."""
UNKNOWN, OTHER, FIRST = 0, 1, 2
"""Sent for an answer: not known, one that no rule of the engine names, or the first that one names."""
LARGEST = 999_999
"""A distance from a bound is sent up to here, so that it fits the engine's numbers."""
TOGETHER = 1_000
"""An "or" matches once for each alternative that holds; so many come back as one firing."""
MATCHED, UNMATCHED = 0, 1
"""What asserting a fact returns."""
NEVER, ALWAYS = {"id": "-"}, {"id": "f"}
"""Patterns that hold of no fact, and of every one."""

Pattern = dict[str, Any]
_serial = count()


class TooLarge(ValueError):
    """A rule (named by the message) that tests too much at once for the engine: name a part of it as a definition."""


@dataclass(frozen=True)
class Ruleset:
    """One durable-rules ruleset, and what its fact carries.

    Each evaluation has a compiled copy to itself and puts it back after a clean run: so threads and forks never share
    one, and what an interruption leaves behind is never seen again.
    """

    rules: str
    names: tuple[str, ...]
    """Properties of the fact: of each variable in `answers`, then of each leaf in `tested`."""
    answers: tuple[tuple[str, Mapping[Any, int]], ...]
    """Variables, and the number that is sent for each answer."""
    tested: tuple[Leaf, ...]
    """Leaves on numbers and on what is derived, for which the fact says on which side of the truth they are."""
    _idle: list[int] = field(default_factory=list, repr=False)

    def fired(self, facts: Facts) -> list[str]:
        """The patterns that match what is known: one fact asserted, its actions read, the fact retracted."""
        try:
            handle = self._idle.pop()
        except IndexError:
            handle = durable.create_ruleset(f"pathway-{next(_serial)}", self.rules)
        names = _fired(handle, self._fact % self.values(facts))
        self._idle.append(handle)
        return names

    def values(self, facts: Facts) -> tuple[int, ...]:
        """What the fact carries, in the order of `names`."""
        answers = [numbers.get(facts.get(variable), OTHER) for variable, numbers in self.answers]
        return (*answers, *[_side(leaf, facts) for leaf in self.tested])

    @cached_property
    def _fact(self) -> str:
        values = "".join(f',"{name}":%d' for name in self.names)
        return f'{{"sid":"s","id":"f"{values}}}'


def _fired(handle: int, fact: str) -> list[str]:
    result, state = durable.assert_fact(handle, fact)
    if result == UNMATCHED:
        return []
    if result != MATCHED:
        raise RuntimeError(f"durable-rules did not take a fact (result {result})")
    names = []
    message = durable.start_action_for_state(handle, state)[1]
    while message:  # {"12t0":[{"m":{...}}]}
        names.append(message[2 : message.index('"', 2)])
        message = durable.complete_and_start_action(handle, state)
    durable.retract_fact(handle, '{"sid":"s","id":"f"}')
    return names


def _side(leaf: Leaf, facts: Facts) -> int:
    """Above 0 where the leaf holds, below 0 where it does not, 0 where that is not known."""
    known = facts.get(leaf.of)
    if isinstance(leaf, AtLeast):
        bound = facts.get(leaf.bound) if isinstance(leaf.bound, str) else leaf.bound
        if not isinstance(known, int) or not isinstance(bound, int):
            return 0
        return min(known - bound, LARGEST) + 1 if known >= bound else max(known - bound, -LARGEST)
    if not isinstance(known, frozenset):
        return 0 if known is None else 1 if known in leaf.among else -1
    return 1 if known.issubset(leaf.among) else -1 if known.isdisjoint(leaf.among) else 0


@dataclass(frozen=True)
class Engine:
    """Rules, compiled. `fire` says which are known true and which known false."""

    rulesets: tuple[Ruleset, ...]
    rules: tuple[str, ...]
    says: Mapping[str, Mapping[str, bool]] = field(repr=False)
    """For each pattern the rules that it decides, and how."""

    def fire(self, facts: Facts) -> dict[str, Truth]:
        """The truth of each rule as durable-rules found it: None where neither of its patterns fired."""
        found: dict[str, Truth] = dict.fromkeys(self.rules)
        for ruleset in self.rulesets:
            for pattern in ruleset.fired(facts):
                found.update(self.says[pattern])
        return found


def compiled(conditions: Mapping[str, Condition], derived: Iterable[str] = ()) -> Engine:
    """The rules (id to condition) in as many rulesets as the engine's limits ask for.

    `derived` names the variables of which several values may be possible at once. Raises TooLarge.
    """
    alike = grouped(conditions)
    properties = Properties(alike, frozenset(derived))
    patterns: dict[str, Pattern] = {}
    says: dict[str, dict[str, bool]] = {}
    for number, (condition, rules) in enumerate(alike.items()):
        for wanted in (True, False):
            for part, pattern in enumerate(_patterns(rules, condition, wanted, properties)):
                name = f"{number}{'t' if wanted else 'f'}{part}"
                patterns[name], says[name] = pattern, dict.fromkeys(rules, wanted)
    rulesets = tuple(properties.ruleset(batch) for batch in _batches(patterns) if batch)
    return Engine(rulesets, tuple(conditions), says)


def grouped(conditions: Mapping[str, Condition]) -> dict[Condition, list[str]]:
    """Each distinct condition, and the rules that ask for it: it is tested once for all of them."""
    alike: dict[Condition, list[str]] = {}
    for rule, condition in conditions.items():
        alike.setdefault(condition, []).append(rule)
    return alike


def _patterns(rules: list[str], condition: Condition, wanted: bool, properties: Properties) -> list[Pattern]:
    try:
        return _fitting(pushed_down(condition, wanted, properties))
    except TooLarge:
        raise TooLarge(", ".join(rules)) from None


def _fitting(pattern: Pattern) -> list[Pattern]:
    """Patterns that together match what `pattern` does, each small enough for the engine."""
    if _size(pattern) <= MOST_PARTS:
        return [pattern]
    if "$or" in pattern:
        return [part for alternative in pattern["$or"] for part in _fitting(alternative)]
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


def pushed_down(condition: Condition, wanted: bool, properties: Properties) -> Pattern:
    """What matches the facts by which the condition is known true or known false, with negation only at the leaves."""
    match condition:
        case Is() | AtLeast():
            return properties.test(condition, wanted)
        case Not(what):
            return pushed_down(what, not wanted, properties)
        case All(of):
            return _join("$and" if wanted else "$or", [pushed_down(part, wanted, properties) for part in of])
        case AnyOf(of):
            return _join("$or" if wanted else "$and", [pushed_down(part, wanted, properties) for part in of])
        case _:
            assert_never(condition)


def _join(word: str, patterns: list[Pattern]) -> Pattern:
    neutral, settling = (ALWAYS, NEVER) if word == "$and" else (NEVER, ALWAYS)
    flat: list[Pattern] = []
    for part in (part for pattern in patterns for part in pattern.get(word, [pattern])):
        if part == settling:
            return settling
        if part != neutral and part not in flat:
            flat.append(part)
    if word == "$and":
        flat.sort(key=_rank)
    return flat[0] if len(flat) == 1 else {word: flat} if flat else neutral


def _rank(part: Pattern) -> tuple[bool, bool, list[str]]:
    """Tests that few facts pass first, in one order, so that patterns share their beginnings; an "or" last, as it multiplies."""
    return ("$or" in part, "$neq" in part, sorted(_read(part)))


def _tests(pattern: Pattern) -> Iterator[tuple[str, str, Any]]:
    """Every test of a pattern: the operator, the property that it reads and the value that it asks for."""
    for word, value in pattern.items():
        if word in ("$and", "$or"):
            for part in value:
                yield from _tests(part)
        elif isinstance(value, dict):
            yield from ((word, name, asked) for name, asked in value.items())
        else:
            yield "=", word, value


def _read(pattern: Pattern) -> frozenset[str]:
    """The properties that a pattern reads."""
    return frozenset(name for _, name, _ in _tests(pattern))


class Properties:
    """Short names for what the fact carries: one for each variable, and one for each leaf on a number or on what is derived."""

    def __init__(self, conditions: Iterable[Condition], derived: frozenset[str]) -> None:
        self._names: dict[str | Leaf, str] = {}
        self._answers: dict[str, dict[Any, int]] = {}
        for leaf in (leaf for condition in conditions for leaf in leaves(condition)):
            plain = isinstance(leaf, Is) and leaf.of not in derived
            self._names.setdefault(leaf.of if plain else leaf, f"{len(self._names):x}")
            if isinstance(leaf, Is) and plain:
                numbers = self._answers.setdefault(leaf.of, {None: UNKNOWN})
                for answer in leaf.among:
                    numbers.setdefault(answer, FIRST - 1 + len(numbers))
        refuse_alike(["sid", "id", "$s", *self._names.values()])

    def test(self, leaf: Leaf, wanted: bool) -> Pattern:
        """What the fact must show for the leaf to be known true or known false: whichever way asks the fewest tests."""
        if leaf in self._names:
            return {"$gt" if wanted else "$lt": {self._names[leaf]: 0}}
        assert isinstance(leaf, Is), "numbers have a property of their own"
        name, numbers = self._names[leaf.of], self._answers[leaf.of]
        named = [numbers[answer] for answer in leaf.among]
        if wanted:
            return _join("$or", [{name: number} for number in named])
        others = [number for number in (*numbers.values(), OTHER) if number not in (UNKNOWN, *named)]
        if len(others) <= len(named) + 1:
            return _join("$or", [{name: number} for number in others])
        return _join("$and", [{"$neq": {name: number}} for number in (*named, UNKNOWN)])  # $neq matches unknown too

    def ruleset(self, patterns: Mapping[str, Pattern]) -> Ruleset:
        """The patterns as a ruleset whose fact carries what they read, and nothing else."""
        read = frozenset[str]().union(*map(_read, patterns.values()))
        carried = {key: name for key, name in self._names.items() if name in read}
        answers = [key for key in carried if isinstance(key, str)]
        tested = [key for key in carried if not isinstance(key, str)]
        rules = {name: {"all": [{"m": pattern}], "cap": TOGETHER} for name, pattern in patterns.items()}
        return Ruleset(
            rules=json.dumps(rules),
            names=tuple(carried[key] for key in (*answers, *tested)),
            answers=tuple((name, self._answers[name]) for name in answers),
            tested=tuple(tested),
        )


def refuse_alike(names: Iterable[str]) -> None:
    """Raises where two names have one hash: durable-rules can't tell them apart."""
    seen: dict[int, str] = {}
    for name in names:
        if seen.setdefault(name_hash(name), name) != name:
            raise ValueError(f"durable-rules can't tell the property {name} from {seen[name_hash(name)]}")


def name_hash(name: str) -> int:
    """The 32-bit FNV-1a hash by which alone durable-rules tells one property's name from another's."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


class Network:
    """The tests as the engine lays them out: patterns that begin with the same tests share them."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, str, Any], Network] = {}
        self._joins: list[Network] = []
        """Where the alternatives of an "or" meet again."""

    def add(self, pattern: Pattern) -> Network:
        """Lays a pattern out behind this one, and returns its end."""
        if "$and" in pattern:
            end = self
            for part in pattern["$and"]:
                end = end.add(part)
            return end
        if "$or" in pattern:
            meeting = Network()
            for end in {id(end): end for end in map(self.add, pattern["$or"])}.values():
                end._joins.append(meeting)
            return meeting
        (test,) = _tests(pattern)
        return self._next.setdefault(test, Network())

    def stacked(self) -> int:
        """The most tests that can wait at once: the engine matches depth first, all that match at one place pushed together.

        Of tests that one property passes or fails, all of "$neq" may match, and one of the others.
        """
        kinds = Counter((word, name) for word, name, _ in self._next)
        neither = sum(number for (word, _), number in kinds.items() if word == "$neq")
        here = len(self._joins) + neither + len({name for word, name in kinds if word != "$neq"})
        behind = [network.stacked() for network in (*self._next.values(), *self._joins)]
        return max(here, here - 1 + max(behind, default=0))


def _batches(patterns: Mapping[str, Pattern]) -> Iterator[dict[str, Pattern]]:
    """The patterns, those that read the same side by side, as many together as the engine surely bears."""
    batch = _Batch()
    for name, pattern in sorted(patterns.items(), key=lambda pair: sorted(_read(pair[1]))):
        if not batch.takes(name, pattern):
            yield batch.patterns
            batch = _Batch()
            batch.takes(name, pattern)
    yield batch.patterns


@dataclass
class _Batch:
    """Patterns that may stand in one ruleset."""

    patterns: dict[str, Pattern] = field(default_factory=dict)
    network: Network = field(default_factory=Network)
    properties: set[str] = field(default_factory=set)
    size: int = 0

    def takes(self, name: str, pattern: Pattern) -> bool:
        """Takes the pattern, unless that is more than the engine surely bears; a first one always fits."""
        self.network.add(pattern)
        self.properties |= _read(pattern)
        self.size += _size(pattern)
        few = max(len(self.patterns) + 1, len(self.properties)) <= MOST_PATTERNS and self.size <= MOST_TOGETHER
        fits = few and self.network.stacked() <= MOST_STACKED
        if fits:
            self.patterns[name] = pattern
        return fits
