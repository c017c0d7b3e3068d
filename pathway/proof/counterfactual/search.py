"""The search for what would change it.

Fewest changes first; no set contains another. A number is given as the lowest that does it, and more than that is not listed
again. Each set is tried with the engine itself before it is shown. If there is none, the solver has shown that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathway.conditions.tree import AtLeast, leaves
from pathway.deciding.decide import Decider, Disagreement
from pathway.explanation.english import answer_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import Changes
from pathway.proof.counterfactual.allowed_changes import may_follow
from pathway.proof.counterfactual.goal import Goal
from pathway.proof.counterfactual.what_if_result import AnswerChange, ChangeSet, WhyNot
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Answers, SymbolicCase, SymbolicSpace
from pathway.proof.symbolic.z3_solver import Deadline, Model, OutOfTime, Solver, is_true


@dataclass
class SolverSession:
    """What is the same for every question to one knowledge base, and slow to make."""

    decider: Decider
    changes: Changes

    @cached_property
    def person(self) -> SymbolicCase:
        """The scenario as it might be."""
        return SymbolicSpace(self.decider.knowledge).symbolic_case

    @cached_property
    def solver(self) -> Solver:
        """The solver, told what is so of everyone."""
        return self.person.space.logic.solver(*self.person.space.valid_settings(), *self.person.well_formed())

    @cached_property
    def named(self) -> Mapping[str, Formula]:
        """Of each finding: its answer is another."""
        return {name: self.person.space.logic.boolean(f"changed.{name}") for name in self.decider.knowledge.findings}

    @cached_property
    def limits(self) -> tuple[Formula, ...]:
        """No more than so many answers are others."""
        named = self.named.values()
        return tuple(self.person.space.logic.at_most(named, size) for size in range(len(named) + 1))


@dataclass(frozen=True)
class ChangeSearch:
    """One question about one scenario."""

    known: SolverSession
    answers: Answers
    setting: Answers
    goal: Goal

    def answer(self, found: WhyNot, most: int | None, until: Deadline) -> WhyNot:
        """The question answered."""
        person, space = self.known.person, self.known.person.space
        setting = (space.has_setting(name, value) for name, value in self.setting.items())
        with self.known.solver.assuming(*setting, self.goal.formula(person)):
            with self.known.solver.assuming(*self._follows.values(), *self._changed_as_named()):
                ways, more = self._ways(most, until)
            none = None if ways or more else self._why_none(until)
        fills = {changed.finding for way in ways if way.only_fills for changed in way.changes}
        left_open = tuple(name for name in self._knowledge.findings if name in fills)
        return found.model_copy(
            update={"ways": tuple(sorted(ways, key=self._place)), "more": more, "left_open": left_open, "none_because": none}
        )

    def _place(self, way: ChangeSet) -> tuple[bool, int, list[int], list[str]]:
        """What is only to compare with comes last; else the fewest changes first, then as the questions stand.

        The solver's own order depends on what it was asked before.
        """
        findings = list(self._knowledge.findings)
        places = [findings.index(one.finding) for one in way.changes]
        return way.compared, len(way.changes), places, [str(one.after) for one in way.changes]

    @property
    def _knowledge(self) -> Knowledge:
        return self.known.decider.knowledge

    @cached_property
    def _follows(self) -> Mapping[str, Formula]:
        """What each answer may be."""
        person, changes = self.known.person, self.known.changes
        return {finding: may_follow(person, self.answers, changes, finding) for finding in self._knowledge.findings}

    def _ways(self, most: int | None, until: Deadline) -> tuple[tuple[ChangeSet, ...], bool]:
        found: list[ChangeSet] = []
        try:
            size = self._fewest(until)
            while size is not None:
                while model := self._model(size, until):
                    found.append(self._way(model))
                    self.known.solver.add(self.known.person.space.logic.negate(self._superset_of(found[-1])))
                    if len(found) == most:
                        return tuple(found), self._model(None, until) is not None
                size = self._next(size, until)
        except OutOfTime:
            return tuple(found), True
        return tuple(found), False

    def _fewest(self, until: Deadline) -> int | None:
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

    def _next(self, size: int, until: Deadline) -> int | None:
        return size + 1 if self._model(None, until) is not None else None

    def _model(self, size: int | None, until: Deadline) -> Model | None:
        return self.known.solver.model(*([] if size is None else [self.known.limits[size]]), until=until)

    @cached_property
    def _changed(self) -> Mapping[str, Formula]:
        """When each answer is another than now."""
        person, logic = self.known.person, self.known.person.space.logic
        return {
            name: logic.negate(person.has_answer(name, self.answers[name])) if name in self.answers else person.is_answered(name)
            for name in self._knowledge.findings
        }

    def _changed_as_named(self) -> Iterator[Formula]:
        for name, formula in self._changed.items():
            yield self.known.named[name] == formula

    def _differing(self, model: Model) -> Answers:
        found = self.known.person.answers_in(model)
        return {name: answer for name, answer in found.items() if self.answers.get(name) != answer}

    def _way(self, model: Model) -> ChangeSet:
        changes = self._differing(model)
        if not self._tried(changes):
            raise Disagreement(f"the solver and the engine differ on whether {self.goal.of} changes with {changes}")
        while (lower := self._minimise_numbers(changes)) != changes:
            changes = lower
        found = tuple(AnswerChange(finding=name, before=self.answers.get(name), after=after) for name, after in changes.items())
        return ChangeSet(changes=found, compared=any(map(self._only_compared, found)))

    def _only_compared(self, one: AnswerChange) -> bool:
        """Whether it is nothing to bring about. An open question that turns out to raise nothing is only answered."""
        usual = one.before is None and one.after == self._knowledge.findings[one.finding].if_not_adverse
        return one.finding in self.known.changes[one.finding].compared and not usual

    def _minimise_numbers(self, changes: Answers) -> Answers:
        """The same with each number in turn as low as does it."""
        lower = dict(changes)
        for name in changes.keys() & self.known.person.numbers.keys():
            lower[name] = next(number for number in self._numbers(name, lower) if self._tried({**lower, name: number}))
        return lower

    def _tried(self, changes: Answers) -> bool:
        decision = self.known.decider.decide({**self.answers, **changes, **self.setting}, compare=False)
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

    def _superset_of(self, way: ChangeSet) -> Formula:
        """This way, or more of the same."""
        person, logic = self.known.person, self.known.person.space.logic
        return logic.all(
            logic.all(
                [
                    person.is_answered(one.finding),
                    logic.at_least(person.numbers[one.finding].value, logic.constant(int(one.after))),
                ]
            )
            if one.finding in person.numbers
            else person.has_answer(one.finding, one.after)
            for one in way.changes
        )

    def _why_none(self, until: Deadline) -> str:
        """Why no allowed change does it: no answers would, or those that may not change stand in the way."""
        try:
            if self.known.solver.model(until=until) is None:
                return "no answers on the ladder would do it, by this reading and these assumptions"
            fixed = "; ".join(map(self._as_it_is, self._blocking_findings(until)))
            return f"it would take another answer where none may be given here: {fixed}"
        except OutOfTime:
            return "no change that may be made would do it"

    def _blocking_findings(self, until: Deadline) -> Mapping[str, Formula]:
        """Findings of which each would have to change, and may not."""
        held = {name: self._follows[name] for name in self.known.solver.unsat_core(self._follows, until)}
        for name in tuple(held):
            rest = [formula for other, formula in held.items() if other != name]
            if self.known.solver.model(*rest, until=until) is None:
                del held[name]
        return held

    def _as_it_is(self, finding: str) -> str:
        now, whole = self.answers.get(finding), self._knowledge.findings[finding].whole
        says = "open" if now is None else f"{now} {whole.unit}" if whole else answer_words(finding, str(now), self._knowledge)
        return f"{name_of(finding, self._knowledge)} ({says})"
