"""A page for paper, in plain HTML: reasons, citations, assumptions, date and edition, on a sheet or two."""

from __future__ import annotations

from datetime import date

from explorer.html import Child, Html, el, join
from explorer.status import OFF, summary
from explorer.view import View
from pathway.result import Citation, OptionResult

STYLE = """
@page { size: A4; margin: 10mm }
body { font: 8.6pt/1.28 system-ui, sans-serif; color: #111; background: #fff; max-width: 190mm; margin: 0 auto; padding: 0 2mm }
h1 { font-size: 14pt; margin: 0 }
h2 { font-size: 10.5pt; margin: 2mm 0 0.6mm; border-bottom: 1px solid #555 }
p, ul { margin: 0.5mm 0 }
ul { padding-inline-start: 4mm }
table { border-collapse: collapse; width: 100% }
td, th { text-align: start; vertical-align: top; padding: 0.3mm 1.5mm 0.3mm 0; border-bottom: 1px solid #ccc }
tr { break-inside: avoid }
.small { font-size: 7.4pt; color: #333 }
.flag { border: 2px solid #111; padding: 2mm; margin: 1mm 0 }
"""


def printed(view: View) -> str:
    """The whole document."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width"),
        el("title", _title(view)),
        el("style", Html(STYLE)),
    )
    body = el("body", el("main", *_parts(view)))
    return f"<!doctype html>{el('html', head, body, lang='en-GB')}"


def _title(view: View) -> str:
    return view.scenario.title if view.scenario else "A scenario"


def _parts(view: View) -> list[Child]:
    result = view.result
    return [
        el("h1", _title(view)),
        el("p", el("b", summary(view)), f". Read by {'the page' if result.guidance == 'page' else view.title('nice')}."),
        el("p", result.notice, class_="small"),
        *(el("p", el("b", text)) for text in (view.message, *result.warnings) if text),
        *_standing(view),
        el("h2", "Options"), _options(view),
        el("h2", "Assumptions"), el("ul", *(_assumption(view, name) for name in result.assumptions)),
        el("h2", "Safety net"), el("ul", *(el("li", text) for text in result.safety_net)),
        el("h2", "Sources"), _sources(view),
        el("h2", "Answers"), el("p", _answers(view), class_="small"),
        el("p", f"{date.today():%d %B %Y}. ", _edition(view), class_="small"),
    ]  # fmt: skip


def _edition(view: View) -> str:
    edition = view.result.knowledge
    return f"Edition {edition.edition}. Knowledge {edition.hash}."


def _standing(view: View) -> list[Child]:
    result = view.result
    if result.route in OFF:
        return [
            el(
                "div",
                el("b", f"{view.title(flag.route)}: {view.short(flag.finding)}. "),
                flag.because,
                " ",
                el("b", flag.do),
                f" {flag.differs or ''} ",
                _cited(flag.citations),
                class_="flag",
            )
            for flag in result.red_flags
        ]
    shown: list[Child] = [el("p", reason.because, " ", _cited(reason.citations)) for reason in result.step_reasons]
    shown += [el("p", f"The route is open. {view.unless(result.route_open)}")] if result.route_open else []
    shown += [el("p", f"The step is open. {view.unless(result.step_open)}")] if result.step_open else []
    return shown + ([el("p", f"Still to ask: {', '.join(map(view.short, result.ask_next))}.")] if result.ask_next else [])


def _options(view: View) -> Html:
    rows = []
    for name, option in view.result.options.items():
        verdict = " – ".join([view.badge(option).words, *option.contrasts])
        entry = view.knowledge.options[name].name
        rows.append(el("tr", el("th", entry, scope="row"), el("td", verdict), el("td", _why(view, option))))
    head = el("thead", el("tr", *(el("th", word, scope="col") for word in ("Option", "Verdict", "Why"))))
    return el("table", head, el("tbody", *rows))


def _why(view: View, option: OptionResult) -> Html:
    first = option.reasons[:1]
    shown: list[Child] = [join([reason.because, " ", _cited(reason.citations)]) for reason in first]
    shown += [
        el("span", f" NICE{f' {note.number}' if note.number else ''}: {note.text} ({view.title(note.checked)})", class_="small")
        for note in option.notes
    ]
    return join(shown)


def _sources(view: View) -> Html:
    """The sources by their short names, with their editions."""
    shown = (f"{one.id}: {one.publisher}, {one.title} ({one.edition})" for one in view.knowledge.sources.values())
    return el("p", "; ".join(shown), ".", class_="small")


def _cited(found: tuple[Citation, ...]) -> Html:
    words = "; ".join(f"{one.source_id}, {one.locator} ({one.checked})" for one in found)
    return el("span", f"[{words}]", class_="small")


def _assumption(view: View, name: str) -> Html:
    found = view.knowledge.assumptions[name]
    value = view.state.assumptions.get(name, found.value)
    return el("li", found.says, f" Here: {value} {found.unit or ''}." if value is not None else "")


def _answers(view: View) -> str:
    return "; ".join(f"{view.short(name)}: {view.answer_words(name, answer)}" for name, answer in view.answers.items()) or "None."
