"""The laws about the rules themselves: each can hold, each is needed, and no source says yes and no at once.

A rule *can hold* if some scenario without contradicting answers makes its condition known true (a rule of the ladder: on the
ladder). It is *needed* if leaving it out changes some result, reasons included: as every rule that holds is shown among the
reasons, that is so unless another rule says the same for the same reason wherever it holds; a rule of the ladder, if it is
somewhere the first that holds. Two rules *contradict* if both hold in one complete scenario, speak of one option, rest on the
same source, one says `not_advised` and the other `applies` or `later`, and neither is written as an exception of the other; or
if their conditions, exceptions not taken off, are true in exactly the same scenarios and they say different things of an option.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pathway.condition import Condition, expanded
from pathway.entries import Recommendation, RedFlag
from pathway.knowledge import Knowledge, unless
from pathway.proof.algebra import Formula
from pathway.proof.claims import decided_symbols
from pathway.proof.laws import OfRules
from pathway.proof.logic import Deadline, Solver
from pathway.proof.report import Witness
from pathway.proof.space import Space
from pathway.proof.witness import smallest
from pathway.vocabulary import ROUTES

FOR = ("applies", "later")
AGAINST = "not_advised"


@dataclass(frozen=True)
class Found:
    """What is wrong with rules; where two clash, the smallest scenario in which they do."""

    says: str
    rules: tuple[str, ...]
    witness: Witness | None = None


@dataclass(frozen=True)
class Search:
    """Asks the solver about rules: in partial scenarios, or in complete ones only."""

    space: Space
    solver: Solver
    until: Deadline

    def can(self, *hold: Formula) -> bool:
        """Some scenario makes all of these true."""
        return self.solver.model(*hold, until=self.until) is not None


def findings_of(kind: OfRules, space: Space, until: Deadline) -> tuple[Found, ...]:
    """Everything that is wrong with the rules in this way."""
    person = space.anyone
    about = [*space.settings(), *person.well_formed()]
    about += [] if kind == "can_hold" else [*person.consistent(), *person.complete()]
    return tuple(CHECKS[kind](Search(space, space.logic.solver(*about), until)))


def _can_hold(search: Search) -> Iterator[Found]:
    contradictions = search.space.anyone.contradictions
    for name, formula in contradictions.items():
        if not search.can(formula):
            yield Found(f"the contradiction {name} never holds", (name,))
    search.solver.add(*search.space.anyone.consistent())
    for name, formula in _speaking(search.space).items():
        if not search.can(formula):
            yield Found(f"{name} never holds", (name,))


def _speaking(space: Space) -> Mapping[str, Formula]:
    """When each rule, exception, definition and caution holds."""
    found, logic = space.anyone.outcome, space.logic
    on_ladder = logic.no(found.step["none"])
    speaking = {rule: pair.yes for rule, pair in found.held.items()}
    speaking |= {rule: logic.all([on_ladder, found.held[rule].yes]) for rule in space.knowledge.step_rules}
    for flag in _with_exception(space.knowledge):
        speaking[unless(flag.id)] = logic.all([found.held[flag.id].yes, found.held[unless(flag.id)].yes])
    for rule in space.knowledge.recommendations.values():
        for name in rule.overrides:
            other = space.knowledge.recommendations[name]
            speaking[f"{rule.id} as an exception of {name}"] = logic.all([_read(rule.when, space), _read(other.when, space)])
    speaking |= {f"the caution at {c.file}:{c.line}": _read(c.when, space) for c in space.knowledge.cautions}
    for name, when in space.knowledge.written_out.items():
        pair = decided_symbols(space.anyone, "", space).read(when)
        speaking |= {f"{name} (as present)": pair.yes, f"{name} (as absent)": pair.no}
    return speaking


def _read(condition: Condition, space: Space) -> Formula:
    return decided_symbols(space.anyone, "", space).read(expanded(condition, space.knowledge.written_out)).yes


def _with_exception(knowledge: Knowledge) -> list[RedFlag]:
    return [flag for flag in knowledge.red_flags.values() if flag.unless_known is not None]


def _needed(search: Search) -> Iterator[Found]:
    space = search.space
    for rule in space.knowledge.step_rules:
        if not search.can(space.anyone.outcome.step_rule[rule]):
            yield Found(f"the ladder never comes to {rule}", (rule,))
    for flag in _with_exception(space.knowledge):
        if not search.can(*_lowers(flag, space)):
            yield Found(f"the unless known of {flag.id} never lowers a route", (flag.id,))
    for name, twins in _twins(space.knowledge).items():
        held = space.anyone.outcome.held
        if twins and not search.can(held[name].yes, *(space.logic.no(held[twin].yes) for twin in twins)):
            yield Found(f"{name} adds nothing to {', '.join(twins)}", (name, *twins))


def _lowers(flag: RedFlag, space: Space) -> tuple[Formula, ...]:
    found = space.anyone.outcome
    lower = ROUTES[ROUTES.index(flag.says) + 1 :]
    return found.held[flag.id].yes, found.held[unless(flag.id)].yes, space.logic.any(found.route[route] for route in lower)


def _twins(knowledge: Knowledge) -> dict[str, list[str]]:
    """For each rule those that say the same for the same reason, of every option of which it speaks."""
    rules: list[Recommendation | RedFlag] = [*knowledge.recommendations.values(), *knowledge.red_flags.values()]
    return {rule.id: [other.id for other in rules if other is not rule and _same(rule, other)] for rule in rules}


def _same(rule: Recommendation | RedFlag, other: Recommendation | RedFlag) -> bool:
    fields = ("says", "because", "basis", "cites", "assumption")
    if any(getattr(rule, field) != getattr(other, field) for field in fields):
        return False
    return getattr(rule, "finding", "") == getattr(other, "finding", "") and (
        set(getattr(rule, "options", ())) <= set(getattr(other, "options", ()))
    )


def _agree(search: Search) -> Iterator[Found]:
    for one, other in combinations(search.space.knowledge.recommendations.values(), 2):
        shared = [option for option in one.options if option in other.options]
        if shared and one.says != other.says and one.id not in other.overrides and other.id not in one.overrides:
            yield from _opposing(one, other, shared[0], search)


def _opposing(one: Recommendation, other: Recommendation, option: str, search: Search) -> Iterator[Found]:
    space = search.space
    both = [space.anyone.outcome.held[rule.id].yes for rule in (one, other)]
    if _opposed(one, other) and search.can(*both):
        says = f"{one.id} says {one.says} and {other.id} says {other.says} of {option}"
        person = space.anyone
        hold = [*person.well_formed(), *person.complete(), *person.consistent(), *both]
        yield Found(says, (one.id, other.id), smallest([person], hold, space, search.until))
    elif _alike(one, other, search):
        yield Found(f"{one.id} and {other.id} have the same condition and differ on {option}", (one.id, other.id))


def _alike(one: Recommendation, other: Recommendation, search: Search) -> bool:
    conditions = [_read(rule.when, search.space) for rule in (one, other)]
    return search.can(*conditions) and not search.can(conditions[0] != conditions[1])


def _opposed(one: Recommendation, other: Recommendation) -> bool:
    says = {one.says, other.says}
    return AGAINST in says and bool(says.intersection(FOR)) and one.basis == other.basis and bool(_sources(one) & _sources(other))


def _sources(rule: Recommendation) -> set[str]:
    return {cite.source or "page" for cite in rule.cites}


CHECKS: Mapping[OfRules, Callable[[Search], Iterator[Found]]] = {"can_hold": _can_hold, "needed": _needed, "agree": _agree}
