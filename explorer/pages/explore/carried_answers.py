"""Answers carried over from earlier visits: a note at each question, and a button that confirms them."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import Child, Html, disclosure, el, items
from explorer.markup.icons import icon
from explorer.pages.explore.view import View
from pathway.explanation.visit_summary import visit_summary
from pathway.phrases import pluralise
from pathway.scenarios.visits import RememberedAnswer

NOTHING_NEW = "Asked again: nothing new"
WEEKS_ADDED = ", with the weeks since then added"


def carried_from(view: View, finding: str) -> str | None:
    """The visit that an answer comes from, or the last answer to a question that is asked again; None for a new one."""
    known = view.state.known[view.state.current_visit]
    if earlier := known.carried.get(finding):
        return f"Answered at visit {earlier.visit + 1}{WEEKS_ADDED if earlier.how == 'counted' else ''}"
    if earlier := known.outdated.get(finding):
        return f"{_earlier_answer(view, finding, earlier)}. {_how_to_use_it(view, finding)}"
    return None


def _earlier_answer(view: View, finding: str, earlier: RememberedAnswer) -> str:
    added = WEEKS_ADDED if earlier.how == "counted" else ""
    return f"At visit {earlier.visit + 1}: {view.answer_words(finding, earlier.answer).lower()}{added}"


def _how_to_use_it(view: View, finding: str) -> str:
    parent = view.knowledge.changes[finding].parent
    return (
        f"Still true if the answer on {view.finding_label(parent.finding).lower()} has not changed." if parent else "Ask again."
    )


def to_ask_again(view: View) -> tuple[str, ...]:
    """The questions to ask again at this visit; those where a sign was present come first."""
    before = view.state.known[view.state.current_visit].outdated
    names = [name for name in before if view.knowledge.changes[name].time == "asked again"]
    return tuple(sorted(names, key=lambda name: before[name].answer == view.knowledge.findings[name].benign_answer))


def earlier_signs(view: View) -> str:
    """The signs of an earlier visit that must be asked about again, in words, so that none is forgotten."""
    before, findings = view.state.known[view.state.current_visit].outdated, view.knowledge.findings
    signs = [name for name in to_ask_again(view) if before[name].answer != findings[name].benign_answer]
    return " ".join(f"{view.finding_label(name)}, {_earlier_answer(view, name, before[name]).lower()}." for name in signs)


def ask_again_button(view: View, place: str) -> Html:
    """A button that repeats the earlier answers, with those answers in words; empty if no question is asked again."""
    names = to_ask_again(view)
    if not names:
        return Html("")
    button = el(
        "button", icon("true"), NOTHING_NEW, type="button", class_="primary", data_do="nothing-new", id=f"nothing-new-{place}",
        aria_describedby=f"as-before-{place}",
    )  # fmt: skip
    return el(
        "div", button, el("p", *_button_meaning(view, names), class_="small", id=f"as-before-{place}"), class_="asked-again"
    )


def _button_meaning(view: View, names: tuple[str, ...]) -> Iterator[Child]:
    """The answers that the button gives, in words."""
    before = view.state.known[view.state.current_visit].outdated
    signs = [name for name in names if before[name].answer != view.knowledge.findings[name].benign_answer]
    yield f"Answers {pluralise(len(names), 'question')} as before: "
    for name in signs:
        answer = view.answer_words(name, before[name].answer).lower()
        yield el("b", f"{view.finding_label(name)}: {answer} at visit {before[name].visit + 1}; ")
    rest = len(names) - len(signs)
    yield f"{'the other ' if signs else ''}{rest} with nothing found." if rest else "as it was then."


def carried_answers(view: View) -> Child:
    """The answers from earlier visits, folded; None at the first visit."""
    lines = list(visit_summary(view.result, view.knowledge))[1:]
    return disclosure("Answers from earlier visits", items(lines), name="carried") if lines else None
