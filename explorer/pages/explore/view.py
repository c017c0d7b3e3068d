"""The view: a scenario, its result and the words of the knowledge. Every part of a page is built from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pathway
from explorer.links.address import codes, scenarios
from explorer.markup.words import shorten_list
from explorer.pages.missing_rules import missing_rules
from explorer.per_pathway import per_pathway
from pathway import Knowledge, Result, Scenario
from pathway.explanation.at_visit import at_visit
from pathway.explanation.english import finding_words, short_name
from pathway.explanation.pathway import the_pathway
from pathway.explanation.question_order import groups_in_order
from pathway.knowledge.models import Finding, Group
from pathway.knowledge.vocabulary import ROUTE, STEP
from pathway.phrases import all_of, printable, sentence_case
from pathway.scenarios.walk import Pairs, State, hashable

NOT_KNOWN, NOT_ASKED = "Not known", "Not asked yet"


@dataclass(frozen=True)
class View:
    """A scenario state with its result. It looks words up and decides nothing."""

    knowledge: Knowledge
    state: State
    result: Result
    scenarios: Mapping[str, Scenario]
    token: str = ""
    skipped: frozenset[str] = frozenset()
    message: str = ""
    undo: str = ""
    """The link token of the scenario that the message offers to bring back."""
    previously_relevant: frozenset[str] = frozenset()
    """Questions shown earlier in this session because they were relevant then."""
    compare_link: str = ""
    """The link token of the scenario saved for comparison."""
    pending_work: str = ""
    """The name of the slow computation that the browser has asked for."""

    def at_visit(self, number: int) -> View:
        """The same scenario at another visit."""
        return self if number == self.state.current_visit else view_of(replace(self.state, current_visit=number))

    def with_guidance(self, guidance: str) -> View:
        """The same scenario with another guidance."""
        return self if guidance == self.state.guidance else view_of(replace(self.state, guidance=guidance))

    def with_defaults(self) -> View:
        """The same scenario with every assumption at its default."""
        return view_of(replace(self.state, assumptions={}))

    @property
    def cache_key(self) -> tuple[Any, ...]:
        """Whatever the markup depends on: the link, and what the session knows beside it."""
        return (
            self.token,
            self.state.current_visit,
            self.message,
            self.undo,
            self.skipped,
            self.previously_relevant,
            self.compare_link,
            self.pending_work,
        )

    def token_of(self, answers: Mapping[str, str | int]) -> str:
        """The link token of a scenario with these answers and this one's guidance and assumptions."""
        return codes().encode(self.state.restarted_with(answers))

    def title(self, word: str) -> str:
        """The title of a verdict, route, step, basis or evidence level, by its id."""
        return self.knowledge.label(word).title

    def guidance_name(self, guidance: str) -> str:
        """The name of a guidance, inside a sentence."""
        return self.knowledge.reading(guidance).name.replace("'", "’")

    @property
    def is_first_reading(self) -> bool:
        """Whether the reading in use is the one that is followed unless another is chosen."""
        return self.result.guidance == self.knowledge.readings[0]

    @property
    def page_name(self) -> str:
        """The name of the first reading inside a sentence: `the maker’s page`."""
        return self.guidance_name(self.knowledge.readings[0])

    @property
    def reading_titles(self) -> str:
        """The titles of the readings: `Page and Handbook`."""
        return all_of([reading.title for reading in self.knowledge.outline.readings])

    def says(self, word: str) -> str:
        """The meaning of a verdict, route, step, basis or evidence level, by its id."""
        return self.knowledge.label(word).says

    def shape(self, word: str) -> str:
        """The name of the icon of a verdict, route or step. The style sheet gives it colours by that name."""
        return self.knowledge.icons.get(word, word)

    @property
    def is_off_ladder(self) -> bool:
        """Whether a red flag leads off the ladder; the options are then on hold."""
        return self.result.route in self.knowledge.off_ladder

    @cached_property
    def answers(self) -> Mapping[str, str | int]:
        """The answers at the current visit."""
        return self.state.answers

    @property
    def is_empty(self) -> bool:
        """Whether there are no answers and no further visits."""
        return len(self.state.visits) == 1 and not self.answers

    @cached_property
    def scenario(self) -> Scenario | None:
        """The bundled scenario with exactly these answers; None if there is none, or if this one has a title of its own."""
        same = (scenario for scenario in self.scenarios.values() if dict(scenario.answers) == dict(self.answers))
        return next((scenario for scenario in same if self.state.title in ("", scenario.title)), None)

    @cached_property
    def started_from(self) -> Scenario | None:
        """The bundled scenario that this one started from, found by its title."""
        return next((scenario for scenario in self.scenarios.values() if scenario.title == self.state.title), None)

    @cached_property
    def is_changed(self) -> bool:
        """Whether it started from a bundled scenario, and the answers at its first visit have changed since."""
        return self.started_from is not None and dict(self.started_from.answers) != dict(self.state.answers_at(0))

    @property
    def title_or_empty(self) -> str:
        """Its title, or the title of the bundled scenario with exactly these answers; empty without either."""
        if not self.state.title:
            return self.scenario.title if self.scenario else ""
        return f"{printable(self.state.title)}{', changed' if self.is_changed else ''}"

    @property
    def name(self) -> str:
        """The name to show for the scenario."""
        return self.title_or_empty or ("Custom scenario" if self.answers else "New scenario")

    @property
    def about(self) -> str:
        """The scenario's description: its own, or that of its bundled scenario."""
        bundled = self.scenario or (None if self.is_changed else self.started_from)
        return self.state.about or (bundled.about if bundled else "")

    @cached_property
    def flag_groups(self) -> tuple[Group, ...]:
        """The groups of safety questions, in the order in which they are asked."""
        return tuple(group for group in self.groups if group.is_safety_group)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All groups, in the order for this person."""
        return groups_in_order(self.knowledge, self.answers)

    def is_safety_question(self, finding: Finding) -> bool:
        """Whether a finding belongs to a safety group."""
        return finding.id in self.knowledge.safety_findings

    def is_adverse(self, finding: Finding) -> bool:
        """Whether a question that is answered in words has another answer than the harmless one."""
        return bool(finding.answers) and self.answers.get(finding.id, finding.benign_answer) != finding.benign_answer

    def findings_of(self, group: Group) -> tuple[Finding, ...]:
        """The findings of a group."""
        return tuple(finding for finding in self.knowledge.findings.values() if finding.group == group.id)

    @cached_property
    def relevant_findings(self) -> frozenset[str]:
        """The findings that are answered, can still change something, or are safety questions."""
        return frozenset((*self.answers, *self.decides, *self.knowledge.safety_findings))

    @cached_property
    def decides(self) -> Mapping[str, tuple[str, ...]]:
        """What each unanswered finding can still change: the route, the step, options by their ids."""
        by_finding: dict[str, list[str]] = {}
        open_verdicts = [(ROUTE, self.result.route_open), (STEP, self.result.step_open)]
        open_verdicts += [(name, option.open) for name, option in self.result.options.items()]
        for subject, verdict in open_verdicts:
            for finding in verdict.deciding if verdict else ():
                by_finding.setdefault(finding, []).append(subject)
        return {finding: tuple(subjects) for finding, subjects in by_finding.items()}

    def can_change(self, finding: str, most: int = 3) -> str:
        """What an unanswered finding can still change, in words: the route alone, or the first `most` subjects."""
        subjects = self.decides.get(finding, ())
        if not subjects:
            return ""
        return shorten_list(tuple(map(self._subject, subjects)), 1 if subjects[0] == ROUTE else most)

    def _subject(self, name: str) -> str:
        return self.knowledge.options[name].name if name in self.knowledge.options else self.knowledge.derived[name].name

    def finding_label(self, finding: str) -> str:
        """A finding's short label: its id as words, with the capitals of its name."""
        return short_name(finding, self.knowledge)

    def unknown_words(self, finding: str) -> str:
        """The words for a question without an answer: a safety question is one that nobody has asked yet."""
        return NOT_ASKED if self.is_safety_question(self.knowledge.findings[finding]) else NOT_KNOWN

    def answer_words(self, finding: str, answer: str | int) -> str:
        """An answer in words."""
        return sentence_case(finding_words(finding, answer, self.knowledge))


def view_of(state: State, message: str = "", **session_context: Any) -> View:
    """The view of a state. `session_context`: further fields of `View` that the session knows."""
    knowledge = pathway.load()
    result_without_visits = _cached_result(_title(state), hashable(state.answers), state.guidance, hashable(state.assumptions))
    result = at_visit(result_without_visits, state.known, state.current_visit, state.weeks_at(state.current_visit), knowledge)
    says = " ".join(filter(None, (message, missing_rules(result.uncovered, knowledge))))
    return View(knowledge, state, result, scenarios(), codes().encode(state), message=says, **session_context)


@per_pathway(maxsize=256)
def _cached_result(title: str, answers: Pairs, guidance: str, assumptions: Pairs) -> Result:
    """The result of some answers. Cached, so that a click on a scenario of twenty visits does not decide all of them again."""
    return the_pathway().explain({"title": title, "answers": dict(answers)}, guidance, dict(assumptions), gaps=True)


def _title(state: State) -> str:
    """A state's title, or that of the bundled scenario with exactly these answers."""
    return state.title or next((scenario.title for scenario in scenarios().values() if scenario.answers == state.answers), "")
