"""The Population page: many people at once, from a sheet or made up; their places, and the effect of other assumptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

import pathway
from explorer.links.address import codes
from explorer.links.browser_address import POPULATION_PARAM, SCENARIO_PARAM
from explorer.markup.words import literal
from explorer.pages.explore.view import View
from explorer.pages.population_charts import COLOURS, FLOW_HEIGHT, bars, bars_height, flow
from explorer.pages.population_query import MOST_SEED, SIZES, PopulationQuery, query_from_address
from explorer.pages.shell import bound, chart, choice, page_link, parameter, refusals, table, write_parameter
from explorer.per_pathway import per_pathway
from pathway.explanation.english import assumption_label
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import READING, UNDETERMINED, VERDICTS
from pathway.phrases import all_of, percent, pluralise, sentence_case
from pathway.scenarios.walk import new_walk

if TYPE_CHECKING:  # slow to load, and most visits never need them
    from pathway.tables.population import Population, Standing

MADE_UP, SHEET = "made-up", "sheet"
"""Where the cases come from."""
MOST_EXAMPLES, MOST_QUESTIONS, MOST_FAULTS = 10, 8, 20
"""The most that are listed."""
FORMATS = ["csv", "xlsx", "parquet"]
EMPTY_SHEET = "empty-sheet.xlsx"
SAME_NUMBERS = "The table has the same numbers."
BANDS = "Bands from the present places of {} to those with the changed assumptions. The table lists who moves."
SHEET_KEY = "population"
"""The session key of a sheet's name and people."""
Settings = dict[str, int | str]
Places = tuple[str, str]
"""A place before, and a place after."""


def population_page(view: View) -> None:
    """The page."""
    st.markdown(f"Many {_several(view)} at once: the step or route of each, and the effect of other assumptions.")
    query = query_from_address(parameter(POPULATION_PARAM), view.knowledge)
    with refusals():
        people = _people(view, query)
        if people is not None:
            _results(view, query, people)


def _results(view: View, query: PopulationQuery, people: Population) -> None:
    usual: Settings = {**defaults(view.knowledge), READING: _guidance(view)}
    with st.spinner("Deciding …"):
        standing = people.under(usual)
    _places(view, query, people, standing)
    _undecided(view, people, standing, usual)
    for other in view.knowledge.readings:
        if other != usual[READING]:
            _by_reading(view, people, standing, usual, other)
    _what_if(view, people, standing, usual)


def _write_query(query: PopulationQuery, **changed: Any) -> None:
    write_parameter(POPULATION_PARAM, replace(query, **changed).encoded)


def _guidance(view: View) -> str:
    def write(reading: str) -> None:
        write_parameter(SCENARIO_PARAM, codes().encode(replace(view.state, guidance=reading)))

    guidance: str = st.radio(
        "Guidance", view.knowledge.readings, format_func=lambda name: sentence_case(view.guidance_name(name)), horizontal=True,
        **bound("guidance of the people", view.state.guidance, write),
    )  # fmt: skip
    return guidance


def _people(view: View, query: PopulationQuery) -> Population | None:
    """The people, made up or from a sheet; None until there is a sheet."""
    sources = {MADE_UP: f"Made-up {_several(view)}", SHEET: "A sheet"}
    source = st.radio(sentence_case(_several(view)), list(sources), format_func=sources.__getitem__, horizontal=True)
    return _people_of_a_sheet(view) if source == SHEET else _made_up_people(view, query)


def _made_up_people(view: View, query: PopulationQuery) -> Population:
    """Boxes for how many people are made up and from which seed; and the people."""
    left, right = st.columns(2)
    number = left.selectbox(
        "How many", SIZES, format_func="{:,}".format,
        **bound("how many people", query.number, lambda number: _write_query(query, number=number)),
    )  # fmt: skip
    seed = right.number_input(
        "Seed", 0, MOST_SEED, help=f"The same seed makes the same {_several(view)}.",
        **bound("seed of the people", query.seed, lambda seed: _write_query(query, seed=int(seed))),
    )  # fmt: skip
    st.markdown(
        f"These {number:,} {_several(view)} are made up: bundled scenarios with some answers changed by chance. "
        f"They stand for nobody: the numbers say nothing about {view.knowledge.outline.case.real}."
    )
    with st.spinner(f"Making {_several(view)} up …"):
        return _cached_made_up(number, int(seed))


@per_pathway(maxsize=4)
def _cached_made_up(number: int, seed: int) -> Population:
    from pathway.tables.population import made_up

    return made_up(pathway.load(), number, seed)


def _people_of_a_sheet(view: View) -> Population | None:
    """The people of the sheet that this session has; where it has none, ask for one."""
    if SHEET_KEY not in st.session_state:
        _ask_for_a_sheet(view)
        return None
    name, people = cast("tuple[str, Population]", st.session_state[SHEET_KEY])
    st.markdown(f"{literal(name)}, in this session only.")
    st.button("Open another sheet", on_click=lambda: st.session_state.pop(SHEET_KEY))
    if people.left_out:
        _left_out(people)
    return people if people.size else None


def _left_out(people: Population) -> None:
    """How many rows of a sheet have a fault, and the most frequent faults."""
    st.warning(f"Left out: {pluralise(people.left_out, 'row')} with a fault.")
    with st.expander("What is wrong with them"):
        faults = dict(islice(people.faults.items(), MOST_FAULTS))
        table({"Fault": faults, "How many rows": map("{:,}".format, faults.values())})
        st.markdown(":small[`pathway table` writes a copy of the sheet, with the fault beside each row.]")


def _ask_for_a_sheet(view: View) -> None:
    """A box that takes a sheet. With a file in it the box fails the check of axe-core, so the page is shown again without it."""
    from pathway.tables.population import population_in

    label = f"Open a sheet of made-up {_several(view)} (CSV, Excel or Parquet)"
    file = st.file_uploader(label, type=FORMATS, max_upload_size=50, key="sheet")
    st.markdown(
        f":small[Made-up {_several(view)} only, never {view.knowledge.outline.case.real}. "
        "The sheet stays in this session, and is not saved. "
        "The empty sheet has a column for each question, and explains the answers.]"
    )
    st.download_button("Download an empty sheet (Excel)", lambda: _empty_sheet(view), EMPTY_SHEET, on_click="ignore")
    if file:
        with refusals(file.name):
            st.session_state[SHEET_KEY] = file.name, population_in(file.name, file.getvalue(), view.knowledge)
            st.rerun()


def _empty_sheet(view: View) -> bytes:
    from pathway.tables.sheets.template import excel_template

    return excel_template(view.knowledge)


def _places(view: View, query: PopulationQuery, people: Population, standing: Standing) -> None:
    """A bar for each step and route, stacked by the verdicts of an option; the same as a table; and everything as a file."""
    st.header("Steps and routes", anchor=False)
    options = {name: option.name for name, option in view.knowledge.options.items()}
    choice("Show the verdicts of", options, query.option, lambda option: _write_query(query, option=option))
    at_places = standing.counts(query.option).items()
    counts = {(view.title(place), view.title(verdict)): number for (place, verdict), number in at_places}
    places = _in_order(view, {place for place, _ in counts})
    _bars(view, counts, places, options[query.option])
    _places_table(view, people.size, counts, places)
    _download("all results", lambda: _all_results(people, standing))


def _bars(view: View, counts: Mapping[tuple[str, str], int], places: Sequence[str], option: str) -> None:
    colours = dict(zip(map(view.title, VERDICTS), COLOURS, strict=True))
    alt = f"{sentence_case(_several(view))} at each step and on each route, by the verdict of {option}. {SAME_NUMBERS}"
    with st.container(height=bars_height(places), border=False):
        chart(bars(counts, places, colours, _several(view)), alt)


def _places_table(view: View, size: int, counts: Mapping[tuple[str, str], int], places: Sequence[str]) -> None:
    """The numbers of the bars: how many are at each place, and how many of them have each verdict."""
    verdicts = {
        place: {verdict: counts[place, verdict] for verdict in map(view.title, VERDICTS) if (place, verdict) in counts}
        for place in places
    }
    totals = [sum(numbers.values()) for numbers in verdicts.values()]
    table(
        {
            "Where": places,
            sentence_case(_several(view)): [f"{total:,} ({percent(total, size)})" for total in totals],
            "Verdicts": ["; ".join(f"{number:,} {word.lower()}" for word, number in at.items()) for at in verdicts.values()],
        }
    )


def _all_results(people: Population, standing: Standing) -> str:
    from pathway.tables.population import results_csv

    return results_csv(people, standing)


def _undecided(view: View, people: Population, standing: Standing, settings: Settings) -> None:
    """How many are not decided, and which question would decide most of them."""
    undecided = int((standing.places == UNDETERMINED).sum())
    st.header("Not decided yet", anchor=False)
    st.markdown(
        f"{undecided:,} of {pluralise(people.size, view.knowledge.outline.case.one, _several(view))}: "
        "an unanswered question decides their step or route."
    )
    if undecided:
        _deciding_questions(view, undecided, people.questions_that_decide(settings))


def _deciding_questions(view: View, undecided: int, numbers: Mapping[str, int]) -> None:
    """For each question, how many of the undecided its usual answer would decide."""
    from pathway.tables.population import UNDECIDED_SAMPLE

    if not numbers:
        st.markdown("No single answer would decide any of them.")
        return
    sample = "" if undecided <= UNDECIDED_SAMPLE else f"of the first {UNDECIDED_SAMPLE:,} "
    st.markdown(f"How many {sample}{_several(view)} one usual answer would decide:")
    most = dict(islice(numbers.items(), MOST_QUESTIONS))
    table({"Question": map(view.finding_label, most), "Decides": map("{:,}".format, most.values())})


def _by_reading(view: View, people: Population, standing: Standing, settings: Settings, other: str) -> None:
    """For each option, how many have another verdict with another reading."""
    readings = [reading.short for reading in view.knowledge.outline.readings if reading.id in (settings[READING], other)]
    st.header(f"Where {all_of(readings)} differ", anchor=False)
    differences = standing.differences(people.under({**settings, READING: other}), view.knowledge)
    if not differences:
        st.markdown(f"Nowhere, for these {_several(view)}.")
        return
    names = [view.knowledge.options[option].name for option in differences]
    numbers = [f"{number:,} ({percent(number, people.size)})" for number in differences.values()]
    table({"Option": names, "Another verdict for": numbers})


def _what_if(view: View, people: Population, standing: Standing, usual: Settings) -> None:
    """A slider or a choice for each assumption; once one is changed, who would move."""
    st.header("What if an assumption were different?", anchor=False)
    changed = {**usual, **_assumptions(view)}
    if changed == usual:
        st.markdown(f"Change an assumption to see how many {_several(view)} move, from where to where.")
        return
    with st.spinner("Deciding …"):
        rows = standing.moves(people.places_under(changed))
    moved = {(before, after): who for (before, after), who in _most_first(rows) if before != after}
    st.markdown(f"**{sum(map(len, moved.values())):,} of {people.size:,} move.**")
    if moved:
        _flow(view, rows)
        _moves_table(view, moved)
        _examples(view, people, moved, changed)


def _most_first(rows: Mapping[Places, list[int]]) -> list[tuple[Places, list[int]]]:
    return sorted(rows.items(), key=lambda move: -len(move[1]))


def _flow(view: View, rows: Mapping[Places, list[int]]) -> None:
    """Bands from the present places to those with the changed assumptions, also for those who stay."""
    counts = {(view.title(before), view.title(after)): len(who) for (before, after), who in rows.items()}
    places = _in_order(view, {place for pair in counts for place in pair})
    with st.container(height=FLOW_HEIGHT + 30, border=False):
        chart(flow(counts, places, _several(view)), BANDS.format(_several(view)))


def _moves_table(view: View, moved: Mapping[Places, list[int]]) -> None:
    """From where to where how many move, as a table and as a file."""
    moves = [(view.title(before), view.title(after), len(who)) for (before, after), who in moved.items()]
    befores, afters, numbers = zip(*moves, strict=True)
    table({"From": befores, "To": afters, sentence_case(_several(view)): map("{:,}".format, numbers)})
    lines = [f"from,to,{_several(view)}", *(f"{before},{after},{number}" for before, after, number in moves)]
    _download("who moves", lambda: "\n".join(lines) + "\n")


def _assumptions(view: View) -> Settings:
    """The values that are chosen."""
    return {name: _assumption(view, view.knowledge.assumptions[name]) for name in defaults(view.knowledge)}


def _assumption(view: View, entry: Assumption) -> int | str:
    def write(value: int | str) -> None:
        others = {name: kept for name, kept in view.state.assumptions.items() if name != entry.id}
        assumptions = others if value == entry.value else {**others, entry.id: value}
        write_parameter(SCENARIO_PARAM, codes().encode(replace(view.state, assumptions=assumptions)))

    label, value = assumption_label(entry.id, view.knowledge), view.state.assumptions.get(entry.id, entry.value)
    arguments = {"help": literal(entry.says), **bound(f"assume {entry.id}", value, write)}
    match entry.allowed:
        case (int() as lowest, int() as highest):
            return int(st.slider(label, lowest, highest, **arguments))
        case words:
            return str(st.radio(label, words, format_func=sentence_case, horizontal=True, **arguments))


def _examples(view: View, people: Population, moved: Mapping[Places, list[int]], settings: Settings) -> None:
    """Links to some of those who move, to as many of each kind of move as there is room for."""
    st.markdown(f"Some of the {_several(view)} that move, with the changed assumptions:")
    assumptions = {name: value for name, value in settings.items() if name != READING and value != defaults(view.knowledge)[name]}
    shares = Counter(islice(cycle(moved), MOST_EXAMPLES))
    with st.container(key="links", gap="xsmall"):
        for (before, after), who in moved.items():
            for row in who[: shares[before, after]]:
                state = replace(new_walk(people.person(row), str(settings[READING])), assumptions=assumptions)
                label = f"Row {people.numbers[row]}: {view.title(before).lower()}, then {view.title(after).lower()}"
                page_link("", label, **{SCENARIO_PARAM: codes().encode(state)})


def _several(view: View) -> str:
    """What the pathway calls many of its cases."""
    return view.knowledge.outline.case.several


def _in_order(view: View, titles: set[str]) -> list[str]:
    """These titles of places, from the most urgent route to the last step."""
    places = (step or route for route, step in view.knowledge.places)
    return [title for title in map(view.title, (*places, UNDETERMINED)) if title in titles]


def _download(what: str, data: Callable[[], str]) -> None:
    st.download_button(f"Download {what} (CSV)", data, f"{what.replace(' ', '-')}.csv", "text/csv", on_click="ignore")
