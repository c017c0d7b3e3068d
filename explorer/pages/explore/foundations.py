"""What the result is based on: the guidance switch, assumptions, the trace of route and step; the safety net and footer."""

from __future__ import annotations

import pathway
from explorer.markup.html import Child, Html, disclosure, el, heading, items, join
from explorer.markup.icons import icon
from explorer.markup.parts import slot
from explorer.pages.explore.evidence import doubts, sources_line, trace
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.number_box import number_box
from explorer.pages.explore.view import View
from explorer.per_pathway import per_pathway
from pathway.knowledge.assumptions import varied_words
from pathway.knowledge.models import Assumption
from pathway.phrases import sentence_case

TRACE_DRAWER = "decided"
READINGS_DRAWER = "readings"
"""Names of drawers."""
CHANGED_ASSUMPTIONS = "Changed assumptions: "
WHEN_TO_GET_HELP, SAFETY_NET = "When to get help", "safety-net"


def guidance_switch(view: View) -> Html:
    """The switch between the readings, and the button that opens their differences; empty where there is only one."""
    if len(view.knowledge.readings) == 1:
        return Html("")
    differences = el(
        "button", "Where they differ", type="button", class_="link", data_open=READINGS_DRAWER, id="part", aria_haspopup="dialog"
    )
    answers = el("div", *(_reading_choice(view, name) for name in view.knowledge.readings), differences, class_="answers")
    meanings = (reading.says for reading in view.knowledge.outline.readings if reading.says)
    hint = el("p", " ".join([f"Decides where {view.knowledge.all_readings} differ.", *meanings]), class_="hint")
    return el("fieldset", el("legend", "Guidance"), answers, hint, class_="reading")


def _reading_choice(view: View, name: str) -> Html:
    box = el(
        "input", type="radio", name="reading", id=f"reading-{name}", value=name, data_do="guidance",
        checked=view.result.guidance == name,
    )  # fmt: skip
    return el("label", box, el("span", sentence_case(view.guidance_name(name))), class_="answer")


def assumptions(view: View) -> dict[str, Html]:
    """The assumptions in use, each with a control for its value, then the others that can be changed; by part name."""
    named = view.result.assumptions
    varied = [name for name, assumption in view.knowledge.assumptions.items() if assumption.value is not None]
    rest = [name for name in varied if name not in named]
    others = disclosure(
        "Other assumptions that can be changed", *(_assumption_slot(name) for name in rest), name="other-assumptions"
    )
    entries = [_assumption_slot(name) for name in named] or [el("p", "None.", class_="small")]
    head = heading(2, "Assumptions used", el("span", str(len(named)), class_="count"))
    listed = disclosure(head, *entries, others if rest else None, name="assumptions", class_="fold box", wide=True)
    values = view.state.assumptions
    return {"assumptions": listed, **{f"as-{name}": _assumption_entry(name, values.get(name)) for name in (*named, *rest)}}


def changed_assumptions(view: View) -> Child:
    """The assumptions that differ from their defaults, and a button to reset them; None where none does."""
    if not (words := varied_words(view.state.assumptions, view.knowledge)):
        return None
    back = el(
        "button", icon("restart"), "Reset assumptions", type="button", data_do="reset-assumptions", class_="quiet", id="usual"
    )
    return el("p", el("b", CHANGED_ASSUMPTIONS), words, ". ", back, class_="changed-assumptions")


def _assumption_slot(name: str) -> Html:
    return slot(f"as-{name}", class_="assumption")


@per_pathway(maxsize=512)  # few of them change with an answer
def _assumption_entry(name: str, value: int | str | None) -> Html:
    assumption = pathway.load().assumptions[name]
    says = el("p", el("b", assumption.says), class_="says-words")
    control = _control(assumption, assumption.value if value is None else value) if assumption.value is not None else None
    because = el("p", with_glossary(assumption.because), " ", el("code", name), class_="small")
    return join([says, control, because, *doubts(assumption), sources_line(assumption.cites)])


def _control(assumption: Assumption, value: int | str) -> Html:
    is_number = all(isinstance(word, int) for word in assumption.allowed)
    choices = _number_entry(assumption, value) if is_number else _word_choices(assumption, value)
    back = el(
        "button", icon("restart"), f"Reset to {assumption.value}", type="button", data_do="assume", data_name=assumption.id,
        data_value=assumption.value, class_="link",
    )  # fmt: skip
    changed = value != assumption.value
    return el("div", *choices, back if changed else None, class_="answers" + (" varied" if changed else ""))


def _number_entry(assumption: Assumption, value: int | str) -> list[Html]:
    lowest, highest = assumption.allowed
    stays = f"The value stays at {value} {assumption.unit}."
    box, wrong = number_box(
        f"v-{assumption.id}", str(assumption.unit), int(lowest), int(highest), stays, value=value, aria_label=assumption.says,
        data_do="assume", data_name=assumption.id,
    )  # fmt: skip
    return [box, el("span", f"{assumption.unit} ({lowest} to {highest})", class_="unit"), wrong]


def _word_choices(assumption: Assumption, value: int | str) -> list[Html]:
    return [_word_choice(assumption, str(word), word == value) for word in assumption.allowed]


def _word_choice(assumption: Assumption, word: str, chosen: bool) -> Html:
    box = el(
        "input",
        type="radio",
        name=f"v-{assumption.id}",
        id=f"v-{assumption.id}-{word}",
        value=word,
        data_do="assume",
        data_name=assumption.id,
        checked=chosen,
    )
    return el("label", box, el("span", word.capitalize()), class_="answer")


def decision_trace(view: View) -> Html:
    """All rules that were tried for the route and the step, each condition with its answer."""
    route = [trace(view, rule) for rule in view.result.trace.route]
    step = [trace(view, rule) for rule in view.result.trace.step]
    parts: list[Child] = [heading(3, "The route"), *route]
    parts += [heading(3, "The step"), *step] if step else []
    return el("div", heading(2, "All rules for the route and the step", id="drawer-title", tabindex="-1"), *parts)


def safety_net(view: View) -> Html:
    """The safety net: the signs for which to seek help at once, whatever the result."""
    title, where = heading(2, icon("triangle"), "Safety net"), {"id": SAFETY_NET, "tabindex": "-1", "aria_label": "Safety net"}
    return el("section", title, *safety_net_signs(view), class_="safety-net", **where)


def safety_net_signs(view: View, query: str = "") -> list[Child]:
    """The signs, their sources, and which of them have none; `query` as for `source_link`."""
    frame = view.knowledge.frame
    without = frame.safety_net_unsourced and f"No named source was found for {frame.safety_net_unsourced}."
    return [
        items(view.result.safety_net),
        sources_line(frame.safety_net_cites, query),
        el("p", without, class_="small") if without else None,
    ]


def sticky_footer(view: View) -> Html:
    """The bar that stays on screen: the notice in short, and a link to the safety net."""
    net = el("a", icon("triangle"), WHEN_TO_GET_HELP, href=f"#{SAFETY_NET}")
    return el("div", el("span", view.knowledge.frame.in_short), net, class_="always", id="always")


def footer(view: View, links: Html) -> Html:
    """The notice, the version of the knowledge that gave the result, and links to pages about it."""
    edition = view.result.knowledge
    version = el("span", "Knowledge version ", el("code", edition.hash))
    words = el("p", el("b", "Edition "), edition.edition, " ", version, class_="small")
    return el("footer", el("p", view.result.notice), words, links, class_="foot")
