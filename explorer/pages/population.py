"""The Population page: many people at once, from a sheet or made up; their places, and the effect of another policy."""

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
from pathway.explanation.english import assumption_label
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import READING, UNDETERMINED, VERDICTS
from pathway.phrases import all_of
from pathway.scenarios.walk import new_walk

if TYPE_CHECKING:  # slow to load, and most visits never need them
    from pathway.tables.population import Population, Standing

MADE_UP, SHEET = "made-up", "sheet"
"""Where the cases come from."""
MOST_EXAMPLES, MOST_QUESTIONS, MOST_FAULTS = 10, 8, 20
FORMS = ["csv", "xlsx", "parquet"]
SAME_NUMBERS = "The table has the same numbers."
BANDS = "Bands from where {} stand to where they would. The table lists who moves."
KEPT = "population"
"""The session key of a sheet's name and people."""
Settings = dict[str, int | str]


def population_page() -> None:
    """The page."""
    show_page("population", _population_page)


def _population_page(view: View) -> None:
    st.markdown(f"Many {_several(view)} at once: where each of them stands, and what another policy would do to them.")
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


def _bound_to_address(key: str, value: object, write: Callable[[Any], None]) -> dict[str, Any]:
    """The arguments of a widget that shows the value in the address, and writes the chosen value there."""
    st.session_state[key] = value  # before the widget is made: Back changes what it shows
    return {"key": key, "on_change": lambda: write(st.session_state[key])}


def _write_query(query: PopulationQuery, **changed: Any) -> None:
    write_parameter(POPULATION_PARAM, replace(query, **changed).encoded)


def _guidance(view: View) -> str:
    def write(word: str) -> None:
        write_parameter(PARAMETER, codes().encode(replace(view.state, guidance=word)))

    guidance: str = st.radio(
        "Guidance", view.knowledge.readings, format_func=lambda word: capitalise(view.guidance_name(word)), horizontal=True,
        **_bound_to_address("guidance of the people", view.state.guidance, write),
    )  # fmt: skip
    return guidance


def _people(view: View, query: PopulationQuery) -> Population | None:
    """The people, made up or from a sheet; None until there is a sheet."""
    sources = {MADE_UP: f"Made-up {_several(view)}", SHEET: "A sheet"}
    source = st.radio(capitalise(_several(view)), list(sources), format_func=sources.__getitem__, horizontal=True)
    if source == SHEET:
        return _people_of_a_sheet(view)
    left, right = st.columns(2)
    number = left.selectbox(
        "How many", SIZES, format_func="{:,}".format,
        **_bound_to_address("how many people", query.number, lambda number: _write_query(query, number=number)),
    )  # fmt: skip
    seed = right.number_input(
        "Seed", 0, MOST_SEED, help=f"The same seed makes the same {_several(view)}.",
        **_bound_to_address("seed of the people", query.seed, lambda seed: _write_query(query, seed=int(seed))),
    )  # fmt: skip
    st.markdown(
        f"These {number:,} {_several(view)} are made up: bundled scenarios with some answers changed by chance. "
        f"They stand for nobody: the numbers say nothing about {view.knowledge.outline.case.real}."
    )
    with st.spinner(f"Making {_several(view)} up …"):
        return _made_up(number, int(seed))


@per_pathway(maxsize=4)
def _made_up(number: int, seed: int) -> Population:
    from pathway.tables.population import made_up

    return made_up(pathway.load(), number, seed)


def _people_of_a_sheet(view: View) -> Population | None:
    """The people of the sheet that this session has; where it has none, ask for one."""
    if KEPT not in st.session_state:
        _ask_for_a_sheet(view)
        return None
    name, people = cast("tuple[str, Population]", st.session_state[KEPT])
    st.markdown(f"{literal(name)}, in this session only.")
    st.button("Open another sheet", on_click=lambda: st.session_state.pop(KEPT))
    if people.left_out:
        st.warning(f"{pluralise(people.left_out, 'row')} with a fault left out. `pathway table` names the fault of each row.")
        with st.expander("Show the faults"):
            listed = dict(list(people.faults.items())[:MOST_FAULTS])
            _table({"Fault": list(listed), "Rows": [f"{number:,}" for number in listed.values()]})
    return people if people.size else None


def _ask_for_a_sheet(view: View) -> None:
    """A box that takes a sheet. With a sheet in it, axe-core finds fault with it, so the page goes on without."""
    from pathway.tables.population import population_in

    file = st.file_uploader(
        f"Open a sheet of made-up {_several(view)} (CSV, Excel or Parquet)",
        type=["csv", "xlsx", "parquet"],
        max_upload_size=50,
        key="sheet",
    )
    st.markdown(
        f":small[Made-up {_several(view)} only, never {view.knowledge.outline.case.real}. "
        "The sheet stays in this session, and is not saved. "
        "`pathway table new.xlsx --template` writes an empty one.]"
    )
    if file is None:
        return
    try:
        st.session_state[KEPT] = file.name, population_in(file.name, file.getvalue(), view.knowledge)
    except Unusable as error:
        st.error(" ".join(f"{literal(fault.file)} {literal(fault.says)}." for fault in error.faults))
        return
    st.rerun()


def _where(view: View, query: PopulationQuery, people: Population, standing: Standing) -> None:
    """A bar for each step and route, stacked by the verdict of an option."""
    st.header("Where they stand", anchor=False)
    options = {name: option.name for name, option in view.knowledge.options.items()}
    option = st.selectbox(
        "Show the verdicts of", list(options), format_func=options.__getitem__,
        **_bound_to_address("option of the people", query.option, lambda option: _write_query(query, option=option)),
    )  # fmt: skip
    counts = {(_place(view, place), view.title(verdict)): number for (place, verdict), number in standing.counts(option).items()}
    places = _in_order(view, {place for place, _ in counts})
    verdicts = [view.title(word) for word in VERDICTS if view.title(word) in {verdict for _, verdict in counts}]
    colours = dict(zip(map(view.title, VERDICTS), COLOURS, strict=True))
    with st.container(height=bars_height(places), border=False):
        alt = f"{capitalise(_several(view))} at each step and on each route, by the verdict of {options[option]}. {SAME_NUMBERS}"
        st.altair_chart(bars(counts, places, colours, _several(view)), alt=alt)
    totals = {place: sum(number for (at, _), number in counts.items() if at == place) for place in places}
    _table(
        {
            "Where": places,
            capitalise(_several(view)): [f"{totals[place]:,} ({percent(totals[place], people.size)})" for place in places],
            "Verdicts": [
                "; ".join(f"{counts[place, verdict]:,} {verdict.lower()}" for verdict in verdicts if (place, verdict) in counts)
                for place in places
            ],
        }
    )
    _download("all results", lambda: _everyone(people, standing))


def _everyone(people: Population, standing: Standing) -> str:
    from pathway.tables.population import results_csv

    return results_csv(people, standing)


def _undecided(view: View, people: Population, standing: Standing, settings: Settings) -> None:
    """How many are undecided, and which question would decide most of them."""
    from pathway.tables.population import UNDECIDED_SAMPLE

    undecided = int((standing.places == UNDETERMINED).sum())
    st.header("Who is undecided", anchor=False)
    st.markdown(
        f"{undecided:,} of {pluralise(people.size, view.knowledge.outline.case.one, _several(view))}: "
        "an unanswered question decides where they stand."
    )
    if not undecided:
        return
    numbers = people.questions_that_decide(settings)
    top = dict(list(numbers.items())[:MOST_QUESTIONS])
    if not top:
        st.markdown("No single answer would decide any of them.")
        return
    sampled = min(undecided, UNDECIDED_SAMPLE)
    of = "all of them" if sampled == undecided else f"the first {sampled:,}"
    st.markdown(f"How many of {of} one usual answer alone would decide:")
    _table({"Question": [view.finding_label(name) for name in top], "Decides": [f"{number:,}" for number in top.values()]})


def _by_reading(view: View, people: Population, standing: Standing, settings: Settings, other: str) -> None:
    """For each option for how many another reading has another verdict."""
    pair = [reading.short for reading in view.knowledge.outline.readings if reading.id in (settings[READING], other)]
    st.header(f"Where {all_of(pair)} differ", anchor=False)
    differences = standing.differences(people.under({**settings, READING: other}), view.knowledge)
    if not differences:
        st.markdown(f"Nowhere, for these {_several(view)}.")
        return
    _table(
        {
            "Option": [view.knowledge.options[option].name for option in differences],
            "Another verdict for": [f"{number:,} ({percent(number, people.size)})" for number in differences.values()],
        }
    )


def _policy(view: View, people: Population, standing: Standing, usual: Settings) -> None:
    """A slider for each assumption, and who would move."""
    st.header("What if an assumption were different?", anchor=False)
    changed = {**usual, **_assumptions(view)}
    if changed == usual:
        st.markdown(f"Move a slider to see how many {_several(view)} move, from where to where.")
        return
    with st.spinner("Deciding …"):
        rows = standing.moves(people.places_under(changed))
    moves = {(_place(view, before), _place(view, after)): len(both) for (before, after), both in rows.items()}
    moved = {pair: number for pair, number in moves.items() if pair[0] != pair[1]}
    st.markdown(f"**{sum(moved.values()):,} of {people.size:,} move.**")
    if not moved:
        return
    places = _in_order(view, {place for pair in moves for place in pair})
    with st.container(height=FLOW_HEIGHT + 30, border=False):
        st.altair_chart(flow(moves, places, _several(view)), alt=BANDS.format(_several(view)))
    ranked = sorted(moved, key=lambda pair: -moved[pair])
    counted = [f"{moved[pair]:,}" for pair in ranked]
    _table({"From": [before for before, _ in ranked], "To": [after for _, after in ranked], capitalise(_several(view)): counted})
    _download("who moves", lambda: _moves_csv(view, {pair: moved[pair] for pair in ranked}))
    _examples(view, people, rows, changed)


def _moves_csv(view: View, moved: Mapping[tuple[str, str], int]) -> str:
    lines = [f"from,to,{_several(view)}", *(f"{before},{after},{number}" for (before, after), number in moved.items())]
    return "".join(f"{line}\n" for line in lines)


def _assumptions(view: View) -> Settings:
    """The values that the sliders show."""
    return {name: _assumption(view, view.knowledge.assumptions[name]) for name in defaults(view.knowledge)}


def _assumption(view: View, entry: Assumption) -> int | str:
    def write(value: int | str) -> None:
        others = {name: kept for name, kept in view.state.assumptions.items() if name != entry.id}
        assumptions = others if value == entry.value else {**others, entry.id: value}
        write_parameter(PARAMETER, codes().encode(replace(view.state, assumptions=assumptions)))

    label, value = assumption_label(entry.id, view.knowledge), view.state.assumptions.get(entry.id, entry.value)
    made = {"help": literal(entry.says), **_bound_to_address(f"assume {entry.id}", value, write)}
    match entry.allowed:
        case (int() as lowest, int() as highest):
            return int(st.slider(label, lowest, highest, **made))
        case words:
            return str(st.radio(label, words, horizontal=True, **made))


def _examples(view: View, people: Population, rows: Mapping[tuple[str, str], Sequence[int]], settings: Settings) -> None:
    """Links to examples of those who move."""
    st.markdown("Examples of those who move, with the changed assumptions:")
    assumptions = {name: value for name, value in settings.items() if name != READING and value != defaults(view.knowledge)[name]}
    pairs = sorted((pair for pair in rows if pair[0] != pair[1]), key=lambda pair: -len(rows[pair]))
    shares = Counter(pairs[number % len(pairs)] for number in range(MOST_EXAMPLES))
    with st.container(key="links", gap="xsmall"):
        for before, after in pairs:
            for row in rows[before, after][: shares[before, after]]:
                state = replace(new_walk(people.person(row), str(settings[READING])), assumptions=assumptions)
                words = f"Row {people.numbers[row]}: {_place(view, before).lower()}, then {_place(view, after).lower()}"
                page_link("", words, **{PARAMETER: codes().encode(state)})


def _several(view: View) -> str:
    """What the pathway calls many of its cases."""
    return view.knowledge.outline.case.several


def _place(view: View, place: str) -> str:
    return view.title(place)


def _in_order(view: View, words: set[str]) -> list[str]:
    """These places in the order from the most urgent to the last step."""
    places = (step or route for route, step in view.knowledge.places)
    return [title for title in map(view.title, (*places, UNDETERMINED)) if title in words]


def _table(columns: Mapping[str, Sequence[str]]) -> None:
    st.table({name: [literal(cell) for cell in cells] for name, cells in columns.items()}, hide_index=True)


def _download(what: str, data: Callable[[], str]) -> None:
    st.download_button(f"Download {what} (CSV)", data, f"{what.replace(' ', '-')}.csv", "text/csv", on_click="ignore")
