"""While a result is not worked out, the page says so: after a lost connection, and with a server that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.explorer.conftest import ROOT, Opens, link
from tests.explorer.serving import PATIENCE, free_port, serving
from tests.explorer.test_deliberate_answers import choice

pytestmark = pytest.mark.browser

SAID = "Not up to date yet"
OPACITY = "one => { let all = 1; for (; one; one = one.parentElement) all *= getComputedStyle(one).opacity; return all; }"
SADDLE = "Does the skin between the legs feel numb or odd?"


class Wire:
    """What goes from a page to the server, which can be held up while the connection stays open."""

    def __init__(self, page: Page) -> None:
        self.cut = False
        self.held: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket("**", self._opened)

    def _opened(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(lambda sent: self.held.append((server, sent)) if self.cut else server.send(sent))

    def mend(self) -> None:
        self.cut = False
        for server, sent in self.held:
            server.send(sent)


def test_a_lost_connection_greys_the_result_until_it_is_back(opens: Opens) -> None:
    page = opens(link("gardener-nothing-asked"))
    wire = Wire(page)
    page.reload()
    step = page.get_by_role("heading", level=2, name="Conservative care so far")
    expect(step).to_be_visible()
    wire.cut = True
    choice(page, SADDLE, "Present").click()
    status = page.get_by_role("status").filter(has_text=SAID)
    expect(status).to_be_in_viewport()
    assert step.evaluate(OPACITY) < 0.6
    wire.mend()
    expect(page.get_by_role("alert")).to_contain_text("Emergency")
    expect(status).to_have_count(0)
    assert page.get_by_role("alert").evaluate(OPACITY) == 1


@pytest.mark.soak  # a server that is started again, with an answer on its way: test_races.py
def test_an_answer_during_a_server_stop_is_applied_after_it(opens: Opens, tmp_path: Path) -> None:
    port = free_port()
    with serving(ROOT, tmp_path / "before", port) as address:
        page = opens(at=address)
    choice(page, SADDLE, "Present").click()
    status = page.get_by_role("status").filter(has_text=SAID)
    expect(status).to_be_in_viewport()
    with serving(ROOT, tmp_path / "after", port):
        expect(page.get_by_role("alert")).to_contain_text("Emergency", timeout=PATIENCE * 1000)
        expect(status).to_have_count(0)
        page.close()
