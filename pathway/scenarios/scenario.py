"""Scenarios: a made-up person's answers at one visit or several, and how they are read and validated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_serializer

from pathway.errors import Unusable
from pathway.knowledge.base import Knowledge
from pathway.knowledge.renaming import with_present_ids
from pathway.model import FrozenModel
from pathway.scenarios.everything_else import with_everything_else
from pathway.scenarios.expectations import Expectations
from pathway.scenarios.problems import LONGEST_ABOUT, LONGEST_TITLE, UNKNOWN, scenario_faults
from pathway.yaml.document import Document, read

__all__ = [
    "LARGEST", "LONGEST_ABOUT", "LONGEST_TITLE", "UNKNOWN", "Answers", "Scenario", "ScenarioFile", "ScenarioVisit",
    "scenario_from", "scenario_in",
]  # fmt: skip

LARGEST = 100_000
"""Bytes of a scenario file; a typical one has under 2,000, the largest possible one under 40,000."""

Answers = Mapping[str, str | int]


class ScenarioVisit(FrozenModel):
    """A visit: the weeks and the course since the one before (None: not known), and the answers at it.

    The first has neither weeks nor course. At a later one, `unknown` withdraws an earlier answer.
    """

    model_config = ConfigDict(strict=True)

    after: int = 0
    course: str | None = None
    answers: dict[str, str | int] = Field(default_factory=dict)


class Scenario(FrozenModel):
    """A title, a description (`about`) and answers; a finding that is left out or `unknown` is not known.

    Instead of `answers` it may have `visits`. It may also set the guidance and assumptions.
    """

    model_config = ConfigDict(strict=True)

    title: str = ""
    about: str = ""
    guidance: str | None = None
    assumptions: dict[str, str | int] = Field(default_factory=dict)
    answers: dict[str, str | int] = Field(default_factory=dict)
    visits: tuple[ScenarioVisit, ...] = ()

    @model_serializer
    def as_written(self) -> dict[str, Any]:
        """Return the values of a scenario file; empty ones are left out."""
        words = {name: value for name in ("title", "about", "guidance", "assumptions") if (value := getattr(self, name))}
        if self.answers or not self.visits:
            words["answers"] = dict(self.answers)
        return words | (
            {"visits": [_visit_values(number, visit) for number, visit in enumerate(self.visits)]} if self.visits else {}
        )


class ScenarioFile(Scenario):
    """A scenario file: a scenario, with a short form for the answers left out and with the expected result.

    Neither is kept in the scenario: the answers are filled in, and only `pathway check` and the tests read the rest.
    """

    everything_else: Literal["asked and not adverse"] | None = None
    expects: Expectations | None = None


def _visit_values(number: int, visit: ScenarioVisit) -> dict[str, Any]:
    course = {"course": visit.course} if visit.course else {}
    head = {"after": visit.after, **course} if number or visit.after or course else {}
    return {**head, "answers": dict(visit.answers)}


def scenario_from(source: Scenario | Mapping[str, Any] | Path | str, knowledge: Knowledge) -> Scenario:
    """Return the scenario in a file, a dict or a Scenario, validated. Raises Unusable with every fault."""
    if isinstance(source, str | Path):
        return scenario_in(read(Path(source), largest=LARGEST), knowledge)
    value = source.as_written() if isinstance(source, Scenario) else source
    return scenario_in(Document("scenario", value, {}), knowledge)


def scenario_in(document: Document, knowledge: Knowledge) -> Scenario:
    """Return the scenario in a document, with former ids translated. Raises Unusable with every fault, in order."""
    document, _ = with_present_ids(document, knowledge)
    if faults := list(scenario_faults(document, knowledge, tuple(ScenarioFile.model_fields))):
        raise Unusable(faults)
    value = with_everything_else(document.value, knowledge)
    value.pop("expects", None)
    visits = tuple(_visit(number, visit) for number, visit in enumerate(value.pop("visits", ())))
    return Scenario(
        **{**value, "assumptions": dict(value.get("assumptions", {})), "answers": _known(value.get("answers", {}))}, visits=visits
    )


def _visit(number: int, value: Mapping[str, Any]) -> ScenarioVisit:
    answers = dict(value.get("answers", {}))
    course = value.get("course")
    return ScenarioVisit(
        after=value.get("after", 0),
        course=None if course == UNKNOWN else course,
        answers=answers if number else _known(answers),
    )


def _known(answers: Answers) -> dict[str, str | int]:
    return {name: answer for name, answer in answers.items() if answer != UNKNOWN}
