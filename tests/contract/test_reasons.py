"""What must stand among the reasons and the cautions does."""

from __future__ import annotations

import pytest

from tests.contract.reasons import CAUTIONS, REASONS, STILL_OPEN, STILL_UNKNOWN
from tests.people import QUIET, TRIED, explained, without


@pytest.mark.parametrize("says", REASONS)
def test_a_reason_stands_though_the_verdict_be_another(says: str) -> None:
    wanted = REASONS[says]
    found = explained({**QUIET, **wanted.answers}, wanted.guidance)
    for option in wanted.options:
        reasons = [reason for reason in found.options[option].reasons if reason.says == wanted.says]
        places = [(r.basis, r.assumption, any(c.locator.startswith(wanted.at) for c in r.citations)) for r in reasons]
        assert (wanted.basis, wanted.assumption, True) in places, option


@pytest.mark.parametrize("says", CAUTIONS)
def test_a_caution_stands(says: str) -> None:
    wanted = CAUTIONS[says]
    found = explained({**QUIET, **wanted.answers})
    for option in wanted.options:
        assert any(wanted.words in caution.text for caution in found.options[option].cautions), option


@pytest.mark.parametrize("says", STILL_OPEN)
def test_what_is_still_possible_is_that_and_no_more(says: str) -> None:
    wanted = STILL_OPEN[says]
    found = explained(without({**TRIED, **wanted.answers}, wanted.question), wanted.guidance).options
    possible = {option: set(of.possible) if (of := found[option].open) else {found[option].verdict} for option in wanted.possible}
    assert possible == wanted.possible


@pytest.mark.parametrize("says", STILL_UNKNOWN)
def test_what_the_trace_says_of_a_rule_while_a_question_is_open(says: str) -> None:
    wanted = STILL_UNKNOWN[says]
    trace = explained(without({**QUIET, **wanted.answers}, wanted.question), wanted.guidance).trace
    held = {rule.rule: rule.holds for rules in trace.options.values() for rule in rules}
    assert held[wanted.rule] is wanted.holds
