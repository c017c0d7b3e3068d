"""The Population page: many people at once, from a sheet or made up; where they stand, and what another policy would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

import pathway
from explorer.links.address import PARAMETER, codes
from explorer.markup.words import capitalise, literal, pluralise
from explorer.pages.atlas import percent
from explorer.pages.explore.view import View
from explorer.pages.population_charts import COLOURS, FLOW_HEIGHT, bars, bars_height, flow
from explorer.pages.shell import page_link, refusals, show_page
from pathway import Unusable
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.models import Assumption
from pathway.knowledge.vocabulary import UNDETERMINED, VERDICTS
from pathway.scenarios.walk import new_walk

if TYPE_CHECKING:  # slow to load, and most visits never need them
    from pathway.tables.population import Population, Standing

MADE_UP, SHEET = "Made-up people", "A sheet"
SIZES = (200, 1_000, 5_000, 20_000)
MOST_EXAMPLES, MOST_QUESTIONS = 10, 8
FORMS = ["csv", "xlsx", "parquet"]
KEPT = "population"
"""The session key of the people of a sheet, with the file's id."""
Settings = dict[str, int | str]


def population_page() -> None:
    """The page."""
    show_page("population", _population_page)


def _population_page(view: View) -> None:
    st.markdown("Many people at once: where each of them stands, and what another policy would do to them.")
    with refusals():
        people = _people(view)
        if people is None:
            return
        guidance = st.radio(
            "Guidance", view.knowledge.readings, format_func=lambda word: capitalise(view.guidance_name(word)), horizontal=True,
            index=view.knowledge.readings.index(view.state.guidance),
        )  # fmt: skip
        usual: Settings = {**defaults(view.knowledge), "guidance": guidance}
        with st.spinner("Deciding …"):
            standing = people.under(usual)
        _where(view, people, standing)
        _undecided(view, people, standing, usual)
        _by_reading(view, people, standing, usual)
        _policy(view, people, standing, usual)


def _people(view: View) -> Population | None:
    """The people, made up or from a sheet; None until there is a sheet."""
    source = st.radio("People", (MADE_UP, SHEET), horizontal=True)
    if source == SHEET:
        return _people_of_a_sheet(view)
    left, right = st.columns(2)
    number = left.selectbox("How many", SIZES, index=1, format_func="{:,}".format)
    seed = right.number_input("Seed", 0, 9_999, 1, help="The same seed makes the same people.")
    st.markdown(
        f"These {number:,} people are made up: bundled scenarios with some answers changed by chance. "
        "They stand for nobody: the numbers say nothing about real patients."
    )
    with st.spinner("Making people up …"):
        return _made_up(number, int(seed))


@lru_cache(maxsize=4)
def _made_up(number: int, seed: int) -> Population:
    from pathway.tables.population import made_up

    return made_up(pathway.load(), number, seed)


def _people_of_a_sheet(view: View) -> Population | None:
    from pathway.tables.population import population_in

    file = st.file_uploader(
        "Open a sheet of made-up people (CSV, Excel or Parquet)", type=["csv", "xlsx", "parquet"], max_upload_size=50, key="sheet"
    )
    st.markdown(
        ":small[Made-up people only, never a real person's answers. It stays in this session, and is not saved. "
        "`pathway table new.xlsx --template` writes an empty one.]"
    )
    if file is None:
        st.session_state.pop(KEPT, None)
        return None
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != file.file_id:
        try:
            kept = (file.file_id, population_in(file.name, file.getvalue(), view.knowledge))
        except Unusable as error:
            st.error(" ".join(f"{literal(fault.file)} {literal(fault.says)}." for fault in error.faults))
            return None
        st.session_state[KEPT] = kept
    people: Population = kept[1]
    if people.left_out:
        st.warning(f"{pluralise(people.left_out, 'row')} with a fault left out. `pathway table` says what is wrong with each.")
    return people if people.size else None


def _where(view: View, people: Population, standing: Standing) -> None:
    """A bar for each step and route, stacked by the verdict of an option."""
    st.header("Where they stand", anchor=False)
    options = {name: option.name for name, option in view.knowledge.options.items()}
    option = st.selectbox("Show the verdicts of", list(options), format_func=options.__getitem__)
    counts = {(_place(view, place), view.title(verdict)): number for (place, verdict), number in standing.counts(option).items()}
    places = _in_order(view, {place for place, _ in counts})
    verdicts = [view.title(word) for word in VERDICTS if view.title(word) in {verdict for _, verdict in counts}]
    colours = dict(zip(map(view.title, VERDICTS), COLOURS, strict=True))
    with st.container(height=bars_height(places), border=False):
        alt = f"People at each step and on each route, by the verdict of {options[option]}. The table has the same numbers."
        st.altair_chart(bars(counts, places, colours), alt=alt)
    totals = {place: sum(number for (at, _), number in counts.items() if at == place) for place in places}
    _table(
        {
            "Where": places,
            "People": [f"{totals[place]:,} ({percent(totals[place], people.size)})" for place in places],
            "Verdicts": [
                "; ".join(f"{counts[place, verdict]:,} {verdict.lower()}" for verdict in verdicts if (place, verdict) in counts)
                for place in places
            ],
        }
    )
    _download("all results", lambda: _everyone(standing))


def _everyone(standing: Standing) -> str:
    from pathway.tables.population import words_table

    return words_table(standing)


def _undecided(view: View, people: Population, standing: Standing, settings: Settings) -> None:
    """How many are undecided, and which question would decide most of them."""
    from pathway.tables.population import ASKED_OF

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
    asked_of = min(undecided, ASKED_OF)
    of = "all of them" if asked_of == undecided else f"the first {asked_of:,}"
    st.markdown(f"How many of {of} one usual answer alone would decide:")
    _table({"Question": [view.finding_label(name) for name in top], "Decides": [f"{number:,}" for number in top.values()]})


def _by_reading(view: View, people: Population, standing: Standing, settings: Settings) -> None:
    """For each option for how many the readings differ."""
    st.header(f"Where {view.knowledge.all_readings} differ", anchor=False)
    other = next(word for word in view.knowledge.readings if word != settings["guidance"])
    differences = standing.differences(people.under({**settings, "guidance": other}), view.knowledge)
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
    """A slider for each assumption, and who would move."""
    st.header("What if an assumption were different?", anchor=False)
    changed = {**usual, **_assumptions(view)}
    if changed == usual:
        st.markdown("Move a slider to see how many people move, from where to where.")
        return
    with st.spinner("Deciding …"):
        rows = standing.moves(people.under(changed))
    moves = {(_place(view, one), _place(view, other)): len(both) for (one, other), both in rows.items()}
    moved = {pair: number for pair, number in moves.items() if pair[0] != pair[1]}
    st.markdown(f"**{sum(moved.values()):,} of {people.size:,} move.**")
    if not moved:
        return
    places = _in_order(view, {place for pair in moves for place in pair})
    with st.container(height=FLOW_HEIGHT + 30, border=False):
        st.altair_chart(flow(moves, places), alt="Bands from where people stand to where they would. The table lists who moves.")
    ranked = sorted(moved, key=lambda pair: -moved[pair])
    _table(
        {"From": [one for one, _ in ranked], "To": [to for _, to in ranked], "People": [f"{moved[pair]:,}" for pair in ranked]}
    )
    _download("who moves", lambda: "\n".join(["from,to,people", *(f"{one},{to},{moved[one, to]}" for one, to in ranked)]) + "\n")
    _examples(view, people, rows, changed)


def _assumptions(view: View) -> Settings:
    """The values that the sliders show."""
    usual = defaults(view.knowledge)
    return {name: _assumption(view.knowledge.assumptions[name]) for name in usual}


def _assumption(entry: Assumption) -> int | str:
    label, key = capitalise(entry.id.replace("-", " ")), f"assume {entry.id}"
    match entry.allowed, entry.value:
        case (int() as lowest, int() as highest), int() as value:
            return int(st.slider(label, lowest, highest, value, help=literal(entry.says), key=key))
        case words, value:
            return str(st.radio(label, words, words.index(value or ""), horizontal=True, help=literal(entry.says), key=key))


def _examples(view: View, people: Population, rows: Mapping[tuple[str, str], Sequence[int]], settings: Settings) -> None:
    """Links to some of those who move."""
    st.markdown("Some of those who move, as they would stand then:")
    assumptions = {
        name: value for name, value in settings.items() if name != "guidance" and value != defaults(view.knowledge)[name]
    }
    pairs = sorted((pair for pair in rows if pair[0] != pair[1]), key=lambda pair: -len(rows[pair]))
    shares = Counter(pairs[number % len(pairs)] for number in range(MOST_EXAMPLES))
    with st.container(key="links", gap="xsmall"):
        for one, to in pairs:
            for row in rows[one, to][: shares[one, to]]:
                state = replace(new_walk(people.person(row), str(settings["guidance"])), assumptions=assumptions)
                words = f"Person {row + 1}: {_place(view, one).lower()}, then {_place(view, to).lower()}"
                page_link("", words, **{PARAMETER: codes().encode(state)})


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
