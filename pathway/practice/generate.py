"""Draws new cases from the space of all scenarios: by a seed, and balanced over traps, steps and routes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, cycle, islice, zip_longest

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Condition, Facts, Is, expand_definitions
from pathway.deciding.decide import Decision
from pathway.errors import Fault, Unusable, suggestion
from pathway.explanation.english import answer_words
from pathway.explanation.pathway import Pathway
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import OFF_LADDER, READING, ROUTE, STEP_RULE
from pathway.phrases import safe_excerpt, with_article
from pathway.practice.case import Case, case_from
from pathway.practice.later_visits import LaterVisits
from pathway.practice.satisfy import ChangingAnswers, unfit_conditions
from pathway.practice.seeded_draw import Draw
from pathway.practice.teaching import Draws, Teaching, Trap
from pathway.scenarios.scenario import Scenario

ATTEMPTS = 400
ROUNDS = 3
"""How often answers are changed towards the target, and away from contradictions, before they are thrown away."""
MOST_CASES = 100
TITLE_PIECES = ("who", "since")
"""The pieces of the one sentence that make a title: they give nothing of the result away."""


@dataclass(frozen=True)
class Target:
    """What a case must come to: answers are changed until `start` holds, and the result must fulfil `goal`."""

    name: str
    start: Condition
    goal: Condition
    trap: Trap | None = None
    goes_on: bool = False
    """Whether the case has later visits."""


def draw_cases(pathway: Pathway, teaching: Teaching, seed: int, count: int, about: str) -> tuple[Case, ...]:
    """Return new cases: the same for the same seed, number, trap and edition. `about`: all are about this trap.

    Raises Unusable for a trap or a number that can't be used, and where a case can't be drawn.
    """
    if faults := list(_faults(teaching, count, about)):
        raise Unusable(faults)
    draw = Draw(f"{pathway.knowledge.hash} {seed} {about}")
    targets = islice(cycle(_targets(pathway.knowledge, teaching, draw, about)), count)
    generator = _CaseGenerator(pathway, teaching.draws)
    return tuple(generator.case(target, f"case-{at}", draw.part(f"case {at}")) for at, target in enumerate(targets, 1))


def _faults(teaching: Teaching, count: int, about: str) -> Iterator[Fault]:
    if about and about not in teaching.traps:
        yield Fault(
            "about", None, f"there is no trap {safe_excerpt(about)}; {suggestion(about, teaching.traps, 'data/traps.yaml')}"
        )
    if not 1 <= count <= MOST_CASES:
        yield Fault("cases", None, f"can't be {safe_excerpt(count)}; write a number from 1 to {MOST_CASES}")


def _targets(knowledge: Knowledge, teaching: Teaching, draw: Draw, about: str) -> list[Target]:
    """Return the targets in a drawn order, traps, steps and routes by turns, so that any first few are balanced."""
    traps = [_trap(trap, knowledge) for trap in teaching.traps.values() if about in ("", trap.id)]
    if about:
        return traps
    kinds = (traps, list(_steps(knowledge)), list(_routes(knowledge, draw)))
    traps, steps, routes = (draw.shuffled(f"targets {at}", kind) for at, kind in enumerate(kinds))
    steps = _by_turns(steps, knowledge)
    steps[::2] = [replace(target, goes_on=True) for target in steps[::2]]
    return [target for target in chain(*zip_longest(traps, steps, routes)) if target]


def _by_turns(targets: list[Target], knowledge: Knowledge) -> list[Target]:
    """Return the targets of step rules so that each step comes once before any comes again: most rules say the same step."""
    earlier = Counter[str]()
    turns = list[int]()
    for target in targets:
        turns.append(earlier[step := knowledge.step_rules[target.name].says])
        earlier[step] += 1
    return [target for _, target in sorted(zip(turns, targets, strict=True), key=lambda entry: entry[0])]


def _trap(trap: Trap, knowledge: Knowledge) -> Target:
    condition = expand_definitions(trap.when, knowledge.expanded_definitions)
    return Target(trap.title, condition, condition, trap)


def _steps(knowledge: Knowledge) -> Iterator[Target]:
    """Yield a target for each rule of the ladder."""
    for rule in knowledge.step_rules.values():
        yield Target(rule.id, knowledge.rule_conditions[rule.id], Is(STEP_RULE, (rule.id,)))


def _routes(knowledge: Knowledge, draw: Draw) -> Iterator[Target]:
    """Yield a target for each route off the ladder, by one of its red flags."""
    for route in knowledge.off_ladder:
        flag = draw.pick(f"flag {route}", [flag for flag in knowledge.red_flags.values() if flag.says == route])
        yield Target(flag.id, knowledge.rule_conditions[flag.id], Is(ROUTE, (route,)))


@dataclass(frozen=True)
class _CaseGenerator:
    pathway: Pathway
    draws: Draws

    def case(self, target: Target, name: str, draw: Draw) -> Case:
        """Return a case that comes to the target. Raises Unusable where none was drawn."""
        first, *_ = readings = self.pathway.knowledge.readings
        guidance = (target.trap.guidance or first) if target.trap else draw.pick("guidance", readings)
        for attempt in range(ATTEMPTS):
            answers = self._answers(target, guidance, draw.part(f"attempt {attempt}"))
            if answers and self._reached(target, guidance, answers):
                return case_from(self._scenario(target, guidance, answers, draw), name, self.pathway, draw, target.trap)
        raise Unusable([Fault("cases", None, f"no case about {target.name} could be drawn; check its condition")])

    def _scenario(self, target: Target, guidance: str, answers: dict[str, str | int], draw: Draw) -> Scenario:
        title = case_title(answers, self.pathway.knowledge)
        start = Scenario(
            title=title, guidance=None if guidance == self.pathway.knowledge.readings[0] else guidance, answers=answers
        )
        return LaterVisits(self.pathway, self.draws.later).added_to(start, draw) if target.goes_on else start

    def _answers(self, target: Target, guidance: str, draw: Draw) -> dict[str, str | int] | None:
        """Return drawn answers that fit together; None where these don't."""
        knowledge = self.pathway.knowledge
        settings = {**defaults(knowledge), READING: guidance}
        answers = {name: self._answer(finding, draw) for name, finding in knowledge.findings.items()}
        unfit = unfit_conditions(knowledge)
        for at in range(ROUNDS):
            change = ChangingAnswers(answers, settings, knowledge, draw.part(f"round {at}"))
            change.satisfy(target.start)
            for condition in unfit:
                change.satisfy(condition, wanted=False)
        facts = {**settings, **answers}
        return None if any(truth(condition, facts) for condition in unfit) else answers

    def _answer(self, finding: Finding, draw: Draw) -> str | int:
        if finding.id in self.pathway.knowledge.safety_findings:
            return finding.benign_answer
        if finding.id in self.draws.numbers:
            limits = self.draws.numbers[finding.id]
            return limits.least + draw.number(finding.id, limits.most - limits.least + 1)
        if finding.id in self.draws.mostly_usual and draw.number(f"usual {finding.id}", 4):
            return finding.benign_answer
        return draw.pick(finding.id, list(finding.answers))

    def _reached(self, target: Target, guidance: str, answers: Mapping[str, str | int]) -> bool:
        decision = self.pathway.decider.decide({**answers, **defaults(self.pathway.knowledge), READING: guidance}, compare=False)
        return bool(truth(target.goal, _facts(decision)))


def _facts(decision: Decision) -> Facts:
    """Return the facts of a decision, with the one rule of the ladder that decides."""
    step = decision.step
    rule = next((name for name in step.considered if decision.truths[name]), OFF_LADDER) if step else OFF_LADDER
    return {**decision.facts, ROUTE: decision.decided_route, STEP_RULE: rule}


def has_case_title(answers: Mapping[str, str | int], knowledge: Knowledge) -> bool:
    """Return whether the answers say who it is, and since when."""
    return all(knowledge.sentence[name].names <= answers.keys() for name in TITLE_PIECES)


def case_title(answers: Mapping[str, str | int], knowledge: Knowledge) -> str:
    """Return a title that says nothing of the result: who, and since when."""
    pieces = (knowledge.sentence[name] for name in TITLE_PIECES)
    words = {name: _in_words(name, answer, knowledge) for name, answer in answers.items()}
    who, since = (piece.filled({name: words[name] for name in piece.names}) for piece in pieces)
    return f"{with_article(who)}, {since}"


def _in_words(finding: str, answer: str | int, knowledge: Knowledge) -> str | int:
    return answer if isinstance(answer, int) else answer_words(finding, answer, knowledge)
