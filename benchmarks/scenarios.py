"""Random scenarios over the real findings, from a fixed seed: complete and partial, under both guidances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from pathway.conditions.tree import Facts
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding

ANSWERED_SHARES = (1.0, 1.0, 0.8, 0.5, 0.2)
"""The share of questions that is answered; two scenarios in five are complete."""

USUAL_SHARES = (0.0, 0.8, 0.95)
"""The share of usual answers: if all were drawn evenly, nearly every scenario would have a red flag."""


@dataclass(frozen=True)
class Sample:
    """Answers, the guidance, and whether every question is answered."""

    answers: dict[str, str | int]
    guidance: str
    complete: bool

    def facts(self, knowledge: Knowledge) -> Facts:
        """Return the facts before any decision: answers, assumptions and guidance."""
        return {**self.answers, **defaults(knowledge), "guidance": self.guidance}


def samples(knowledge: Knowledge, number: int, seed: int = 2026) -> Iterator[Sample]:
    """Yield random scenarios."""
    random = Random(seed)
    for _ in range(number):
        answered, usual = random.choice(ANSWERED_SHARES), random.choice(USUAL_SHARES)
        asked = [finding for finding in knowledge.findings.values() if random.random() < answered]
        answers = {f.id: f.benign_answer if random.random() < usual else _answer(f, random) for f in asked}
        yield Sample(answers, random.choice(("page", "nice")), answered == 1.0)


def _answer(finding: Finding, random: Random) -> str | int:
    if finding.whole is None:
        return random.choice(list(finding.answers))
    return random.randint(0, random.choice((30, finding.whole.most)))  # small numbers are near the thresholds
