"""Results show the reasons, cautions and open verdicts listed in `tests.contract.reasons`."""

from __future__ import annotations

import pytest

from tests.contract.reasons import CAUTIONS, REASONS, STILL_OPEN, STILL_UNKNOWN
from tests.people import QUIET, TRIED, explained, without


@pytest.mark.parametrize("says", REASONS)
def test_a_reason_is_shown_even_if_another_rule_decides(says: str) -> None:
    wanted = REASONS[says]
    result = explained({**QUIET, **wanted.answers}, wanted.guidance)
    for option in wanted.options:
        reasons = [reason for reason in result.options[option].reasons if reason.says == wanted.says]
        places = [(r.basis, r.assumption, any(c.locator.startswith(wanted.at) for c in r.citations)) for r in reasons]
        assert (wanted.basis, wanted.assumption, True) in places, option


@pytest.mark.parametrize("says", CAUTIONS)
def test_a_caution_is_shown(says: str) -> None:
    wanted = CAUTIONS[says]
    result = explained({**QUIET, **wanted.answers})
    for option in wanted.options:
        assert any(wanted.words in caution.text for caution in result.options[option].cautions), option


@pytest.mark.parametrize("says", STILL_OPEN)
def test_exactly_these_verdicts_are_still_possible(says: str) -> None:
    wanted = STILL_OPEN[says]
    options = explained(without({**TRIED, **wanted.answers}, wanted.question), wanted.guidance).options
    possible = {
        option: set(value.possible) if (value := options[option].open) else {options[option].verdict}
        for option in wanted.possible
    }
    assert possible == wanted.possible


@pytest.mark.parametrize("says", STILL_UNKNOWN)
def test_the_trace_of_a_rule_while_a_question_is_open(says: str) -> None:
    wanted = STILL_UNKNOWN[says]
    trace = explained(without({**QUIET, **wanted.answers}, wanted.question), wanted.guidance).trace
    holds = {rule.rule: rule.holds for rules in trace.options.values() for rule in rules}
    assert holds[wanted.rule] is wanted.holds
