"""A visit of a case as the learner meets it: its story, the questions, the choices; and the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pathway.conditions.kleene import truth
from pathway.explanation.english import answer_words
from pathway.explanation.pathway import Pathway
from pathway.explanation.result import Open, Result
from pathway.knowledge.base import Knowledge
from pathway.phrases import sentence_case, with_unit
from pathway.practice.case import Case
from pathway.practice.commitment import Commitment
from pathway.practice.questions import QuestionScore, question_score
from pathway.practice.reasons import option_reasons, place_reasons
from pathway.practice.scoring import Feedback, judge
from pathway.practice.teaching import StorySentence, Teaching
from pathway.scenarios.inputs import ExplainInputs, validated_inputs
from pathway.scenarios.visits import Answer, Answers

if TYPE_CHECKING:  # slow to load
    from pathway.proof.counterfactual.single_change import SingleChange


ASK_PLACE, ASK_REASON, ASK_OPTIONS = "Where does the case belong?", "What decides that?", "Which of these apply now?"
"""What a commitment answers, besides the reason for the key option. The templates say the same."""
TOGETHER = 4
"""From so many findings on, those with the same answer are listed together."""


@dataclass(frozen=True)
class Stage:
    """One visit (from 1) of a case."""

    case: Case
    number: int
    pathway: Pathway
    teaching: Teaching

    @cached_property
    def inputs(self) -> ExplainInputs:
        """The scenario at this visit."""
        return validated_inputs(self.case.scenario, None, None, self.pathway.knowledge, self.number)

    @property
    def is_last(self) -> bool:
        """Whether it is the last visit of the case."""
        return self.number == self.case.visits

    @property
    def answers(self) -> Answers:
        """Every answer at this visit; the learner knows only those in the story and those asked for."""
        return self.inputs.answers

    @cached_property
    def result(self) -> Result:
        """The engine's result."""
        return self.pathway.explain(self.case.scenario, visit=self.number)

    @cached_property
    def other_results(self) -> tuple[Result, ...]:
        """The engine's result by each of the other readings."""
        others = (reading for reading in self.pathway.knowledge.readings if reading != self.inputs.guidance)
        return tuple(self.pathway.explain(self.case.scenario, other, visit=self.number) for other in others)

    @cached_property
    def _sentences(self) -> tuple[StorySentence, ...]:
        presentation = self.teaching.presentation
        return tuple(_chosen(presentation.opening if self.number == 1 else presentation.later, self._words))

    @cached_property
    def _words(self) -> Mapping[str, Answer]:
        """The answers, and the words that are worked out for a later visit."""
        visits = self.case.scenario.visits
        return {**self.answers, "weeks": visits[self.number - 1].after} if self.number > 1 else self.answers

    @cached_property
    def presentation(self) -> tuple[str, ...]:
        """The sentences that begin the visit: its story."""
        return tuple(sentence.filled(_in_words(sentence, self._words, self.pathway.knowledge)) for sentence in self._sentences)

    @cached_property
    def known_findings(self) -> frozenset[str]:
        """The findings that are known without asking: from the presentation, and at a later visit from the record."""
        in_story = frozenset[str]().union(*(sentence.known_findings for sentence in self._sentences))
        carried = self.inputs.known[self.inputs.at].carried if self.number > 1 else {}
        return (in_story | frozenset(carried)) & self.answers.keys()

    @cached_property
    def askable(self) -> tuple[str, ...]:
        """The findings that may be asked about, in order."""
        return tuple(name for name in self.pathway.knowledge.findings if name not in self.known_findings)

    @cached_property
    def start(self) -> Result:
        """The result from the answers in the story alone."""
        known = {name: answer for name, answer in self.answers.items() if name in self.known_findings}
        return self.pathway.explain({"answers": known}, self.inputs.guidance, self.inputs.values)

    @cached_property
    def matters(self) -> frozenset[str]:
        """The questions that could change the place or the key option, given the story alone."""
        open_values = (self.start.route_open, self.start.step_open, self.start.options[self.case.options[0]].open)
        return frozenset(_deciding(open_values)) & frozenset(self.askable)

    @cached_property
    def _refuted(self) -> frozenset[str]:
        """The rules that the story alone rules out."""
        trace = self.start.trace
        considered = (*trace.route, *trace.step, *trace.options[self.case.options[0]])
        return frozenset(rule.rule for rule in considered if rule.holds is False)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The rules to pick from for the place."""
        return place_reasons(self.result, self.pathway, self._refuted)

    @cached_property
    def option_reasons(self) -> tuple[str, ...]:
        """The rules to pick from for the key option."""
        return option_reasons(self.result, self.case.options[0], self.pathway, self._refuted)

    @property
    def ask_option_reason(self) -> str:
        """The question about the reason for the key option."""
        return f"What decides that for {self.pathway.knowledge.options[self.case.options[0]].name}?"

    @cached_property
    def single_changes(self) -> tuple[SingleChange, ...]:
        """Each other answer to one question, with its result."""
        from pathway.proof.counterfactual.single_change import single_changes  # loads the solver's package, which is slow

        return single_changes(self.pathway, self.case.scenario, visit=self.number)

    def answer_rows(self, findings: Sequence[str], label: Callable[[str], str]) -> list[tuple[str, str]]:
        """Return findings with their answers. Many with the same answer share a row, so that the others are noticed."""
        by_answer = dict[str, list[str]]()
        for name in findings:
            by_answer.setdefault(answer_text(name, self.answers.get(name), self.pathway.knowledge), []).append(label(name))
        parts = {answer: ["; ".join(names)] if len(names) >= TOGETHER else names for answer, names in by_answer.items()}
        return [(name, answer) for answer, names in parts.items() for name in names]

    def reason_text(self, rule: str) -> str:
        """Return a rule's reason in words."""
        return self.pathway.rule_texts.reasons[rule].because

    def judged(self, commitment: Commitment, asked: Iterable[str]) -> Feedback:
        """Return the feedback on a commitment, made after these questions."""
        return judge(commitment, self.result, self.case.options, self.known_findings | set(asked), self.pathway.knowledge.routes)

    def questioned(self, asked: Iterable[str]) -> QuestionScore:
        """Return the score of the questions asked."""
        known = self.known_findings | (names := frozenset(asked))
        flags = [flag.finding for flag in self.result.red_flags if flag.route == self.result.route]
        decided = any(name in known for name in flags)
        knowledge = self.pathway.knowledge
        return question_score(names, self.matters, knowledge.safety_findings, decided, knowledge.findings)


def _chosen(sentences: Iterable[StorySentence], answers: Mapping[str, Answer]) -> Iterator[StorySentence]:
    """Yield the first entry of each part that holds."""
    parts = set[str]()
    for sentence in sentences:
        if sentence.part not in parts and sentence.names <= answers.keys() and truth(sentence.when, answers):
            parts.add(sentence.part)
            yield sentence


def _in_words(sentence: StorySentence, answers: Mapping[str, Answer], knowledge: Knowledge) -> dict[str, Answer]:
    return {
        name: answer if isinstance(answer := answers[name], int) else answer_words(name, answer, knowledge)
        for name in sentence.names
    }


def _deciding(values: Iterable[Open | None]) -> Iterator[str]:
    for value in values:
        yield from value.deciding if value else ()


def answer_text(finding: str, answer: Answer | None, knowledge: Knowledge) -> str:
    """Return an answer as the learner reads it: `8 weeks`, `Mild`, `Not known`."""
    if answer is None:
        return "Not known"
    if isinstance(answer, int) and (whole := knowledge.findings[finding].whole):
        return with_unit(answer, whole.unit)
    return sentence_case(answer_words(finding, str(answer), knowledge))
