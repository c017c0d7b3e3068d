"""The parameters of the browser's address: which are ours, and what they are in this run.

In Explore the browser itself writes them, once the page is painted: through Streamlit a click would take half as long again.
"""

from __future__ import annotations

from itertools import chain
from urllib.parse import parse_qsl

import streamlit as st

from pathway.links.token import single

SCENARIO_PARAM, COMPARE_PARAM = "s", "t"
"""The scenario, and the one that it is compared with."""
ATLAS_PARAM, POPULATION_PARAM = "a", "people"
SET_PARAM, CASE_PARAM = "p", "n"
"""What the Atlas counts, the people on the Population page, and the set and the case on the Practice page."""
BEGUN_PARAM = "begun"
"""Set once something is done on the Practice page: where a new session finds it, a reload has lost that."""
MINE_PARAM, PARTNER_PARAM = "mine", "partner"
"""Two decisions on a practice case that the Compare page lays side by side, each as its code."""
RULE_PARAM, STATEMENT_PARAM, SOURCE_PARAM = "rule", "at", "source"
"""The rule that the Rules page opens, the statement that the Source page opens, the source that the Sources page opens."""
CARRIED = (RULE_PARAM, STATEMENT_PARAM, SOURCE_PARAM)
"""What a link in Explore may add on the way to another page."""
OWN = {
    "atlas": (ATLAS_PARAM,),
    "population": (POPULATION_PARAM,),
    "practice": (SET_PARAM, CASE_PARAM, BEGUN_PARAM),
    "compare": (MINE_PARAM, PARTNER_PARAM),
}
"""The parameters that only one page reads: a link to it carries them, so that it shows what it showed."""
NAMES = (SCENARIO_PARAM, COMPARE_PARAM, *chain.from_iterable(OWN.values()), *CARRIED)
LONGEST_QUERY = 20_000
"""Characters of a query string that are read."""


def ours(query: str) -> dict[str, str]:
    """Our parameters in a query string."""
    parameters = dict(parse_qsl(query[:LONGEST_QUERY].lstrip("?"), max_num_fields=None))
    return {name: parameters[name] for name in NAMES if parameters.get(name)}


def here() -> dict[str, str]:
    """Our parameters in the browser's address."""
    return {name: single(st.query_params.get_all(name)) for name in NAMES if name in st.query_params}


def others() -> dict[str, list[str]]:
    """Parameters that are not ours, such as utm_source: they belong to the author of the link, and stay."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}
