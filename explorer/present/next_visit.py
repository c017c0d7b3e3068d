"""The last slides: links that make the next visit, and the address for others in the room."""

from __future__ import annotations

from explorer.markup.html import Html, el
from explorer.pages.explore.view import View
from explorer.pages.explore.visits import TREND_WORDS, care_meanwhile
from explorer.present.links import anchor, changed_link
from explorer.present.slide import Block, Slide, paragraph, slides
from explorer.server.lan_link import LanLink, lan_link_section
from pathway.knowledge.changes import TRENDS, Trend
from pathway.phrases import pluralise
from pathway.scenarios.walk import MOST_VISITS

WEEKS = (1, 2, 4, 6, 12)
"""The weeks to the next visit that a slide offers; Explore takes any."""


def next_visit_slides(view: View) -> list[Slide]:
    """A link for each number of weeks and each course until then; none after the most visits."""
    last = len(view.state.visits)
    if last >= MOST_VISITS:
        return []
    care = care_meanwhile(view)
    lead = paragraph(f"With {care} until then. How did it go?" if care and _on_ladder(view) else "How did it go until then?")
    rows = Block(el("div", *(_row(view, weeks) for weeks in WEEKS), class_="next-visit"), 2.2 * len(WEEKS))
    return slides(f"Next: visit {last + 1}", [lead, rows], anchor="next", kind="ask")


def _on_ladder(view: View) -> bool:
    """Whether care goes on until the next visit: with the ladder on hold, that is decided elsewhere."""
    return not view.is_off_ladder


def _row(view: View, weeks: int) -> Html:
    name = el("b", f"{pluralise(weeks, 'week')} later")
    return el("p", name, *(_link(view, weeks, trend) for trend in TRENDS))


def _link(view: View, weeks: int, trend: Trend) -> Html:
    hidden = el("span", f"{pluralise(weeks, 'week')} later: ", class_="sr")
    place = anchor(len(view.state.visits))
    return changed_link(view, view.state.add_visit(weeks, trend, care=_on_ladder(view)), place, hidden, TREND_WORDS[trend])


def room_slides(room: LanLink) -> list[Slide]:
    """The QR code and the address; none where other devices can't open the page."""
    blocks = [Block(lan_link_section(room), 12)] if room.address else []
    return slides("For others in the room", blocks, anchor="room", kind="qr-slide")
