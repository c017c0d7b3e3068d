"""The space of all scenarios: symbolic people, the reading, and every allowed value of the assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pathway.conditions.tree import expanded
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import GUIDANCE
from pathway.proof.symbolic.conditions import Answered, Symbols, Whole
from pathway.proof.symbolic.decision import Outcome, decided, outcome
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.z3_solver import Logic, Model, is_true, whole_in

Words = Mapping[str, Formula]
Answers = dict[str, str | int]


@dataclass(frozen=True)
class Person:
    """A symbolic scenario: for each finding its answers as formulas, at most one of which holds, or a number."""

    space: Space
    words: Mapping[str, Words]
    numbers: Mapping[str, Whole]

    @cached_property
    def symbols(self) -> Symbols:
        """What the variables of a condition stand for, of this person in this space."""
        logic = self.space.logic
        words = {name: Answered(logic, answers) for name, answers in (*self.words.items(), *self.space.chosen.items())}
        return Symbols(logic, words, {**self.numbers, **self.space.weeks})

    @cached_property
    def outcome(self) -> Outcome:
        """Where this person stands."""
        return outcome(self.space.knowledge, self.symbols)

    @cached_property
    def verdicts(self) -> Mapping[str, Words]:
        """For each option its verdict, `undetermined` where several are possible."""
        return {option: decided(values, self.space.logic) for option, values in self.outcome.verdicts.items()}

    @cached_property
    def step(self) -> Words:
        """The step, `none` off the ladder, `undetermined` where several are possible."""
        return decided(self.outcome.step, self.space.logic)

    def well_formed(self) -> Iterator[Formula]:
        """At most one answer to each question, and numbers within their range."""
        logic = self.space.logic
        for answers in self.words.values():
            yield logic.at_most(answers.values(), 1)
        for name, number in self.numbers.items():
            whole = self.space.knowledge.findings[name].whole
            yield logic.all([number.value >= 0, number.value <= (whole.most if whole else 0)])

    def complete(self) -> Iterator[Formula]:
        """Every question is answered."""
        for answers in self.words.values():
            yield self.space.logic.any(answers.values())
        yield from (number.known for number in self.numbers.values())

    @cached_property
    def contradictions(self) -> Words:
        """When each contradiction is known to be there."""
        known = self.space.knowledge
        return {entry.id: self.symbols.read(expanded(entry.when, known.written_out)).yes for entry in known.contradictions}

    def consistent(self) -> Iterator[Formula]:
        """No answers that can't go together."""
        yield from map(self.space.logic.no, self.contradictions.values())

    @cached_property
    def sound(self) -> tuple[Formula, ...]:
        """A complete scenario whose answers can go together."""
        return (*self.well_formed(), *self.complete(), *self.consistent())

    def known(self, finding: str) -> Formula:
        """The question is answered."""
        number = self.numbers.get(finding)
        return number.known if number else self.space.logic.any(self.words[finding].values())

    def answers(self, finding: str, answer: str | int) -> Formula:
        """The question is answered so."""
        number = self.numbers.get(finding)
        return self.space.logic.all([number.known, number.value == answer]) if number else self.words[finding][str(answer)]

    def answered(self, model: Model) -> Answers:
        """This person's answers under a model."""
        found: Answers = {}
        for name in self.space.knowledge.findings:
            given = [answer for answer, formula in self.words.get(name, {}).items() if is_true(model, formula)]
            if name in self.numbers and is_true(model, self.numbers[name].known):
                found[name] = whole_in(model, self.numbers[name].value)
            elif given:
                found[name] = given[0]
        return found


@dataclass(frozen=True)
class Space:
    """All scenarios of one knowledge base, under either reading and every allowed value of the assumptions."""

    knowledge: Knowledge
    _people: dict[str, Person] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def logic(self) -> Logic:
        """Formulas of this knowledge base."""
        return Logic()

    @cached_property
    def chosen(self) -> Mapping[str, Words]:
        """The reading, and each assumption that is a word."""
        found: dict[str, Words] = {"guidance": {word: self.logic.truth(f"guidance={word}") for word in GUIDANCE}}
        for name, assumption in self._valued(str):
            found[name] = {str(word): self.logic.truth(f"{name}={word}") for word in assumption.allowed}
        return found

    @cached_property
    def weeks(self) -> Mapping[str, Whole]:
        """Each assumption that is a number."""
        return {name: Whole(self.logic.number(name), self.logic.true) for name, _ in self._valued(int)}

    def _valued(self, kind: type) -> Iterator[tuple[str, Assumption]]:
        for name, assumption in self.knowledge.assumptions.items():
            if isinstance(assumption.value, kind):
                yield name, assumption

    def settings(self) -> Iterator[Formula]:
        """One reading, and assumptions within what is allowed."""
        for words in self.chosen.values():
            yield self.logic.one_of(words.values())
        for name, assumption in self._valued(int):
            lowest, highest = assumption.allowed
            yield self.logic.all([self.weeks[name].value >= lowest, self.weeks[name].value <= highest])

    def set(self, name: str, value: str | int) -> Formula:
        """The reading or the assumption has this value."""
        return self.weeks[name].value == value if name in self.weeks else self.chosen[name][str(value)]

    def setting(self, model: Model) -> Answers:
        """The reading and the assumptions under a model."""
        words = {name: word for name, words in self.chosen.items() for word, held in words.items() if is_true(model, held)}
        return {**words, **{name: whole_in(model, number.value) for name, number in self.weeks.items()}}

    @cached_property
    def anyone(self) -> Person:
        """A symbolic scenario."""
        return self.person("one")

    def person(self, name: str) -> Person:
        """A symbolic scenario, called `name`; of one name there is one."""
        if name not in self._people:
            self._people[name] = self._person(name)
        return self._people[name]

    def _person(self, name: str) -> Person:
        words, numbers = {}, {}
        for finding in self.knowledge.findings.values():
            if finding.whole:
                numbers[finding.id] = self._number(name, finding.id)
            else:
                words[finding.id] = {word: self.logic.truth(f"{name}.{finding.id}={word}") for word in finding.answers}
        return Person(self, words, numbers)

    def _number(self, person: str, finding: str) -> Whole:
        return Whole(self.logic.number(f"{person}.{finding}"), self.logic.truth(f"{person}.{finding}?"))

    def like(self, person: Person, finding: str) -> Person:
        """Someone who may differ from `person` in one answer, and in nothing else."""
        name = f"other {finding}"
        if name not in self._people:
            self._people[name] = self._like(person, finding)
        return self._people[name]

    def _like(self, person: Person, finding: str) -> Person:
        other = self.person("other")
        words = {**person.words, finding: other.words[finding]} if finding in person.words else person.words
        numbers = {**person.numbers, finding: other.numbers[finding]} if finding in person.numbers else person.numbers
        return Person(self, words, numbers)
