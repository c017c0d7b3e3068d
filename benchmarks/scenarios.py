"""Random scenarios of the real knowledge, the same for everyone: a fixed seed, complete and partial, both readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from pathway.conditions.tree import Facts
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding

ANSWERED = (1.0, 1.0, 0.8, 0.5, 0.2)
"""How much of a scenario is answered; two in five are complete."""

CALM = (0.0, 0.8, 0.95)
"""How many answers raise nothing: drawn evenly, nearly every scenario would have a red flag."""


@dataclass(frozen=True)
class Sample:
    """Answers, the reading, and whether nothing is left open."""

    answers: dict[str, str | int]
    guidance: str
    complete: bool

    def facts(self, knowledge: Knowledge) -> Facts:
        """All that is known before anything is decided."""
        return {**self.answers, **defaults(knowledge), "guidance": self.guidance}


def samples(knowledge: Knowledge, number: int, seed: int = 2026) -> Iterator[Sample]:
    """Scenarios drawn from the findings."""
    random = Random(seed)
    for _ in range(number):
        share, calm = random.choice(ANSWERED), random.choice(CALM)
        asked = [finding for finding in knowledge.findings.values() if random.random() < share]
        answers = {f.id: f.if_not_adverse if random.random() < calm else _answer(f, random) for f in asked}
        yield Sample(answers, random.choice(("page", "nice")), share == 1.0)


def _answer(finding: Finding, random: Random) -> str | int:
    if finding.whole is None:
        return random.choice(list(finding.answers))
    return random.randint(0, random.choice((30, finding.whole.most)))  # small numbers are near the thresholds
