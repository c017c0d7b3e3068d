"""The drawer of an option: verdict, reasons, what would change it, guidelines and page statements, cautions, trace."""

from __future__ import annotations

from explorer.markup.html import Child, Html, el, heading, items
from explorer.pages.explore import what_if
from explorer.pages.explore.evidence import caution, editor_note, full_note, open_questions, reason, trace
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.options import verdict_line
from explorer.pages.explore.view import View
from pathway.explanation.result import OptionResult
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.source import Statement


def option_drawer(view: View, name: str) -> Html:
    """Everything the result and the knowledge say about one option."""
    result, entry = view.result.options[name], view.knowledge.options[name]
    parts: list[Child] = [
        verdict_line(view, result),
        el("p", with_glossary(entry.says), class_="lead"),
        _provisional_note(view, result),
    ]
    if result.open:
        parts += [heading(3, "Still open"), open_questions(view, result.open)]
    parts += [heading(3, "Reasons"), *(reason(view, part) for part in result.reasons)]
    parts += [heading(3, "What would change this?"), what_if.what_if(view, name)]
    publishers = " and ".join(dict.fromkeys(note.publisher for note in result.notes))
    parts += [heading(3, f"{publishers} guidance"), *(full_note(view, part) for part in result.notes)] if result.notes else []
    parts += [heading(3, "Cautions"), *(caution(view, part) for part in result.cautions)] if result.cautions else []
    parts += [heading(3, f"On {view.page_name}"), _statements(view, name)] if entry.statements else []
    rules = [trace(view, part) for part in view.result.trace.options[name]]
    parts += [heading(3, "All rules and their conditions"), *rules]
    return el("div", heading(2, entry.name, id="drawer-title", tabindex="-1"), *parts)


def _provisional_note(view: View, option_drawer: OptionResult) -> Child:
    if not view.result.provisional or option_drawer.verdict == UNDETERMINED:
        return None
    return el(
        "p", f"This holds only if no open question shows a red flag. Otherwise: {view.title('on_hold').lower()}.", class_="open"
    )


def _statements(view: View, name: str) -> Html:
    statements = [entry for entry in view.knowledge.ledger.statements if entry.id in view.knowledge.options[name].statements]
    hedges = {entry.id: f" The page says “{entry.hedge}”." if entry.hedge else "" for entry in statements}
    entries = (
        el(
            "span",
            el("b", _place(view, statement), ": "),
            with_glossary(statement.says),
            hedges[statement.id],
            editor_note(statement),
        )
        for statement in statements
    )
    return items(entries, class_="statements")


def _place(view: View, statement: Statement) -> Html:
    """A link to a statement on the Source page."""
    at = f"./source?s={view.token}&at={statement.id}"
    return el("a", str(statement.place), href=at, data_go="source", data_at=statement.id)
