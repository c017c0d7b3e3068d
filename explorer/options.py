"""Every option, grouped by its verdict, each with its first reason; what applies stands open."""

from __future__ import annotations

from explorer.evidence import badge
from explorer.html import Child, Html, el
from explorer.icons import icon
from explorer.ladder import ORDER
from explorer.terms import glossed
from explorer.view import View, counted, folded, heading
from pathway.result import OptionResult


def every_option(view: View) -> Html:
    """The list, one group for each verdict that there is."""
    found = {verdict: [name for name, one in view.result.options.items() if one.verdict == verdict] for verdict in ORDER}
    groups = [_group(view, verdict, names) for verdict, names in found.items() if names]
    head = heading(2, "Every option, and why", el("span", str(len(view.result.options)), class_="count"))
    return folded(head, *groups, name="options", class_="fold box options", wide=True)


def _group(view: View, verdict: str, names: list[str]) -> Html:
    title = heading(3, icon(verdict), view.group_title(verdict), el("span", str(len(names)), class_="count"))
    why = el("p", view.says(verdict), class_="small")
    rows = el("ul", *(_row(view, name) for name in names), class_="option-rows")
    kind = f"fold verdict-group v-{verdict}"
    return folded(title, why, rows, name=f"group-{verdict}", class_=kind, start=verdict == "applies")


def _row(view: View, name: str) -> Html:
    option = view.result.options[name]
    entry = view.knowledge.options[name]
    verdict = view.badge(option)
    opener = el(
        "button",
        entry.name,
        el("span", f": {verdict.words}. Why, sources and cautions", class_="sr"),
        type="button",
        class_="link",
        id=f"open-{name}",
        data_open=name,
        data_title=entry.name,
        aria_haspopup="dialog",
    )
    because = glossed(option.reasons[0].because) if option.reasons else None
    first = el("p", because, " ", _care(option), class_="because small") if because or option.cautions else None
    told = [verdict_line(view, option) if view.marks(option) or not verdict.firm else None, first]
    return el("li", opener, el("div", *told), class_=f"option-row v-{verdict.shape}", id=f"row-{name}")


def _care(option: OptionResult) -> Child:
    number = len(option.cautions)
    return el("span", icon("contraindicated"), counted(number, "caution"), class_="care") if number else None


def verdict_line(view: View, option: OptionResult) -> Html:
    """The verdict and, where NICE says otherwise, that too, in the same line and size."""
    shown = [badge(view.badge(option))]
    shown += [el("span", icon("contraindicated"), words, class_="badge contrast") for words in view.marks(option)]
    return el("p", *shown, class_="verdict-line")
