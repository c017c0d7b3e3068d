"""From the rules that hold, are out or are unknown to a route, a step and verdicts: of each, the first whose rule holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathway.conditions.tree import Truth
from pathway.knowledge.base import Knowledge, unless
from pathway.knowledge.vocabulary import ROUTES, UNDETERMINED

ON_HOLD = "on_hold"

Held = Mapping[str, Truth]
"""Whether each rule holds."""


class Silent(RuntimeError):
    """No rule speaks: the knowledge base leaves a scenario without an answer."""


@dataclass(frozen=True)
class Choice:
    """Values still possible, in the order of their rules; the rules considered; and those of them that are unknown."""

    possible: tuple[str, ...]
    considered: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def value(self) -> str:
        """The value, or `undetermined`."""
        return self.possible[0] if len(self.possible) == 1 else UNDETERMINED


def first(chain: Iterable[tuple[str, str]], held: Held) -> Choice:
    """The first value whose rule holds, or those that may yet be it. `chain` is of (value, rule), the first to win first."""
    possible: dict[str, None] = {}
    considered: list[str] = []
    unknown: list[tuple[str, str]] = []
    for value, rule in chain:
        considered.append(rule)
        if held[rule] is None:
            unknown.append((value, rule))
        if held[rule] is not False:
            possible[value] = None
        if held[rule]:
            while unknown and unknown[-1][0] == value:  # nothing comes between: whether it holds changes nothing
                unknown.pop()
            break
    return Choice(tuple(possible), tuple(considered), tuple(rule for _, rule in unknown))


def flag_holds(knowledge: Knowledge, flag: str, held: Held) -> Truth:
    """Whether a red flag holds: one with an `unless_known` holds until that is known to be so."""
    if knowledge.red_flags[flag].unless_known is not None and held[unless(flag)]:
        return False
    return held[flag]


def route_of(knowledge: Knowledge, held: Held) -> Choice:
    """The routes still possible, the most urgent first; a flag that holds rules out all that are less urgent."""
    flags = sorted(knowledge.red_flags.values(), key=lambda flag: ROUTES.index(flag.says))
    holds = {flag.id: flag_holds(knowledge, flag.id, held) for flag in flags}
    found = first(((flag.says, flag.id) for flag in flags), holds)
    if any(holds[rule] for rule in found.considered):
        return found
    return Choice((*found.possible, "stepped_care"), found.considered, found.unknown)


def decided_route(route: Choice) -> str:
    """The route: the least urgent one still possible, unless that is stepped care and another is possible too.

    A flag that is present decides at once; what is unanswered can then only raise the urgency.
    """
    least = route.possible[-1]
    return UNDETERMINED if least == "stepped_care" and len(route.possible) > 1 else least


def gates(knowledge: Knowledge, held: Held) -> dict[str, frozenset[str]]:
    """Of each gate whether one of its options is possible: `yes`, `no`, or both while it is open."""
    return {gate: _gate([_possible(rules, held) for rules in options]) for gate, options in knowledge.gates.items()}


def _possible(ruling_out: Iterable[str], held: Held) -> Truth:
    values = {held[rule] for rule in ruling_out}
    return False if True in values else None if None in values else True


def _gate(options: Iterable[Truth]) -> frozenset[str]:
    values = set(options)
    if True in values:
        return frozenset({"yes"})
    return frozenset({"yes", "no"} if None in values else {"no"})


def step_of(knowledge: Knowledge, held: Held) -> Choice:
    """The first step whose rule holds."""
    return first(((rule.says, rule.id) for rule in knowledge.step_rules.values()), held)


def verdict_of(knowledge: Knowledge, option: str, held: Held) -> Choice:
    """The verdict that wins. One that waits for the route is open: whatever comes after it may hold, or the flag may."""
    rules = knowledge.deciding[option]
    found = first(((rule.says, rule.id) for rule in rules), held)
    if not found.possible:
        raise Silent(f"no recommendation speaks of {option} here")
    if UNDETERMINED not in found.possible:
        return found
    rest = first(((rule.says, rule.id) for rule in rules if rule.says != UNDETERMINED), held)
    if not rest.possible:
        raise Silent(f"no recommendation speaks of {option} beside the one that waits")
    possible = tuple(dict.fromkeys((*rest.possible, ON_HOLD)))
    return Choice(possible, (*found.considered, *rest.considered), rest.unknown)
