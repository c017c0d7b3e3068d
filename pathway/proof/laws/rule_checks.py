"""The laws about the rules themselves: each can hold, each is needed, and no source says yes and no at once.

A rule *can hold* if some scenario without contradicting answers makes its condition known true (a rule of the ladder: on the
ladder). It is *needed* if leaving it out changes some result, reasons included. Every rule that holds is shown among the reasons
of each of its options, so that is so of any that can hold; here more is asked: that no other says the same for the same reason
wherever it holds. A caution or a contradiction that holds is shown in its words, and the same is asked of it. A rule of the
ladder is needed if it is somewhere the first that holds; an exception, if it somewhere takes out a rule that no other takes out;
an `unless known`, if it somewhere lowers a route. A definition is no rule, and loading refuses one that nothing reads.

Two rules *contradict* if both hold in one complete scenario, speak of one option, rest on the same source, one says `not_advised`
and the other `applies` or `later`, and neither is written as an exception of the other; or if their conditions, exceptions not
taken off, are true in exactly the same scenarios and they say different things of an option.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from pathway.knowledge.base import unless
from pathway.knowledge.models import Recommendation
from pathway.proof.laws.claims import decided_symbols
from pathway.proof.laws.law import OfRules
from pathway.proof.laws.redundancy import needless
from pathway.proof.laws.rule_search import Found, Search, read, with_exception
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Space
from pathway.proof.symbolic.witness import smallest
from pathway.proof.symbolic.z3_solver import Deadline

FOR = ("applies", "later")
AGAINST = "not_advised"


def findings_of(kind: OfRules, space: Space, until: Deadline) -> tuple[Found, ...]:
    """Everything that is wrong with the rules in this way."""
    person = space.anyone
    about = [*space.settings(), *(person.well_formed() if kind == "can_hold" else person.sound)]
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
    for flag in with_exception(space.knowledge):
        speaking[unless(flag.id)] = logic.all([found.held[flag.id].yes, found.held[unless(flag.id)].yes])
    speaking |= {f"the caution at {c.file}:{c.line}": read(c.when, space) for c in space.knowledge.cautions}
    for name, when in space.knowledge.written_out.items():
        pair = decided_symbols(space.anyone, "", space).read(when)
        speaking |= {f"{name} (as present)": pair.yes, f"{name} (as absent)": pair.no}
    return speaking


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
        yield Found(says, (one.id, other.id), smallest([person], [*person.sound, *both], space, search.until))
    elif _alike(one, other, search):
        yield Found(f"{one.id} and {other.id} have the same condition and differ on {option}", (one.id, other.id))


def _alike(one: Recommendation, other: Recommendation, search: Search) -> bool:
    conditions = [read(rule.when, search.space) for rule in (one, other)]
    return not search.can(conditions[0] != conditions[1]) and search.can(*conditions)


def _opposed(one: Recommendation, other: Recommendation) -> bool:
    says = {one.says, other.says}
    return AGAINST in says and bool(says.intersection(FOR)) and one.basis == other.basis and bool(_sources(one) & _sources(other))


def _sources(rule: Recommendation) -> set[str]:
    return {cite.source or "page" for cite in rule.cites}


CHECKS: Mapping[OfRules, Callable[[Search], Iterator[Found]]] = {"can_hold": _can_hold, "needed": needless, "agree": _agree}
