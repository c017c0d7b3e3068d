"""What every part of a page is laid out from: the knowledge's words, the state in the address, and its result."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from explorer.markup.words import capitalise
from pathway import Knowledge, Result, Scenario
from pathway.explanation.question_order import groups_in_order
from pathway.knowledge.models import Finding, Group, Label
from pathway.phrases import printable
from pathway.scenarios.walk import State

GUIDANCE_NAMES = {"page": "the clinic’s page", "nice": "NICE NG59"}
NOT_KNOWN, NOT_ASKED = "Not known", "Not asked yet"


@dataclass(frozen=True)
class View:
    """One state, explained. It looks words up and decides nothing."""

    knowledge: Knowledge
    state: State
    result: Result
    scenarios: Mapping[str, Scenario]
    explain_state: Callable[[State], View]
    link_for: Callable[[State], str]
    """The address of a state."""
    token: str = ""
    skipped: frozenset[str] = frozenset()
    message: str = ""
    previously_relevant: frozenset[str] = frozenset()
    """Questions that were shown before, because they mattered then."""
    compare_link: str = ""
    """The address of what this one is compared with."""
    pending_work: str = ""
    """What was asked to be worked out, because it takes long."""

    def at_visit(self, number: int) -> View:
        """The same, looking at another visit."""
        return self if number == self.state.at else self.explain_state(replace(self.state, at=number))

    def with_guidance(self, guidance: str) -> View:
        """The same, by another reading."""
        return self if guidance == self.state.guidance else self.explain_state(replace(self.state, guidance=guidance))

    def with_defaults(self) -> View:
        """The same, with every assumption at its default."""
        return self.explain_state(replace(self.state, assumptions={}))

    @property
    def cache_key(self) -> tuple[Any, ...]:
        """What tells this view from another: the address, and what the session knows beside it."""
        return (
            self.token,
            self.state.at,
            self.message,
            self.skipped,
            self.previously_relevant,
            self.compare_link,
            self.pending_work,
        )

    def token_of(self, answers: Mapping[str, str | int]) -> str:
        """The address of a scenario with these answers, read as this one is."""
        return self.link_for(self.state.elsewhere(answers))

    def title(self, word: str) -> str:
        """A verdict, route, step, basis or degree of sureness, as a title."""
        return self._labels[word].title

    def guidance_name(self, guidance: str) -> str:
        """The name of a guidance, as it stands inside a sentence."""
        return GUIDANCE_NAMES[guidance]

    def says(self, word: str) -> str:
        """What such a word means."""
        return self._labels[word].says

    @cached_property
    def _labels(self) -> Mapping[str, Label]:
        return {label.id: label for label in self.knowledge.labels}

    @cached_property
    def answers(self) -> Mapping[str, str | int]:
        """The answers that are looked at."""
        return self.state.answers

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet, at any visit."""
        return len(self.state.visits) == 1 and not self.answers

    @cached_property
    def scenario(self) -> Scenario | None:
        """The bundled scenario with just these answers, unless this one has a name of its own."""
        same = (found for found in self.scenarios.values() if dict(found.answers) == dict(self.answers))
        return next((found for found in same if self.state.title in ("", found.title)), None)

    @cached_property
    def started_from(self) -> Scenario | None:
        """The bundled scenario with this one's title: what is changed keeps its name, and nothing on the page moves."""
        return next((found for found in self.scenarios.values() if found.title == self.state.title), None)

    @cached_property
    def changed(self) -> bool:
        """Whether this has a bundled scenario's title, and no longer begins with its answers."""
        return self.started_from is not None and dict(self.started_from.answers) != dict(self.state.answers_at(0))

    @property
    def title_or_empty(self) -> str:
        """Its title, or that of the bundled scenario with just these answers; empty where it has none."""
        if not self.state.title:
            return self.scenario.title if self.scenario else ""
        return f"{printable(self.state.title)}{', changed' if self.changed else ''}"

    @property
    def name(self) -> str:
        """What this one is called."""
        return self.title_or_empty or ("Custom scenario" if self.answers else "New scenario")

    @property
    def about(self) -> str:
        """What this one is about: in its own words, or in those of the bundled scenario that it is, or began as."""
        bundled = self.scenario or (None if self.changed else self.started_from)
        return self.state.about or (bundled.about if bundled else "")

    @cached_property
    def flag_groups(self) -> tuple[Group, ...]:
        """The groups that are asked before all else."""
        return tuple(group for group in self.groups if group.flags)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups in the order in which they are asked of this person."""
        return groups_in_order(self.knowledge, self.answers)

    def is_safety_question(self, finding: Finding) -> bool:
        """Whether a finding is one of those asked before all else."""
        return any(group.id == finding.group for group in self.flag_groups)

    def findings_of(self, group: Group) -> tuple[Finding, ...]:
        """The findings of a group."""
        return tuple(finding for finding in self.knowledge.findings.values() if finding.group == group.id)

    @cached_property
    def relevant_findings(self) -> frozenset[str]:
        """The findings that are answered, may still decide something, or are asked before all else."""
        first = (finding.id for finding in self.knowledge.findings.values() if self.is_safety_question(finding))
        return frozenset((*self.answers, *self.decides, *first))

    @cached_property
    def decides(self) -> Mapping[str, tuple[str, ...]]:
        """For each unanswered finding what it may still decide, in words."""
        found: dict[str, list[str]] = {}
        opened = [("the route", self.result.route_open), ("the step", self.result.step_open)]
        opened += [(self.knowledge.options[name].name, option.open) for name, option in self.result.options.items()]
        for word, left in opened:
            for finding in left.deciding if left else ():
                found.setdefault(finding, []).append(word)
        return {finding: tuple(words) for finding, words in found.items()}

    def finding_label(self, finding: str) -> str:
        """A finding in a word or two."""
        cased = {word.lower(): word for word in re.findall(r"\w+", self.knowledge.findings[finding].name) if word.isupper()}
        return capitalise(" ".join(cased.get(word, word) for word in finding.split("_")))

    def unknown_words(self, finding: str) -> str:
        """The words for a question without an answer: a safety question is one that nobody has asked yet."""
        return NOT_ASKED if self.is_safety_question(self.knowledge.findings[finding]) else NOT_KNOWN

    def answer_words(self, finding: str, answer: str | int) -> str:
        """An answer in words."""
        found = self.knowledge.findings[finding]
        if found.whole:
            unit = found.whole.unit
            return f"{answer} {unit.removesuffix('s') if answer == 1 else unit}"
        return capitalise(found.answers.get(str(answer), str(answer)))
