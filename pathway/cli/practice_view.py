"""Practice as text for a terminal: a visit, its questions, the choices, the feedback, and the summary of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pathway.cli.writer import TextWriter
from pathway.explanation.english import short_name
from pathway.knowledge.base import Knowledge
from pathway.practice.feedback_words import Kind, feedback_blocks, guidance_words, place_title
from pathway.practice.paper import report_sum
from pathway.practice.practice import Practice
from pathway.practice.report import Report, VisitPlayed
from pathway.practice.stage import Stage

STYLES: dict[Kind, str] = {"right": "bold green", "part": "bold yellow", "wrong": "bold", "unsafe": "bold red", "plain": "bold"}


def read_numbers(text: str, most: int) -> list[int]:
    """Return the numbers in a line, each once. Raises ValueError with what to write."""
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    if not all(word.isascii() and word.isdigit() and len(word) < 5 and 1 <= int(word) <= most for word in words):
        raise ValueError(f"Write numbers from 1 to {most}, such as 1, 4; or nothing.")
    return list(dict.fromkeys(map(int, words)))


def read_number(text: str, most: int) -> int:
    """Return the one number in a line. Raises ValueError with what to write."""
    try:
        (number,) = read_numbers(text, most)
    except ValueError:
        raise ValueError(f"Write one number from 1 to {most}.") from None
    return number


@dataclass(frozen=True)
class PracticeView:
    """Writes each part as a text of its own."""

    practice: Practice
    width: int
    colour: bool = False

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base."""
        return self.practice.pathway.knowledge

    def opening(self, stage: Stage, heading: str) -> str:
        """The start of a visit: its story, the known answers, and the questions with their numbers."""
        writer = self._writer()
        writer.heading(heading)
        writer.paragraph(" ".join(stage.presentation))
        writer.paragraph(guidance_words(stage))
        self._answers(writer, stage, sorted(stage.known_findings, key=list(self.knowledge.findings).index))
        numbered = enumerate(stage.askable, 1)
        groups = {group.id: group.title for group in self.knowledge.groups}
        for group, questions in groupby(numbered, lambda item: self.knowledge.findings[item[1]].group):
            writer.paragraph(groups[group], style="bold")
            for number, finding in questions:
                writer.bullet(self.knowledge.findings[finding].question, mark=f"{number:3}. ")
        return writer.text()

    def answers(self, stage: Stage, findings: Iterable[str]) -> str:
        """The questions that were asked, with their answers."""
        writer = self._writer()
        self._answers(writer, stage, findings)
        return writer.text()

    def _answers(self, writer: TextWriter, stage: Stage, findings: Iterable[str]) -> None:
        for names, answer in stage.answer_rows(list(findings), lambda name: short_name(name, self.knowledge)):
            writer.bullet(f"{names}: {answer}")

    def choices(self, question: str, choices: Iterable[str]) -> str:
        """A question with numbered choices."""
        writer = self._writer()
        writer.paragraph(question, style="bold")
        for number, choice in enumerate(choices, 1):
            writer.bullet(choice, mark=f"{number:3}. ")
        return writer.text()

    def place(self, route: str, step: str | None) -> str:
        """A place on the pathway, in words."""
        return place_title(route, step, self.knowledge)

    def option(self, name: str) -> str:
        """An option's name."""
        return self.knowledge.options[name].name

    def feedback(self, stage: Stage, visit: VisitPlayed) -> str:
        """The feedback on a visit."""
        writer = self._writer()
        for block in feedback_blocks(stage, visit.commitment, visit.asked) if visit.commitment else ():
            writer.heading(block.heading, STYLES[block.kind])
            for line in block.lines:
                writer.paragraph(line)
        return writer.text()

    def summary(self, report: Report) -> str:
        """The summary of a report, with the set's hash and the notice."""
        writer = self._writer()
        writer.heading(f"Report on {report.case_set.title} ({report.case_set.hash})")
        for words, number in report_sum(report, self.practice):
            writer.bullet(f"{words}: {number}")
        writer.paragraph(self.knowledge.frame.notice, style="bold")
        return writer.text()

    def _writer(self) -> TextWriter:
        return TextWriter(self.width, self.colour)
