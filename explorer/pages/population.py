"""The Population page: many people at once, from a sheet or made up; where they stand, and what another policy would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes
from explorer.markup.words import capitalise, literal, pluralise
from explorer.pages.atlas import percent
from explorer.pages.explore.view import View
from explorer.pages.population_charts import COLOURS, FLOW_HEIGHT, bars, bars_height, flow
from explorer.pages.population_query import MOST_SEED, SIZES, PopulationQuery, query_from_address
from explorer.pages.population_query import PARAMETER as POPULATION_PARAM
from explorer.pages.shell import page_link, parameter, refusals, show_page, write_parameter
from explorer.per_pathway import per_pathway
from pathway import Unusable
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import READING, UNDETERMINED, VERDICTS
from pathway.phrases import all_of
from pathway.scenarios.walk import new_walk

if TYPE_CHECKING:  # slow to load, and most visits never need them
    from pathway.tables.population import Population, Standing

MADE_UP, SHEET = "Made-up people", "A sheet"
MOST_EXAMPLES, MOST_QUESTIONS, MOST_FAULTS = 10, 8, 20
"""How many are listed."""
FORMATS = ["csv", "xlsx", "parquet"]
SESSION_KEY = "population"
"""Under it the session holds a sheet's name and its people."""
Settings = dict[str, int | str]


def population_page() -> None:
    """Show the page."""
    show_page("population", _population_page)


def _population_page(view: View) -> None:
    st.markdown("Many people at once: where each of them stands, and what another policy would do to them.")
    query = query_from_address(parameter(POPULATION_PARAM), view.knowledge)
    with refusals():
        people = _people(view, query)
        if people is None:
            return
        usual: Settings = {**defaults(view.knowledge), READING: _guidance(view)}
        with st.spinner("Deciding …"):
            standing = people.under(usual)
        _where(view, query, people, standing)
        _undecided(view, people, standing, usual)
        for other in view.knowledge.readings:
            if other != usual[READING]:
                _by_reading(view, people, standing, usual, other)
        _policy(view, people, standing, usual)


def _bound(key: str, value: object, write: Callable[[Any], None]) -> dict[str, Any]:
    """The arguments that bind a widget to the address: it shows the value there, and writes there what is chosen."""
    st.session_state[key] = value  # before the widget is made: Back changes what it shows
    return {"key": key, "on_change": lambda: write(st.session_state[key])}


def _write_query(query: PopulationQuery, **changed: Any) -> None:
    write_parameter(POPULATION_PARAM, replace(query, **changed).encoded)


def _guidance(view: View) -> str:
    def write(word: str) -> None:
        write_parameter(PARAMETER, codes().encode(replace(view.state, guidance=word)))

    guidance: str = st.radio(
        "Guidance", view.knowledge.readings, format_func=lambda word: capitalise(view.guidance_name(word)), horizontal=True,
        **_bound("guidance of the people", view.state.guidance, write),
    )  # fmt: skip
    return guidance


def _people(view: View, query: PopulationQuery) -> Population | None:
    """The people, made up or from a sheet; None until there is a sheet."""
    source = st.radio("People", (MADE_UP, SHEET), horizontal=True)
    if source == SHEET:
        return _people_of_a_sheet(view)
    left, right = st.columns(2)
    number = left.selectbox(
        "How many", SIZES, format_func="{:,}".format,
        **_bound("how many people", query.number, lambda number: _write_query(query, number=number)),
    )  # fmt: skip
    seed = right.number_input(
        "Seed", 0, MOST_SEED, help="The same seed makes the same people.",
        **_bound("seed of the people", query.seed, lambda seed: _write_query(query, seed=int(seed))),
    )  # fmt: skip
    st.markdown(
        f"These {number:,} people are made up: bundled scenarios with some answers changed by chance. "
        f"They stand for nobody: the numbers say nothing about {pathway.load().outline.case.real}."
    )
    with st.spinner("Making people up …"):
        return _made_up(number, int(seed))


@per_pathway(maxsize=4)
def _made_up(number: int, seed: int) -> Population:
    from pathway.tables.population import made_up

    return made_up(pathway.load(), number, seed)


def _people_of_a_sheet(view: View) -> Population | None:
    """The people of the sheet that this session has; where it has none, ask for one."""
    if SESSION_KEY not in st.session_state:
        _ask_for_a_sheet(view)
        return None
    name, people = cast("tuple[str, Population]", st.session_state[SESSION_KEY])
    st.markdown(f"{literal(name)}, in this session only.")
    st.button("Open another sheet", on_click=lambda: st.session_state.pop(SESSION_KEY))
    if people.left_out:
        st.warning(f"{pluralise(people.left_out, 'row')} with a fault left out. `pathway table` says what is wrong with each.")
        with st.expander("What is wrong with them"):
            faults = dict(list(people.faults.items())[:MOST_FAULTS])
            _table({"Fault": list(faults), "Rows": [f"{number:,}" for number in faults.values()]})
    return people if people.size else None


def _ask_for_a_sheet(view: View) -> None:
    """A box that takes a sheet. With a sheet in it, axe-core finds fault with the box, so the page is then shown without it."""
    from pathway.tables.population import population_in

    file = st.file_uploader(
        "Open a sheet of made-up people (CSV, Excel or Parquet)", type=FORMATS, max_upload_size=50, key="sheet"
    )
    st.markdown(
        ":small[Made-up people only, never a real person's answers. It stays in this session, and is not saved. "
        "`pathway table new.xlsx --template` writes an empty one.]"
    )
    if file is None:
        return
    try:
        st.session_state[SESSION_KEY] = file.name, population_in(file.name, file.getvalue(), view.knowledge)
    except Unusable as error:
        st.error(" ".join(f"{literal(fault.file)} {literal(fault.says)}." for fault in error.faults))
        return
    st.rerun()


def _where(view: View, query: PopulationQuery, people: Population, standing: Standing) -> None:
    """A bar for each step and route, stacked by the verdicts of an option."""
    st.header("Where they stand", anchor=False)
    options = {name: option.name for name, option in view.knowledge.options.items()}
    option = st.selectbox(
        "Show the verdicts of", list(options), format_func=options.__getitem__,
        **_bound("option of the people", query.option, lambda option: _write_query(query, option=option)),
    )  # fmt: skip
    counts = {(view.title(place), view.title(verdict)): number for (place, verdict), number in standing.counts(option).items()}
    places = _in_order(view, {place for place, _ in counts})
    colours = dict(zip(map(view.title, VERDICTS), COLOURS, strict=True))
    with st.container(height=bars_height(places), border=False):
        alt = f"People at each step and on each route, by the verdict of {options[option]}. The table has the same numbers."
        st.altair_chart(bars(counts, places, colours), alt=alt)
    _counts_table(view, counts, places, people.size)
    _download("all results", lambda: _everyone(people, standing))


def _counts_table(view: View, counts: Mapping[tuple[str, str], int], places: list[str], size: int) -> None:
    """The numbers of the bars: how many stand at each place, and with which verdicts."""
    verdicts = [verdict for verdict in map(view.title, VERDICTS) if any((place, verdict) in counts for place in places)]
    totals = {place: sum(counts.get((place, verdict), 0) for verdict in verdicts) for place in places}
    _table(
        {
            "Where": places,
            "People": [f"{totals[place]:,} ({percent(totals[place], size)})" for place in places],
            "Verdicts": [
                "; ".join(f"{counts[place, verdict]:,} {verdict.lower()}" for verdict in verdicts if (place, verdict) in counts)
                for place in places
            ],
        }
    )


def _everyone(people: Population, standing: Standing) -> str:
    from pathway.tables.population import results_csv

    return results_csv(people, standing)


def _undecided(view: View, people: Population, standing: Standing, settings: Settings) -> None:
    """How many are undecided, and which question would decide most of them."""
    from pathway.tables.population import UNDECIDED_SAMPLE

    undecided = int((standing.places == UNDETERMINED).sum())
    st.header("Who is undecided", anchor=False)
    st.markdown(
        f"{undecided:,} of {pluralise(people.size, 'person', 'people')}: an unanswered question decides where they stand."
    )
    if not undecided:
        return
    numbers = people.questions_that_decide(settings)
    top = dict(list(numbers.items())[:MOST_QUESTIONS])
    if not top:
        st.markdown("No single answer would decide any of them.")
        return
    sampled = min(undecided, UNDECIDED_SAMPLE)
    whom = "all of them" if sampled == undecided else f"the first {sampled:,}"
    st.markdown(f"How many of {whom} one usual answer alone would decide:")
    _table({"Question": [view.finding_label(name) for name in top], "Decides": [f"{number:,}" for number in top.values()]})


def _by_reading(view: View, people: Population, standing: Standing, settings: Settings, other: str) -> None:
    """For each option, how many people have another verdict under another reading."""
    pair = [reading.short for reading in view.knowledge.outline.readings if reading.id in (settings[READING], other)]
    st.header(f"Where {all_of(pair)} differ", anchor=False)
    differences = standing.differences(people.under({**settings, READING: other}), view.knowledge)
    if not differences:
        st.markdown("Nowhere, for these people.")
        return
    _table(
        {
            "Option": [view.knowledge.options[option].name for option in differences],
            "Another verdict for": [f"{number:,} ({percent(number, people.size)})" for number in differences.values()],
        }
    )


def _policy(view: View, people: Population, standing: Standing, usual: Settings) -> None:
    """A control for each assumption; where one is changed, who would move."""
    st.header("What if an assumption were different?", anchor=False)
    changed = {**usual, **_assumptions(view)}
    if changed == usual:
        st.markdown("Move a slider to see how many people move, from where to where.")
        return
    with st.spinner("Deciding …"):
        rows = standing.moves(people.places_under(changed))
    counts = {(view.title(before), view.title(after)): len(both) for (before, after), both in rows.items()}
    moved = {pair: number for pair, number in counts.items() if pair[0] != pair[1]}
    st.markdown(f"**{sum(moved.values()):,} of {people.size:,} move.**")
    if moved:
        _moves(view, counts, moved)
        _examples(view, people, rows, changed)


def _moves(view: View, counts: Mapping[tuple[str, str], int], moved: Mapping[tuple[str, str], int]) -> None:
    """Who stands where before and after: bands for everyone in `counts`, and a table of those who moved."""
    places = _in_order(view, {place for pair in counts for place in pair})
    with st.container(height=FLOW_HEIGHT + 30, border=False):
        st.altair_chart(flow(counts, places), alt="Bands from where people stand to where they would. The table lists who moves.")
    ranked = sorted(moved, key=lambda pair: -moved[pair])
    _table(
        {
            "From": [before for before, _ in ranked],
            "To": [after for _, after in ranked],
            "People": [f"{moved[pair]:,}" for pair in ranked],
        }
    )
    lines = ["from,to,people", *(f"{before},{after},{moved[before, after]}" for before, after in ranked)]
    _download("who moves", lambda: "\n".join(lines) + "\n")


def _assumptions(view: View) -> Settings:
    """The values that the sliders show."""
    return {name: _assumption(view, view.knowledge.assumptions[name]) for name in defaults(view.knowledge)}


def _assumption(view: View, entry: Assumption) -> int | str:
    def write(value: int | str) -> None:
        others = {name: kept for name, kept in view.state.assumptions.items() if name != entry.id}
        assumptions = others if value == entry.value else {**others, entry.id: value}
        write_parameter(PARAMETER, codes().encode(replace(view.state, assumptions=assumptions)))

    label, value = capitalise(entry.id.replace("-", " ")), view.state.assumptions.get(entry.id, entry.value)
    made = {"help": literal(entry.says), **_bound(f"assume {entry.id}", value, write)}
    match entry.allowed:
        case (int() as lowest, int() as highest):
            return int(st.slider(label, lowest, highest, **made))
        case words:
            return str(st.radio(label, words, horizontal=True, **made))


def _examples(view: View, people: Population, rows: Mapping[tuple[str, str], Sequence[int]], settings: Settings) -> None:
    """Links to some of those who move."""
    st.markdown("Some of those who move, as they would stand then:")
    assumptions = {name: value for name, value in settings.items() if name != READING and value != defaults(view.knowledge)[name]}
    pairs = sorted((pair for pair in rows if pair[0] != pair[1]), key=lambda pair: -len(rows[pair]))
    # Each kind of move gets its share of the examples, the most frequent first.
    shares = Counter(pairs[number % len(pairs)] for number in range(MOST_EXAMPLES))
    with st.container(key="links", gap="xsmall"):
        for before, after in pairs:
            for row in rows[before, after][: shares[before, after]]:
                state = replace(new_walk(people.person(row), str(settings[READING])), assumptions=assumptions)
                words = f"Row {people.numbers[row]}: {view.title(before).lower()}, then {view.title(after).lower()}"
                page_link("", words, **{PARAMETER: codes().encode(state)})


def _in_order(view: View, titles: set[str]) -> list[str]:
    """These titles of places, from the most urgent route to the last step."""
    places = (step or route for route, step in view.knowledge.places)
    return [title for title in map(view.title, (*places, UNDETERMINED)) if title in titles]


def _table(columns: Mapping[str, Sequence[str]]) -> None:
    st.table({name: [literal(cell) for cell in cells] for name, cells in columns.items()}, hide_index=True)


def _download(what: str, data: Callable[[], str]) -> None:
    st.download_button(f"Download {what} (CSV)", data, f"{what.replace(' ', '-')}.csv", "text/csv", on_click="ignore")
