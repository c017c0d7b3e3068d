"""A set as a deck of cards for Anki. An edited set, imported again, brings its cards up to date."""

from __future__ import annotations

import io
from hashlib import sha256
from html import escape

import genanki

from pathway.phrases import printable
from pathway.practice.case_set import CaseSet
from pathway.practice.paper import rests_on
from pathway.practice.practice import Practice
from pathway.practice.quiz import Question, questions_of

FRONT = "<h3>{{Case}}</h3>{{Story}}<hr><p><b>{{Question}}</b></p>{{Choices}}"
BACK = "{{FrontSide}}<hr id=answer>{{Answer}}"
FIELDS = ("Case", "Story", "Question", "Choices", "Answer")
MODEL = "Pathway practice, form 1"


def anki_deck(case_set: CaseSet, practice: Practice, timestamp: float | None = None) -> bytes:
    """Return the set as an Anki package. If a set is imported twice, the cards with the later `timestamp` (default: now) win."""
    model = genanki.Model(
        _number(MODEL),
        MODEL,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Why", "qfmt": FRONT, "afmt": BACK}],
        css=".card { font-family: sans-serif; text-align: left; } .frame { font-size: smaller; }",
    )
    frame = escape(f"{rests_on(practice.pathway.knowledge)} Set {case_set.hash}.")
    deck = genanki.Deck(_number(case_set.id), escape(printable(case_set.title)), frame)
    for question in questions_of(case_set, practice):
        deck.add_note(genanki.Note(model, _fields(question, frame), guid=genanki.guid_for(*question.id)))
    file = io.BytesIO()
    genanki.Package(deck).write_to_file(file, timestamp)
    return file.getvalue()


def _number(name: str) -> int:
    """Return a number for a deck or a model, as Anki wants it: positive, of 31 bits."""
    return int.from_bytes(sha256(name.encode()).digest()[:4], "big") >> 1 | 1 << 30


def _fields(question: Question, frame: str) -> list[str]:
    """Return the fields of a card, as HTML; what the cards rest on comes first."""
    right = [choice for choice in question.choices if choice.right]
    story = "".join(f"<p>{escape(line)}</p>" for line in question.story)
    known = "".join(f"<li>{escape(name)}: {escape(answer)}</li>" for name, answer in question.known)
    choices = "".join(f"<li>{escape(choice.text)}</li>" for choice in question.choices)
    answers = "".join(f"<p><b>{escape(choice.text)}</b></p><p>{_lines(choice.feedback)}</p>" for choice in right)
    lessons = _lines(question.lessons)
    return [
        escape(question.heading),
        f"<p class=frame>{frame}</p>{story}<ul>{known}</ul>",
        escape(question.asks),
        f"<ol>{choices}</ol>",
        f"{answers or '<p><b>None of them</b></p>'}<hr><p>{lessons}</p>",
    ]


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(map(escape, lines))
