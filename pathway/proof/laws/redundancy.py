"""Rules, exceptions and words that change nothing: `needed`, as `structure` has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathway.knowledge.base import Knowledge, unless
from pathway.knowledge.models import Caution, Contradiction, Recommendation, RedFlag
from pathway.knowledge.vocabulary import ROUTES
from pathway.proof.laws.rule_search import Found, Search, read, with_exception
from pathway.proof.symbolic.formulas import Formula
from pathway.proof.symbolic.scenarios import Space

Told = Caution | Contradiction


def needless(search: Search) -> Iterator[Found]:
    """Everything that changes nothing."""
    space = search.space
    for rule in space.knowledge.step_rules:
        if not search.can(space.anyone.outcome.step_rule[rule]):
            yield Found(f"the ladder never comes to {rule}", (rule,))
    for flag in with_exception(space.knowledge):
        if not search.can(*_lowers(flag, space)):
            yield Found(f"the unless known of {flag.id} never lowers a route", (flag.id,))
    for name, twins in _twins(space.knowledge).items():
        held = space.anyone.outcome.held
        if twins and not search.can(held[name].yes, *(space.logic.no(held[twin].yes) for twin in twins)):
            yield Found(f"{name} adds nothing to {', '.join(twins)}", (name, *twins))
    yield from _exceptions(search)
    yield from _said_twice(search)


def _exceptions(search: Search) -> Iterator[Found]:
    """Exceptions that take out nothing, or nothing that another does not."""
    space, rules = search.space, search.space.knowledge.recommendations
    for name, rule in rules.items():
        exceptions = {other.id: read(other.when, space) for other in rules.values() if name in other.overrides}
        for exception, holds in exceptions.items():
            rest = [space.logic.no(other) for known, other in exceptions.items() if known != exception]
            if not search.can(read(rule.when, space), holds, *rest):
                yield Found(f"{exception} as an exception of {name} changes nothing", (exception, name))


def _said_twice(search: Search) -> Iterator[Found]:
    """Cautions and contradictions beside which another says the same wherever they hold."""
    space, known = search.space, search.space.knowledge
    anyone = Search(space, space.logic.solver(*space.settings(), *space.anyone.well_formed()), search.until)
    for entry, others in (*_repeated(known.cautions), *_repeated(known.contradictions)):
        if not anyone.can(read(entry.when, space), *(space.logic.no(read(other.when, space)) for other in others)):
            where = ", ".join(f"{other.file}:{other.line}" for other in others)
            yield Found(f"what {entry.file}:{entry.line} says adds nothing to {where}", ())


def _repeated(entries: Sequence[Told]) -> Iterator[tuple[Told, list[Told]]]:
    """Each entry that says what others say of the same options, with those."""
    for entry in entries:
        others = [other for other in entries if other is not entry and other.text == entry.text and _of(entry) <= _of(other)]
        if others:
            yield entry, others


def _of(entry: Told) -> set[str]:
    return set(entry.options) if isinstance(entry, Caution) else set()


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
