"""The one sentence about a result: who, since when, where the person stands, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pathway.explanation.english import answer_words
from pathway.explanation.result import Result
from pathway.explanation.wording import Wording
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import LATER
from pathway.phrases import decapitalised, with_article


def one_sentence(result: Result, answers: Mapping[str, str | int], knowledge: Knowledge, skipped: Collection[str] = ()) -> str:
    """The sentence, as in `A 40-year-old, 8 weeks: so far the first step. 5 safety questions are open.`.

    `skipped`: the open questions that the asker passed over. They stay open, so they are counted, but apart.
    """
    return _Sentence(result, answers, knowledge, frozenset(skipped)).text()


@dataclass(frozen=True)
class _Sentence:
    result: Result
    answers: Mapping[str, str | int]
    knowledge: Knowledge
    skipped: frozenset[str]

    def text(self) -> str:
        who = ", ".join(filter(None, self._who()))
        return " ".join(f"{part}." for part in self._parts(who))

    def _who(self) -> Iterator[str]:
        if not self.answers:
            yield self._say("nobody")
        else:
            age = self._answered("who")
            yield with_article(age) if age else self._say("someone")
        if visit := self.result.visit:
            yield self._say("visit", number=visit.number, of=visit.of)
        yield self._answered("since")

    def _parts(self, who: str) -> Iterator[str]:
        """The sentences without their full stops."""
        if self.result.step is None:
            yield who
            yield self._say(self.result.route)
        elif self.answers:
            yield f"{who}: {self._step()}"
        else:
            yield who
        yield from self._how_sure()

    def _step(self) -> str:
        result, words = self.result, Wording(self.knowledge)
        if result.step_open:
            return self._say("so_far", step=words.inside(result.step_open.possible[0]))
        step = words.inside(str(result.step))
        if result.provisional:
            return self._say("so_far", step=step)
        if none_fits := words.none_fits(result):
            return self._say("none_fits", step=step, none_fits=decapitalised(none_fits))
        return self._say("first" if self._all_later() else "step", step=step)

    def _all_later(self) -> bool:
        """Whether something must come before each option of the step."""
        named = (name for name, option in self.knowledge.options.items() if option.step == self.result.step)
        verdicts = {self.result.options[name].verdict for name in named}
        return verdicts == {LATER}

    def _how_sure(self) -> Iterator[str]:
        piece, names = self._open()
        left = [name for name in names if name not in self.skipped]
        if left:
            yield self._say(piece, number=len(left))
        if len(names) > len(left):
            yield self._say("skipped", number=len(names) - len(left))
        if not names and self.result.step is not None:
            yield self._say("firm")

    def _open(self) -> tuple[str, list[str]]:
        """The open questions that could change the route or the step: of these the safety questions, while there are any.

        Where nothing can change the route any more, off the ladder, these are the safety questions that are still unanswered.
        """
        opened = (value.deciding for value in (self.result.route_open, self.result.step_open) if value)
        names = list(dict.fromkeys(name for deciding in opened for name in deciding))
        questions = self.knowledge.safety_questions
        safety = [name for name in names if name in questions]
        if self.result.step is None:
            return f"{self.result.route}_open", safety or [name for name in questions if name not in self.answers]
        return ("safety_open", safety) if safety else ("open", names)

    def _answered(self, piece: str) -> str:
        """The piece with the answers in it; empty where one of them is not known."""
        phrase = self.knowledge.sentence[piece]
        if not phrase.names <= self.answers.keys():
            return ""
        return phrase.filled({name: self._in_words(name, self.answers[name]) for name in phrase.names})

    def _in_words(self, finding: str, answer: str | int) -> str | int:
        return answer if isinstance(answer, int) else answer_words(finding, answer, self.knowledge)

    def _say(self, piece: str, **words: str | int) -> str:
        return self.knowledge.sentence[piece].filled(words)
