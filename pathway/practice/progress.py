"""A learner's progress, rule by rule, and the next set from the weak spots. FSRS estimates how well a rule is remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
    """How often a rule that decides was named as the reason of a right answer, and how often not; and how firmly it is held."""

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


def progress(report: Report, practice: Practice) -> tuple[RuleProgress, ...]:
    """Return the progress on each rule that decided so far, the weakest first."""
    scheduler = Scheduler(enable_fuzzing=False)
    cards, cells, objectives = dict[str, Card](), dict[str, list[Cell]](), dict[str, dict[str, None]]()
    for at, visit in enumerate(judged_visits(report, practice)):
        for judgement in visit.feedback.judgements:
            if judgement.cell and judgement.deciding:
                rule = judgement.deciding[0]
                card, when = cards.get(rule, Card(card_id=1, due=START)), START + at * STEP
                cards[rule], _ = scheduler.review_card(card, RATINGS[judgement.cell], when)
                cells.setdefault(rule, []).append(judgement.cell)
                objectives.setdefault(rule, {})[visit.stage.case.objective] = None
    entries = [
        RuleProgress(
            rule=rule,
            right=cells[rule].count("right"),
            missed=len(cells[rule]) - cells[rule].count("right"),
            stability=round(card.stability or 0.0, 2),
            objectives=tuple(filter(None, objectives[rule])),
        )
        for rule, card in cards.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.stability, entry.rule)))


def next_set(report: Report, practice: Practice) -> NextSet:
    """Return the next set from the weak spots: about the trap of the weakest rule that was missed, or mixed; with new cases."""
    seed = int(report.case_set.hash, 16) % LARGEST_SEED
    missed = (entry for entry in progress(report, practice) if entry.missed and entry.objectives)
    weakest = next(missed, None)
    return NextSet(seed=seed, about=weakest.objectives[0] if weakest else "")
