"""The options, by verdict; and the drawer of each, with everything that is known of it."""

from __future__ import annotations

from explorer.evidence import caution, full_note, left_open, note, reason, remark, trace
from explorer.html import Child, Html, el
from explorer.icons import icon
from explorer.ladder import ORDER
from explorer.view import UNDETERMINED, View, counted, folded, heading, items
from pathway.result import OptionResult


def cards(view: View) -> Html:
    """Every option, grouped by its verdict; what applies stands open."""
    found = {verdict: [name for name, one in view.result.options.items() if one.verdict == verdict] for verdict in ORDER}
    groups = [_group(view, verdict, names) for verdict, names in found.items() if names]
    return el("section", heading(2, "Every option"), *groups, class_="options", aria_label="Every option", id="options")


def _group(view: View, verdict: str, names: list[str]) -> Html:
    title = heading(3, icon(verdict), view.group_title(verdict), el("span", len_words(names), class_="count"))
    why = el("p", view.says(verdict), class_="small")
    shown = el("div", *(_card(view, name) for name in names), class_="cards")
    start = verdict == "applies"
    return folded(title, why, shown, name=f"group-{verdict}", class_=f"fold verdict-group v-{verdict}", start=start)


def len_words(names: list[str]) -> str:
    """How many there are."""
    return str(len(names))


def _card(view: View, name: str) -> Html:
    option = view.result.options[name]
    entry = view.knowledge.options[name]
    badge = view.badge(option)
    first = [el("p", option.reasons[0].because, class_="because")] if option.reasons else []
    notes = items((note(found) for found in option.notes), class_="notes")
    care = (
        el("p", icon("contraindicated"), counted(len(option.cautions), "caution"), class_="small care")
        if option.cautions
        else None
    )
    more = el(
        "button",
        "Why, sources and cautions",
        el("span", f": {entry.name}", class_="sr"),
        type="button",
        class_="link",
        data_open=name,
        aria_haspopup="dialog",
    )
    head = [heading(4, entry.name), verdict_line(view, option)]
    kind = f"card v-{badge.shape}" + ("" if badge.firm else " unsure")
    return el("article", *head, el("p", entry.says, class_="small"), *first, notes, care, more, class_=kind, id=f"card-{name}")


def verdict_line(view: View, option: OptionResult) -> Html:
    """The verdict and, where NICE says otherwise, that too, in the same line and size."""
    badge = view.badge(option)
    shown: list[Child] = [
        el("span", icon(badge.shape), badge.words, class_=f"badge v-{badge.shape}" + ("" if badge.firm else " unsure"))
    ]
    shown += [el("span", icon("contraindicated"), words, class_="badge contrast") for words in option.contrasts]
    return el("p", *shown, class_="verdict-line")


def drawer(view: View, name: str) -> Html:
    """Everything that is known of one option."""
    option, entry = view.result.options[name], view.knowledge.options[name]
    parts: list[Child] = [verdict_line(view, option), el("p", entry.says, class_="lead"), _if(view, option)]
    if option.open:
        parts += [heading(3, "What is open"), left_open(view, option.open)]
    parts += [heading(3, "Why, and why not"), *(reason(view, found) for found in option.reasons)]
    parts += [heading(3, "What NICE says"), *(full_note(view, found) for found in option.notes)]
    parts += [heading(3, "Cautions"), *(caution(view, found) for found in option.cautions)] if option.cautions else []
    parts += [heading(3, "On the page"), _statements(view, name)] if entry.statements else []
    rules = [trace(view, found) for found in view.result.trace.options[name]]
    parts += [heading(3, "Every rule considered, condition by condition"), *rules]
    return el("div", heading(2, entry.name, id="drawer-title", tabindex="-1"), *parts)


def _if(view: View, option: OptionResult) -> Child:
    if not view.result.provisional or option.verdict == UNDETERMINED:
        return None
    return el("p", f"This holds if no open question turns out to be a flag. {view.title('on_hold')} otherwise.", class_="open")


def _statements(view: View, name: str) -> Html:
    found = [entry for entry in view.knowledge.ledger.statements if entry.id in view.knowledge.options[name].statements]
    hedges = {entry.id: f" The page’s own word: “{entry.hedge}”." if entry.hedge else "" for entry in found}
    shown = (el("span", el("b", f"{one.place}: "), one.says, hedges[one.id], remark(one)) for one in found)
    return items(shown, class_="statements")
