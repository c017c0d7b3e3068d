"""The Compare page: two scenarios side by side, the differences with their reasons, then the different answers."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.links.address import PARAMETER, codes, read, scenarios
from explorer.links.browser_address import COMPARE_PARAM, MINE_PARAM, PARTNER_PARAM
from explorer.markup.html import join
from explorer.markup.words import literal, pluralise
from explorer.pages.differences import Change, changes, standing_badge
from explorer.pages.explore.foundations import CHANGED_ASSUMPTIONS, safety_net_signs
from explorer.pages.explore.frame import STOP
from explorer.pages.explore.view import View, view_of
from explorer.pages.practice.pair import show_pair
from explorer.pages.shell import LINK, choice, page_link, parameter, query, show_page, write_parameter
from pathway.knowledge.assumptions import varied_words
from pathway.links.link import InvalidLink

SAME = "The route, the step and all verdicts are the same."


def compare_page() -> None:
    """The page."""
    show_page("compare", _compare)


def _compare(view: View) -> None:
    if parameter(MINE_PARAM) or parameter(PARTNER_PARAM):
        show_pair()
        return
    pinned = _pinned()
    _choice(view, pinned)
    if pinned is None:
        st.markdown("Choose a scenario to compare with this one.")
        _scenario_box("B", view, parameter(PARAMETER))
    else:
        left, right = st.columns(2)
        with left:
            _scenario_box("A", pinned, parameter(COMPARE_PARAM))
        with right:
            _scenario_box("B", view, parameter(PARAMETER))
        _differences(pinned, view)
        _different_answers(pinned, view)
    _safety_net(view)


def _pinned() -> View | None:
    """The scenario in the address to compare with (A); None without one that can be read."""
    token = parameter(COMPARE_PARAM)
    try:
        opened = read(token) if token else None
    except InvalidLink as error:
        st.warning(literal(f"The scenario to compare with can’t be read: {error}."))
        return None
    if opened and opened.left_out:
        st.warning(literal(f"In the scenario to compare with: {opened.left_out}"))
    return view_of(opened.state) if opened else None


def _choice(view: View, pinned: View | None) -> None:
    titles = {name: scenario.title for name, scenario in view.scenarios.items()}
    against = next((name for name, scenario in view.scenarios.items() if pinned and scenario is pinned.scenario), None)
    empty = "The saved scenario" if pinned else "A scenario"
    choice("Compare with", titles, against, lambda name: _compare_with(view, name), empty)
    if parameter(COMPARE_PARAM):
        st.button(STOP, on_click=write_parameter, args=(COMPARE_PARAM, ""))


def _compare_with(view: View, name: str | None) -> None:
    """Set the other scenario, with the guidance and assumptions of this one."""
    scenario = scenarios().get(name or "")
    state = replace(view.state.restarted_with(scenario.answers), title=scenario.title) if scenario else None
    write_parameter(COMPARE_PARAM, codes().encode_always(state) if state else "")


def _scenario_box(letter: str, view: View, token: str) -> None:
    with st.container(border=True, height="stretch"):
        st.header(f"{letter}: {literal(view.name)}", anchor=False)
        st.markdown(f"**{literal(standing_badge(view).words)}** {literal(view.result.sentence)}")
        st.markdown(f"Guidance: {view.guidance_name(view.result.guidance)}")
        if words := varied_words(view.state.assumptions, view.knowledge):
            st.markdown(f"**{CHANGED_ASSUMPTIONS}**{literal(words)}.")
        with st.container(height=LINK, border=False):
            page_link("", f"Open {letter} in Explore", **{PARAMETER: token})


def _differences(pinned: View, view: View) -> None:
    listed = changes(pinned, view)
    st.header(f"{pluralise(len(listed), 'difference')}, from A to B", anchor=False)
    st.markdown("\n".join(map(_difference, listed)) or SAME)


def _difference(difference: Change) -> str:
    change = f"{difference.before.words} becomes {difference.after.words}. {difference.why}"
    return f"- **{literal(difference.name)}**: {literal(change)}"


def _different_answers(pinned: View, view: View) -> None:
    names = [name for name in view.knowledge.findings if pinned.answers.get(name) != view.answers.get(name)]
    if not names:
        return
    st.header(pluralise(len(names), "different answer"), anchor=False)
    sides = {letter: [literal(_answer(side, name)) for name in names] for letter, side in (("A", pinned), ("B", view))}
    st.table({"Finding": [literal(view.finding_label(name)) for name in names], **sides}, hide_index=True)


def _answer(view: View, name: str) -> str:
    answer = view.answers.get(name)
    return view.unknown_words(name) if answer is None else view.answer_words(name, answer)


def _safety_net(view: View) -> None:
    with st.container(border=True):
        st.header("Safety net", anchor=False)
        st.html(join(safety_net_signs(view, query())))
