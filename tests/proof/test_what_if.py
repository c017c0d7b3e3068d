"""`why_not` lists every minimal set of answers that changes the result, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from pathway.deciding.decide import Decider, Decision
from pathway.errors import Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.changes import load_changes
from pathway.proof.counterfactual.goal import goal_for
from pathway.proof.counterfactual.search import ChangeSearch
from pathway.proof.counterfactual.what_if import why_not
from pathway.proof.counterfactual.what_if_result import ChangeSet, WhyNot, change_set_words
from pathway.proof.symbolic.scenarios import Answers
from pathway.proof.symbolic.z3_solver import Deadline, OutOfTime, Solver
from pathway.scenarios.examples import bundled_scenarios
from tests.people import AGES, KNOWLEDGE, OPERATED_ON, QUIET, TRIED, WEEKS, anyone, partly

PATHWAY = Pathway(KNOWLEDGE)
CHANGES = load_changes(KNOWLEDGE)
READER = Decider(KNOWLEDGE)
OPTIONS = ("microdiscectomy", "epidural-steroid-injection", "tens", "specialist-assessment", "joint-mobilisation")
SUBJECTS = (*OPTIONS, "surgery", "conservative")


def ask(answers: Answers, of: str, guidance: str = "page") -> WhyNot:
    return why_not(PATHWAY, {"answers": answers}, of, guidance, seconds=60.0)


def decision(answers: Answers, guidance: str) -> Decision:
    return READER.reference_decision({**answers, **defaults(KNOWLEDGE), "guidance": guidance})


def goal_from(answers: Answers, of: str, guidance: str) -> Callable[[Answers], bool]:
    """Return whether some changes of these answers reach the opposite of the present result."""
    goal = goal_for(of, decision(answers, guidance), KNOWLEDGE)
    return lambda changes: goal.reached(decision({**answers, **changes}, guidance), KNOWLEDGE)


def as_answers(way: ChangeSet) -> Answers:
    return {change.finding: change.after for change in way.changes}


def covered(changes: Answers, ways: tuple[ChangeSet, ...]) -> bool:
    """Return whether a listed set is part of these changes; its numbers may be lower."""
    return any(all(_covers(change.after, changes.get(change.finding)) for change in way.changes) for way in ways)


def _covers(listed: str | int, tried: str | int | None) -> bool:
    return tried >= listed if isinstance(listed, int) and isinstance(tried, int) else tried == listed


def allowed(answers: Answers, finding: str) -> Iterator[str | int]:
    """Yield the other answers that the finding may have next, worked out without the solver."""
    change, question, now = CHANGES[finding], KNOWLEDGE.findings[finding], answers.get(finding)
    every: list[str | int] = list(question.answers) or list(AGES if question.whole and question.whole.unit == "years" else WEEKS)
    if now is None:
        yield from [question.benign_answer] if change.how == "held" else every
    elif change.how == "grows":
        yield from (number for number in every if int(number) > int(now))
    elif change.how == "forward":
        yield from change.after.get(str(now), ())
    elif change.how == "freely":
        yield from (answer for answer in every if answer != now)


def neighbours(answers: Answers, most: int) -> Iterator[Answers]:
    """Yield every allowed change of up to `most` answers."""
    single = [(finding, after) for finding in KNOWLEDGE.findings for after in allowed(answers, finding)]
    for size in range(1, most + 1):
        for chosen in combinations(single, size):
            if len({finding for finding, _ in chosen}) == size:
                yield dict(chosen)


PEOPLE: dict[str, Answers] = {"quiet": QUIET, "tried": TRIED, "operated on": OPERATED_ON}


@cache
def why_not_for(who: str, of: str, guidance: str) -> WhyNot:
    """Return the answer for one of these people; several tests look at it."""
    return ask(PEOPLE[who], of, guidance)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("of", SUBJECTS)
def test_every_set_works_and_none_can_be_made_smaller(who: str, of: str) -> None:
    answer = why_not_for(who, of, "nice" if of == "tens" else "page")
    reaches = goal_from(PEOPLE[who], of, answer.guidance)
    for way in answer.ways:
        changes = as_answers(way)
        assert reaches(changes)
        for left_out in changes:
            assert not reaches({name: after for name, after in changes.items() if name != left_out})
        assert not covered(changes, tuple(other for other in answer.ways if other is not way))
    sizes = [(way.compared, len(way.changes)) for way in answer.ways]
    assert sizes == sorted(sizes) and not answer.more


CONDITION = re.compile(r"^(If|For comparison: if) .* (is|raise no red flag)")
FIXED = {"age", "region"} | {name for name, finding in KNOWLEDGE.findings.items() if finding.group == "risks"}


@pytest.mark.parametrize("of", ["microdiscectomy", "surgery", "conservative", "tens"])
def test_no_set_reads_as_advice_and_sets_for_comparison_come_last(of: str) -> None:
    answer = ask(dict(dict(bundled_scenarios(KNOWLEDGE))["driver-eight-weeks"].answers), of)
    for way in answer.ways:
        assert CONDITION.match(change_set_words(way, KNOWLEDGE)) and "instead of" not in change_set_words(way, KNOWLEDGE)
        known = {change.finding for change in way.changes if change.before is not None}
        assert way.compared or not known & FIXED
    assert [way.compared for way in answer.ways] == sorted(way.compared for way in answer.ways)


def none_missing(answer: WhyNot, answers: Answers, most: int) -> None:
    if answer.none_because and "red flag" in answer.none_because:
        return
    reaches = goal_from(answers, answer.of, answer.guidance)
    for changes in neighbours(answers, most):
        if reaches(changes):
            assert answer.more or covered(changes, answer.ways), (answers, answer, changes)


FEW = ("surgery", "conservative", "tens")


@pytest.mark.parametrize("of", [pytest.param(of, marks=[] if of in FEW else pytest.mark.soak) for of in SUBJECTS])
def test_no_single_change_is_missing(of: str) -> None:
    for who, answers in PEOPLE.items():
        none_missing(why_not_for(who, of, "page"), answers, 1)
        none_missing(why_not_for(who, of, "nice"), answers, 1)


@pytest.mark.soak
def test_no_pair_of_changes_is_missing() -> None:
    random = Random(8)
    for number in range(30):
        answers = anyone(random) if number % 2 else partly(anyone(random), random)
        none_missing(ask(answers, random.choice(SUBJECTS), random.choice(("page", "nice"))), answers, 2)


def test_a_red_flag_is_never_explained_away() -> None:
    answer = ask({**QUIET, "saddle_numbness": "present"}, "microdiscectomy")
    assert not answer.ways and answer.none_because and "red flag comes first" in answer.none_because
    assert any("None: the red flag comes first" in line for line in answer.describe(KNOWLEDGE))


def test_the_reason_is_given_where_no_set_exists() -> None:
    never = ask(QUIET, "therapeutic-ultrasound")
    assert not never.ways and not never.more and "no answers on the ladder" in str(never.none_because)
    spent = ask(OPERATED_ON, "epidural-steroid-injection")
    assert not spent.ways and "injection" in str(spent.none_because)


def test_the_open_questions_that_could_decide_are_named() -> None:
    answers = {name: answer for name, answer in TRIED.items() if name not in ("tens_risk", "reduced_skin_sensation")}
    assert ask(answers, "tens").left_open == ("tens_risk", "reduced_skin_sensation")


def test_no_open_question_is_missing_though_the_list_is_cut_off() -> None:
    answer = why_not(PATHWAY, {"answers": {}}, "microdiscectomy", most=1)
    assert answer.more and {"symptom_weeks", "injection", "cause", "saddle_numbness"} <= set(answer.left_open)


def test_the_list_can_be_limited_to_one_set() -> None:
    answer = why_not(PATHWAY, {"answers": QUIET}, "microdiscectomy", most=1)
    assert len(answer.ways) == 1 and answer.more


def test_out_of_time_it_says_that_more_exist() -> None:
    answer = why_not(PATHWAY, {"answers": {}}, "microdiscectomy", seconds=0.0)
    assert answer.more and answer.none_because is None and "There are more, which are not listed." in answer.describe(KNOWLEDGE)


def test_every_solver_call_has_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, model = list[object](), Solver.model

    def watched(solver: Solver, *also: object, until: Deadline | None = None) -> object:
        asked.append(until)
        return model(solver, *also, until=until)

    monkeypatch.setattr(Solver, "model", watched)
    for of in ("surgery", "therapeutic-ultrasound", "epidural-steroid-injection"):
        ask(OPERATED_ON, of)
    assert asked and None not in asked


def test_out_of_time_the_reason_is_less_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> object:
        raise OutOfTime("the time is over")

    monkeypatch.setattr(ChangeSearch, "_blocking_findings", late)
    assert ask(OPERATED_ON, "epidural-steroid-injection").none_because == "no allowed change leads there"


@pytest.mark.parametrize("of", SUBJECTS)
def test_lines_fit_a_terminal(of: str) -> None:
    cut_off = why_not(PATHWAY, {"answers": {}}, of, most=5)
    for answer in (cut_off, why_not_for("quiet", of, "page"), why_not_for("tried", of, "page")):
        assert all(len(line) <= 80 for line in answer.describe(KNOWLEDGE))


def test_an_unknown_option_gives_the_nearest() -> None:
    with pytest.raises(Unusable, match="there is no option or step tns; did you mean tens"):
        ask(QUIET, "tns")


def test_every_fault_of_the_arguments_is_reported() -> None:
    with pytest.raises(Unusable) as error:
        why_not(PATHWAY, {"answers": {"age": "old"}}, "tens", "nic", {"surgery-weeks": 99})
    assert [fault.file for fault in error.value.faults] == ["scenario", "guidance", "assumption"]


BAD = {
    "findings: [age]": ("findings: [ag]", "there is no finding ag; did you mean age?"),
    "compared: [age]": ("compared: [agee]", "agee is compared, but is not among the findings here; did you mean age?"),
    "how: never": ("how: nevr", "how can't be nevr; did you mean never?"),
    "imaging]": ("imaging, age]", "age is listed twice; keep it in one entry"),
    "findings: [injection]": ("findings: [injection, tens_risk]", "not_tried is not an answer for tens_risk"),
    "how: grows": ("how: forward", "can't change forward"),
    "    - tens_risk\n": ("", "says nothing of tens_risk; add it to an entry"),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_mistake_in_the_changes_has_a_place_and_the_nearest_word(mistake: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "data" / "changes.yaml").read_text("utf-8")
    assert mistake in text
    (tmp_path / "changes.yaml").write_text(text.replace(mistake, BAD[mistake][0]), "utf-8")
    with pytest.raises(Unusable) as error:
        load_changes(KNOWLEDGE, tmp_path)
    assert BAD[mistake][1] in str(error.value) and "data/changes.yaml" in str(error.value)


def test_a_list_does_not_depend_on_earlier_questions() -> None:
    random = Random(5)
    first = ask(TRIED, "microdiscectomy")
    for _ in range(5):
        ask(anyone(random), random.choice(SUBJECTS))
    assert not first.more and ask(TRIED, "microdiscectomy") == first
