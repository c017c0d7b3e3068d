"""Combines the truth of each rule into a route, a step and verdicts: of several rules the first that holds wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from pathway.conditions.tree import Truth
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.vocabulary import UNDETERMINED

ON_HOLD = "on_hold"
T = TypeVar("T")
"""The truth of a rule: a value, a column of values, or a formula."""

Truths = Mapping[str, Truth]
"""Whether each rule holds, by its id."""


class Silent(RuntimeError):
    """No rule applies: the knowledge base has no answer for a scenario. `option` is the option that no rule covers."""

    def __init__(self, says: str, option: str) -> None:
        super().__init__(says)
        self.option = option


@dataclass(frozen=True)
class Candidates:
    """The values that are still possible, in precedence order; the rules considered; and the unknown ones among them."""

    possible: tuple[str, ...]
    considered: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def value(self) -> str:
        """The value where only one is possible, else `undetermined`."""
        return self.possible[0] if len(self.possible) == 1 else UNDETERMINED


def picker(keys: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A function that returns the values of these keys, quickly: what depends on them alone can be cached by them."""
    match keys:
        case []:
            return lambda _: ()
        case [key]:
            return lambda values: (values[key],)
        case _:
            return itemgetter(*keys)


def first_that_holds(chain: Iterable[tuple[str, str]], truths: Truths) -> Candidates:
    """The value of the first rule that holds, with those of the unknown rules before it.

    `chain` holds (value, rule) pairs, those with the highest precedence first.
    """
    possible: dict[str, None] = {}
    considered: list[str] = []
    unknown: list[tuple[str, str]] = []
    for value, rule in chain:
        considered.append(rule)
        if truths[rule] is None:
            unknown.append((value, rule))
        if truths[rule] is not False:
            possible[value] = None
        if truths[rule]:
            while unknown and unknown[-1][0] == value:  # an unknown rule just before, with the same value, changes nothing
                unknown.pop()
            break
    return Candidates(tuple(possible), tuple(considered), tuple(rule for _, rule in unknown))


def flag_holds(knowledge: Knowledge, flag: str, truths: Truths) -> Truth:
    """Whether a red flag holds."""
    return flag_truth(knowledge, flag, truths, lambda holds, downgraded: False if downgraded else holds)


def flag_truth(knowledge: Knowledge, flag: str, truths: Mapping[str, T], unless: Callable[[T, T], T]) -> T:
    """Whether a red flag holds, in any form of truth. A flag with a `downgraded_by` holds until that is known to be true.

    `unless` works that out, of the truth of the flag and of what downgrades it.
    """
    if knowledge.red_flags[flag].downgraded_by is None:
        return truths[flag]
    return unless(truths[flag], truths[downgrade_id(flag)])


def route_of(knowledge: Knowledge, truths: Truths) -> Candidates:
    """The possible routes, the most urgent first. A flag that holds rules out every less urgent route."""
    flags = knowledge.red_flags_by_urgency
    flag_truths = {flag.id: flag_holds(knowledge, flag.id, truths) for flag in flags}
    flagged = first_that_holds(((flag.says, flag.id) for flag in flags), flag_truths)
    if any(flag_truths[rule] for rule in flagged.considered):
        return flagged
    return Candidates((*flagged.possible, knowledge.ladder_route), flagged.considered, flagged.unknown)


def decided_route(route: Candidates, knowledge: Knowledge) -> str:
    """The least urgent possible route; `undetermined` where that enters the ladder and another route is possible too.

    So a present flag decides at once: unanswered questions can then only raise the urgency.
    """
    least_urgent = route.possible[-1]
    return UNDETERMINED if least_urgent == knowledge.ladder_route and len(route.possible) > 1 else least_urgent


def gates(knowledge: Knowledge, truths: Truths) -> dict[str, frozenset[str]]:
    """For each gate whether one of its options is possible: `yes`, `no`, or both while that is open."""
    return {gate: _gate([_possible(rules, truths) for rules in options]) for gate, options in knowledge.gates.items()}


def _possible(contraindications: Iterable[str], truths: Truths) -> Truth:
    """Whether an option is possible: whether none of the rules that rule it out holds."""
    values = {truths[rule] for rule in contraindications}
    return False if True in values else None if None in values else True


def _gate(options: Iterable[Truth]) -> frozenset[str]:
    values = set(options)
    if True in values:
        return frozenset({"yes"})
    return frozenset({"yes", "no"} if None in values else {"no"})


def step_of(knowledge: Knowledge, truths: Truths) -> Candidates:
    """The step of the first step rule that holds."""
    return first_that_holds(((rule.says, rule.id) for rule in knowledge.step_rules.values()), truths)


NO_VERDICT = Candidates((), (), ())
"""The candidates for an option that no recommendation covers: no verdict is possible."""


def verdict_of(knowledge: Knowledge, option: str, truths: Truths) -> Candidates:
    """The verdict of the first recommendation that holds. Raises Silent where none does.

    A recommendation that says `undetermined` waits for the route. While it is possible, so are the verdicts of the
    recommendations after it (no flag turns out to be present) and `on_hold` (one does).
    """
    rules = knowledge.winnable_rules_by_option[option]
    verdict = first_that_holds([(rule.says, rule.id) for rule in rules], truths)
    if not verdict.possible:
        raise Silent(f"no recommendation covers {option} here", option)
    if UNDETERMINED not in verdict.possible:
        return verdict
    rest = first_that_holds(((rule.says, rule.id) for rule in rules if rule.says != UNDETERMINED), truths)
    if not rest.possible:
        raise Silent(f"no recommendation covers {option}, except one that waits for the route", option)
    possible = tuple(dict.fromkeys((*rest.possible, ON_HOLD)))
    return Candidates(possible, (*verdict.considered, *rest.considered), rest.unknown)
