"""Draws later visits of a new case: some answers change, questions asked again are answered, and a sign may be new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pathway.conditions.kleene import truth
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import trends_by_course
from pathway.knowledge.vocabulary import READING
from pathway.practice.satisfy import ChangingAnswers, unfit_conditions
from pathway.practice.scoring import is_decided
from pathway.practice.seeded_draw import Draw
from pathway.practice.teaching import LaterDraws
from pathway.scenarios.scenario import Scenario, ScenarioVisit
from pathway.scenarios.visits import KnownAnswers, known_answers_per_visit
from pathway.scenarios.walk import care_meanwhile
from pathway.scenarios.walk_file import visits_of

ATTEMPTS = 60
LATER_VISITS = (1, 1, 2)
"""How many later visits a case has, one of these."""
NEW_SIGN_EVERY = 4
"""How often a new sign turns up: in one later visit of so many."""


@dataclass(frozen=True)
class LaterVisits:
    """Later visits, drawn for one knowledge base."""

    pathway: Pathway
    draws: LaterDraws

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base."""
        return self.pathway.knowledge

    def added_to(self, start: Scenario, draw: Draw) -> Scenario:
        """Return the scenario with later visits; with fewer, or none, where no fitting answers are drawn."""
        scenario = start.model_copy(update={"answers": {}, "visits": (ScenarioVisit(answers=dict(start.answers)),)})
        for number in range(draw.pick("later visits", LATER_VISITS)):
            following = self._with_next_visit(scenario, draw.part(f"visit {number + 2}"))
            if following is None:
                break
            scenario = following
            if self.pathway.explain(scenario).route != self.knowledge.ladder_route:  # off the ladder somebody else goes on
                break
        return scenario if len(scenario.visits) > 1 else start

    def _with_next_visit(self, scenario: Scenario, draw: Draw) -> Scenario | None:
        stays = self._not_offered(scenario)
        for attempt in range(ATTEMPTS):
            visit = self._visit(scenario, stays, draw.part(f"attempt {attempt}"))
            longer = scenario.model_copy(update={"visits": (*scenario.visits, visit)})
            if not stays & visit.answers.keys() and self._fits(longer):
                return longer
        return None

    def _not_offered(self, scenario: Scenario) -> frozenset[str]:
        """Return the findings that stay as they are: what they ask about was not offered at the last visit."""
        answers, options = self._known(scenario).answers, self.pathway.explain(scenario).options
        return frozenset(
            offer.finding
            for offer in self.draws.offered
            if answers.get(offer.finding) in offer.leaves and options[offer.option].verdict != "applies"
        )

    def _visit(self, scenario: Scenario, stays: frozenset[str], draw: Draw) -> ScenarioVisit:
        """Return a drawn visit; its answers may not fit."""
        knowledge, weeks = self.knowledge, self.draws.weeks
        after = weeks.least + draw.number("weeks", weeks.most - weeks.least + 1)
        courses = list(trends_by_course(knowledge.changes))
        course = draw.pick("course", courses) if courses else None  # no question of this pathway asks for it
        before = known_answers_per_visit(visits_of(scenario, knowledge), knowledge)[-1]
        began = dict(care_meanwhile(before.answers, after, knowledge))
        blank = ScenarioVisit(after=after, course=course, answers=began)
        known = self._known(scenario.model_copy(update={"visits": (*scenario.visits, blank)}))
        now = {name: remembered.answer for name, remembered in {**known.outdated, **known.current}.items()}
        self._change(now, stays, scenario.guidance or self.knowledge.readings[0], draw)
        new = {name: answer for name, answer in now.items() if name in began or answer != known.answers.get(name)}
        return ScenarioVisit(after=after, course=course, answers=new)

    def _change(self, now: dict[str, str | int], stays: frozenset[str], guidance: str, draw: Draw) -> None:
        """Change some answers in place: those that may change, now and then a new sign, and what does not fit with these."""
        change = ChangingAnswers(now, {**defaults(self.knowledge), READING: guidance}, self.knowledge, draw)
        for name in self.draws.may_change:
            choices = self._next_answers(name, now) if name not in stays else []
            if choices and draw.number(f"changes {name}", 2):
                now[name] = draw.pick(f"now {name}", choices)
        if not draw.number("a new sign", NEW_SIGN_EVERY):
            sign = draw.pick("sign", list(self.knowledge.red_flags.values()))
            change.satisfy(self.knowledge.rule_conditions[sign.id])
        for condition in unfit_conditions(self.knowledge):
            change.satisfy(condition, wanted=False)

    def _next_answers(self, name: str, now: Mapping[str, str | int]) -> list[str]:
        """Return the other answers that a finding may have by now."""
        change = self.knowledge.changes[name]
        if change.how == "forward":
            return list(change.after.get(str(now.get(name)), ()))
        return [answer for answer in self.knowledge.findings[name].answers if answer != now.get(name)]

    def _fits(self, scenario: Scenario) -> bool:
        """Return whether the last visit can follow, is free of contradictions, and leaves nothing open."""
        known = self._known(scenario)
        settings = {**defaults(self.knowledge), READING: scenario.guidance or self.knowledge.readings[0]}
        if known.reversed or not self._can_follow(scenario):
            return False
        if any(truth(condition, {**settings, **known.answers}) for condition in unfit_conditions(self.knowledge)):
            return False
        result = self.pathway.explain(scenario)
        return not result.warnings and is_decided(result)

    def _can_follow(self, scenario: Scenario) -> bool:
        """Return whether each new answer may follow the one before."""
        before = known_answers_per_visit(visits_of(scenario, self.knowledge), self.knowledge)[-2].answers
        new = scenario.visits[-1].answers
        return all(self._may_follow(name, before[name], answer) for name, answer in new.items() if name in before)

    def _may_follow(self, name: str, before: str | int, answer: str | int) -> bool:
        change = self.knowledge.changes[name]
        if change.time == "asked again" or before == answer or name in self.draws.may_change:
            return True
        return answer in change.after.get(str(before), ()) if change.how == "forward" else change.parent is not None

    def _known(self, scenario: Scenario) -> KnownAnswers:
        return known_answers_per_visit(visits_of(scenario, self.knowledge), self.knowledge)[-1]
