"""A visit as questions with one right answer or several, for programs that ask questions: Anki and Moodle."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.explanation.english import short_name
from pathway.model import FrozenModel
from pathway.practice.case_set import CaseSet
from pathway.practice.commitment import Commitment
from pathway.practice.feedback_words import Block, FeedbackWriter, guidance_words, place_title
from pathway.practice.paper import visit_heading
from pathway.practice.practice import Practice
from pathway.practice.scoring import APPLIES
from pathway.practice.stage import ASK_OPTIONS, ASK_PLACE, ASK_REASON, Stage, answer_text


class Choice(FrozenModel):
    """An answer to choose, whether it is right, and the feedback when it is chosen."""

    text: str
    right: bool
    feedback: tuple[str, ...]


class Question(FrozenModel):
    """A question about a visit. `id` stays when the set is edited. `several`: more than one answer may be right."""

    id: tuple[str, str, int, str]
    """The set, the case, the visit, and the part."""
    heading: str
    story: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    asks: str
    several: bool
    choices: tuple[Choice, ...]
    lessons: tuple[str, ...]


def questions_of(case_set: CaseSet, practice: Practice) -> Iterator[Question]:
    """Yield four questions for each visit: the place and its reason, the options, and the key option's reason."""
    for case in case_set.cases:
        for stage in practice.stages(case):
            yield from _questions(case_set, stage)


def _questions(case_set: CaseSet, stage: Stage) -> Iterator[Question]:
    parts = (
        ("place", ASK_PLACE, False, tuple(_places(stage))),
        ("reason", ASK_REASON, False, tuple(_reasons(stage, stage.reasons, 0))),
        ("options", ASK_OPTIONS, True, tuple(_options(stage))),
        ("option-reason", stage.ask_option_reason, False, tuple(_reasons(stage, stage.option_reasons, 1))),
    )
    for part, asks, several, choices in parts:
        yield Question(
            id=(case_set.id, stage.case.id, stage.number, part),
            heading=visit_heading(stage, case_set),
            story=(" ".join(stage.presentation), guidance_words(stage)),
            known=tuple(_known(stage)),
            asks=asks,
            several=several,
            choices=choices,
            lessons=_writer(stage).lessons().lines,
        )


def _known(stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield every answer: these programs can't reveal one when it is asked for."""
    knowledge = stage.pathway.knowledge
    for name, answer in stage.answers.items():
        yield short_name(name, knowledge), answer_text(name, answer, knowledge)


def _writer(stage: Stage, place: int = 0, reason: str = "", applies: tuple[str, ...] = ()) -> FeedbackWriter:
    route, step = stage.pathway.knowledge.places[place]
    commitment = Commitment(route=route, step=step, reason=reason, applies=applies, option_reason=reason)
    return FeedbackWriter(stage, commitment, tuple(stage.answers))


def _places(stage: Stage) -> Iterator[Choice]:
    for at, (route, step) in enumerate(stage.pathway.knowledge.places):
        writer = _writer(stage, at)
        block = writer.judgement_block(writer.feedback.place.model_copy(update={"cell": None}))
        unsafe = [line for each in writer.unsafe_choices() for line in (each.heading, *each.lines)]
        right = writer.feedback.place.right
        yield Choice(text=place_title(route, step, stage.pathway.knowledge), right=right, feedback=(*unsafe, *block.lines))


def _reasons(stage: Stage, rules: tuple[str, ...], at: int) -> Iterator[Choice]:
    """Yield the reasons, judged as if the answer itself were right."""
    place = stage.pathway.knowledge.places.index((stage.result.route, stage.result.step))
    applies = tuple(name for name in stage.case.options if stage.result.options[name].verdict == APPLIES)
    for rule in rules:
        writer = _writer(stage, place, rule, applies)
        judgement = writer.feedback.judgements[at]
        block: Block = writer.judgement_block(judgement)
        yield Choice(text=stage.reason_text(rule), right=judgement.cell == "right", feedback=(block.heading, *block.lines))


def _options(stage: Stage) -> Iterator[Choice]:
    for at, name in enumerate(stage.case.options):
        writer = _writer(stage, applies=(name,))
        judgement = writer.feedback.options[at].model_copy(update={"cell": None})
        text = stage.pathway.knowledge.options[name].name
        yield Choice(text=text, right=judgement.right, feedback=writer.judgement_block(judgement).lines)
