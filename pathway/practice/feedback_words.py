"""The feedback on a commitment in words: the engine's answer beside the learner's, with its reason and what would differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pathway.explanation.english import name_of, short_name_inside
from pathway.explanation.result import Result
from pathway.explanation.wording import Wording
from pathway.knowledge.base import Knowledge
from pathway.model import FrozenModel
from pathway.phrases import sentence_case
from pathway.practice.case import Case
from pathway.practice.commitment import Commitment
from pathway.practice.older_set import differences
from pathway.practice.scoring import (
    APPLIES,
    DOES_NOT_APPLY,
    PLACE,
    Cell,
    Feedback,
    Judgement,
    deciding_option_rules,
    deciding_rules,
    holding_rules,
    place_words,
)
from pathway.practice.stage import Stage

if TYPE_CHECKING:  # slow to load
    from pathway.proof.counterfactual.single_change import SingleChange

Kind = Literal["right", "part", "wrong", "unsafe", "plain"]
CELL_WORDS: dict[Cell, str] = {
    "right": "Right, for the right reason",
    "other_reason": "Right, for another reason",
    "true_reason": "Wrong, though for a true reason",
    "wrong": "Wrong",
}
CELL_KINDS: dict[Cell, Kind] = {"right": "right", "other_reason": "part", "true_reason": "part", "wrong": "wrong"}
MERGED: tuple[Kind, ...] = ("right", "wrong")
"""The kinds of blocks that are merged where they say the same."""
MISSED = "A red flag was missed"
KNOWN_FLAG, UNASKED_FLAG = "It was known. This tool treats it as more urgent than the chosen route.", "It was not asked about."
UNSAFE = "A recorded risk argues against it"
QUESTIONS_LEFT_OPEN = "Not asked, though the answer could have changed the result"
NEEDLESS_QUESTIONS = "Asked without need, as no answer could have changed the result"
QUESTIONS, LEARN = "The questions", "What this case teaches"
MADE_BEFORE = "When this set was made, the answer was different"


class Block(FrozenModel):
    """A part of the feedback: a heading, its lines, and how it should look."""

    kind: Kind
    heading: str
    lines: tuple[str, ...] = ()


def feedback_blocks(stage: Stage, commitment: Commitment, asked: Iterable[str]) -> tuple[Block, ...]:
    """Return the feedback in words, unsafe choices first."""
    return merged(FeedbackWriter(stage, commitment, tuple(asked)).blocks())


def merged(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks, with those of the same judgement and reason merged into the first: its heading names them all."""
    result = list[Block]()
    for block in blocks:
        same = next((at for at, earlier in enumerate(result) if _says_the_same(block, earlier)), None)
        if same is None:
            result.append(block)
        else:
            result[same] = _with_subject_of(block, result[same])
    return tuple(result)


def _says_the_same(block: Block, earlier: Block) -> bool:
    """Return whether the blocks differ in their subjects only."""
    same = (block.kind, _heading(block)[1], block.lines) == (earlier.kind, _heading(earlier)[1], earlier.lines)
    return same and block.kind in MERGED


def _with_subject_of(block: Block, earlier: Block) -> Block:
    """Return the earlier block; its heading names the subject of the other one too."""
    (subjects, verdict), (subject, _) = _heading(earlier), _heading(block)
    return earlier.model_copy(update={"heading": f"{subjects}, {subject}: {verdict}"})


def _heading(block: Block) -> tuple[str, str]:
    """Return the subject and the verdict of a heading."""
    subject, _, verdict = block.heading.rpartition(": ")
    return subject, verdict


@dataclass(frozen=True)
class FeedbackWriter:
    """The feedback on one commitment, block by block."""

    stage: Stage
    commitment: Commitment
    asked: tuple[str, ...]

    def blocks(self) -> Iterator[Block]:
        """Yield every block, unsafe choices first."""
        yield from self.missed_flags()
        yield from self.unsafe_choices()
        yield from map(self.judgement_block, self.feedback.judgements)
        yield from self.other_readings()
        yield self._questions()
        yield self.lessons()
        yield from self.made_before()

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base."""
        return self.stage.pathway.knowledge

    @cached_property
    def feedback(self) -> Feedback:
        """The judgement of the commitment."""
        return self.stage.judged(self.commitment, self.asked)

    @cached_property
    def wording(self) -> Wording:
        """The phrases of the knowledge base."""
        return Wording(self.knowledge)

    def missed_flags(self) -> Iterator[Block]:
        """Yield a block for each red flag that was missed."""
        for flag in self.stage.result.red_flags:
            if flag.rule in self.feedback.missed_flags:
                known = flag.finding in self.stage.known_findings or flag.finding in self.asked
                why = KNOWN_FLAG if known else UNASKED_FLAG
                support = self.wording.support(flag.basis, flag.assumption, flag.citations)
                lines = (why, flag.because, f"What to do: {flag.do}", *self.wording.doubts(flag), support)
                yield Block(kind="unsafe", heading=f"{MISSED}: {name_of(flag.finding, self.knowledge)}", lines=lines)

    def unsafe_choices(self) -> Iterator[Block]:
        """Yield a block for an unsafe route, and for each unsafe option."""
        if PLACE in self.feedback.unsafe:
            chosen, answer = (self._title(route) for route in (self.commitment.route, self.stage.result.route))
            says = f"The chosen route, {chosen}, is less urgent than the answer of this tool: {answer}."
            yield Block(kind="unsafe", heading="Less urgent than the answer: the route", lines=(says,))
        for option in self.feedback.unsafe:
            if option != PLACE:
                verdict = self.stage.result.options[option].verdict
                heading = f"{UNSAFE}: {self.knowledge.options[option].name}"
                yield Block(kind="unsafe", heading=heading, lines=(self.wording.with_meaning(verdict),))

    def judgement_block(self, judgement: Judgement) -> Block:
        """Return a judgement in words."""
        lines = [f"Chosen: {self._title(judgement.chosen)}. The answer: {self._title(judgement.answer)}."]
        lines += self._deciding(judgement)
        if judgement.cell and judgement.cell != "right":
            lines.append(self._other_reason(judgement))
        if not judgement.right:
            lines.append(self._what_would_differ(judgement))
        kind, verdict = _kind_and_verdict(judgement)
        return Block(kind=kind, heading=f"{self._subject(judgement)}: {verdict.lower()}", lines=tuple(lines))

    def answer_block(self, judgement: Judgement) -> Block:
        """Return the right answer on one subject, with what decides it."""
        heading = f"{self._subject(judgement)}: {self._title(judgement.answer)}"
        return Block(kind="right", heading=heading, lines=tuple(self._deciding(judgement)))

    def _subject(self, judgement: Judgement) -> str:
        return "Route and step" if judgement.subject == PLACE else self.knowledge.options[judgement.subject].name

    def _deciding(self, judgement: Judgement) -> Iterator[str]:
        for rule in judgement.deciding[:1]:
            reason = self.stage.pathway.rule_texts.reasons[rule]
            yield f"What decides: {reason.because}"
            yield self.wording.support(reason.basis, reason.assumption, reason.citations)
            yield from self.wording.doubts(reason)

    def _other_reason(self, judgement: Judgement) -> str:
        """Return a sentence on why the learner's reason did not count."""
        if not judgement.reason:
            return "No reason was given."
        trace = self.stage.result.trace
        considered = (*trace.route, *trace.step) if judgement.subject == PLACE else trace.options[judgement.subject]
        text = self.stage.reason_text(judgement.reason)
        if judgement.reason in judgement.deciding:
            return "The reason that was given is the one that decides. It leads to another answer."
        if judgement.reason in holding_rules(considered):
            return f"The reason that was given is true here, but it does not decide: {text}"
        return f"The reason that was given does not hold here: {text}"

    def _what_would_differ(self, judgement: Judgement) -> str:
        """Return which single other answer would have made a wrong choice right."""
        from pathway.proof.counterfactual.what_if_result import ChangeSet, change_set_words

        for single in self.stage.single_changes:
            if self._would_be_right(judgement, single):
                change = change_set_words(ChangeSet(changes=(single.change,), compared=single.compared), self.knowledge)
                return f"{change}, the choice would have been right."
        return "No single other answer would have made the choice right."

    def _would_be_right(self, judgement: Judgement, single: SingleChange) -> bool:
        """Return whether a choice is right with this other answer; for an option, on the same route."""
        if judgement.subject == PLACE:
            return (single.route, single.step) == (self.commitment.route, self.commitment.step)
        applies = single.verdicts[judgement.subject] == APPLIES
        return single.route == self.stage.result.route and applies == (judgement.chosen == APPLIES)

    def other_readings(self) -> tuple[Block, ...]:
        """Return, for each reading that the case does not follow, what differs by it."""
        return tuple(map(self._by_reading, self.stage.other_results))

    def _by_reading(self, other: Result) -> Block:
        result = self.stage.result
        lines = [
            f"{self.knowledge.options[name].name}: {self._title(other.options[name].verdict)}." for name in self._changed(other)
        ]
        if (other.route, other.step) != (result.route, result.step):
            lines.insert(0, f"Route and step: {self._title(place_words(other.route, other.step))}.")
        heading = f"By {self.knowledge.reading(other.guidance).name} instead"
        return Block(kind="plain", heading=heading, lines=tuple(lines) or ("The answers are the same.",))

    def _changed(self, other: Result) -> Iterator[str]:
        for name in self.stage.case.options:
            if other.options[name].verdict != self.stage.result.options[name].verdict:
                yield name

    def _questions(self) -> Block:
        score = self.stage.questioned(self.asked)
        lines = [f"{score.points} of {score.most} points, for {len(self.asked)} questions."]
        for names, says in ((score.left_open, QUESTIONS_LEFT_OPEN), (score.needless, NEEDLESS_QUESTIONS)):
            if names:
                lines.append(f"{says}: {_listed(names, self.knowledge)}.")
        return Block(kind="plain", heading=QUESTIONS, lines=tuple(lines))

    def lessons(self) -> Block:
        """Return what the case teaches, and on which answers it turns."""
        return Block(kind="plain", heading=LEARN, lines=tuple(self._lessons()))

    def _lessons(self) -> Iterator[str]:
        """Yield the lessons of this visit; those of a later visit come with that visit."""
        case = self.stage.case
        trap = self.stage.teaching.traps.get(case.objective)
        if trap and self.stage.is_last:
            yield trap.aim
        says = {statement.id: statement.says for statement in self.knowledge.ledger.statements}
        says |= {rule: reason.because for rule, reason in self.stage.pathway.rule_texts.reasons.items()}
        yield from (says[name] for name in (case.teaches if self.stage.is_last else self._decided_here()) if name in says)
        if self.stage.is_last:
            yield turning_words(case, self.knowledge)
        if case.scenario.about and self.stage.is_last:
            yield case.scenario.about

    def _decided_here(self) -> Iterator[str]:
        yield from deciding_rules(self.stage.result)[:1]
        yield from deciding_option_rules(self.stage.result, self.stage.case.options[0])[:1]

    def made_before(self) -> Iterator[Block]:
        """Yield a block if this visit is answered differently than when its set was made."""
        if lines := tuple(differences(self.stage.case, self.stage.number, self.knowledge)):
            yield Block(kind="plain", heading=MADE_BEFORE, lines=tuple(map(sentence_case, lines)))

    def _title(self, word: str) -> str:
        return answer_title(word, self.knowledge)


def _kind_and_verdict(judgement: Judgement) -> tuple[Kind, str]:
    if judgement.cell:
        return CELL_KINDS[judgement.cell], CELL_WORDS[judgement.cell]
    return ("right", "Right") if judgement.right else ("wrong", "Wrong")


def turning_words(case: Case, knowledge: Knowledge) -> str:
    """Return on which answers a case turns, as a sentence."""
    results = case.current
    if results.turns_on:
        return f"A different answer to any one of these changes the result: {_listed(results.turns_on, knowledge)}."
    if results.difficulty is None:
        return "No other answers change the result."
    return f"The nearest case with a different result differs in {results.difficulty} answers."


def _listed(findings: Iterable[str], knowledge: Knowledge) -> str:
    return "; ".join(short_name_inside(name, knowledge) for name in findings)


def answer_title(word: str, knowledge: Knowledge) -> str:
    """Return the title of a verdict, a route or a step."""
    return "Does not apply" if word == DOES_NOT_APPLY else knowledge.label(word).title


def place_title(route: str, step: str | None, knowledge: Knowledge) -> str:
    """Return a place on the pathway with its meaning: `Replace - fit new parts.`."""
    return Wording(knowledge).with_meaning(place_words(route, step))


def guidance_words(stage: Stage) -> str:
    """Return which guidance the case follows, as a sentence."""
    return f"Guidance to follow: {stage.pathway.knowledge.reading(stage.inputs.guidance).name}."
