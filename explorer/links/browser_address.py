"""The parameters of the browser's address: which are ours, and what they are in this run.

In Explore the browser itself writes them, once the page is painted: through Streamlit a click would take half as long again.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from explorer.links.address import PARAMETER
from explorer.pages.atlas_query import PARAMETER as ATLAS_PARAM
from explorer.pages.population_query import PARAMETER as POPULATION_PARAM
from explorer.pages.practice.query import CASE_PARAM, SET_PARAM
from pathway.links.token import single

COMPARE_PARAM = "t"
MINE_PARAM, PARTNER_PARAM = "mine", "partner"
"""Two decisions on a practice case that the Compare page lays side by side, each as its code."""
RULE_PARAM, STATEMENT_PARAM, SOURCE_PARAM = "rule", "at", "source"
"""The rule that the Rules page opens, the statement that the Source page opens, the source that the Sources page opens."""
CARRIED = (RULE_PARAM, STATEMENT_PARAM, SOURCE_PARAM)
"""What a link in Explore may add on the way to another page."""
NAMES = (PARAMETER, COMPARE_PARAM, ATLAS_PARAM, POPULATION_PARAM, SET_PARAM, CASE_PARAM, MINE_PARAM, PARTNER_PARAM, *CARRIED)
LONGEST = 20_000


def ours(query: str) -> dict[str, str]:
    """Our parameters in a query string."""
    parameters = dict(parse_qsl(query[:LONGEST].lstrip("?"), max_num_fields=None))
    return {name: parameters[name] for name in NAMES if parameters.get(name)}


def here() -> dict[str, str]:
    """Our parameters in the browser's address."""
    return {name: single(st.query_params.get_all(name)) for name in NAMES if name in st.query_params}


def others() -> dict[str, list[str]]:
    """Parameters that are not ours, such as utm_source: they belong to the author of the link, and stay."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in NAMES}
