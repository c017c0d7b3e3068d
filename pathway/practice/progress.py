"""A learner's progress, rule by rule, and the next set from the weak spots. FSRS estimates how well a rule is remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

from pathway.model import FrozenModel
from pathway.practice.practice import Practice
from pathway.practice.report import Report, judged_visits
from pathway.practice.scoring import Cell

RATINGS: dict[Cell, Rating] = {
    "right": Rating.Good,
    "other_reason": Rating.Hard,
    "true_reason": Rating.Hard,
    "wrong": Rating.Again,
}
START, STEP = datetime(2000, 1, 1, tzinfo=UTC), timedelta(minutes=5)
"""A report holds no times. Only the order of the visits counts, so they are taken to be five minutes apart."""
LARGEST_SEED = 1_000_000


class RuleProgress(FrozenModel):
    """How often a rule that decides was named as the reason of a right answer, and how often not; how well it is remembered."""

    rule: str
    right: int
    missed: int
    stability: float
    """The days after which nine in ten such rules would be remembered, by FSRS."""
    objectives: tuple[str, ...]
    """The traps of the cases that the rule decided."""


class NextSet(FrozenModel):
    """A set to go on with: its seed, and the trap that it is about; mixed cases without one."""

    seed: int
    about: str


class _Review(NamedTuple):
    """One use of a rule: when, how the answer was judged, and the trap of the case."""

    when: datetime
    cell: Cell
    objective: str


def progress(report: Report, practice: Practice) -> tuple[RuleProgress, ...]:
    """Return the progress on each rule that decided so far, the weakest first."""
    entries = (_rule_progress(rule, reviews) for rule, reviews in _reviews_by_rule(report, practice).items())
    return tuple(sorted(entries, key=lambda entry: (entry.stability, entry.rule)))


def _reviews_by_rule(report: Report, practice: Practice) -> dict[str, list[_Review]]:
    by_rule = dict[str, list[_Review]]()
    for at, visit in enumerate(judged_visits(report, practice)):
        for judgement in visit.feedback.judgements:
            if judgement.cell and judgement.deciding:
                review = _Review(START + at * STEP, judgement.cell, visit.stage.case.objective)
                by_rule.setdefault(judgement.deciding[0], []).append(review)
    return by_rule


def _rule_progress(rule: str, reviews: list[_Review]) -> RuleProgress:
    right = sum(review.cell == "right" for review in reviews)
    objectives = dict.fromkeys(review.objective for review in reviews if review.objective)
    return RuleProgress(
        rule=rule, right=right, missed=len(reviews) - right, stability=_stability(reviews), objectives=tuple(objectives)
    )


def _stability(reviews: list[_Review]) -> float:
    scheduler, card = Scheduler(enable_fuzzing=False), Card(card_id=1, due=START)
    for review in reviews:
        card, _ = scheduler.review_card(card, RATINGS[review.cell], review.when)
    return round(card.stability or 0.0, 2)


def next_set(report: Report, practice: Practice) -> NextSet:
    """Return the next set from the weak spots: about the trap of the weakest rule that was missed, or mixed; with new cases."""
    seed = int(report.case_set.hash, 16) % LARGEST_SEED
    missed = (entry for entry in progress(report, practice) if entry.missed and entry.objectives)
    weakest = next(missed, None)
    return NextSet(seed=seed, about=weakest.objectives[0] if weakest else "")
