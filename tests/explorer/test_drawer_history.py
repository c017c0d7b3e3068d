"""The Back button: an open drawer closes first, nothing is undone behind it, and no step is spent on nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import Opens, link

pytestmark = pytest.mark.browser


def answered_nice(opens: Opens) -> tuple[Page, str, str]:
    """A page on which one thing was done; its addresses before and after that."""
    page = opens(link("driver-eight-weeks"))
    before = page.url
    page.get_by_role("radio", name="NICE NG59").check()
    expect(page).not_to_have_url(before)
    return page, before, page.url


def drawer_opened(page: Page) -> None:
    # By key: a pointer that comes down while the far page is still being laid out may come up beside the button.
    page.get_by_role("button", name="All rules for the route and the step").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("The route")


def closed_otherwise(page: Page) -> None:
    """Opens the drawer and closes it in each other way than by Back; if one left an entry, the Backs that follow would miss."""
    for way in ("Escape", "Close", "Escape"):
        drawer_opened(page)
        if way == "Close":
            page.get_by_role("dialog").get_by_role("button", name="Close").press("Enter")
        else:
            page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.wait_for_function("!history.state?.drawer")


# One load serves both: the first leaves the page as it was answered.
def test_a_closed_drawer_leaves_no_history_entry_and_back_closes_an_open_one(opens: Opens) -> None:
    page, before, after = answered_nice(opens)
    closed_otherwise(page)
    drawer_opened(page)
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page).to_have_url(after)
    expect(page.get_by_role("radio", name="NICE NG59")).to_be_checked()
    page.go_back()
    expect(page).to_have_url(before)
    expect(page.get_by_role("radio", name="The clinic’s page")).to_be_checked()


@pytest.mark.soak
def test_back_on_the_first_page_closes_the_drawer_and_stays(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="All cases").click()
    expect(page.get_by_role("dialog")).to_contain_text("A gardener")
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.soak
def test_an_action_in_a_drawer_is_one_step_back(opens: Opens) -> None:
    page = opens()
    page.get_by_role("button", name="All cases").click()
    page.get_by_role("dialog").get_by_role("button", name="A driver whose leg pain persists").click()
    expect(page.get_by_role("heading", level=2, name="Injection", exact=True)).to_be_visible()
    expect(page).not_to_have_url(page.url.split("?")[0])
    page.go_back()
    expect(page.locator(".strip")).to_contain_text("18 safety questions are open")
    page.go_forward()
    expect(page.get_by_role("heading", level=2, name="Injection", exact=True)).to_be_visible()


def test_reloading_under_an_open_drawer_keeps_back_working(opens: Opens) -> None:
    page, before, _ = answered_nice(opens)
    drawer_opened(page)
    page.reload()
    expect(page.get_by_role("radio", name="NICE NG59")).to_be_checked()
    page.wait_for_function("!history.state?.drawer")
    page.go_back()
    expect(page).to_have_url(before)
    expect(page.get_by_role("radio", name="The clinic’s page")).to_be_checked()
