"""What would change it: all minimal sets of answers, each of which holds when it is tried, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from pathway.errors import Unusable
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.changes import load_changes
from pathway.proof.counterfactual.goal import goal_of
from pathway.proof.counterfactual.search import Search
from pathway.proof.counterfactual.what_if import why_not
from pathway.proof.counterfactual.what_if_result import Way, WhyNot, way_words
from pathway.proof.laws.culprits import ByReading
from pathway.proof.symbolic.scenarios import Answers
from pathway.proof.symbolic.z3_solver import Deadline, OutOfTime, Solver
from pathway.scenarios.examples import bundled_scenarios
from tests.people import AGES, KNOWLEDGE, OPERATED_ON, QUIET, TRIED, WEEKS, anyone, partly

PATHWAY = Pathway(KNOWLEDGE)
CHANGES = load_changes(KNOWLEDGE)
READER = ByReading(KNOWLEDGE)
OPTIONS = ("microdiscectomy", "epidural-steroid-injection", "tens", "specialist-assessment", "joint-mobilisation")
ASKED = (*OPTIONS, "surgery", "conservative")


def ask(answers: Answers, of: str, guidance: str = "page", seconds: float = 60.0) -> WhyNot:
    return why_not(PATHWAY, {"answers": answers}, of, guidance, seconds=seconds)


def reaches(answers: Answers, changes: Answers, of: str, guidance: str) -> bool:
    setting: Answers = {**defaults(KNOWLEDGE), "guidance": guidance}
    now = READER.decide({**answers, **setting}, compare=False)
    then = READER.decide({**answers, **changes, **setting}, compare=False)
    return goal_of(of, now, KNOWLEDGE).reached(then, KNOWLEDGE)


def as_answers(way: Way) -> Answers:
    return {one.finding: one.after for one in way.changes}


def covered(changes: Answers, ways: tuple[Way, ...]) -> bool:
    """Some listed way is part of these changes; of a number, as much or less."""
    return any(all(_covers(one.after, changes.get(one.finding)) for one in way.changes) for way in ways)


def _covers(listed: str | int, tried: str | int | None) -> bool:
    return tried >= listed if isinstance(listed, int) and isinstance(tried, int) else tried == listed


def allowed(answers: Answers, finding: str) -> Iterator[str | int]:
    """The other answers that the finding may have next, said once more and without the solver."""
    change, asked, now = CHANGES[finding], KNOWLEDGE.findings[finding], answers.get(finding)
    every: list[str | int] = list(asked.answers) or list(AGES if asked.whole and asked.whole.unit == "years" else WEEKS)
    if now is None:
        yield from [asked.if_not_adverse] if change.how == "held" else every
    elif change.how == "grows":
        yield from (number for number in every if int(number) > int(now))
    elif change.how == "forward":
        yield from change.after.get(str(now), ())
    elif change.how == "freely":
        yield from (answer for answer in every if answer != now)


def neighbours(answers: Answers, most: int) -> Iterator[Answers]:
    """Every allowed change of up to `most` answers."""
    single = [(finding, after) for finding in KNOWLEDGE.findings for after in allowed(answers, finding)]
    for size in range(1, most + 1):
        for chosen in combinations(single, size):
            if len({finding for finding, _ in chosen}) == size:
                yield dict(chosen)


PEOPLE: dict[str, Answers] = {"quiet": QUIET, "tried": TRIED, "operated on": OPERATED_ON}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("of", ASKED)
def test_every_way_holds_when_tried_and_none_has_a_part_too_many(who: str, of: str) -> None:
    answers = PEOPLE[who]
    found = ask(answers, of, "nice" if of == "tens" else "page")
    guidance = found.guidance
    for way in found.ways:
        changes = as_answers(way)
        assert reaches(answers, changes, of, guidance)
        for left_out in changes:
            assert not reaches(answers, {name: after for name, after in changes.items() if name != left_out}, of, guidance)
        assert not covered(changes, tuple(other for other in found.ways if other is not way))
    sizes = [(way.compared, len(way.changes)) for way in found.ways]
    assert sizes == sorted(sizes) and not found.more


RECIPE = re.compile(r"^(If|To compare: if) it were found that ")
FIXED = {"age", "region"} | {name for name, one in KNOWLEDGE.findings.items() if one.group == "risks"}


@pytest.mark.parametrize("of", ["microdiscectomy", "surgery", "conservative", "tens"])
def test_no_way_reads_as_something_to_do_and_risks_and_the_person_come_last(of: str) -> None:
    found = ask(dict(dict(bundled_scenarios(KNOWLEDGE))["driver-eight-weeks"].answers), of)
    for way in found.ways:
        assert RECIPE.match(way_words(way, KNOWLEDGE)) and "instead of" not in way_words(way, KNOWLEDGE)
        known = {one.finding for one in way.changes if one.before is not None}
        assert way.compared or not known & FIXED
    assert [way.compared for way in found.ways] == sorted(way.compared for way in found.ways)


def none_missing(answers: Answers, of: str, guidance: str, most: int) -> None:
    found = ask(answers, of, guidance)
    if found.none_because and "red flag" in found.none_because:
        return
    for changes in neighbours(answers, most):
        if reaches(answers, changes, of, guidance):
            assert found.more or covered(changes, found.ways), (answers, of, guidance, changes)


@pytest.mark.parametrize("of", ASKED)
def test_no_single_change_is_missing(of: str) -> None:
    for answers in PEOPLE.values():
        none_missing(answers, of, "page", 1)
        none_missing(answers, of, "nice", 1)


@pytest.mark.soak
def test_no_pair_of_changes_is_missing() -> None:
    random = Random(8)
    for number in range(30):
        answers = anyone(random) if number % 2 else partly(anyone(random), random)
        none_missing(answers, random.choice(ASKED), random.choice(("page", "nice")), 2)


def test_a_red_flag_is_never_explained_away() -> None:
    found = ask({**QUIET, "saddle_numbness": "present"}, "microdiscectomy")
    assert not found.ways and found.none_because and "red flag comes first" in found.none_because
    assert any("None: the red flag comes first" in line for line in found.describe(KNOWLEDGE))


def test_where_nothing_would_it_says_so_and_why() -> None:
    never = ask(QUIET, "therapeutic-ultrasound")
    assert not never.ways and not never.more and "no answers on the ladder" in str(never.none_because)
    spent = ask(OPERATED_ON, "epidural-steroid-injection")
    assert not spent.ways and "injection" in str(spent.none_because)


def test_what_is_left_open_names_the_open_questions() -> None:
    answers = {name: answer for name, answer in TRIED.items() if name not in ("tens_risk", "reduced_skin_sensation")}
    assert ask(answers, "tens").left_open == ("tens_risk", "reduced_skin_sensation")


def test_what_is_left_open_leaves_none_out_though_the_list_is_cut_off() -> None:
    found = why_not(PATHWAY, {"answers": {}}, "microdiscectomy", most=1)
    assert found.more and {"symptom_weeks", "injection", "cause", "saddle_numbness"} <= set(found.left_open)


def test_one_way_is_enough_where_one_is_asked_for() -> None:
    found = why_not(PATHWAY, {"answers": QUIET}, "microdiscectomy", most=1)
    assert len(found.ways) == 1 and found.more


def test_out_of_time_it_says_that_more_exist() -> None:
    found = why_not(PATHWAY, {"answers": {}}, "microdiscectomy", seconds=0.0)
    assert found.more and found.none_because is None and "More ways exist." in found.describe(KNOWLEDGE)


def test_no_question_to_the_solver_is_without_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, model = list[object](), Solver.model

    def watched(solver: Solver, *also: object, until: Deadline | None = None) -> object:
        asked.append(until)
        return model(solver, *also, until=until)

    monkeypatch.setattr(Solver, "model", watched)
    for of in ("surgery", "therapeutic-ultrasound", "epidural-steroid-injection"):
        ask(OPERATED_ON, of)
    assert asked and None not in asked


def test_out_of_time_for_the_reason_it_is_said_less_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> object:
        raise OutOfTime("the time is over")

    monkeypatch.setattr(Search, "_in_the_way", late)
    assert ask(OPERATED_ON, "epidural-steroid-injection").none_because == "no change that may be made would do it"


@pytest.mark.parametrize("of", ASKED)
def test_lines_fit_a_terminal(of: str) -> None:
    for answers in ({}, QUIET, TRIED):
        assert all(len(line) <= 80 for line in why_not(PATHWAY, {"answers": answers}, of, most=5).describe(KNOWLEDGE))


def test_an_unknown_option_gives_the_nearest() -> None:
    with pytest.raises(Unusable, match="there is no option or step tns; did you mean tens"):
        ask(QUIET, "tns")


def test_every_fault_of_what_was_asked_is_said() -> None:
    with pytest.raises(Unusable) as error:
        why_not(PATHWAY, {"answers": {"age": "old"}}, "tens", "nic", {"surgery-weeks": 99})
    assert [fault.file for fault in error.value.faults] == ["scenario", "guidance", "assumption"]


BAD = {
    "findings: [age]": ("findings: [ag]", "there is no finding ag; did you mean age?"),
    "compared: [age]": ("compared: [agee]", "agee is compared, but is not among the findings here; did you mean age?"),
    "how: never": ("how: nevr", "how can't be nevr; did you mean never?"),
    "imaging]": ("imaging, age]", "age stands twice; keep it in one entry"),
    "findings: [injection]": ("findings: [injection, tens_risk]", "not_tried is no answer for tens_risk"),
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


def test_a_list_is_the_same_whatever_was_asked_before() -> None:
    random = Random(5)
    first = ask(TRIED, "microdiscectomy")
    for _ in range(5):
        ask(anyone(random), random.choice(ASKED))
    assert not first.more and ask(TRIED, "microdiscectomy") == first
