"""The frame of every native page: links to the pages, title, notice, message about the link, footer; errors in plain words.

A page takes what it shows from the address, and its widgets write it, so that Back and a kept link lead where they should.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import pathway
from explorer.links.address import state_from_link
from explorer.links.browser_address import COMPARE_PARAM, OWN, SCENARIO_PARAM, others
from explorer.markup.html import Html, el, join
from explorer.markup.words import literal
from explorer.pages.explore.foundations import CHANGED_ASSUMPTIONS, SAFETY_NET, WHEN_TO_GET_HELP, safety_net_signs
from explorer.pages.explore.frame import NOTHING_STORED, PAGE_FAILED
from explorer.pages.explore.glossary_popovers import glossary_popovers
from explorer.pages.explore.view import View, view_of
from explorer.pages.knowledge_errors import KNOWLEDGE_UNUSABLE, knowledge_errors
from explorer.pages.missing_rules import IN_A_CASE_HERE, RULE_MISSING, missing_rules
from explorer.pages.titles import explorer_name, titles
from explorer.server.log import log_error
from pathway import Silent, Unusable
from pathway.knowledge.assumptions import varied_words
from pathway.links.token import single

if TYPE_CHECKING:  # slow to load, and most pages never need it
    import altair as alt

PAGES = "pages"
"""The session key of the pages, as `st.navigation` has them."""
WIDTH = 1080
LINKS, LINK, FIELD = 108, 40, 74
"""Heights in pixels, kept free until the browser has fetched what draws an element, so that nothing moves then: the links to
the pages in three rows, another link, a box with its label."""
STYLE = Path(__file__).with_name("native.css")


def show_page(name: str, body: Callable[[View], None]) -> None:
    """Show a page: what every page has, around its own `body`. Errors are shown in plain words."""
    heading = st.title
    try:
        view = view_of(*state_from_link(parameter(SCENARIO_PARAM)))
        st.set_page_config(page_title=f"{titles()[name]} – {explorer_name()}")
        st.html(STYLE)
        with st.container(key="page", width=WIDTH):
            _head(view, name)
            heading = st.header
            body(view)
            st.html(glossary_popovers())
        st.bottom.container(key="foot").html(_foot(view))
    except Unusable as error:
        _failed(heading, KNOWLEDGE_UNUSABLE, map(literal, knowledge_errors(error.faults)))
    except Silent as error:
        _failed(heading, RULE_MISSING, [literal(missing_rules([error.option], pathway.load(), IN_A_CASE_HERE))])
    except Exception as error:  # any exception: the page says what to do, the log has the traceback
        log_error("a page could not be shown", error)
        _failed(heading, PAGE_FAILED, NOTHING_STORED)


def links_at_the_top() -> dict[str, str]:
    """The pages linked at the top; the edition line links to the remaining page."""
    return {name: title for name, title in titles().items() if name != "changed"}


def _head(view: View, name: str) -> None:
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom", height=LINKS, border=False, key="pages"):
        for other, title in links_at_the_top().items():
            page_link(other, title, **_carried(other))
    st.title(titles()[name], anchor=False)
    st.markdown(f":small[**{explorer_name()}.** {view.result.notice}]")
    _edition_line(view, name)
    if view.message:
        st.warning(literal(view.message))


def _edition_line(view: View, name: str) -> None:
    """The edition, and a link to what changed in it; not on that page itself, which begins with it.

    It is above the content of a page: below, it would move while a long page is drawn.
    """
    if name != "changed":
        st.markdown(f":small[Edition {literal(view.knowledge.frame.edition)}]")
        with st.container(height=LINK, border=False, key="links-edition"):
            page_link("changed", titles()["changed"], **_carried(name))


def _foot(view: View) -> Html:
    """The notice in short, and the safety net behind a button: it needs no run, and moves nothing."""
    button = el("button", WHEN_TO_GET_HELP, type="button", popovertarget=SAFETY_NET)
    signs = el("div", el("b", "Safety net"), *safety_net_signs(view, query()), id=SAFETY_NET, popover=True, role="note",
               tabindex="-1", autofocus=True, aria_label="Safety net")  # fmt: skip
    return el("div", el("span", view.knowledge.frame.in_short), " ", button, signs)


def _failed(heading: Callable[[str], object], title: str, lines: Iterable[str]) -> None:
    heading(title)
    st.markdown("\n".join(f"- {line}" for line in lines))
    page_link("", "Start again", **{SCENARIO_PARAM: ""})


@contextmanager
def refusals(file: str = "") -> Iterator[None]:
    """Show errors raised inside as warnings; the rest of the page stays. `file`: the name of a file that they are about."""
    try:
        yield
    except Unusable as error:
        st.warning(" ".join(literal(f"{file} {fault.says}." if file else fault.says) for fault in error.faults))
    except Silent as error:
        st.warning(literal(missing_rules([error.option], pathway.load(), IN_A_CASE_HERE)))


def query() -> str:
    """What a link in markup keeps of the address, with an & at the end: both scenarios, and what is not ours."""
    kept = [(name, parameter(name)) for name in (SCENARIO_PARAM, COMPARE_PARAM) if parameter(name)]
    kept += [(name, value) for name, values in others().items() for value in values]
    return "".join(f"{urlencode([pair])}&" for pair in kept)


def _carried(name: str) -> dict[str, str]:
    """Our parameters that a link to a page carries: both scenarios, and those that are its own."""
    names = (SCENARIO_PARAM, COMPARE_PARAM, *OWN.get(name, ()))
    return {carried: parameter(carried) for carried in names}


def page_link(page: str, label: str, **parameters: str) -> None:
    """A link to a page with these parameters, those that are not ours, and this scenario unless they name another."""
    named = {SCENARIO_PARAM: parameter(SCENARIO_PARAM), **parameters}
    filled = {name: value for name, value in named.items() if value}
    st.page_link(st.session_state[PAGES][page], label=literal(label), query_params={**others(), **filled})


def parameter(name: str) -> str:
    """The value of an address parameter; empty where it is missing."""
    return single(st.query_params.get_all(name))


def write_parameter(name: str, value: str | None) -> None:
    """Set an address parameter, or remove it with an empty value: one step of the browser's history."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def chosen(label: str, options: Mapping[str, str], name: str, empty: str) -> str:
    """What an address parameter names of these options, with a box to choose it; empty where it names none of them."""
    choice(label, options, parameter(name), partial(write_parameter, name), empty)
    return parameter(name) if parameter(name) in options else ""


def choice(
    label: str, options: Mapping[str, str], chosen: str | None, write: Callable[[str | None], None], empty: str = ""
) -> None:
    """A select box that shows what the address says and writes there what is chosen. `empty`: shown while nothing is."""
    arguments = bound(f"choose {label}", chosen if chosen in options else None, write)
    with field():
        st.selectbox(
            label, list(options), format_func=options.__getitem__, index=None if empty else 0, placeholder=empty or None,
            **arguments,
        )  # fmt: skip


def bound(key: str, value: object, write: Callable[[Any], None]) -> dict[str, Any]:
    """The arguments with which a widget shows what the address says, and writes there what is chosen."""
    st.session_state[key] = value  # before the widget is made: Back changes what it shows
    return {"key": key, "on_change": lambda: write(st.session_state[key])}


def changed_assumptions(view: View) -> bool:
    """Says which assumptions differ from their defaults; returns whether any does."""
    words = varied_words(view.state.assumptions, view.knowledge)
    if words:
        st.markdown(f"**{CHANGED_ASSUMPTIONS}**{literal(words)}.")
    return bool(words)


def field() -> DeltaGenerator:
    """The place of a box with its label."""
    return st.container(height=FIELD, border=False)


def folded(title: str, *entries: Html, expanded: bool = False) -> None:
    """Entries under a title that opens them."""
    with st.expander(title, expanded=expanded):
        st.html(join(entries))


def chart(drawn: alt.Chart | alt.LayerChart, alt_text: str) -> None:
    """A chart whose axes and legend have the colour of the page's text: Streamlit's grey is too pale in the light theme."""
    ink = "currentColor"
    st.altair_chart(drawn.configure_axis(labelColor=ink, titleColor=ink).configure_legend(labelColor=ink), alt=alt_text)


def table(columns: Mapping[str, Iterable[str]]) -> None:
    """A table of plain text, column by column."""
    st.table({name: [literal(cell) for cell in cells] for name, cells in columns.items()}, hide_index=True)
