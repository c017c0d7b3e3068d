"""The print sheet, in plain HTML: the result and its evidence. Two sides of A4; three where much is open."""

from __future__ import annotations

from explorer.markup.html import Child, Html, el, items
from explorer.pages.differences import standing_badge
from explorer.pages.explore.carried_answers import earlier_signs
from explorer.pages.explore.result_card import summary
from explorer.pages.explore.verdicts import open_verdict_phrase
from explorer.pages.explore.view import View
from explorer.paper.basis import answers, assumptions, sources
from explorer.paper.options import because, cited, doubts, options
from pathway.explanation.result import RedFlagResult

STYLE = """
@page { size: A4; margin: 8mm 9mm 9mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Arial, sans-serif; color: #333 } }
/* Type whose widths are the same on nearly every device, so that what fits on two sides here fits there. */
body { font: 8pt/1.12 Arial, "Liberation Sans", Helvetica, sans-serif; color: #111; background: #fff }
body { margin: 0 auto; max-width: 192mm }
h1 { font-size: 14pt; line-height: 1.15; margin: 0 }
h2 { font-size: 10pt; margin: 1mm 0 0.3mm; border-bottom: 0.3mm solid #555; break-after: avoid }
h3 { font-size: 8pt; margin: 0; break-after: avoid }
p, ul, ol { margin: 0.3mm 0 }
ul, ol { padding-inline-start: 3.6mm }
ol { padding-inline-start: 5mm }
.columns { columns: 2; column-gap: 4mm; orphans: 2; widows: 2 }
.visits { columns: 3; column-gap: 4mm; font-size: 8pt }
.columns > :first-child h2, .columns > h2:first-child { margin-top: 0 }
.option { margin-bottom: 0.8mm }
.option > .small:last-child { break-before: avoid }
li > p:last-child { margin-bottom: 0.8mm }
.small { font-size: 8pt; color: #333 }
.lead { font-size: 10pt; margin: 1mm 0 }
.flag, .safety-net { border: 0.5mm solid #111; padding: 0.8mm 1.5mm; margin: 1mm 0; break-inside: avoid }
.safety-net h2 { margin: 0; border: 0 }
@media screen { body { padding: 5mm 4mm } }
@media screen and (max-width: 700px) { body { font-size: 1rem } h3, .small { font-size: 1rem } .columns { columns: 1 } }
@media screen and (max-width: 700px) { .visits { font-size: 1rem } h1 { font-size: 1.5rem } h2, .lead { font-size: 1.2rem } }
"""


def print_sheet(view: View) -> str:
    """The whole document as HTML."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width"),
        el("title", title(view)),
        el("style", Html(STYLE)),
    )
    body = el("body", el("main", *_parts(view)))
    return f"<!doctype html>{el('html', head, body, lang='en-GB')}"


def title(view: View) -> str:
    """The title of the scenario on the sheet."""
    return view.title_or_empty or "Scenario"


def _parts(view: View) -> list[Child]:
    messages = [view.message, *view.result.warnings, *([f"Ask again: {before}"] if (before := earlier_signs(view)) else [])]
    return [
        el("h1", title(view)),
        el("p", el("b", summary(view)), class_="lead"),
        el("p", el("b", f"Guidance: {view.guidance_name(view.result.guidance)}. "), view.result.notice, class_="small"),
        *(el("p", el("b", text)) for text in messages if text),
        *_status(view),
        _visits(view),
        _safety_net(view),
        el("div", *options(view), assumptions(view), answers(view), sources(view), class_="columns"),
    ]


def _status(view: View) -> list[Child]:
    result = view.result
    lines: list[Child] = [_flag(view, flag) for flag in result.red_flags]
    if not view.is_off_ladder:
        lines.append(because(result.step_reasons))
    open_values = (("Route", result.route_open), ("Step", result.step_open))
    lines.append(el("p", " ".join(f"{name}: {open_verdict_phrase(view, value)}" for name, value in open_values if value)))
    ask = (
        el("p", el("b", "Still to ask: "), ", ".join(map(view.finding_label, result.ask_next)), ".") if result.ask_next else None
    )
    return [*lines, ask]


def _flag(view: View, flag: RedFlagResult) -> Html:
    head = el("b", f"{view.title(flag.route)}: {view.finding_label(flag.finding)}. ")
    differs = "".join(f" {words}" for words in doubts(flag))
    return el(
        "div",
        head,
        flag.because,
        " ",
        el("b", flag.do),
        differs,
        " ",
        cited(flag.citations, flag.assumption, flag.basis),
        class_="flag",
    )


def _visits(view: View) -> Child:
    """The list of visits; None with a single visit."""
    if len(view.state.visits) < 2:
        return None
    rows = [_visit(view, number) for number in range(len(view.state.visits))]
    return el("section", el("h2", "Visits"), items(rows, "ol", class_="columns visits"))


def _visit(view: View, number: int) -> Html:
    visit = view.state.visits[number]
    when = f"Week {view.state.weeks_at(number)}, {visit.trend}" if number else "The start"
    here = " (this sheet)" if number == view.state.current_visit else ""
    return el("span", f"{when}: ", el("b", standing_badge(view.at_visit(number)).words), here)


def _safety_net(view: View) -> Html:
    return el("section", el("h2", "Safety net"), items(view.result.safety_net, class_="columns"), class_="safety-net")
