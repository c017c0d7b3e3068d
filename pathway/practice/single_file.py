"""A whole set as one HTML file: every visit, choice and answer is worked out beforehand, so no engine and no server is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup

from pathway.explanation.english import short_name, short_name_inside
from pathway.explanation.result import RedFlagResult
from pathway.knowledge.base import Knowledge
from pathway.practice.case_set import CaseSet
from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import (
    MERGED,
    NEEDLESS_QUESTIONS,
    QUESTIONS,
    QUESTIONS_LEFT_OPEN,
    Block,
    FeedbackWriter,
    guidance_words,
    place_title,
)
from pathway.practice.paper import rendered, visit_heading
from pathway.practice.practice import Practice
from pathway.practice.questions import PRICE, worth
from pathway.practice.stage import TOGETHER, Stage, answer_text

Value = Any
"""A value of the file's data, which the script in it reads."""


def single_file(case_set: CaseSet, practice: Practice) -> str:
    """Return the set as one HTML file."""
    texts = _Texts()
    visits = [_Visit(stage, case_set, texts).data() for case in case_set.cases for stage in practice.stages(case)]
    words = [QUESTIONS, QUESTIONS_LEFT_OPEN, NEEDLESS_QUESTIONS]
    data = {"visits": visits, "texts": texts.listed, "price": PRICE, "together": TOGETHER, "merged": MERGED, "words": words}
    return rendered("single.html", case_set, case_set.title, practice.pathway.knowledge, data=_script(data))


def _script(data: Value) -> Markup:
    """Return data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@dataclass
class _Texts:
    """The distinct texts of a file: many lines occur in hundreds of answers, and are stored once."""

    _places: dict[str, int] = field(default_factory=dict)

    @property
    def listed(self) -> list[str]:
        return list(self._places)

    def block(self, block: Block) -> Value:
        return [block.kind, *(self._places.setdefault(text, len(self._places)) for text in (block.heading, *block.lines))]


@dataclass(frozen=True)
class _Visit:
    stage: Stage
    case_set: CaseSet
    texts: _Texts

    @property
    def knowledge(self) -> Knowledge:
        return self.stage.pathway.knowledge

    def data(self) -> dict[str, Value]:
        """Return everything that the script shows and tells of this visit."""
        stage, options = self.stage, self.stage.case.options
        return {
            "case": stage.case.id,
            "heading": visit_heading(stage, self.case_set),
            "says": [" ".join(stage.presentation), guidance_words(stage)],
            "told": [self._answer(name) for name in self.knowledge.findings if name in stage.known_findings],
            "groups": list(self._groups()),
            "places": [place_title(route, step, self.knowledge) for route, step in self.knowledge.places],
            "reasons": [stage.reason_text(rule) for rule in stage.reasons],
            "options": [self.knowledge.options[name].name for name in options],
            "why": [stage.reason_text(rule) for rule in stage.option_reasons],
            "answers": self._answers(),
            "flags": list(self._flags()),
            "decided": [flag.finding for flag in stage.result.red_flags if flag.route == stage.result.route],
            "right": [(route, step) == (stage.result.route, stage.result.step) for route, step in self.knowledge.places],
            "route": [route == stage.result.route for route, _ in self.knowledge.places],
            "known": sorted(stage.known_findings),
            "after": [self.texts.block(block) for block in (*self._writer().other_readings(), self._writer().lessons())],
            "changed": self._blocks(self._writer().made_before()),
        }

    def _groups(self) -> Iterator[Value]:
        """Yield the questions by group: id, label, question, answer, and what the question is worth."""
        titles = {group.id: group.title for group in self.knowledge.groups}
        asks, safety = self.knowledge.findings, self.knowledge.safety_findings
        points = {name: worth(name, safety) * (name in self.stage.matters) for name in self.stage.askable}
        for group, names in groupby(self.stage.askable, lambda name: self.knowledge.findings[name].group):
            yield {
                "title": titles[group],
                "questions": [
                    [name, short_name_inside(name, self.knowledge), asks[name].question, *self._answer(name), points[name]]
                    for name in names
                ],
            }

    def _answer(self, finding: str) -> list[str]:
        return [short_name(finding, self.knowledge), answer_text(finding, self.stage.answers.get(finding), self.knowledge)]

    def _answers(self) -> dict[str, Value]:
        """Return the words for each choice: place by reason, key option by reason, the other options; and what is unsafe."""
        stage, places, options = self.stage, range(len(self.knowledge.places)), self.stage.case.options
        key, others, ticks = 1, range(2, 1 + len(options)), ((), options)
        return {
            "place": [[self._judged(self._writer(at, rule), 0) for rule in stage.reasons] for at in places],
            "key": [[self._judged(self._writer(0, "", tick, rule), key) for rule in stage.option_reasons] for tick in ticks],
            "options": [[self._judged(self._writer(0, "", tick), at) for tick in ticks] for at in others],
            "unsafe_place": [self._blocks(self._writer(at).unsafe_choices()) for at in places],
            "unsafe_options": [self._blocks(self._writer(self._true_place, "", (name,)).unsafe_choices()) for name in options],
        }

    @property
    def _true_place(self) -> int:
        return self.knowledge.places.index((self.stage.result.route, self.stage.result.step))

    def _writer(
        self, place: int = 0, reason: str = "", applies: tuple[str, ...] = (), why: str = "", asked: tuple[str, ...] = ()
    ) -> FeedbackWriter:
        route, step = self.knowledge.places[place]
        commitment = Commitment(route=route, step=step, reason=reason, applies=applies, option_reason=why)
        return FeedbackWriter(self.stage, commitment, asked)

    def _judged(self, writer: FeedbackWriter, at: int) -> Value:
        return self.texts.block(writer.judgement_block(writer.feedback.judgements[at]))

    def _blocks(self, blocks: Iterator[Block]) -> Value:
        return [self.texts.block(block) for block in blocks]

    def _flags(self) -> Iterator[Value]:
        """Yield for each present flag its finding and, by place, the feedback if it was known, and if it was not."""
        for flag in self.stage.result.red_flags:
            asked: tuple[tuple[str, ...], ...] = ((flag.finding,), ())
            known, unknown = (
                [self._missed(flag, place, names) for place in range(len(self.knowledge.places))] for names in asked
            )
            yield {"finding": flag.finding, "known": known, "unknown": unknown}

    def _missed(self, flag: RedFlagResult, place: int, asked: tuple[str, ...]) -> Value:
        writer = self._writer(place, asked=asked)
        missed = zip(writer.feedback.missed_flags, writer.missed_flags(), strict=True)
        return [self.texts.block(block) for rule, block in missed if rule == flag.rule]
