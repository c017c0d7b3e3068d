"""The list of all options by verdict, each with its first reason; the group that applies is unfolded."""

from __future__ import annotations

from explorer.markup.html import Child, Html, disclosure, el, heading, join
from explorer.markup.icons import icon
from explorer.markup.parts import slot
from explorer.pages.explore.evidence import badge
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.verdicts import DIFFERS, VERDICT_ORDER, Badge, badges_of, group_title
from explorer.pages.explore.view import View
from explorer.per_pathway import per_pathway
from pathway.explanation.result import OptionResult
from pathway.phrases import pluralise


def option_list(view: View) -> dict[str, Html]:
    """The list with one group for each verdict in use, and each of its rows, by part name."""
    by_verdict = {
        verdict: [name for name, result in view.result.options.items() if result.verdict == verdict] for verdict in VERDICT_ORDER
    }
    groups = [_group(view, verdict, names) for verdict, names in by_verdict.items() if names]
    head = heading(2, "All options and reasons", el("span", str(len(view.result.options)), class_="count"))
    listed = disclosure(head, *groups, name="options", class_="fold box options", wide=True)
    return {"options": listed, **{f"row-{name}": _row(view, name, result) for name, result in view.result.options.items()}}


def _group(view: View, verdict: str, names: list[str]) -> Html:
    title = heading(3, icon(verdict), group_title(view, verdict), el("span", str(len(names)), class_="count"))
    why = el("p", view.says(verdict), class_="small")
    rows = [slot(f"row-{name}", "li", f"option-row v-{badges_of(view, view.result.options[name])[0].shape}") for name in names]
    css_class = f"fold verdict-group v-{verdict}"
    listed = el("ul", *rows, class_="option-rows")
    return disclosure(title, why, listed, name=f"group-{verdict}", class_=css_class, start=verdict == "applies")


def _row(view: View, name: str, option: OptionResult) -> Html:
    title, because = view.knowledge.options[name].name, option.reasons[0].because if option.reasons else ""
    return _cached_row(title, name, badges_of(view, option), because, len(option.cautions))


@per_pathway(maxsize=2048)  # most rows are as they were before the last answer
def _cached_row(title: str, name: str, badges: tuple[Badge, ...], because: str, cautions: int) -> Html:
    words = " ".join(each.words.removesuffix(".") + "." for each in badges)
    opener = el(
        "button", title, el("span", f": {words} Reasons, sources, cautions", class_="sr"), type="button", class_="link",
        id=f"open-{name}", data_open=name, data_title=title, aria_haspopup="dialog",
    )  # fmt: skip
    first = el("p", with_glossary(because) if because else None, " ", _caution_count(cautions), class_="because small")
    says_more = len(badges) > 1 or not badges[0].firm or badges[0].shape == DIFFERS  # than the heading of the group
    lines = [_line(badges) if says_more else None, first if because or cautions else None]
    return join([opener, el("div", *lines)])


def _caution_count(number: int) -> Child:
    return el("span", icon("contraindicated"), pluralise(number, "caution"), class_="care") if number else None


def verdict_line(view: View, option: OptionResult) -> Html:
    """The verdict and, where two readings differ, both positions in the same line and size."""
    return _line(badges_of(view, option))


def _line(badges: tuple[Badge, ...]) -> Html:
    return el("p", *map(badge, badges), class_="verdict-line")
