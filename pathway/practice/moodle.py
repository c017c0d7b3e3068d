"""A set as Moodle XML: questions with feedback for each answer, which a course imports into its question bank."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree

from pathway.phrases import printable
from pathway.practice.case_set import CaseSet
from pathway.practice.paper import rests_on
from pathway.practice.practice import Practice
from pathway.practice.quiz import Choice, Question, questions_of

PERCENT = 100
LONGEST_ID = 100


def moodle_xml(case_set: CaseSet, practice: Practice) -> bytes:
    """Return the set as a Moodle XML file: a category, and its questions."""
    quiz = ElementTree.Element("quiz")
    category = ElementTree.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/{_plain(case_set.title).replace('/', '//')}")  # a / alone starts a subcategory
    frame = f"{rests_on(practice.pathway.knowledge)} Set {case_set.hash}."
    _html(category, "info", f"<p>{escape(frame)}</p>")
    for question in questions_of(case_set, practice):
        if any(choice.right for choice in question.choices):  # a question without one is refused
            quiz.append(_question(question, case_set, frame))
    return bytes(ElementTree.tostring(quiz, encoding="utf-8", xml_declaration=True))


def _question(question: Question, case_set: CaseSet, frame: str) -> ElementTree.Element:
    element = ElementTree.Element("question", type="multichoice")
    _text(element, "name", f"{question.heading}: {question.asks}")
    _html(element, "questiontext", _story(question))
    _html(element, "generalfeedback", "".join(f"<p>{escape(line)}</p>" for line in (*question.lessons, frame)))
    ElementTree.SubElement(element, "idnumber").text = _plain("/".join(map(str, question.id)))[:LONGEST_ID]
    ElementTree.SubElement(element, "single").text = "false" if question.several else "true"
    ElementTree.SubElement(element, "shuffleanswers").text = "false"
    tags = ElementTree.SubElement(element, "tags")
    _text(tags, "tag", case_set.hash)
    for choice, fraction in zip(question.choices, _fractions(question), strict=True):
        answer = _html(element, "answer", escape(choice.text), fraction=f"{fraction:g}")
        _html(answer, "feedback", "".join(f"<p>{escape(line)}</p>" for line in choice.feedback))
    return element


def _fractions(question: Question) -> list[float]:
    """Return the per cent of the mark for each answer; where several may be chosen, wrong ones take as much away."""
    right = sum(choice.right for choice in question.choices)
    wrong = len(question.choices) - right

    def share(choice: Choice) -> float:
        if choice.right:
            return round(PERCENT / right, 5)
        return -round(PERCENT / wrong, 5) if question.several else 0

    return [share(choice) for choice in question.choices]


def _story(question: Question) -> str:
    story = "".join(f"<p>{escape(line)}</p>" for line in question.story)
    known = "".join(f"<li>{escape(name)}: {escape(answer)}</li>" for name, answer in question.known)
    return f"{story}<ul>{known}</ul><p><strong>{escape(question.asks)}</strong></p>"


def _text(parent: ElementTree.Element, tag: str, words: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag)
    ElementTree.SubElement(element, "text").text = _plain(words)
    return element


def _html(parent: ElementTree.Element, tag: str, markup: str, **attributes: str) -> ElementTree.Element:
    element = _text(parent, tag, markup)
    element.attrib.update(format="html", **attributes)
    return element


def _plain(words: str) -> str:
    """Return words without the control characters that XML can't hold."""
    return printable(words)
