"""A native page as Streamlit's own test runner sees it: opened at an address, used, and read."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from explorer.instrument.page import SESSION
from explorer.instrument.session import Session
from explorer.links.address import codes, scenarios
from explorer.pages.shell import links_at_the_top
from pathway.scenarios.walk import new_walk
from tests.explorer.conftest import ROOT
from tests.explorer.serving import PATIENCE


def opened(page: str, **parameters: str | list[str]) -> AppTest:
    """The page at an address with these parameters."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    test.query_params.update(parameters)
    test.session_state[SESSION] = Session(next_page=page)  # as a link of Explore leaves it
    return ran(test)


def ran(test: AppTest) -> AppTest:
    """The page after another run, which ends without an error."""
    test.run()
    assert not test.exception
    return test


def token(name: str, guidance: str = "page") -> str:
    """The token of a bundled scenario."""
    return codes().encode(new_walk(scenarios()[name].answers, guidance))


def html(test: AppTest) -> str:
    """The markup on the page."""
    return "\n".join(element.proto.body for element in test.get("html"))


def chart_inks(test: AppTest) -> list[set[str]]:
    """For each chart on the page, the colours of the words on its axes and in its legend."""
    configs = [json.loads(chart.proto.spec).get("config", {}) for chart in test.get("vega_lite_chart")]
    words = (("axis", "labelColor"), ("axis", "titleColor"), ("legend", "labelColor"))
    return [{config.get(part, {}).get(name, "Streamlit's") for part, name in words} for config in configs]


def plain(markdown: str) -> str:
    """Markdown as it is read: without the backslashes that keep a text from being anything else."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown)


def words(test: AppTest) -> str:
    """The text of the page."""
    texts = (test.title, test.header, test.markdown, test.warning, test.error)
    values = [str(element.value) for elements in texts for element in elements]
    values += [element.label for element in (*test.expander, *test.page_link)]
    columns = (column for table in test.table for column in (table.value.columns, *table.value.T.to_numpy()))
    values += [str(cell) for column in columns for cell in column]
    markup = re.sub(r'<button type="button" class="term"[^>]*>([^<]*)</button>', r"\1", html(test))
    return " ".join(plain(" ".join([*values, unescape(re.sub("<[^>]+>", " ", markup))])).split())


def links(test: AppTest) -> list[tuple[str, str, dict[str, str]]]:
    """The label, the page and the parameters of each link after those to the pages, the edition line left out."""
    every = [
        (plain(link.label), link.proto.page, {name: values[-1] for name, values in parse_qs(link.proto.query_string).items()})
        for link in test.page_link
    ]
    return [link for link in every[len(links_at_the_top()) :] if link[1] != "changed"]
