"""How a verdict is shown, on the screen and on paper: its badge, its heading, and what is marked beside it."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.instrument.view import View
from pathway.explanation.result import Open, OptionResult
from pathway.knowledge.vocabulary import UNDETERMINED

VERDICT_ORDER = ("applies", UNDETERMINED, "later", "contraindicated", "not_advised", "not_indicated", "on_hold")
"""Verdicts in the order in which they are shown."""


@dataclass(frozen=True)
class Badge:
    """A verdict as it is shown: its shape, its words, and whether an open question may still change it."""

    shape: str
    words: str
    firm: bool


def badge_of(view: View, option: OptionResult) -> Badge:
    """How an option's verdict is shown."""
    if option.verdict == UNDETERMINED and option.open:
        first = option.open.possible[0]
        words = "Would apply so far" if first == "applies" else f"{view.title(first)} so far"
        return Badge(first, words, firm=False)
    if view.result.provisional and option.verdict == "applies":
        return Badge("applies", "Would apply (provisional)", firm=False)
    return Badge(option.verdict, view.title(option.verdict), firm=not view.result.provisional)


def nice_markers(view: View, option: OptionResult) -> tuple[str, ...]:
    """What is said in the line of the verdict: where NICE says otherwise, or where its reading has made the verdict."""
    if view.result.guidance == "page":
        return option.contrasts
    rules = (view.knowledge.recommendations.get(reason.rule) for reason in option.reasons if reason.says == option.verdict)
    return tuple(dict.fromkeys(f"Changed. {rule.contrast}" for rule in rules if rule and rule.contrast))


def group_title(view: View, verdict: str) -> str:
    """The heading over the options of one verdict."""
    if verdict == "applies" and view.result.provisional:
        return "Would apply if no open question shows a red flag"
    return "Still open: answers decide" if verdict == UNDETERMINED else view.title(verdict)


def open_verdict_phrase(view: View, left: Open) -> str:
    """What is possible: `So far: later. Answers could change this to: on hold, not indicated.`."""
    first, *others = (view.title(word) for word in left.possible)
    change = f" Answers could change this to: {', '.join(word.lower() for word in others)}." if others else ""
    return f"So far: {first.lower()}.{change}"
