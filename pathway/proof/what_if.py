"""What would change it: every minimal set of answers that would make an option apply, or no longer apply.

Fewest changes first; no set contains another. A number is given as the lowest that does it, and more than that is not listed
again. Each set is tried with the engine itself before it is shown. If there is none, the solver has shown that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from time import perf_counter
from typing import Any

from pathway.assumptions import values_from
from pathway.condition import AtLeast, leaves
from pathway.decide import Decision, Disagreement, decided_route
from pathway.explain import Pathway
from pathway.knowledge import Knowledge
from pathway.proof.algebra import Formula
from pathway.proof.answers import Changed, Way, WhyNot
from pathway.proof.changes import Changes, load_changes, may_follow
from pathway.proof.goal import ON_LADDER, Goal, goal_of, value
from pathway.proof.logic import Model, OutOfTime, Solver, is_true
from pathway.proof.space import Answers, Person, Space
from pathway.scenario import scenario_from

SECONDS = 1.0
"""For the whole list. After it, what was found is shown, with the word that more exist."""


@dataclass
class WhatIf:
    """Answers "what would change it?" by one knowledge base. Safe for many threads, one after the other."""

    pathway: Pathway
    changes: Changes
    _lock: Lock = field(default_factory=Lock, repr=False)
    _limits: dict[int, Formula] = field(default_factory=dict, repr=False)

    @cached_property
    def person(self) -> Person:
        """The scenario as it might be."""
        return Space(self.pathway.knowledge).anyone

    @cached_property
    def solver(self) -> Solver:
        """The solver, told what is so of everyone."""
        return self.person.space.logic.solver(*self.person.space.settings(), *self.person.well_formed())

    @cached_property
    def named(self) -> Mapping[str, Formula]:
        """Of each finding: its answer is another."""
        return {name: self.person.space.logic.truth(f"changed.{name}") for name in self.pathway.knowledge.findings}

    def at_most(self, size: int) -> Formula:
        """No more than `size` answers are others."""
        if size not in self._limits:
            self._limits[size] = self.person.space.logic.at_most(self.named.values(), size)
        return self._limits[size]

    def why_not(
        self,
        scenario: Any,
        of: str,
        guidance: str = "page",
        assumptions: Mapping[str, Any] | None = None,
        most: int | None = None,
        seconds: float = SECONDS,
    ) -> WhyNot:
        """As `why_not` below."""
        knowledge = self.pathway.knowledge
        answers = dict(scenario_from(scenario, knowledge).answers)
        setting: Answers = {**values_from(assumptions, knowledge), "guidance": guidance}
        now = self.pathway.decider.decide({**answers, **setting})
        goal = goal_of(of, now, knowledge)
        found = WhyNot(of=of, now=value(of, now), wanted=goal.wanted, is_step=goal.is_step, guidance=guidance)
        if decided_route(now.route) not in ON_LADDER:
            return found.model_copy(update={"none_because": _red_flag(now, knowledge)})
        with self._lock:
            return Search(self, answers, setting, goal).answer(found, most, perf_counter() + seconds)


def why_not(
    pathway: Pathway,
    scenario: Any,
    of: str,
    guidance: str = "page",
    assumptions: Mapping[str, Any] | None = None,
    most: int | None = None,
    seconds: float = SECONDS,
) -> WhyNot:
    """Every minimal set of answers that would make `of` (an option, or a step) apply; if it applies, that would end that.

    `most` sets at most, and no longer than about `seconds`. Raises Unusable with every fault of what was given.
    """
    known = _KNOWN.get(id(pathway))
    if known is None:
        known = _KNOWN[id(pathway)] = WhatIf(pathway, load_changes(pathway.knowledge))
    return known.why_not(scenario, of, guidance, assumptions, most, seconds)


_KNOWN: dict[int, WhatIf] = {}
"""By the pathway's identity, which stays its own while it is kept here."""


def _red_flag(now: Decision, knowledge: Knowledge) -> str:
    flags = [flag for flag in knowledge.red_flags.values() if now.held[flag.id] and flag.says == decided_route(now.route)]
    return f"the red flag comes first: {flags[0].because}" if flags else "the red flag comes first"


@dataclass(frozen=True)
class Search:
    """One question about one scenario."""

    known: WhatIf
    answers: Answers
    setting: Answers
    goal: Goal

    def answer(self, found: WhyNot, most: int | None, until: float) -> WhyNot:
        """The question answered."""
        person, space = self.known.person, self.known.person.space
        setting = (space.set(name, value) for name, value in self.setting.items())
        with self.known.solver.told(*setting, self.goal.formula(person)):
            with self.known.solver.told(*self._follows.values(), *self._changed_as_named()):
                ways, more = self._ways(most, until)
            none = None if ways or more else self._why_none()
        fills = {changed.finding for way in ways if way.only_fills for changed in way.changes}
        left_open = tuple(name for name in self._knowledge.findings if name in fills)
        return found.model_copy(update={"ways": ways, "more": more, "left_open": left_open, "none_because": none})

    @property
    def _knowledge(self) -> Knowledge:
        return self.known.pathway.knowledge

    @cached_property
    def _follows(self) -> Mapping[str, Formula]:
        """What each answer may be."""
        person, changes = self.known.person, self.known.changes
        return {finding: may_follow(person, self.answers, changes, finding) for finding in self._knowledge.findings}

    def _ways(self, most: int | None, until: float) -> tuple[tuple[Way, ...], bool]:
        found: list[Way] = []
        try:
            size = self._fewest(until)
            while size is not None:
                while model := self._model(size, until):
                    found.append(self._way(model))
                    self.known.solver.add(self.known.person.space.logic.no(self._as_good(found[-1])))
                    if len(found) == most:
                        return tuple(found), self._model(None, until) is not None
                size = self._next(size, until)
        except OutOfTime:
            return tuple(found), True
        return tuple(found), False

    def _fewest(self, until: float) -> int | None:
        """The size of the smallest way; None if there is none."""
        model = self._model(None, until)
        if model is None:
            return None
        low, high = 0, self._size(model)
        while low < high:
            model = self._model((low + high) // 2, until)
            low, high = (low, self._size(model)) if model else ((low + high) // 2 + 1, high)
        return low

    def _size(self, model: Model) -> int:
        return sum(is_true(model, named) for named in self.known.named.values())

    def _next(self, size: int, until: float) -> int | None:
        return size + 1 if self._model(None, until) is not None else None

    def _model(self, size: int | None, until: float) -> Model | None:
        left = until - perf_counter()
        if left <= 0:
            raise OutOfTime("the time for what-ifs is over")
        return self.known.solver.model(*([] if size is None else [self.known.at_most(size)]), seconds=left)

    @cached_property
    def _changed(self) -> Mapping[str, Formula]:
        """When each answer is another than now."""
        person, logic = self.known.person, self.known.person.space.logic
        return {
            name: logic.no(person.answers(name, self.answers[name])) if name in self.answers else person.known(name)
            for name in self._knowledge.findings
        }

    def _changed_as_named(self) -> Iterator[Formula]:
        for name, formula in self._changed.items():
            yield self.known.named[name] == formula

    def _differing(self, model: Model) -> Answers:
        found = self.known.person.answered(model)
        return {name: answer for name, answer in found.items() if self.answers.get(name) != answer}

    def _way(self, model: Model) -> Way:
        changes = self._differing(model)
        if not self._tried(changes):
            raise Disagreement(f"the solver and the engine differ on whether {self.goal.of} changes with {changes}")
        while (lower := self._lower(changes)) != changes:
            changes = lower
        found = (Changed(finding=name, before=self.answers.get(name), after=after) for name, after in changes.items())
        return Way(changes=tuple(found))

    def _lower(self, changes: Answers) -> Answers:
        """The same with each number in turn as low as does it."""
        lower = dict(changes)
        for name in changes.keys() & self.known.person.numbers.keys():
            lower[name] = next(number for number in self._numbers(name, lower) if self._tried({**lower, name: number}))
        return lower

    def _tried(self, changes: Answers) -> bool:
        decision = self.known.pathway.decider.decide({**self.answers, **changes, **self.setting}, compare=False)
        return self.goal.reached(decision, self._knowledge)

    def _numbers(self, name: str, changes: Answers) -> Iterator[int]:
        """Numbers that may do as well, the lowest first: where some comparison changes, and what was found."""
        lowest, found = int(self.answers.get(name, -1)) + 1, int(changes[name])
        others = {**self.answers, **changes}
        bounds = {*self._bounds(name), *(int(others[other]) for other in self.known.person.numbers if other in others)}
        yield from sorted({lowest, found, *(bound for bound in bounds if lowest < bound < found)})

    def _bounds(self, name: str) -> Iterator[int]:
        for test in self._knowledge.tests.values():
            for leaf in leaves(test):
                if isinstance(leaf, AtLeast) and leaf.of == name:
                    bound = self.setting.get(leaf.bound) if isinstance(leaf.bound, str) else leaf.bound
                    yield from [bound] if isinstance(bound, int) else []

    def _as_good(self, way: Way) -> Formula:
        """This way, or more of the same."""
        person, logic = self.known.person, self.known.person.space.logic
        return logic.all(
            logic.all([person.known(one.finding), logic.at_least(person.numbers[one.finding].value, logic.whole(int(one.after)))])
            if one.finding in person.numbers
            else person.answers(one.finding, one.after)
            for one in way.changes
        )

    def _why_none(self) -> str:
        """Why no allowed change does it: no answers would, or those that may not change stand in the way."""
        solver, held = self.known.solver, dict(self._follows)
        if solver.model() is None:
            return "no answers on the ladder would do it, by this reading and these assumptions"
        for name in tuple(held):
            rest = [formula for other, formula in held.items() if other != name]
            if solver.model(*rest) is None:
                del held[name]
        return f"it would take another answer to {', '.join(held)}, which may not change so"
