"""The Compare page: two scenarios side by side, the differences with their reasons, then the different answers."""

from __future__ import annotations

import streamlit as st

from explorer.links.address import codes, state_from_link
from explorer.links.browser_address import COMPARE_PARAM, MINE_PARAM, PARTNER_PARAM, SCENARIO_PARAM
from explorer.markup.words import literal
from explorer.pages.differences import Change, changes, standing_badge
from explorer.pages.explore.view import View, view_of
from explorer.pages.practice.pair import show_pair
from explorer.pages.shell import LINK, changed_assumptions, chosen, page_link, parameter, table
from pathway.phrases import pluralise


def compare_page(view: View) -> None:
    """The page: two decisions on a practice case where the address names them, otherwise two scenarios."""
    if parameter(MINE_PARAM) or parameter(PARTNER_PARAM):
        show_pair()
    else:
        _scenarios(view)


def _scenarios(view: View) -> None:
    compared = view_of(*state_from_link(parameter(COMPARE_PARAM))) if parameter(COMPARE_PARAM) else None
    if compared and compared.message:
        st.warning(literal(f"The scenario to compare with: {compared.message}"))
    _choice(view, compared)
    if not compared:
        with st.container(border=True):
            _scenario("The current scenario", view, "Open in Explore", named=True)
        return
    for (letter, side), column in zip({"A": compared, "B": view}.items(), st.columns(2), strict=True):
        with column.container(border=True, height="stretch"):
            _scenario(f"{letter}: {literal(side.name)}", side, f"Open {letter} in Explore")
    _differences(compared, view)
    _different_answers(compared, view)


def _choice(view: View, compared: View | None) -> None:
    """A box for the other scenario, which gets the guidance and assumptions of this one; it shows the one in the address."""
    states = (view.state.restarted_with(scenario.answers, scenario.title) for scenario in view.scenarios.values())
    tokens = {state.title: codes().encode_always(state) for state in states}
    if compared:
        tokens[compared.name] = parameter(COMPARE_PARAM)
    chosen("Compare with", {token: title for title, token in tokens.items()}, COMPARE_PARAM, "Choose a scenario")


def _scenario(heading: str, view: View, link: str, *, named: bool = False) -> None:
    """What a scenario leads to. `named`: with its name, which the heading does not have."""
    st.header(heading, anchor=False)
    if named:
        st.markdown(literal(view.name))
    st.markdown(f"**{literal(standing_badge(view).words)}.** {literal(view.result.sentence)}")
    st.markdown(f"Guidance: {view.guidance_name(view.result.guidance)}")
    changed_assumptions(view)
    with st.container(height=LINK, border=False, key=f"links-{link}"):
        page_link("", link, **{SCENARIO_PARAM: view.token})


def _differences(before: View, after: View) -> None:
    listed = changes(before, after)
    st.header(f"{pluralise(len(listed), 'difference')}, from A to B", anchor=False)
    st.markdown("\n".join(map(_difference, listed)) or "The route, the step and all verdicts are the same.")


def _difference(difference: Change) -> str:
    change = f"{difference.before.words} becomes {difference.after.words}. {difference.why}"
    return f"- **{literal(difference.name)}**: {literal(change)}"


def _different_answers(before: View, after: View) -> None:
    names = [name for name in after.knowledge.findings if before.answers.get(name) != after.answers.get(name)]
    if names:
        st.header(pluralise(len(names), "different answer"), anchor=False)
        sides = {letter: [_answer(side, name) for name in names] for letter, side in (("A", before), ("B", after))}
        table({"Finding": map(after.finding_label, names), **sides})


def _answer(view: View, name: str) -> str:
    answer = view.answers.get(name)
    return view.unknown_words(name) if answer is None else view.answer_words(name, answer)
