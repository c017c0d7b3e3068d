"""Searches for the minimal sets of answers that reach a goal (counterfactuals).

The solver lists the sets by size, fewest changes first; no set contains another. A number in a set is the lowest that works, and
sets with a higher one are not listed again. The engine confirms each set. If there is none, the solver has proved it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pathway.conditions.tree import AtLeast, leaves
from pathway.deciding.decide import Decider, Disagreement
from pathway.explanation.english import finding_words, name_of
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
    """A solver and formulas that all questions to one knowledge base share; they are slow to build."""

    decider: Decider
    changes: Changes

    @cached_property
    def case(self) -> SymbolicCase:
        """The scenario after the changes."""
        return SymbolicSpace(self.decider.knowledge).symbolic_case

    @cached_property
    def solver(self) -> Solver:
        """The solver, with the constraints of every scenario asserted."""
        return self.case.space.logic.solver(*self.case.space.valid_settings(), *self.case.well_formed())

    @cached_property
    def change_flags(self) -> Mapping[str, Formula]:
        """A Boolean variable for each finding: its answer changes."""
        return {name: self.case.space.logic.boolean(f"changed.{name}") for name in self.decider.knowledge.findings}

    @cached_property
    def bounds(self) -> Mapping[str, frozenset[int | str]]:
        """For each number what rules compare it with: numbers, and names of assumptions or of other numbers."""
        every = [leaf for condition in self.decider.knowledge.rule_conditions.values() for leaf in leaves(condition)]
        compared = [leaf for leaf in every if isinstance(leaf, AtLeast)]
        return {name: frozenset(leaf.bound for leaf in compared if leaf.variable == name) for name in self.case.numbers}

    @cached_property
    def size_limits(self) -> tuple[Formula, ...]:
        """At each index n, the formula "at most n answers change"."""
        flags = self.change_flags.values()
        return tuple(self.case.space.logic.at_most(flags, size) for size in range(len(flags) + 1))


@dataclass(frozen=True)
class ChangeSearch:
    """The search for one scenario and one goal."""

    session: SolverSession
    answers: Answers
    settings: Answers
    goal: Goal

    def answer(self, result: WhyNot, most: int | None, until: Deadline) -> WhyNot:
        """Return the result with the change sets, or with the reason why there are none."""
        case, space = self.session.case, self.session.case.space
        settings = (space.has_setting(name, value) for name, value in self.settings.items())
        with self.session.solver.assuming(*settings, self.goal.formula(case)):
            with self.session.solver.assuming(*self._allowed.values(), *self._flags_defined()):
                sets, more = self._change_sets(most, until)
            none_because = None if sets or more else self._why_none(until)
        fills = {change.finding for change_set in sets if change_set.only_fills for change in change_set.changes}
        left_open = tuple(name for name in self._knowledge.findings if name in fills)
        ways = tuple(sorted(sets, key=self._rank))
        return result.model_copy(update={"ways": ways, "more": more, "left_open": left_open, "none_because": none_because})

    def _rank(self, change_set: ChangeSet) -> tuple[bool, int, list[int], list[str]]:
        """Return the sort key: for comparison only last, then the fewest changes, then the order of the questions.

        A fixed order, because the solver's own depends on earlier questions.
        """
        findings = list(self._knowledge.findings)
        places = [findings.index(change.finding) for change in change_set.changes]
        return change_set.compared, len(change_set.changes), places, [str(change.after) for change in change_set.changes]

    @property
    def _knowledge(self) -> Knowledge:
        return self.session.decider.knowledge

    @cached_property
    def _allowed(self) -> Mapping[str, Formula]:
        """For each finding, the constraint on its next answer."""
        case, changes = self.session.case, self.session.changes
        return {finding: may_follow(case, self.answers, changes, finding) for finding in self._knowledge.findings}

    def _change_sets(self, most: int | None, until: Deadline) -> tuple[tuple[ChangeSet, ...], bool]:
        """Return the change sets, and whether there are more, or may be where time ran out."""
        sets: list[ChangeSet] = []
        try:
            size = self._smallest_size(until)
            while size is not None:
                while model := self._model(size, until):
                    sets.append(self._change_set(model))
                    self.session.solver.add(self.session.case.space.logic.negate(self._superset_of(sets[-1])))
                    if len(sets) == most:
                        return tuple(sets), self._model(None, until) is not None
                size = self._next_size(size, until)
        except OutOfTime:
            return tuple(sets), True
        return tuple(sets), False

    def _smallest_size(self, until: Deadline) -> int | None:
        """Return the size of the smallest set, by bisection; None if there is none."""
        model = self._model(None, until)
        if model is None:
            return None
        low, high = 0, self._size(model)
        while low < high:
            model = self._model((low + high) // 2, until)
            low, high = (low, self._size(model)) if model else ((low + high) // 2 + 1, high)
        return low

    def _size(self, model: Model) -> int:
        return sum(is_true(model, flag) for flag in self.session.change_flags.values())

    def _next_size(self, size: int, until: Deadline) -> int | None:
        """Return the size to search next; None if no set is left, whatever its size."""
        return size + 1 if self._model(None, until) is not None else None

    def _model(self, size: int | None, until: Deadline) -> Model | None:
        """Return a model in which at most `size` answers change; None if there is none."""
        return self.session.solver.model(*([] if size is None else [self.session.size_limits[size]]), until=until)

    def _flags_defined(self) -> Iterator[Formula]:
        """Yield constraints: each flag is true if the finding's answer differs from the present one."""
        case, logic = self.session.case, self.session.case.space.logic
        for name in self._knowledge.findings:
            answered = name in self.answers
            changed = logic.negate(case.has_answer(name, self.answers[name])) if answered else case.is_answered(name)
            yield self.session.change_flags[name] == changed

    def _changed_answers(self, model: Model) -> Answers:
        answers = self.session.case.answers_in(model)
        return {name: answer for name, answer in answers.items() if self.answers.get(name) != answer}

    def _change_set(self, model: Model) -> ChangeSet:
        """Return the set in a model, with its numbers minimised. Raises Disagreement if the engine doesn't confirm it."""
        answers = self._changed_answers(model)
        if not self._reaches_goal(answers):
            raise Disagreement(f"the solver and the engine differ on whether {self.goal.subject} changes with {answers}")
        while (lower := self._minimise_numbers(answers)) != answers:
            answers = lower
        changes = tuple(AnswerChange(finding=name, before=self.answers.get(name), after=after) for name, after in answers.items())
        return ChangeSet(changes=changes, compared=any(map(self._only_compared, changes)))

    def _only_compared(self, change: AnswerChange) -> bool:
        """Return whether the change serves comparison only. Answering an open question with the usual answer doesn't."""
        usual = change.before is None and change.after == self._knowledge.findings[change.finding].benign_answer
        return change.finding in self.session.changes[change.finding].compared and not usual

    def _minimise_numbers(self, changes: Answers) -> Answers:
        """Return the changes with each number in turn lowered as far as the goal allows."""
        lower = dict(changes)
        for name in (number for number in self.session.case.numbers if number in changes):
            lower[name] = next(
                number for number in self._lower_numbers(name, lower) if self._reaches_goal({**lower, name: number})
            )
        return lower

    def _reaches_goal(self, changes: Answers) -> bool:
        decision = self.session.decider.decide({**self.answers, **changes, **self.settings}, compare=False)
        return self.goal.reached(decision, self._knowledge)

    def _lower_numbers(self, name: str, changes: Answers) -> Iterator[int]:
        """Yield candidates, lowest first: the numbers at which a comparison changes, and last the present one."""
        lowest, present = int(self.answers.get(name, -1)) + 1, int(changes[name])
        answers = {**self.answers, **changes}
        numbers = (int(answers[other]) for other in self.session.case.numbers if other in answers)
        bounds = {*self._bounds(name), *numbers}
        yield from sorted({lowest, present, *(bound for bound in bounds if lowest < bound < present)})

    def _bounds(self, name: str) -> Iterator[int]:
        """Yield the numbers that rules compare this one with, assumptions by their values."""
        bounds = (self.settings.get(bound) if isinstance(bound, str) else bound for bound in self.session.bounds[name])
        yield from (bound for bound in bounds if isinstance(bound, int))

    def _superset_of(self, change_set: ChangeSet) -> Formula:
        """Return the formula "the case has all these changes"; a higher number counts as the same set."""
        return self.session.case.space.logic.all(map(self._has_change, change_set.changes))

    def _has_change(self, change: AnswerChange) -> Formula:
        case, logic = self.session.case, self.session.case.space.logic
        if change.finding not in case.numbers:
            return case.has_answer(change.finding, change.after)
        high_enough = logic.at_least(case.numbers[change.finding].value, logic.constant(int(change.after)))
        return logic.all([case.is_answered(change.finding), high_enough])

    def _why_none(self, until: Deadline) -> str:
        """Return why no allowed change works: no answers at all would, or some that would have to change may not."""
        try:
            if self.session.solver.model(until=until) is None:
                return "no answers on the ladder lead there, with this guidance and these assumptions"
            blocking = "; ".join(map(self._present_words, self._blocking_findings(until)))
            return f"it depends on answers that can't change here: {blocking}"
        except OutOfTime:
            return "no allowed change leads there"

    def _blocking_findings(self, until: Deadline) -> Mapping[str, Formula]:
        """Return a minimal set of findings whose constraints together rule the goal out."""
        # The solver's core need not be minimal: each constraint is left out in turn, for good where the rest still suffices.
        core = {name: self._allowed[name] for name in self.session.solver.unsat_core(self._allowed, until)}
        for name in tuple(core):
            rest = [formula for other, formula in core.items() if other != name]
            if self.session.solver.model(*rest, until=until) is None:
                del core[name]
        return core

    def _present_words(self, finding: str) -> str:
        now = self.answers.get(finding)
        words = "open" if now is None else finding_words(finding, now, self._knowledge)
        return f"{name_of(finding, self._knowledge)} ({words})"
