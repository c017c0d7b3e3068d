"""The answer to "what would change it?", as frozen models, and in words."""

from __future__ import annotations

from collections.abc import Iterable

from pathway.explanation.english import answer_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.phrases import wrapped
from pathway.proof.report import FrozenModel


class AnswerChange(FrozenModel):
    """One answer that would be another; `before` is None where the question is open. A number stands for itself or more."""

    finding: str
    before: str | int | None
    after: str | int


class ChangeSet(FrozenModel):
    """Answers that together would change it, and none of which could be left out."""

    changes: tuple[AnswerChange, ...]
    compared: bool = False
    """It takes what no care sets out to change, such as a recorded risk: to compare with, and nothing to bring about."""

    @property
    def only_fills(self) -> bool:
        """It only answers open questions."""
        return all(changed.before is None for changed in self.changes)


class WhyNot(FrozenModel):
    """What would make an option apply (`wanted`), or no longer apply; of a step, reach or leave it."""

    of: str
    is_step: bool
    now: str
    wanted: bool
    guidance: str
    ways: tuple[ChangeSet, ...] = ()
    more: bool = False
    """More ways exist, or may exist, than are listed."""
    left_open: tuple[str, ...] = ()
    """The open questions that could still bring it about, with no other answer changed. With `more`, it may name one in vain."""
    none_because: str | None = None
    """Why nothing would."""

    def describe(self, knowledge: Knowledge) -> list[str]:
        """The answer as lines of at most 80 columns."""
        lines = [*wrapped(self._head(knowledge))]
        if self.none_because:
            lines += wrapped(f"None: {self.none_because}.".replace("..", "."))
        for number, way in enumerate(self.ways, 1):
            lines += wrapped(f"{number}. {change_set_words(way, knowledge)}", "   ")
        if self.more:
            lines.append("More ways exist.")
        if self.left_open:
            names = "; ".join(name_of(name, knowledge) for name in self.left_open)
            lines += wrapped(f"What is left open, and could still bring it about: {names}.")
        return lines

    def _head(self, knowledge: Knowledge) -> str:
        if self.is_step:
            return f"The step is {self.now}. What would {'lead to' if self.wanted else 'lead away from'} {self.of}:"
        name, title = knowledge.options[self.of].name, knowledge.label(self.now).title.lower()
        return f"{name}: {title}. It would {'apply' if self.wanted else 'no longer apply'}:"


def change_set_words(way: ChangeSet, knowledge: Knowledge) -> str:
    """A way in words, as something found and never as something to do; open safety questions that raise nothing are counted."""
    flags = {group.id for group in knowledge.groups if group.flags}
    quiet = [one for one in way.changes if _raises_nothing(one, knowledge, flags)]
    counted = quiet if len(quiet) > 1 else []
    words = [_found(one, knowledge) for one in way.changes if one not in counted]
    if counted:
        words.append(f"{len(counted)} open safety questions raise no flag")
    return f"{'To compare: if' if way.compared else 'If'} it were found that {', and that '.join(words)}"


def _raises_nothing(one: AnswerChange, knowledge: Knowledge, flags: set[str]) -> bool:
    finding = knowledge.findings[one.finding]
    return one.before is None and finding.group in flags and one.after == finding.if_not_adverse


def _found(one: AnswerChange, knowledge: Knowledge) -> str:
    now = "not known yet" if one.before is None else f"now: {_answer(one, one.before, knowledge)}"
    return f"{name_of(one.finding, knowledge)} is {_answer(one, one.after, knowledge)} ({now})"


def _answer(one: AnswerChange, answer: str | int, knowledge: Knowledge) -> str:
    whole = knowledge.findings[one.finding].whole
    return f"{answer} {whole.unit}" if whole else answer_words(one.finding, str(answer), knowledge)


def joined(lines: Iterable[str]) -> str:
    """Lines as one text."""
    return "\n".join(lines)
