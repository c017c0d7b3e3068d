"""The drawer of an option: what it is, why or why not, what would change it, what the page and NICE say, cautions."""

from __future__ import annotations

from explorer.instrument import what_if
from explorer.instrument.evidence import caution, editor_note, full_note, open_questions, reason, trace
from explorer.instrument.glossary_popovers import with_glossary
from explorer.instrument.options import verdict_line
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, heading, items
from pathway.explanation.result import OptionResult
from pathway.knowledge.vocabulary import UNDETERMINED


def option_drawer(view: View, name: str) -> Html:
    """Everything that is known of one option."""
    found, entry = view.result.options[name], view.knowledge.options[name]
    parts: list[Child] = [
        verdict_line(view, found),
        el("p", with_glossary(entry.says), class_="lead"),
        _provisional_note(view, found),
    ]
    if found.open:
        parts += [heading(3, "Still open"), open_questions(view, found.open)]
    parts += [heading(3, "Reasons"), *(reason(view, one) for one in found.reasons)]
    parts += [heading(3, "What would change this?"), what_if.what_if(view, name)]
    parts += [heading(3, "NICE guidance"), *(full_note(view, one) for one in found.notes)]
    parts += [heading(3, "Cautions"), *(caution(view, one) for one in found.cautions)] if found.cautions else []
    parts += [heading(3, "On the clinic’s page"), _statements(view, name)] if entry.statements else []
    rules = [trace(view, one) for one in view.result.trace.options[name]]
    parts += [heading(3, "All rules and their conditions"), *rules]
    return el("div", heading(2, entry.name, id="drawer-title", tabindex="-1"), *parts)


def _provisional_note(view: View, option_drawer: OptionResult) -> Child:
    if not view.result.provisional or option_drawer.verdict == UNDETERMINED:
        return None
    return el(
        "p", f"This holds only if no open question shows a red flag. Otherwise: {view.title('on_hold').lower()}.", class_="open"
    )


def _statements(view: View, name: str) -> Html:
    found = [entry for entry in view.knowledge.ledger.statements if entry.id in view.knowledge.options[name].statements]
    hedges = {entry.id: f" The page says “{entry.hedge}”." if entry.hedge else "" for entry in found}
    shown = (el("span", el("b", f"{one.place}: "), with_glossary(one.says), hedges[one.id], editor_note(one)) for one in found)
    return items(shown, class_="statements")
