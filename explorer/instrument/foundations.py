"""What the result rests on: the reading, the assumptions with their values, the rules of route and step; then the frame."""

from __future__ import annotations

from functools import lru_cache

import pathway
from explorer.instrument.evidence import doubts, sources_line, trace
from explorer.instrument.glossary_popovers import with_glossary
from explorer.instrument.number_box import number_box
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, disclosure, el, heading, items, join
from explorer.markup.icons import icon
from explorer.markup.words import capitalise
from explorer.session.page_parts import slot
from pathway.knowledge.assumptions import varied_words
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import GUIDANCE

TRACE_DRAWER = "decided"
READINGS_DRAWER = "readings"
"""Names of drawers."""
CHANGED_ASSUMPTIONS = "Changed assumptions: "


def guidance_switch(view: View) -> Html:
    """The switch between the two ways to read guidance."""
    choices = []
    for name in GUIDANCE:
        box = el(
            "input",
            type="radio",
            name="reading",
            id=f"reading-{name}",
            value=name,
            data_do="guidance",
            checked=view.result.guidance == name,
        )
        choices.append(el("label", box, el("span", capitalise(view.guidance_name(name))), class_="answer"))
    legend = el("legend", "Guidance")
    parted = el(
        "button", "Where they differ", type="button", class_="link", data_open=READINGS_DRAWER, id="part", aria_haspopup="dialog"
    )
    shown = el("div", *choices, parted, class_="answers")
    return el("fieldset", legend, shown, class_="reading", title=view.says("nice"))


def assumptions(view: View) -> dict[str, Html]:
    """The assumptions that the result rests on, each with its value and, where it has one, a control to vary it."""
    named = view.result.assumptions
    varied = [name for name, one in view.knowledge.assumptions.items() if one.value is not None]
    rest = [name for name in varied if name not in named]
    others = disclosure(
        "Other assumptions that can be changed", *(_assumption_slot(name) for name in rest), name="other-assumptions"
    )
    shown = [_assumption_slot(name) for name in named] or [el("p", "None.", class_="small")]
    head = heading(2, "Assumptions used", el("span", str(len(named)), class_="count"))
    listed = disclosure(head, *shown, others if rest else None, name="assumptions", class_="fold box", wide=True)
    given = view.state.assumptions
    return {"assumptions": listed, **{f"as-{name}": _assumption_entry(name, given.get(name)) for name in (*named, *rest)}}


def changed_assumptions(view: View) -> Child:
    """Which assumptions are not at their usual values, and the way back to those."""
    if not (words := varied_words(view.state.assumptions, view.knowledge)):
        return None
    back = el(
        "button", icon("restart"), "Reset assumptions", type="button", data_do="reset-assumptions", class_="quiet", id="usual"
    )
    return el("p", el("b", CHANGED_ASSUMPTIONS), words, ". ", back, class_="otherwise")


def _assumption_slot(name: str) -> Html:
    return slot(f"as-{name}", class_="assumption")


@lru_cache(maxsize=512)  # few change with an answer
def _assumption_entry(name: str, given: int | str | None) -> Html:
    found = pathway.load().assumptions[name]
    says = el("p", el("b", found.says), class_="says-words")
    control = _control(found, found.value if given is None else given) if found.value is not None else None
    because = el("p", with_glossary(found.because), " ", el("code", name), class_="small")
    return join([says, control, because, *doubts(found), sources_line(found.cites)])


def _control(found: Assumption, value: int | str) -> Html:
    words = _number_entry(found, value) if all(isinstance(word, int) for word in found.allowed) else _word_choices(found, value)
    back = el(
        "button", icon("restart"), f"Reset to {found.value}", type="button", data_do="assume", data_name=found.id,
        data_value=found.value, class_="link",
    )  # fmt: skip
    changed = value != found.value
    return el("div", *words, back if changed else None, class_="answers" + (" varied" if changed else ""))


def _number_entry(found: Assumption, value: int | str) -> list[Html]:
    lowest, highest = found.allowed
    box, wrong = number_box(
        f"v-{found.id}", str(found.unit), int(lowest), int(highest), f"The value stays at {value} {found.unit}.", value=value,
        aria_label=found.says, data_do="assume", data_name=found.id,
    )  # fmt: skip
    return [box, el("span", f"{found.unit} ({lowest} to {highest})", class_="unit"), wrong]


def _word_choices(found: Assumption, value: int | str) -> list[Html]:
    return [_word_choice(found, str(word), word == value) for word in found.allowed]


def _word_choice(found: Assumption, word: str, chosen: bool) -> Html:
    box = el(
        "input",
        type="radio",
        name=f"v-{found.id}",
        id=f"v-{found.id}-{word}",
        value=word,
        data_do="assume",
        data_name=found.id,
        checked=chosen,
    )
    return el("label", box, el("span", word.capitalize()), class_="answer")


def decision_trace(view: View) -> Html:
    """The trace of the route and the step: every rule considered, and each condition with its answer."""
    route = [trace(view, found) for found in view.result.trace.route]
    step = [trace(view, found) for found in view.result.trace.step]
    parts: list[Child] = [heading(3, "The route"), *route]
    parts += [heading(3, "The step"), *step] if step else []
    return el("div", heading(2, "All rules for the route and the step", id="drawer-title", tabindex="-1"), *parts)


def safety_net(view: View) -> Html:
    """When to go now, whatever the result."""
    frame = view.knowledge.frame
    lines = items(view.result.safety_net)
    without = frame.safety_net_unsourced and f"No named source was found for {frame.safety_net_unsourced}."
    return el(
        "section",
        heading(2, icon("emergency"), "Safety net"),
        lines,
        sources_line(frame.safety_net_cites),
        el("p", without, class_="small") if without else None,
        class_="safety-net",
        id="safety-net",
        tabindex="-1",
        aria_label="Safety net",
    )


def sticky_footer(view: View) -> Html:
    """What stays in sight, wherever on the page one is: the notice in short, and the way to the safety net."""
    net = el("a", icon("emergency"), "When to go now", href="#safety-net")
    read_by = el("span", f"Guidance: {view.guidance_name(view.result.guidance)}", class_="on-wall")
    return el("div", el("span", view.knowledge.frame.in_short), read_by, net, class_="always", id="always")


def footer(view: View) -> Html:
    """The notice, and the edition that gave the answer."""
    edition = view.result.knowledge
    words = el(
        "p", el("b", "Edition "), edition.edition, " ", el("span", "Knowledge version ", el("code", edition.hash)), class_="small"
    )
    return el("footer", el("p", view.result.notice), words, class_="foot")
