"""Made-up states to test links with: several visits, a reading, assumptions, and titles that a file may bring."""

from __future__ import annotations

from random import Random

from pathway.knowledge.assumptions import defaults
from pathway.knowledge.changes import TRENDS
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.walk import MOST_WEEKS, Answer, State, Visit
from tests.people import KNOWLEDGE, an_answer

BUNDLED = [scenario.title for _, scenario in bundled_scenarios(KNOWLEDGE)]
TITLES = (
    "", "", BUNDLED[0], BUNDLED[-1], "Mrs Teaching Case 7", "Zoë’s back 🧗🏽‍♀️ & leg", "line\nbreak\ttab", "כאב גב", "\u202eedih",
    "<script>alert(1)</script>", "2_0_~.)%41", "\x00\x01", "ß" * 300, "🧗" * 300,
)  # fmt: skip
"""Titles of scenarios that come with it, and whatever else a file may bring."""


def a_walk(random: Random, most: int = 4) -> State:
    """Any state: a first visit, and up to three more."""
    first = Visit(new_answers={name: answer for name, answer in some(random).items() if answer is not None})
    later = [_later(random) for _ in range(random.choice(range(most)))]
    visits = (first, *later)
    return State(
        visits, random.randrange(len(visits)), random.choice(("page", "nice")), _assumptions(random), random.choice(TITLES)
    )


def some(random: Random) -> dict[str, Answer | None]:
    """Some answers, in any order; None says at a later visit that it is not known any longer."""
    names = random.sample(list(KNOWLEDGE.findings), random.choice((0, 1, 5, len(KNOWLEDGE.findings))))
    found = KNOWLEDGE.findings
    return {name: None if random.random() < 0.1 else an_answer(found[name], random) for name in names}


def _later(random: Random) -> Visit:
    return Visit(random.choice((0, 1, 6, MOST_WEEKS)), random.choice(TRENDS), some(random))


def _assumptions(random: Random) -> dict[str, Answer]:
    names = random.sample(list(defaults(KNOWLEDGE)), random.choice((0, 0, 1, 3)))
    return {name: random.choice(KNOWLEDGE.assumptions[name].allowed) for name in names}
