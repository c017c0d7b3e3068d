"""What a visit has from those before it: said at each question, and asked again by one button."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, folded, items
from explorer.markup.icons import icon
from explorer.markup.words import counted
from pathway.explanation.visit_lines import visit_lines
from pathway.scenarios.visits import Held

NOTHING_NEW = "Asked again: nothing new"
COUNTED = ", with the weeks since then added"


def since(view: View, finding: str) -> str | None:
    """From which visit a question's answer is; or what it was when it was last asked."""
    known = view.state.known[view.state.at]
    if found := known.carried.get(finding):
        return f"Answered at visit {found.visit + 1}{COUNTED if found.how == 'counted' else ''}"
    if found := known.before.get(finding):
        return f"{_then(view, finding, found)}. {_until(view, finding)}"
    return None


def _then(view: View, finding: str, found: Held) -> str:
    counted_on = COUNTED if found.how == "counted" else ""
    return f"At visit {found.visit + 1}: {view.answer_words(finding, found.answer).lower()}{counted_on}"


def _until(view: View, finding: str) -> str:
    parent = view.knowledge.changes[finding].parent
    return f"Still true if the answer on {view.short(parent.finding).lower()} has not changed." if parent else "Ask again."


def to_ask_again(view: View) -> tuple[str, ...]:
    """The questions to be asked again at this visit, those first that were answered otherwise than with no sign."""
    before = view.state.known[view.state.at].before
    found = [name for name in before if view.knowledge.changes[name].time == "asked again"]
    return tuple(sorted(found, key=lambda name: before[name].answer == view.knowledge.findings[name].if_not_adverse))


def found_before(view: View) -> str:
    """What was found at an earlier visit and is to be asked again at this one: it is never quietly gone."""
    before, findings = view.state.known[view.state.at].before, view.knowledge.findings
    signs = [name for name in to_ask_again(view) if before[name].answer != findings[name].if_not_adverse]
    return " ".join(f"{view.short(name)}, {_then(view, name, before[name]).lower()}." for name in signs)


def asked_again(view: View, place: str) -> Html:
    """The button that confirms all of them at once, with what that says; nothing where nothing is to be asked again."""
    names = to_ask_again(view)
    if not names:
        return Html("")
    button = el(
        "button", icon("true"), NOTHING_NEW, type="button", class_="primary", data_do="nothing-new", id=f"nothing-new-{place}",
        aria_describedby=f"as-before-{place}",
    )  # fmt: skip
    return el("div", button, el("p", *_confirmed(view, names), class_="small", id=f"as-before-{place}"), class_="asked-again")


def _confirmed(view: View, names: tuple[str, ...]) -> Iterator[Child]:
    """In words, what the button answers."""
    before = view.state.known[view.state.at].before
    signs = [name for name in names if before[name].answer != view.knowledge.findings[name].if_not_adverse]
    yield f"Answers {counted(len(names), 'question')} as before: "
    yield from (
        el("b", f"{view.short(name)}: {view.answer_words(name, before[name].answer).lower()} at visit {before[name].visit + 1}; ")
        for name in signs
    )
    rest = len(names) - len(signs)
    yield f"{'the other ' if signs else ''}{rest} with nothing found." if rest else "as it was then."


def carried(view: View) -> Child:
    """What this visit has from the others, folded."""
    lines = list(visit_lines(view.result, view.knowledge))[1:]
    return folded("Answers from earlier visits", items(lines), name="carried") if lines else None
