"""The Practice page: a set is chosen or opened, cases are worked through, and nothing hints at the answer too early."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import escape
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from explorer.instrument.page import SESSION, forget_other_pages
from explorer.instrument.session import Session
from explorer.markup.words import literal
from explorer.pages.practice.group import shared_place
from explorer.pages.practice.page import OPEN_AGAIN, RELOADING, STARTS_AGAIN
from explorer.pages.practice.query import SetQuery, case_number, chosen_query, set_query
from explorer.pages.practice.session import KEY, OpenSet
from explorer.pages.practice.sets import ANOTHER_EDITION, set_of_query, whole_query
from explorer.present.case import case_presentation
from explorer.server.lan_link import lan_link_to, qr_image
from pathway.errors import Unusable
from pathway.practice.case_set import as_yaml
from pathway.practice.commitment import Commitment
from pathway.practice.decision_code import decision_code
from pathway.practice.feedback_words import MADE_BEFORE, guidance_words
from pathway.practice.practice import the_practice
from pathway.practice.report import Report, VisitPlayed, as_json, opened_report, tally
from pathway.practice.set_link import set_in_link
from pathway.yaml.document import parse
from tests.explorer.axe import violations
from tests.explorer.conftest import Opens
from tests.explorer.native import opened, plain, ran, words
from tests.practice.plays import right_place, wrong_place

PRACTICE = the_practice()
EDITION = PRACTICE.pathway.knowledge.hash
TWO = SetQuery(7, 2).encoded
(STAGE,) = PRACTICE.stages(PRACTICE.new_set(7, 2).cases[0])
"""The first of the two cases."""
RIGHT = right_place(STAGE)
DECIDED = VisitPlayed(
    commitment=Commitment(route="urgent", step=None, reason=STAGE.reasons[0], option_reason=STAGE.option_reasons[0])
)
ASKS = PRACTICE.pathway.knowledge.findings
QUESTIONS = {literal(finding.question) for finding in ASKS.values()}
START = ["New cases", "Bundled cases"]
"""The headings where a set is chosen."""
SEVERAL = next(case for case in PRACTICE.collection.by_name.values() if case.scenario.visits)


def headers(test: AppTest) -> list[str]:
    return [plain(header.value) for header in test.header]


def pressed(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click()
    return ran(test)


def committed(test: AppTest, place: int | None = RIGHT, reason: int | None = 0, why: int | None = 0) -> AppTest:
    """The page once a commitment is sent."""
    for radio, value in zip(test.radio, (place, reason, why), strict=True):
        radio.set_value(value)
    return pressed(test, "Decide")


def known(test: AppTest) -> dict[str, str]:
    """What the learner knows."""
    return {str(name): str(answer) for name, answer in test.table[0].value.to_numpy().tolist()}


def report(test: AppTest) -> Report:
    current: OpenSet = test.session_state[KEY]
    return current.report


def test_the_page_starts_with_a_choice_of_cases_and_a_file_to_go_on_with() -> None:
    test = opened("practice")
    assert headers(test) == START
    test.selectbox[0].set_value("the-neck")
    test.number_input[0].set_value(1)
    assert pressed(test, "Start").query_params["p"] == f"1.1.the-neck.{EDITION}"
    assert headers(test)[0].startswith("Case 1 of 1: ")


def test_a_case_shows_its_story_and_what_was_asked() -> None:
    test = opened("practice", p=TWO)
    assert " ".join(STAGE.presentation) in words(test) and guidance_words(STAGE) in words(test)
    assert "Saddle numbness" not in known(test)
    asked(test)
    assert known(test)["Saddle numbness"] in ("Absent", "Present")
    assert report(test).visit("case-1", 1).asked == ("saddle_numbness",)


def asked(test: AppTest) -> AppTest:
    """The page once a safety question is asked."""
    next(box for box in test.checkbox if plain(box.label) == ASKS["saddle_numbness"].question).check()
    return pressed(test, "Ask these")


def test_each_question_can_be_read_in_full_before_it_is_asked() -> None:
    test = opened("practice", p=TWO)
    assert [plain(box.label) for box in test.checkbox if box.label in QUESTIONS] == [
        ASKS[name].question for name in STAGE.askable
    ]
    assert ASKS["saddle_numbness"].question not in [box.label for box in asked(test).checkbox]


def test_the_page_says_beforehand_that_a_reload_starts_the_set_again() -> None:
    assert RELOADING in words(opened("practice")) and RELOADING in words(opened("practice", p=TWO))


def reloaded(test: AppTest) -> AppTest:
    """The page at the same address in a session of its own, as a reload makes it."""
    return opened("practice", **test.query_params)


def test_after_a_reload_the_page_says_that_the_set_starts_again() -> None:
    test = opened("practice", p=TWO)
    assert STARTS_AGAIN not in words(reloaded(test)), "nothing was lost"
    again = reloaded(asked(test))
    assert STARTS_AGAIN not in words(test) and STARTS_AGAIN in words(again)
    assert STARTS_AGAIN not in words(asked(again))
    assert OPEN_AGAIN not in words(pressed(again, "Choose other cases"))


def test_after_a_reload_a_set_from_a_file_must_be_opened_again_and_the_page_says_so() -> None:
    test = upload(opened("practice"), "set.yaml", as_yaml(PRACTICE.new_set(7, 2)))
    again = reloaded(test)
    assert OPEN_AGAIN not in words(test) and OPEN_AGAIN in words(again) and headers(again) == START
    assert OPEN_AGAIN not in words(pressed(again, "Start"))


def shown(test: AppTest) -> Iterator[str]:
    """Everything that the page says and offers before a commitment, with its address."""
    yield words(test)
    yield str(test.query_params)
    yield from (str(option) for radio in test.radio for option in radio.options)
    yield from (box.label for box in test.checkbox)


def test_nothing_tells_right_from_wrong_before_the_commitment() -> None:
    test = opened("practice", p=TWO)
    before = " ".join(shown(test))
    case = report(test).case_set.cases[0]
    assert not re.search("The answer:|What decides:|teaches|Chosen:|would have been right|What to do:", before)
    assert not [rule for rule in (*case.teaches, case.objective) if "-" in rule and rule in before], "no id of a rule or a trap"
    assert not [aim.says for aim in report(test).case_set.objectives if aim.says in before], "an objective tells the answer"
    assert [(radio.value, len(radio.options)) for radio in test.radio] == [
        (None, 7),
        (None, 8),
        (None, len(STAGE.option_reasons)),
    ]
    assert not any(box.value for box in test.checkbox)


def test_a_click_without_choices_is_asked_back_and_changes_nothing() -> None:
    test = committed(opened("practice", p=TWO), None, None, None)
    assert "Choose a place on the pathway and both reasons first." in words(test)
    assert report(test).visit("case-1", 1).commitment is None


def test_the_feedback_follows_the_commitment_and_cannot_be_taken_back() -> None:
    test = committed(opened("practice", p=TWO))
    assert "Route and step: right" in words(test) and "What decides: " in words(test)
    assert "What this case teaches" in words(test) and not test.radio
    assert headers(pressed(test, "Next case"))[0].startswith("Case 2 of 2") and test.query_params["n"] == "2"
    test.query_params["n"] = "1"  # as Back does
    assert "Route and step: right" in words(ran(test)) and not test.radio


def test_a_case_can_be_skipped_and_returned_to() -> None:
    test = pressed(opened("practice", p=TWO), "Skip this case")
    assert headers(test)[0].startswith("Case 2 of 2")
    assert headers(pressed(test, "Previous case"))[0].startswith("Case 1 of 2") and len(test.radio) == 3


def test_the_sum_counts_what_was_done_so_far() -> None:
    test = committed(opened("practice", p=TWO), place=wrong_place(STAGE))
    rows = {str(row[0]): str(row[1]) for row in test.table[-1].value.to_numpy().tolist()}
    unsafe = tally(report(test), PRACTICE).unsafe
    assert rows["Wrong"] != "0"
    assert rows["Visits with a missed flag, a less urgent route or a contraindicated option"] == f"{unsafe} of 1"


def test_a_finished_set_shows_progress_by_rule_and_leads_to_a_set_from_the_weak_spots() -> None:
    test = opened("practice", p="3.1.the-neck")
    assert "Progress by rule, weakest first" not in headers(test)
    (stage,) = PRACTICE.stages(report(test).case_set.cases[0])
    committed(test, place=wrong_place(stage))
    assert "Progress by rule, weakest first" in headers(test)
    assert str(pressed(test, "Practise the weak spots").query_params["p"]).endswith(f".5.the-neck.{EDITION}")
    assert headers(test)[0].startswith("Case 1 of 5")


def test_bundled_cases_are_chosen_by_labels_and_their_names_stay_out_of_the_address() -> None:
    test = opened("practice")
    assert "Choose at least one case first." in words(pressed(test, "Start with these"))
    test.multiselect[0].set_value([SEVERAL.name])
    test = pressed(test, "Start with these")
    assert test.query_params["p"] == chosen_query([SEVERAL.code]).encoded and SEVERAL.name not in " ".join(shown(test))
    assert SEVERAL.scenario.about.partition(".")[0] not in words(test), "the title of the scenario may tell the answer"


def test_a_case_of_several_visits_asks_for_a_decision_at_each_visit() -> None:
    test = opened("practice", p=chosen_query([SEVERAL.code]).encoded)
    visits = len(SEVERAL.scenario.visits)
    for visit in range(1, visits + 1):
        assert headers(test)[visit - 1].endswith(f"visit {visit} of {visits}") and len(test.radio) == 3
        assert not any(f"visit {visit + 1} of" in header for header in headers(test)), "the next visit comes after the decision"
        committed(test, place=0)
    assert not test.radio and SEVERAL.scenario.about in words(test)


@pytest.mark.parametrize("bad", ["c.000000", "z.abcdefgh", f"z.{'A' * 50}"])
def test_an_altered_address_says_so_and_shows_the_start(bad: str) -> None:
    test = opened("practice", p=bad)
    assert "altered" in words(test) and headers(test) == START


def test_a_set_from_a_file_travels_in_its_link_and_an_altered_link_is_refused() -> None:
    made = PRACTICE.new_set(7, 2)
    query = whole_query(made)
    assert (
        query
        and set_query(query.encoded) == query
        and set_of_query(query).case_set == PRACTICE.opened(parse(as_yaml(made), "x")).case_set
    )
    for altered in (query.token[:-1], query.token[1:], query.token[:40] + "x" + query.token[40:]):
        with pytest.raises(Unusable, match="altered"):
            set_in_link(altered)
    bomb = urlsafe_b64encode(zlib.compress(b" " * 10_000_000, 9)).decode().rstrip("=")
    with pytest.raises(Unusable, match="altered"):
        set_in_link(bomb + sha256(bomb.encode()).hexdigest()[:6])


def code_of(test: AppTest) -> str:
    """The code of the case that is shown, for a partner."""
    return str(test.code[-1].value)


def test_a_pair_lays_both_decisions_side_by_side_by_code_or_pasted_link() -> None:
    mine, theirs = (committed(opened("practice", p=TWO), place=place) for place in (RIGHT, wrong_place(STAGE)))
    link = f"https://host/compare?mine={code_of(theirs)}&partner="
    test = opened("compare", mine=code_of(mine), partner=link)
    assert "1 difference.** Where the case belongs" in words(test) and headers(test)[0].startswith("Case 1 of 2")
    assert [header.value for header in test.subheader] == ["Mine", "My partner's"]
    same = opened("compare", mine=code_of(mine), partner=code_of(mine))
    assert "0 differences.**" in words(same)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda code: "hello", "is not the code of a decision"),
        (lambda code: code.replace("_1_", "_2_", 1), "different cases"),
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "was altered"),
        (lambda code: "", "Paste both codes."),
    ],
    ids=["foreign", "another case", "altered", "missing"],
)
def test_a_code_that_cannot_be_compared_is_reported(change: Callable[[str], str], says: str) -> None:
    code = decision_code(TWO, Report(case_set=PRACTICE.new_set(7, 2)).with_visit("case-1", 1, DECIDED), 1, PRACTICE)
    assert code and says in words(opened("compare", mine=code, partner=change(code)))


def test_a_code_of_a_set_from_a_file_asks_to_open_the_file_first() -> None:
    made = PRACTICE.new_set(7, 2)
    code = decision_code(f"h.{made.hash}", Report(case_set=made).with_visit("case-1", 1, DECIDED), 1, PRACTICE)
    assert code and "Open that file on the Practice page first" in words(opened("compare", mine=code, partner=code))


def test_the_slides_show_the_case_then_the_question_and_then_the_answer() -> None:
    page = case_presentation(TWO, "1", "http://127.0.0.1/", "present.css", "present.js")
    story, asked, answer = (page.index(title) for title in (">The case</h2>", ">Where does the case belong?</h2>", ">The answer"))
    assert story < page.index(escape(STAGE.presentation[0])) < asked < answer < page.index("What decides: ")
    assert "The answer: " not in page[:answer] and "Case 2 of 2" in page


def test_the_address_for_a_room_opens_the_same_case_and_its_code_is_an_image() -> None:
    link = lan_link_to("practice?p=7.2&n=1", "https://explorer.example/")
    assert link.address == "https://explorer.example/practice?p=7.2&n=1"
    assert str(qr_image(link.address)).startswith("<svg") and qr_image("x" * 2_000) is None


def test_a_set_from_a_file_is_shared_case_by_case_in_the_link_itself() -> None:
    made = PRACTICE.new_set(7, 2)
    place = shared_place(OpenSet("", Report(case_set=made)), 2)
    query = set_query(parse_qs(str(place))["p"][0])
    assert query and set_of_query(query).case_set.cases == made.cases[1:]
    assert shared_place(OpenSet(TWO, Report(case_set=made)), 2) == f"p={TWO}&n=2"


def test_slides_of_an_unknown_set_are_refused() -> None:
    with pytest.raises(Unusable, match="names no set"):
        case_presentation("<b>", "1", "", "", "")


def test_the_page_says_how_an_older_case_differs_only_after_the_decision() -> None:
    older = older_set()
    test = upload(opened("practice"), "set.yaml", older)
    assert "Answered differently now: case 1." in words(test) and MADE_BEFORE not in words(test)
    assert MADE_BEFORE in words(committed(test))


def older_set() -> str:
    """A set that other rules answered, of which the first case is answered differently now."""
    made = PRACTICE.new_set(7, 2)
    first, second = made.cases
    then = first.answered[0].model_copy(update={"route": "urgent", "step": None})
    cases = (first.model_copy(update={"answered": (then,)}), second)
    return as_yaml(made.model_copy(update={"cases": cases, "knowledge": "0123456789ab"}))


def upload(test: AppTest, name: str, content: str) -> AppTest:
    test.file_uploader[0].upload(name, content.encode(), "text/plain")
    return ran(test)


def test_a_report_opens_where_it_ends_with_everything_that_was_done() -> None:
    done = report(committed(opened("practice", p=TWO)))
    test = upload(opened("practice"), "report.json", as_json(done, PRACTICE))
    assert headers(test)[0].startswith("Case 2 of 2") and report(test) == done
    assert "p" not in test.query_params


def test_a_set_opens_from_its_file_and_an_edited_one_says_so() -> None:
    text = as_yaml(PRACTICE.new_set(7, 2)).replace("seed 7", "for Monday")
    test = upload(opened("practice"), "set.yaml", text)
    assert "This set was changed after it was made." in words(test) and headers(test)[0].startswith("Case 1 of 2")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("just words", "set.yaml"),
        (json.dumps({"kind": "something"}), "there is no key kind here"),
        ("{title: T, cases: [{id: a, scenario: {answers: {region: low}}}]}", "low is not an answer for region"),
        ("title: [", "set.yaml"),
    ],
)
def test_a_file_that_cannot_be_used_is_reported_and_the_page_stays(content: str, says: str) -> None:
    test = upload(opened("practice"), "set.yaml", content)
    assert says in words(test) and headers(test) == START


def test_another_set_leads_back_to_the_start() -> None:
    test = pressed(opened("practice", p=TWO), "Choose other cases")
    assert headers(test) == START and "p" not in test.query_params


@pytest.mark.parametrize("bad", ["x", "7", "7.0", "7.99", "7.2.<b>", "9" * 40])
def test_an_address_that_names_no_set_shows_the_start(bad: str) -> None:
    assert set_query(bad) is None
    assert headers(opened("practice", p=bad)) == START if len(bad) < 3 else True


def test_a_new_set_keeps_its_edition_in_the_address() -> None:
    test = pressed(opened("practice"), "Start")
    assert test.query_params["p"] == f"1.5..{EDITION}"
    assert ANOTHER_EDITION.partition("(")[0] not in words(test)


def test_an_address_from_another_edition_says_that_the_cases_may_differ() -> None:
    test = opened("practice", p="7.2.the-neck.0123456789ab")
    assert ANOTHER_EDITION.format("0123456789ab", EDITION) in words(test)
    assert headers(test)[0].startswith("Case 1 of 2")


@pytest.mark.parametrize("text", ["7.2", "7.2.the-neck", "7.2..0123456789ab", "7.2.the-neck.0123456789ab"])
def test_the_address_of_a_new_set_reads_as_it_is_written(text: str) -> None:
    query = set_query(text)
    assert query and query.encoded == text


def test_an_address_about_an_unknown_trap_says_what_is_near() -> None:
    assert "did you mean the-neck?" in words(opened("practice", p="1.1.the-nek"))


def test_clear_everything_forgets_the_report_too() -> None:
    kept = {KEY: "a report", "population": "the people of a sheet", "sheet": "a file", SESSION: Session()}
    forget_other_pages(kept)
    assert list(kept) == [SESSION]


def test_an_invalid_case_number_is_the_first() -> None:
    assert [case_number(text, 3) for text in ("2", "", "0", "4", "x", "-1")] == [2, 1, 1, 1, 1, 1]


def test_a_report_read_back_is_the_same() -> None:
    done = report(committed(opened("practice", p=TWO)))
    assert opened_report(parse(as_json(done, PRACTICE), "report.json"), PRACTICE)[0] == done


@pytest.mark.browser
def test_a_case_is_worked_through_on_a_phone_by_keyboard_and_axe_finds_nothing(opens: Opens) -> None:
    page = opens(f"/practice?p={TWO}", width=390, theme="dark")
    question = page.get_by_text(ASKS["saddle_numbness"].question)
    question.click()
    assert page.evaluate("label => label.scrollWidth <= label.clientWidth", question.element_handle())
    page.get_by_role("button", name="Ask these").press("Enter")
    expect(page.get_by_role("cell", name="Saddle numbness")).to_be_visible()
    expect(page.get_by_role("button", name="Choose other cases")).to_be_visible()
    assert violations(page) == []
    for group in page.get_by_role("radiogroup").all():
        group.get_by_role("radio").first.press("Space")
    page.get_by_role("button", name="Decide").press("Enter")
    expect(page.get_by_role("heading", name="What this case teaches")).to_be_visible()
    expect(page.get_by_role("heading", name="Route and step")).to_be_in_viewport()  # the answer begins where the eye is
    page.get_by_role("button", name="Next case").click()
    expect(page.get_by_role("heading", name="Case 2 of 2")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Choose other cases")).to_be_visible()
    assert page.title() == "Practice – Nerve root pathway explorer"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
