"""The page of slides in their order, in plain HTML."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.markup.html import Child, Html, el
from explorer.markup.icons import icon, sprite
from explorer.pages.explore.view import View
from explorer.present.links import anchor
from explorer.present.next_visit import next_visit_slides, room_slides
from explorer.present.options import option_slides
from explorer.present.person import person_slides
from explorer.present.safety import open_questions, question_slides, safety_net_slides
from explorer.present.slide import Slide
from explorer.present.visit import visit_slides
from explorer.server.lan_link import LanLink


def presentation(view: View, room: LanLink, style: str, script: str) -> str:
    """The whole document as HTML. `style`, `script`: where present.css and present.js are served."""
    bar = slide_bar(view.knowledge.frame.in_short, f"./?s={view.token}")
    return slide_page(view.name, _head(view), deck(view, room), bar, style, script)


def slide_page(name: str, top: Html, every: Sequence[Slide], bar: Html, style: str, script: str) -> str:
    """A document of slides as HTML. `top` and `bar` are on every slide."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width"),
        el("title", f"{name}: slides"),
        el("link", rel="stylesheet", href=style),
        el("script", src=script, type="module"),
    )
    rendered = [slide.html(number, len(every)) for number, slide in enumerate(every, 1)]
    body = el("body", sprite(), top, el("main", *rendered), bar)
    return f"<!doctype html>{el('html', head, body, lang='en-GB', class_='deck')}"


def deck(view: View, room: LanLink) -> Sequence[Slide]:
    """Every slide: the person, each visit, the options that apply now, the safety net, and the next visit."""
    visits = [slide for number in range(len(view.state.visits)) for slide in visit_slides(view, number)]
    questions = [] if open_questions(view) else question_slides(view)
    ends = [*safety_net_slides(view), *next_visit_slides(view), *questions, *room_slides(room)]
    return [*person_slides(view), *visits, *option_slides(view), *ends]


def _head(view: View) -> Html:
    """The name of the scenario, the guidance and the edition; on every slide."""
    guidance = f"Guidance: {view.guidance_name(view.result.guidance)}. Edition {view.result.knowledge.edition}."
    return el("header", el("div", el("h1", view.name), el("p", guidance)), _takeover(view), class_="head")


def _takeover(view: View) -> Child:
    """A link to the red flag of the visit that is shown, on every slide; None without one."""
    route, number = view.result.route, view.state.current_visit
    if route not in view.knowledge.off_ladder:
        return None
    visit = f"Visit {number + 1}: " if len(view.state.visits) > 1 else ""
    return el(
        "a",
        icon(view.shape(route)),
        f"{visit}{view.title(route)}",
        href=f"#{anchor(number, 'answer')}",
        class_=f"takeover r-{view.shape(route)}",
    )


def slide_bar(notice: str, end: str) -> Html:
    """The notice, and the buttons; on every slide. `end`: where the last button leads."""
    turn = [
        el("button", "Back", type="button", data_turn="-1"),
        el("span", class_="count", aria_hidden="true"),
        el("button", "Next", type="button", data_turn="1"),
        el("a", "End", href=end, id="end"),
    ]
    return el("footer", el("p", notice), el("nav", *turn, aria_label="Slides"), class_="bar")
