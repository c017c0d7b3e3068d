"""What is done at the very moment at which something else happens: Back, a server that starts anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.explorer.conftest import Opens, link

pytestmark = pytest.mark.browser


def test_a_click_on_a_page_that_is_being_left_is_no_error(opens: Opens) -> None:
    page = opens(link("driver-eight-weeks"))
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Atlas").click()
    expect(page.get_by_role("table").first).to_be_visible()
    page.evaluate("history.back(); setTimeout(() => document.getElementById('atlas-go').click(), 5)")
    expect(page.get_by_role("heading", level=2, name="Injection")).to_be_visible()
    page.locator("#reading-nice").check()
    expect(page.locator("#group-not_advised #row-tens")).to_have_count(1)
