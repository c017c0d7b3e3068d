"""Compiles rules to durable-rules and runs them: which are known true, which known false, the rest undetermined.

Each distinct condition becomes two patterns on one closed fact (`pathway.engine.patterns`): "t" known true, "f" known false.
The C core is driven by hand: its Python host starts timer threads, and is several times slower.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from pathway.conditions.tree import AtLeast, Condition, Facts, Leaf, Truth
from pathway.engine.patterns import OTHER, Pattern, Properties, TooLarge, fitting, pushed_down, read
from pathway.engine.rulesets import batches

try:
    import durable_rules_engine as durable
except ImportError as error:
    if "PyEval_CallObject" not in str(error):
        raise
    raise ImportError(
        "durable-rules was built without the one variable that Python 3.13 needs. Build it again with it: "
        "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --force-reinstall --no-cache-dir durable-rules"
    ) from error

LARGEST = 999_999
"""A distance from a bound is sent up to here, so that it fits the engine's numbers."""
TOGETHER = 1_000
"""An "or" matches once for each alternative that holds; so many come back as one firing."""
MATCHED, UNMATCHED = 0, 1
"""What asserting a fact returns."""

CoreFailed = durable.error
_serial = count()


class EngineFailed(RuntimeError):
    """durable-rules did not do what it does for every fact. No answer is given."""


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
        try:
            names = _fired(handle, self._fact % self.values(facts))
        except CoreFailed as error:
            raise EngineFailed(f"durable-rules failed: {error}") from error
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
        raise EngineFailed(f"durable-rules did not take a fact (result {result})")
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
    rulesets = tuple(ruleset_of(properties, batch) for batch in batches(patterns) if batch)
    return Engine(rulesets, tuple(conditions), says)


def grouped(conditions: Mapping[str, Condition]) -> dict[Condition, list[str]]:
    """Each distinct condition, and the rules that ask for it: it is tested once for all of them."""
    alike: dict[Condition, list[str]] = {}
    for rule, condition in conditions.items():
        alike.setdefault(condition, []).append(rule)
    return alike


def _patterns(rules: list[str], condition: Condition, wanted: bool, properties: Properties) -> list[Pattern]:
    try:
        return fitting(pushed_down(condition, wanted, properties))
    except TooLarge:
        raise TooLarge(", ".join(rules)) from None


def ruleset_of(properties: Properties, patterns: Mapping[str, Pattern]) -> Ruleset:
    """The patterns as a ruleset whose fact carries what they read, and nothing else."""
    wanted = frozenset[str]().union(*map(read, patterns.values()))
    carried = {key: name for key, name in properties.names.items() if name in wanted}
    answers = [key for key in carried if isinstance(key, str)]
    tested = [key for key in carried if not isinstance(key, str)]
    rules = {name: {"all": [{"m": pattern}], "cap": TOGETHER} for name, pattern in patterns.items()}
    return Ruleset(
        rules=json.dumps(rules),
        names=tuple(carried[key] for key in (*answers, *tested)),
        answers=tuple((name, properties.answers[name]) for name in answers),
        tested=tuple(tested),
    )
