"""Decides route, step and verdicts, level by level, from nothing but the rules that durable-rules fired.

`pathway.truth` reads the same rules beside it, and a difference between the two is a loud error, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathway.condition import Facts, Truth
from pathway.knowledge import Knowledge, unless
from pathway.rules import Engine, compiled
from pathway.truth import truth
from pathway.vocabulary import INJECTION, ROUTES, RULED_OUT, UNDETERMINED

ON_HOLD = "on_hold"
SEVERAL_AT_ONCE = (INJECTION, "step", "step_rule")
"""What is derived and may still be one of several values."""

Held = Mapping[str, Truth]


class Disagreement(RuntimeError):
    """durable-rules and the reference reader differ on a rule. No answer is given."""


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


@dataclass(frozen=True)
class Decision:
    """What was decided, the truth of every rule, and all that was known at the end."""

    route: Choice
    step: Choice | None
    verdicts: Mapping[str, Choice]
    held: Held
    facts: Facts

    @property
    def settled(self) -> bool:
        """Whether nothing is open: neither the route, nor the step, nor any verdict."""
        choices = [self.route, *([self.step] if self.step else []), *self.verdicts.values()]
        return all(len(choice.possible) == 1 for choice in choices)


@dataclass(frozen=True)
class Decider:
    """Decides by one knowledge base. Safe for many threads."""

    knowledge: Knowledge

    @cached_property
    def engines(self) -> tuple[Engine, ...]:
        """The rules of each level, compiled."""
        return engines_of(self.knowledge)

    def decide(self, facts: Facts, compare: bool = True) -> Decision:
        """Route, step and verdicts by what is known. Raises Disagreement where the two readers differ."""
        held = self._fired(0, facts, compare)
        route = route_of(self.knowledge, held)
        facts = {**facts, "route": decided_route(route), INJECTION: injection_possible(self.knowledge, held)}
        held |= self._fired(1, facts, compare)
        step = step_of(self.knowledge, held) if decided_route(route) in ("stepped_care", UNDETERMINED) else None
        facts |= {"step": frozenset(step.possible if step else ("none",)), "step_rule": _step_rules(step, held)}
        held |= self._fired(2, facts, compare)
        verdicts = {option: verdict_of(self.knowledge, option, held) for option in self.knowledge.options}
        return Decision(route, step, verdicts, held, facts)

    def _fired(self, level: int, facts: Facts, compare: bool) -> dict[str, Truth]:
        fired = self.engines[level].fire(facts)
        if compare:
            expected = {rule: truth(self.knowledge.tests[rule], facts) for rule in self.knowledge.levels[level]}
            if fired != expected:
                raise Disagreement(_difference(fired, expected))
        return fired


def engines_of(knowledge: Knowledge) -> tuple[Engine, ...]:
    """The rules of each level, compiled. Raises TooLarge for what the engine can't hold."""
    return tuple(compiled({rule: knowledge.tests[rule] for rule in level}, SEVERAL_AT_ONCE) for level in knowledge.levels)


def _difference(fired: Held, expected: Held) -> str:
    rules = sorted(rule for rule in fired.keys() | expected.keys() if fired.get(rule) != expected.get(rule))
    return f"durable-rules and the reference reader differ on {', '.join(rules)}; no answer is given"


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


def injection_possible(knowledge: Knowledge, held: Held) -> frozenset[str]:
    """Whether the injection is ruled out by guidance, cause or health: `yes`, `no`, or both while it is open."""
    values = {held[rule] for rule in ruling_out_injection(knowledge)}
    if True in values:
        return frozenset({"no"})
    return frozenset({"yes", "no"} if None in values else {"yes"})


def ruling_out_injection(knowledge: Knowledge) -> list[str]:
    """The rules that can rule the injection out."""
    return [rule.id for rule in knowledge.spoken_of[knowledge.frame.injection] if rule.says in RULED_OUT]


def step_of(knowledge: Knowledge, held: Held) -> Choice:
    """The first step whose rule holds."""
    return first(((rule.says, rule.id) for rule in knowledge.step_rules.values()), held)


def _step_rules(step: Choice | None, held: Held) -> frozenset[str]:
    return frozenset(rule for rule in step.considered if held[rule] is not False) if step else frozenset({"none"})


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
