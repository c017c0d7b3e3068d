"""The page: choose a set, work through its cases, and take the report along.

Nothing on it hints at the right answer before a commitment: no colour, no order, no title, and nothing in the address.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.links.browser_address import BEGUN_PARAM, CASE_PARAM, SET_PARAM
from explorer.markup.words import literal
from explorer.pages.explore.view import View
from explorer.pages.practice.arrival import arrive, place_name
from explorer.pages.practice.group import group_section
from explorer.pages.practice.query import MOST_ON_THE_PAGE, SetQuery, case_number, chosen_query, set_query
from explorer.pages.practice.session import OpenSet, close_set, current_set, open_file, open_query
from explorer.pages.practice.visit import show_visit
from explorer.pages.shell import parameter, refusals, write_parameter
from pathway import Unusable
from pathway.practice.anki import anki_deck
from pathway.practice.case_set import CaseSet, as_yaml
from pathway.practice.facilitator import facilitator_html
from pathway.practice.moodle import moodle_xml
from pathway.practice.paper import handout_html, report_html, report_sum
from pathway.practice.practice import Practice, the_practice
from pathway.practice.progress import next_set, progress
from pathway.practice.report import Report, as_json, is_finished
from pathway.practice.single_file import single_file

NEXT_CASES = 5
ANY = "All of them, mixed"
INTRO = (
    "A case begins with a short story. Ask what is needed: safety questions count double, and needless questions cost "
    "points. Then decide where on the pathway the case belongs, which options apply, and why. The answer follows."
)
RELOADING = "Reloading the page starts a set again, because nothing is stored here. To keep what you did, download the report."
STARTS_AGAIN = (
    "The set starts again. Earlier questions and decisions were not kept: nothing is stored here. To open a downloaded report, "
    "press Choose other cases."
)
OPEN_AGAIN = "No set is open now: nothing is stored here. Open the file of the set, or a downloaded report, again below."


def practice_page(view: View) -> None:
    """The page."""
    query = set_query(parameter(SET_PARAM))
    current = current_set()
    if query:
        with refusals(), st.spinner("Drawing cases …"):
            current = open_query(query)
    if current is None or (query is None and current.origin):
        _choose()
    else:
        _work(view, current)


def _choose() -> None:
    """The forms that make a set, or open one."""
    if parameter(BEGUN_PARAM):
        st.warning(OPEN_AGAIN)
    st.markdown(INTRO)
    st.markdown(RELOADING)
    traps = {trap.id: trap.title for trap in the_practice().teaching.traps.values()}
    with st.form("new set"):
        st.header("New cases", anchor=False)
        about = st.selectbox("About", ["", *traps], format_func=lambda name: traps.get(name, ANY))
        count = st.number_input("Number of cases", 1, MOST_ON_THE_PAGE, 5)
        seed = st.number_input("Seed (in this edition, the same seed gives the same cases)", 0, 999_999, 1)
        if st.form_submit_button("Start"):
            _go(_new_set(seed, count, about).encoded, 1)
    _choose_bundled()
    with st.expander("Open a set or a report"):
        file = st.file_uploader("A set (YAML) or a report (JSON)", type=["yaml", "yml", "json"], max_upload_size=1)
        if file is not None:
            _open(file.name, file.getvalue())


def _new_set(seed: int, count: int, about: str) -> SetQuery:
    """The query of a set that the present edition draws."""
    return SetQuery(seed, count, about, the_practice().pathway.knowledge.hash)


def _choose_bundled() -> None:
    """The form that makes a set of bundled cases."""
    cases = the_practice().collection.by_name
    with st.form("bundled"):
        st.header("Bundled cases", anchor=False)
        chosen = st.multiselect(
            "Cases, by theme", list(cases), format_func=lambda name: literal(cases[name].label), max_selections=MOST_ON_THE_PAGE
        )
        st.markdown("A case of several visits asks for a decision at each of them.")
        if st.form_submit_button("Start with these"):
            if chosen:
                _go(chosen_query(cases[name].code for name in chosen).encoded, 1)
            st.warning("Choose at least one case first.")


def _open(name: str, content: bytes) -> None:
    """Open a file and show its first undecided case, or say what is wrong with it."""
    try:
        with st.spinner("Opening …"):
            current = open_file(name, content)
    except Unusable as error:
        st.error("\n".join(f"- {literal(str(fault))}" for fault in error.faults))
        return
    cases = current.report.case_set.cases
    undecided = (at for at, case in enumerate(cases, 1) if not current.report.visit(case.id, case.visits).commitment)
    _go("", next(undecided, 1), begun=True)


def _go(query: str, case: int, begun: bool = False) -> None:
    """Show a case of a set: one step of the browser's history. `begun`: a reload would lose something."""
    write_parameter(SET_PARAM, query)
    write_parameter(CASE_PARAM, str(case))
    write_parameter(BEGUN_PARAM, "1" if begun else "")
    st.rerun()


def _work(view: View, current: OpenSet) -> None:
    """The case that the address names, then everything about the set."""
    cases = current.report.case_set.cases
    for note in current.notes:
        st.warning(literal(note))
    if current.origin and parameter(BEGUN_PARAM) and not current.report.played:
        st.warning(STARTS_AGAIN)
    number = case_number(parameter(CASE_PARAM), len(cases))
    done = show_visit(view, current, number)
    with st.container(horizontal=True, key="between"):
        if number > 1:
            st.button("Previous case", on_click=_turn, args=(current, number - 1))
        if number < len(cases):
            label = "Next case" if done else "Skip this case"
            st.button(label, on_click=_turn, args=(current, number + 1))
    group_section(current, number)
    _the_set(current)
    arrive(current)


def _turn(current: OpenSet, number: int) -> None:
    """Show another case of the set, from its start."""
    write_parameter(CASE_PARAM, str(number))
    current.arrival = place_name(current.report.case_set.cases[number - 1].id, 1, "case")


def _the_set(current: OpenSet) -> None:
    """The score so far, the files to download, and the way to another set."""
    practice, report = the_practice(), current.report
    st.header("Report", anchor=False)
    st.markdown(f"{RELOADING} This page opens it again, to go on.")
    words, numbers = zip(*report_sum(report, practice), strict=True)
    st.table({"So far": words, "Number": numbers})
    with st.container(horizontal=True, key="files"):
        _download("Report to open again", lambda: as_json(report, practice), "report.json", "application/json")
        _download("Report to print", lambda: report_html(report, practice), "report.html", "text/html")
    with st.expander(f"This set: {literal(report.case_set.title)} ({report.case_set.hash})"):
        if is_finished(report):  # an objective gives away what a case is about
            st.markdown("\n".join(f"- {literal(objective.says)}" for objective in report.case_set.objectives))
        _set_files(report.case_set, practice)
    _progress(report)
    st.button("Choose other cases", on_click=_another)


def _set_files(case_set: CaseSet, practice: Practice) -> None:
    """The set in each form that can be downloaded."""
    with st.container(horizontal=True, key="set files"):
        _download("Set", lambda: as_yaml(case_set), "set.yaml", "application/yaml")
        _download("Handout", lambda: handout_html(case_set, practice), "handout.html", "text/html")
        _download("Handout with answers", lambda: handout_html(case_set, practice, True), "answers.html", "text/html")
        _download("Facilitator's sheet", lambda: facilitator_html(case_set, practice), "facilitator.html", "text/html")
        _download("One file, to use offline", lambda: single_file(case_set, practice), "practice.html", "text/html")
        _download("Anki", lambda: anki_deck(case_set, practice), "practice.apkg", "application/octet-stream")
        _download("Moodle", lambda: moodle_xml(case_set, practice), "practice.xml", "application/xml")


def _progress(report: Report) -> None:
    """Right and missed by rule, once a set is finished, and a set from the weak spots."""
    practice = the_practice()
    if not is_finished(report):
        return
    st.header("Progress by rule, weakest first", anchor=False)
    entries, texts = progress(report, practice), practice.pathway.rule_texts.reasons
    columns = {"Rule": [literal(texts[entry.rule].because) for entry in entries]}
    st.table({**columns, "Right": [entry.right for entry in entries], "Missed": [entry.missed for entry in entries]})
    following = next_set(report, practice)
    if st.button("Practise the weak spots"):
        _go(_new_set(following.seed, NEXT_CASES, following.about).encoded, 1)


def _another() -> None:
    close_set()
    for name in (SET_PARAM, CASE_PARAM, BEGUN_PARAM):
        write_parameter(name, "")


def _download(label: str, content: Callable[[], str | bytes], name: str, media_type: str) -> None:
    """A button that makes a file when it is pressed. The page stays as it is."""
    st.download_button(label, content, name, media_type, on_click="ignore", key=name)
