"""The space of all scenarios: symbolic answers, guidance and assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import READING
from pathway.proof.symbolic.conditions import NumberVariable, SingleValued, SymbolTable
from pathway.proof.symbolic.decision import SymbolicOutcome, ValueFormulas, WhenAsked, decided_values, symbolic_outcome
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.z3_solver import Model, Solver, Z3Algebra, integer_value, is_true

Answers = dict[str, str | int]


@dataclass(frozen=True)
class SymbolicCase:
    """One symbolic scenario: for each finding a number, or one formula for each answer. At most one of these holds."""

    space: SymbolicSpace
    words: Mapping[str, ValueFormulas]
    numbers: Mapping[str, NumberVariable]

    @cached_property
    def symbols(self) -> SymbolTable:
        """The symbolic value of each variable that a condition may read."""
        logic = self.space.logic
        variables = (*self.words.items(), *self.space.word_settings.items())
        words = {name: SingleValued(logic, answers) for name, answers in variables}
        return SymbolTable(logic, words, {**self.numbers, **self.space.number_settings})

    @cached_property
    def outcome(self) -> SymbolicOutcome:
        """Route, step and verdicts as formulas."""
        return symbolic_outcome(self.space.knowledge, self.symbols)

    @cached_property
    def verdicts(self) -> Mapping[str, ValueFormulas]:
        """The verdict of each option; `undetermined` where several are possible."""
        return WhenAsked(self.outcome.verdicts, lambda option: decided_values(self.outcome.verdicts[option], self.space.logic))

    @cached_property
    def step(self) -> ValueFormulas:
        """The step; `none` off the ladder, `undetermined` where several are possible."""
        return decided_values(self.outcome.step, self.space.logic)

    def well_formed(self) -> Iterator[Formula]:
        """Yield constraints: at most one answer to each question, and each number within its range."""
        logic = self.space.logic
        for answers in self.words.values():
            yield logic.at_most(answers.values(), 1)
        for name, number in self.numbers.items():
            whole = self.space.knowledge.findings[name].whole
            yield logic.all([number.value >= 0, number.value <= (whole.most if whole else 0)])

    def complete(self) -> Iterator[Formula]:
        """Yield constraints: every question is answered."""
        for answers in self.words.values():
            yield self.space.logic.any(answers.values())
        yield from (number.known for number in self.numbers.values())

    @cached_property
    def contradictions(self) -> ValueFormulas:
        """When each contradiction is known to be present."""
        conditions = self.space.knowledge.contradiction_conditions.items()
        return {name: self.symbols.read(condition).true for name, condition in conditions}

    def consistent(self) -> Iterator[Formula]:
        """Yield constraints: no contradiction is known to be present."""
        yield from map(self.space.logic.negate, self.contradictions.values())

    @cached_property
    def complete_and_consistent(self) -> tuple[Formula, ...]:
        """The constraints of a well-formed, complete and consistent scenario."""
        return (*self.well_formed(), *self.complete(), *self.consistent())

    def is_answered(self, finding: str) -> Formula:
        """Return whether the question is answered."""
        number = self.numbers.get(finding)
        return number.known if number else self.space.logic.any(self.words[finding].values())

    def has_answer(self, finding: str, answer: str | int) -> Formula:
        """Return whether the question has this answer."""
        number = self.numbers.get(finding)
        return self.space.logic.all([number.known, number.value == answer]) if number else self.words[finding][str(answer)]

    def answers_in(self, model: Model) -> Answers:
        """Return the answers that a model assigns; open questions are left out."""
        answers: Answers = {}
        for name in self.space.knowledge.findings:
            words = [answer for answer, formula in self.words.get(name, {}).items() if is_true(model, formula)]
            if name in self.numbers and is_true(model, self.numbers[name].known):
                answers[name] = integer_value(model, self.numbers[name].value)
            elif words:
                answers[name] = words[0]
        return answers


@dataclass(frozen=True)
class SymbolicSpace:
    """All scenarios of one knowledge base, under either guidance and every allowed value of the assumptions."""

    knowledge: Knowledge
    _cases: dict[str, SymbolicCase] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def logic(self) -> Z3Algebra:
        """The algebra of this space; formulas of two spaces don't mix."""
        return Z3Algebra()

    @cached_property
    def word_settings(self) -> Mapping[str, ValueFormulas]:
        """The guidance, and each assumption whose value is a word."""
        settings: dict[str, ValueFormulas] = {
            READING: {word: self.logic.boolean(f"{READING}={word}") for word in self.knowledge.readings},
        }
        for name, assumption in self._with_value_type(str):
            settings[name] = {str(word): self.logic.boolean(f"{name}={word}") for word in assumption.allowed}
        return settings

    @cached_property
    def number_settings(self) -> Mapping[str, NumberVariable]:
        """Each assumption whose value is a number."""
        return {name: NumberVariable(self.logic.integer(name), self.logic.true) for name, _ in self._with_value_type(int)}

    def _with_value_type(self, value_type: type) -> Iterator[tuple[str, Assumption]]:
        for name, assumption in self.knowledge.assumptions.items():
            if isinstance(assumption.value, value_type):
                yield name, assumption

    def valid_settings(self) -> Iterator[Formula]:
        """Yield constraints: exactly one guidance, and each assumption has an allowed value."""
        for words in self.word_settings.values():
            yield self.logic.exactly_one(words.values())
        for name, assumption in self._with_value_type(int):
            lowest, highest = assumption.allowed
            value = self.number_settings[name].value
            yield self.logic.all([value >= lowest, value <= highest])

    @cached_property
    def complete_case_solver(self) -> Solver:
        """A solver that asserts the constraints of a complete scenario. It learns from each question, so it is shared.

        Whoever asks it assumes more for the time of a question (`assuming`), and adds nothing for good.
        """
        return self.logic.solver(*self.valid_settings(), *self.symbolic_case.complete_and_consistent)

    def has_setting(self, name: str, value: str | int) -> Formula:
        """Return whether the guidance or the assumption has this value."""
        return self.number_settings[name].value == value if name in self.number_settings else self.word_settings[name][str(value)]

    def settings_in(self, model: Model) -> Answers:
        """Return the guidance and the assumptions that a model assigns."""
        words = {
            name: word for name, words in self.word_settings.items() for word, formula in words.items() if is_true(model, formula)
        }
        return {**words, **{name: integer_value(model, number.value) for name, number in self.number_settings.items()}}

    @cached_property
    def symbolic_case(self) -> SymbolicCase:
        """The symbolic scenario that is used where one is enough."""
        return self.case("one")

    def case(self, name: str) -> SymbolicCase:
        """Return the symbolic scenario called `name`, making it on first use."""
        if name not in self._cases:
            self._cases[name] = self._make_case(name)
        return self._cases[name]

    def _make_case(self, name: str) -> SymbolicCase:
        words, numbers = {}, {}
        for finding in self.knowledge.findings.values():
            if finding.whole:
                numbers[finding.id] = self._number(name, finding.id)
            else:
                words[finding.id] = {word: self.logic.boolean(f"{name}.{finding.id}={word}") for word in finding.answers}
        return SymbolicCase(self, words, numbers)

    def _number(self, case: str, finding: str) -> NumberVariable:
        return NumberVariable(self.logic.integer(f"{case}.{finding}"), self.logic.boolean(f"{case}.{finding}?"))

    def with_other_answer(self, case: SymbolicCase, finding: str) -> SymbolicCase:
        """Return a case that shares every answer of `case` except the one to `finding`."""
        name = f"other {finding}"
        if name not in self._cases:
            self._cases[name] = self._make_with_other_answer(case, finding)
        return self._cases[name]

    def _make_with_other_answer(self, case: SymbolicCase, finding: str) -> SymbolicCase:
        other = self.case("other")
        words = {**case.words, finding: other.words[finding]} if finding in case.words else case.words
        numbers = {**case.numbers, finding: other.numbers[finding]} if finding in case.numbers else case.numbers
        return SymbolicCase(self, words, numbers)
