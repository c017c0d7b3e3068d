"""A practice case: a complete scenario, the options asked about, the rules it teaches, and its result when it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field, SerializeAsAny

from pathway.explanation.pathway import Pathway
from pathway.explanation.result import Result
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Id
from pathway.model import FrozenModel
from pathway.practice.scoring import deciding_option_rules, deciding_rules
from pathway.practice.seeded_draw import Draw
from pathway.practice.teaching import Trap
from pathway.scenarios.scenario import Scenario

OPTIONS_PER_CASE = 6
RULES_TO_ASK_WHY = 4
"""The fewest rules of a key option, to have reasons to pick from; in a pathway without such an option, as many as there are."""


class VisitResult(FrozenModel):
    """The result of a visit: the place, and the verdict of each option that is asked about."""

    route: str
    step: str | None
    verdicts: dict[str, str]


class CaseResults(FrozenModel):
    """The results of a case by some rules, and how near another result is."""

    answered: tuple[VisitResult, ...]
    difficulty: int | None
    turns_on: tuple[str, ...]


class Case(FrozenModel):
    """A case. `options` are asked about; the first is the key option, whose reason is asked too."""

    id: Id
    scenario: SerializeAsAny[Scenario]
    objective: str = ""
    """The trap that it is about, if any."""
    options: tuple[str, ...]
    teaches: tuple[str, ...]
    difficulty: int | None = None
    """The number of answers to the nearest case with another result: the fewer, the harder."""
    turns_on: tuple[str, ...] = ()
    """The findings whose answer alone, if changed, gives another result."""
    answered: tuple[VisitResult, ...]
    now: CaseResults | None = Field(default=None, exclude=True)
    """The results by the present rules, if its file is older. `answered` and the two above stay as in the file."""
    added: tuple[str, ...] = Field(default=(), exclude=True)
    """Findings that its file does not have, since the rules ask about them only now. They got the usual answer."""

    def __hash__(self) -> int:
        return hash((self.id, self.scenario.title, self.options))  # equal cases have equal ones; the rest can't be hashed

    @property
    def current(self) -> CaseResults:
        """The results by the present rules."""
        return self.now or CaseResults(answered=self.answered, difficulty=self.difficulty, turns_on=self.turns_on)

    @property
    def visits(self) -> int:
        """The number of visits."""
        return len(self.scenario.visits) or 1


def case_from(
    scenario: Scenario, name: str, pathway: Pathway, draw: Draw, trap: Trap | None = None, options: Sequence[str] = ()
) -> Case:
    """Return the case of a complete scenario. The options that are asked about are drawn where they are not given."""
    from pathway.proof.counterfactual.nearest import nearest_other  # needs the solver, which is slow to load

    names = tuple(options) or tuple(_options(pathway.knowledge, draw, trap))
    results = [pathway.explain(scenario, visit=number + 1) for number in range(len(scenario.visits) or 1)]
    nearest = nearest_other(pathway, scenario, names[0])
    return Case(
        id=name,
        scenario=scenario,
        objective=trap.id if trap else "",
        options=names,
        teaches=tuple(dict.fromkeys(_teaches(results[-1], names[0], trap))),
        difficulty=nearest.answers,
        turns_on=nearest.turns_on,
        answered=tuple(visit_result(result, names) for result in results),
    )


def visit_result(result: Result, options: Sequence[str]) -> VisitResult:
    """Return the part of a result that a case asks about."""
    return VisitResult(route=result.route, step=result.step, verdicts={name: result.options[name].verdict for name in options})


def _options(knowledge: Knowledge, draw: Draw, trap: Trap | None) -> Iterator[str]:
    """Yield the key option, then options of other groups."""
    most = max(map(len, knowledge.rules_by_option.values()))
    enough = min(RULES_TO_ASK_WHY, most)
    disputed = [name for name, rules in knowledge.rules_by_option.items() if len(rules) >= enough]
    key = trap.option if trap else draw.pick("key option", disputed)
    by_group = {knowledge.options[name].group: name for name in draw.shuffled("options", list(knowledge.options))}
    by_group.pop(knowledge.options[key].group, None)
    yield key
    yield from draw.shuffled("groups", list(by_group.values()))[: OPTIONS_PER_CASE - 1]


def _teaches(result: Result, option: str, trap: Trap | None) -> Iterator[str]:
    """Yield what the trap teaches here, then the rules that decide. A rule that does not hold here teaches nothing."""
    considered = (*result.trace.route, *result.trace.step, *result.trace.options[option])
    absent = {trace.rule for trace in considered if not trace.holds}
    yield from (name for name in (trap.teaches if trap else ()) if name not in absent)
    yield from deciding_rules(result)[:1]
    yield from deciding_option_rules(result, option)[:1]
