"""How a verdict is shown, on screen and paper: its badge, group heading and where the readings differ."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.pages.explore.view import View
from pathway.explanation.result import Open, OptionResult
from pathway.knowledge.vocabulary import UNDETERMINED

VERDICT_ORDER = ("applies", UNDETERMINED, "later", "contraindicated", "not_advised", "not_indicated", "on_hold")
"""Verdicts in display order."""
DIFFERS = "differs"
"""The shape of a badge with two positions."""
SO_FAR = "Open questions could still change this."
PROVISIONAL = "Provisional: a safety question is not answered yet, and a red flag would change this."


@dataclass(frozen=True)
class Badge:
    """A verdict's shape and words; `firm` is false while an open question may change it."""

    shape: str
    words: str
    firm: bool
    note: str = ""
    """Why it is not firm, for the title attribute."""


def badge_of(view: View, option: OptionResult) -> Badge:
    """The badge of an option's verdict."""
    if option.verdict == UNDETERMINED and option.open:
        first = option.open.possible[0]
        words = "Would apply so far" if first == "applies" else f"{view.title(first)} so far"
        return Badge(first, words, firm=False, note=SO_FAR)
    if view.result.provisional:
        words = "Would apply (provisional)" if option.verdict == "applies" else view.title(option.verdict)
        return Badge(option.verdict, words, firm=False, note=PROVISIONAL)
    return Badge(option.verdict, view.title(option.verdict), firm=True)


def badges_of(view: View, option: OptionResult) -> tuple[Badge, ...]:
    """The badges of an option: its verdict, then both positions where the readings differ.

    Where only the first reading says that it applies, and that is firm, only the positions are shown: "applies" would read
    as if both said so.
    """
    verdict = badge_of(view, option)
    positions = tuple(Badge(DIFFERS, words, verdict.firm) for words in reading_markers(view, option))
    return positions if is_disputed(view, option) and verdict.firm else (verdict, *positions)


def is_disputed(view: View, option: OptionResult) -> bool:
    """Whether it applies by the first reading, and another says otherwise."""
    return view.is_first_reading and bool(option.contrasts) and badge_of(view, option).shape == "applies"


def reading_markers(view: View, option: OptionResult) -> tuple[str, ...]:
    """Markers beside a verdict: where another reading differs from the first, or where the other one made this verdict."""
    if view.is_first_reading:
        return option.contrasts
    rules = (view.knowledge.recommendations.get(reason.rule) for reason in option.reasons if reason.says == option.verdict)
    return tuple(dict.fromkeys(f"Changed. {rule.contrast}" for rule in rules if rule and rule.contrast))


def group_title(view: View, verdict: str) -> str:
    """The heading of the options with one verdict."""
    if verdict == "applies" and view.result.provisional:
        return "Would apply if no open question shows a red flag"
    return "Still open: answers decide" if verdict == UNDETERMINED else view.title(verdict)


def open_verdict_phrase(view: View, verdict: Open) -> str:
    """The possible verdicts: `Later so far. Answers could change this to: on hold, not indicated.`."""
    first, *others = (view.title(word) for word in verdict.possible)
    change = f" Answers could change this to: {', '.join(word.lower() for word in others)}." if others else ""
    return f"{first} so far.{change}"
