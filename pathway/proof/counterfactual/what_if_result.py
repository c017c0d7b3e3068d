"""The result of `why_not`, and its description for a terminal."""

from __future__ import annotations

from pathway.explanation.english import finding_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.model import FrozenModel
from pathway.phrases import wrapped


class AnswerChange(FrozenModel):
    """One changed answer; `before` is None for an open question. A number stands for itself and all higher ones."""

    finding: str
    before: str | int | None
    after: str | int


class ChangeSet(FrozenModel):
    """Answers that together change the result; none can be left out."""

    changes: tuple[AnswerChange, ...]
    compared: bool = False
    """For comparison only: it changes something that care doesn't set out to change, such as a recorded risk."""

    @property
    def only_fills(self) -> bool:
        """Whether it only answers open questions."""
        return all(change.before is None for change in self.changes)


class WhyNot(FrozenModel):
    """What would make an option apply (`wanted`) or no longer apply; for a step, what would reach or leave it."""

    of: str
    is_step: bool
    now: str
    wanted: bool
    guidance: str
    ways: tuple[ChangeSet, ...] = ()
    more: bool = False
    """Whether sets exist, or may exist, that are not listed."""
    left_open: tuple[str, ...] = ()
    """The open questions that alone could bring it about. With `more` it over-approximates, but never misses one."""
    none_because: str | None = None
    """Why no set exists."""

    def describe(self, knowledge: Knowledge) -> list[str]:
        """Return the answer as lines of at most 80 columns."""
        lines = [*wrapped(self._head(knowledge))]
        if self.none_because:
            lines += wrapped(f"None: {self.none_because}.".replace("..", "."))
        for number, change_set in enumerate(self.ways, 1):
            lines += wrapped(f"{number}. {change_set_words(change_set, knowledge)}", "   ")
        if self.more:
            lines.append("There are more, which are not listed.")
        if self.left_open:
            names = "; ".join(name_of(name, knowledge) for name in self.left_open)
            lines += wrapped(f"Open questions that could still bring it about: {names}.")
        return lines

    def _head(self, knowledge: Knowledge) -> str:
        if self.is_step:
            return f"The step is {self.now}. What would {'lead to' if self.wanted else 'lead away from'} {self.of}:"
        name, title = knowledge.options[self.of].name, knowledge.label(self.now).title.lower()
        return f"{name}: {title}. It would {'apply' if self.wanted else 'no longer apply'}:"


def change_set_words(change_set: ChangeSet, knowledge: Knowledge) -> str:
    """Return the set as a condition, never as advice; open safety questions answered with no are only counted."""
    quiet = [change for change in change_set.changes if _is_quiet(change, knowledge)]
    counted = quiet if len(quiet) > 1 else []
    words = [_change_words(change, knowledge) for change in change_set.changes if change not in counted]
    if counted:
        words.append(f"{len(counted)} open safety questions raise no red flag")
    return f"{'For comparison: if' if change_set.compared else 'If'} {', and '.join(words)}"


def _is_quiet(change: AnswerChange, knowledge: Knowledge) -> bool:
    is_benign = change.after == knowledge.findings[change.finding].benign_answer
    return change.before is None and change.finding in knowledge.safety_findings and is_benign


def _change_words(change: AnswerChange, knowledge: Knowledge) -> str:
    now = "not known yet" if change.before is None else f"now: {finding_words(change.finding, change.before, knowledge)}"
    return f"{name_of(change.finding, knowledge)} is {finding_words(change.finding, change.after, knowledge)} ({now})"
