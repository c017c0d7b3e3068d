"""The bundled cases to practise with: the bundled scenarios whose questions are all answered, and those that go on over time.

A learner picks them by their theme, by who it is and since when. Their own titles give the result away: they come afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from pathway.errors import Fault, Unusable, suggestion
from pathway.explanation.pathway import Pathway
from pathway.phrases import decapitalised, safe_excerpt, sentence_case
from pathway.practice.case import Case, case_from
from pathway.practice.generate import MOST_CASES, case_title, has_case_title
from pathway.practice.scoring import is_decided
from pathway.practice.seeded_draw import Draw
from pathway.practice.teaching import CaseOverTime, Teaching
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import Scenario, ScenarioVisit, scenario_from
from pathway.scenarios.visits import Answers, Visit, known_answers_per_visit
from pathway.scenarios.walk_file import visits_of

CODE_LENGTH = 6
CASE_FILES = "data/scenarios/ and data/cases_over_time.yaml"


@dataclass(frozen=True)
class BundledCase:
    """A bundled case: its name, its theme, and its scenario with a title that does not give the result away."""

    name: str
    theme: str
    scenario: Scenario

    @property
    def code(self) -> str:
        """A code of the name for an address: the name itself may tell the result."""
        return sha256(self.name.encode()).hexdigest()[:CODE_LENGTH]

    @property
    def label(self) -> str:
        """What a learner picks it by: `Months of pain: a 42-year-old, 16 weeks, 3 visits`."""
        visits = len(self.scenario.visits)
        return f"{self.theme}: {decapitalised(self.scenario.title)}{f', {visits} visits' if visits else ''}"


@dataclass(frozen=True)
class Collection:
    """The bundled cases of one knowledge base."""

    pathway: Pathway
    teaching: Teaching

    @cached_property
    def by_name(self) -> dict[str, BundledCase]:
        """Every case by its name, in the order of the themes. Raises Unusable for one that can't be used."""
        cases = {case.name: case for case in (*self._scenarios(), *self._over_time())}
        order = {title: at for at, title in enumerate(self._themes.values())}
        return {name: cases[name] for name in sorted(cases, key=lambda name: order.get(cases[name].theme, len(order)))}

    def _unknown_case(self, name: str) -> Fault:
        hint = suggestion(name, self.by_name, CASE_FILES, "name")
        return Fault("case", None, f"there is no bundled case {safe_excerpt(name)}; {hint}")

    def cases(self, names: Iterable[str]) -> tuple[Case, ...]:
        """Return practice cases of these names, numbered in their order. Raises Unusable for an unknown name."""
        listed = tuple(dict.fromkeys(names))
        if unknown := [name for name in listed if name not in self.by_name]:
            raise Unusable(map(self._unknown_case, unknown))
        if not 1 <= len(listed) <= MOST_CASES:
            raise Unusable([Fault("case", None, f"name from 1 to {MOST_CASES} bundled cases")])
        return tuple(self._case(self.by_name[name], f"case-{at}") for at, name in enumerate(listed, 1))

    def with_codes(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the names with these codes. Raises Unusable for an unknown code."""
        names = {case.code: case.name for case in self.by_name.values()}
        listed = tuple(codes)
        if unknown := [code for code in listed if code not in names]:
            says = "this edition has no bundled case {}; the link is for another edition, or was altered"
            raise Unusable(Fault("case", None, says.format(safe_excerpt(code))) for code in unknown)
        return tuple(names[code] for code in listed)

    def _case(self, bundled: BundledCase, name: str) -> Case:
        return case_from(bundled.scenario, name, self.pathway, Draw(f"options of {bundled.name}"))

    @cached_property
    def _themes(self) -> dict[str, str]:
        """The title of each scenario's theme."""
        return {name: theme.title for theme in self.pathway.knowledge.themes for name in theme.scenarios}

    @cached_property
    def _bundled(self) -> dict[str, Scenario]:
        return dict(bundled_scenarios(self.pathway.knowledge, self.pathway.knowledge.folder))

    def _scenarios(self) -> Iterator[BundledCase]:
        for name, scenario in self._bundled.items():
            if not scenario.visits and has_case_title(scenario.answers, self.pathway.knowledge) and self._is_decided(scenario):
                yield self._entry(name, name, scenario, scenario.title, scenario.about)

    def _entry(self, name: str, first: str, scenario: Scenario, title: str, about: str) -> BundledCase:
        answers = scenario.answers or scenario.visits[0].answers
        neutral = {
            "title": sentence_case(case_title(answers, self.pathway.knowledge)),
            "about": " ".join(filter(None, (f"{title}.", about))),
        }
        return BundledCase(name, self._themes.get(first, ""), scenario.model_copy(update=neutral))

    def _is_decided(self, scenario: Scenario) -> bool:
        """Return whether the result of every visit is decided."""
        visits = range(1, (len(scenario.visits) or 1) + 1)
        return all(is_decided(self.pathway.explain(scenario, visit=number)) for number in visits)

    def _over_time(self) -> Iterator[BundledCase]:
        for entry in self.teaching.over_time:
            if entry.scenario not in self._bundled:
                says = f"there is no bundled scenario {entry.scenario}; {suggestion(entry.scenario, self._bundled)}"
                raise Unusable([entry.fault(says)])
            scenario = self._continued(entry, self._bundled[entry.scenario])
            if not self._is_decided(scenario):
                raise Unusable(
                    [entry.fault(f"{entry.id} leaves the result of a visit open; a practice case answers every question")]
                )
            yield self._entry(entry.id, entry.scenario, scenario, entry.title, entry.about)

    def _continued(self, entry: CaseOverTime, start: Scenario) -> Scenario:
        """Return a scenario with the entry's later visits; questions asked again keep their answer unless the entry has one."""
        knowledge = self.pathway.knowledge
        visits = [ScenarioVisit(answers=dict(start.answers))]
        for later in entry.later:
            blank = ScenarioVisit(after=later.after, course=later.course, answers=dict(later.answers))
            walk = visits_of(Scenario(visits=(*visits, blank)), knowledge)
            again = answered_as_before(walk, self.pathway)
            visits.append(blank.model_copy(update={"answers": {**again, **later.answers}}))
        try:
            return scenario_from(Scenario(visits=tuple(visits)), knowledge)
        except Unusable as error:
            raise Unusable([entry.fault(f"{entry.id}: {fault.says}") for fault in error.faults]) from None


def answered_as_before(walk: tuple[Visit, ...], pathway: Pathway) -> Answers:
    """Return for the last visit of a walk the answers of the one before to every question that is asked again."""
    known = known_answers_per_visit(walk, pathway.knowledge)[-1]
    changes = pathway.knowledge.changes
    return {name: remembered.answer for name, remembered in known.outdated.items() if changes[name].time == "asked again"}
