"""Compiles rules to durable-rules and runs them: which rules are known true, which known false, and which undetermined.

Each distinct condition becomes two patterns on one closed fact (`pathway.engine.patterns`): "t" known true, "f" known false.
A pattern that is too large for the engine becomes several, which decide together.
The C core is called directly: its Python host starts timer threads, and is several times slower.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from pathway.conditions.tree import AtLeast, Condition, Facts, Leaf, Truth
from pathway.engine.patterns import UNLISTED, FactEncoder, Pattern, TooLarge, negation_normal_form, property_names, split_to_fit
from pathway.engine.rulesets import split_into_rulesets

try:
    import durable_rules_engine as durable
except ImportError as error:
    if "PyEval_CallObject" not in str(error):
        raise
    raise ImportError(
        "durable-rules was built without the one variable that Python 3.13 needs. Build it again with it: "
        "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject pip install --force-reinstall --no-cache-dir durable-rules"
    ) from error

MAX_DISTANCE = 999_999
"""Distances from a bound are clipped to this, so that they fit the engine's numbers."""
FIRING_CAP = 1_000
"""An "or" matches once for each alternative that holds; up to this many matches come back as one firing."""
MATCHED, UNMATCHED = 0, 1
"""Return codes of asserting a fact."""

CoreFailed = durable.error
_serial = count()


class EngineFailed(RuntimeError):
    """durable-rules behaved in an unexpected way. No answer is given."""


@dataclass(frozen=True)
class Ruleset:
    """One durable-rules ruleset, and the properties of its fact.

    Each evaluation takes a compiled copy for itself and puts it back after a clean run. So threads and forks never share a
    copy, and a copy that an interruption left in the middle of a run is never used again.
    """

    rules: str
    """JSON, as durable-rules reads it."""
    property_names: tuple[str, ...]
    """Of the fact: one for each variable in `codes`, then one for each of `tested_leaves`."""
    codes: tuple[tuple[str, Mapping[Any, int]], ...]
    """Variables, each with the code of each answer."""
    tested_leaves: tuple[Leaf, ...]
    """Leaves on numbers and on derived variables: the fact has a sign for each (see `_sign`)."""
    _idle: list[int] = field(default_factory=list, repr=False)
    """Handles of compiled copies that are not in use."""

    def fired(self, facts: Facts) -> list[str]:
        """The names of the patterns that match the facts: asserts one fact, reads its actions and retracts it."""
        try:
            handle = self._idle.pop()
        except IndexError:
            handle = durable.create_ruleset(f"pathway-{next(_serial)}", self.rules)
        try:
            names = _fired(handle, self._template % self.values(facts))
        except CoreFailed as error:
            raise EngineFailed(f"durable-rules failed: {error}") from error
        self._idle.append(handle)
        return names

    def values(self, facts: Facts) -> tuple[int, ...]:
        """The values of the fact's properties, in the order of `property_names`."""
        value_of = facts.get
        codes = [code_of.get(value_of(variable), UNLISTED) for variable, code_of in self.codes]
        return (*codes, *[_sign(leaf, facts) for leaf in self.tested_leaves])

    @cached_property
    def _template(self) -> str:
        properties = "".join(f',"{name}":%d' for name in self.property_names)
        return f'{{"sid":"s","id":"f"{properties}}}'


def _fired(handle: int, fact: str) -> list[str]:
    """The names of the patterns that match a fact. Raises EngineFailed where the engine refuses the fact."""
    result, state = durable.assert_fact(handle, fact)
    if result == UNMATCHED:
        return []
    if result != MATCHED:
        raise EngineFailed(f"durable-rules did not take a fact (result {result})")
    names, next_action = [], durable.complete_and_start_action
    message = durable.start_action_for_state(handle, state)[1]
    while message:  # {"12t0":[{"m":{...}}]}
        names.append(message[2 : message.index('"', 2)])
        message = next_action(handle, state)
    durable.retract_fact(handle, '{"sid":"s","id":"f"}')
    return names


def _sign(leaf: Leaf, facts: Facts) -> int:
    """Above 0 where the leaf holds, below 0 where it does not, and 0 where that is unknown."""
    value = facts.get(leaf.variable)
    if isinstance(leaf, AtLeast):
        bound = facts.get(leaf.bound) if isinstance(leaf.bound, str) else leaf.bound
        if not isinstance(value, int) or not isinstance(bound, int):
            return 0
        return min(value - bound, MAX_DISTANCE) + 1 if value >= bound else max(value - bound, -MAX_DISTANCE)
    if not isinstance(value, frozenset):
        return 0 if value is None else 1 if value in leaf.values else -1
    return 1 if value.issubset(leaf.values) else -1 if value.isdisjoint(leaf.values) else 0


@dataclass(frozen=True)
class Engine:
    """Compiled rules."""

    rulesets: tuple[Ruleset, ...]
    rules: tuple[str, ...]
    rules_by_pattern: Mapping[str, Mapping[str, bool]] = field(repr=False)
    """For each pattern the rules that it decides, each with the truth that it gives them."""
    rules_by_group: Mapping[frozenset[str], Mapping[str, bool]] = field(default_factory=dict, repr=False)
    """The same for the groups of patterns that decide together, where all of them fire."""

    def fire(self, facts: Facts) -> dict[str, Truth]:
        """The truth of each rule according to durable-rules: None where neither of its patterns fired."""
        truths: dict[str, Truth] = dict.fromkeys(self.rules)
        fired: list[str] = []
        for ruleset in self.rulesets:
            fired += ruleset.fired(facts)
        for pattern in fired:
            if pattern in self.rules_by_pattern:
                truths.update(self.rules_by_pattern[pattern])
        for group, decided in self.rules_by_group.items():
            if group.issubset(fired):
                truths.update(decided)
        return truths


def compile_rules(conditions: Mapping[str, Condition], derived: Iterable[str] = ()) -> Engine:
    """The rules (id to condition) in as many rulesets as the engine's limits require.

    `derived` names the variables that may have several possible values at once. Raises TooLarge.
    """
    by_condition = rules_by_condition(conditions)
    encoder = FactEncoder(by_condition, frozenset(derived))
    patterns: dict[str, Pattern] = {}
    decided: dict[frozenset[str], dict[str, bool]] = {}
    for number, (condition, rules) in enumerate(by_condition.items()):
        for polarity in (True, False):
            names: dict[str, str] = {}
            for group in _groups(rules, condition, polarity, encoder):
                for text, pattern in ((json.dumps(pattern), pattern) for pattern in group):
                    names.setdefault(text, f"{number}{'t' if polarity else 'f'}{len(names)}")
                    patterns[names[text]] = pattern
                decided[frozenset(names[json.dumps(pattern)] for pattern in group)] = dict.fromkeys(rules, polarity)
    rulesets = tuple(build_ruleset(encoder, group) for group in split_into_rulesets(patterns) if group)
    return Engine(
        rulesets,
        tuple(conditions),
        rules_by_pattern={next(iter(group)): truths for group, truths in decided.items() if len(group) == 1},
        rules_by_group={group: truths for group, truths in decided.items() if len(group) > 1},
    )


def rules_by_condition(conditions: Mapping[str, Condition]) -> dict[Condition, list[str]]:
    """Each distinct condition with the rules that have it, so that it is tested only once."""
    by_condition: dict[Condition, list[str]] = {}
    for rule, condition in conditions.items():
        by_condition.setdefault(condition, []).append(rule)
    return by_condition


def _groups(rules: list[str], condition: Condition, polarity: bool, encoder: FactEncoder) -> list[list[Pattern]]:
    """The groups of patterns of one condition. Raises TooLarge with the names of its rules."""
    try:
        return split_to_fit(negation_normal_form(condition, polarity, encoder))
    except TooLarge:
        raise TooLarge(", ".join(rules)) from None


def build_ruleset(encoder: FactEncoder, patterns: Mapping[str, Pattern]) -> Ruleset:
    """The patterns as a ruleset whose fact has exactly the properties that they test."""
    tested_properties = frozenset[str]().union(*map(property_names, patterns.values()))
    names = {key: name for key, name in encoder.names.items() if name in tested_properties}
    variables = [key for key in names if isinstance(key, str)]
    tested_leaves = [key for key in names if not isinstance(key, str)]
    rules = {name: {"all": [{"m": pattern}], "cap": FIRING_CAP} for name, pattern in patterns.items()}
    return Ruleset(
        rules=json.dumps(rules),
        property_names=tuple(names[key] for key in (*variables, *tested_leaves)),
        codes=tuple((variable, encoder.codes[variable]) for variable in variables),
        tested_leaves=tuple(tested_leaves),
    )
