"""Combines the truth of each rule, as columns, into possible routes, steps and verdicts: the first rule that holds wins.

The same composition as `pathway.deciding.precedence`, for whole columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import ibis
from ibis.expr import types as ir

from pathway.deciding.precedence import ON_HOLD, flag_truth
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.models import RedFlag
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.tables.columns import Holds, all_of, any_of, known_true, not_known_false

Truths = Mapping[str, Holds]
"""For each rule whether it holds."""
Possible = Mapping[str, Holds]
"""For each value, in order of precedence, whether it is possible; never null."""
Chain = Sequence[tuple[str, str]]
"""(value, rule) pairs, those with the highest precedence first."""


def first_that_holds(chain: Chain, truths: Truths) -> dict[str, Holds]:
    """Return when each value is possible: one of its rules may hold, and no earlier rule is known to hold."""
    parts: dict[str, list[Holds]] = {}
    earlier: list[Holds] = []
    for value, rules in groupby(chain, key=lambda pair: pair[0]):
        holds = any_of(truths[rule] for _, rule in rules)
        none_before = [~any_of(earlier)] if earlier else []
        parts.setdefault(value, []).append(all_of([*none_before, not_known_false(holds)]))
        earlier.append(known_true(holds))
    return {value: any_of(possible) for value, possible in parts.items()}


def flag_chain(knowledge: Knowledge) -> Chain:
    """Return the red flags with their routes, in the order in which they decide the route."""
    flags = sorted(knowledge.red_flags.values(), key=lambda flag: knowledge.routes.index(flag.says))
    return [(flag.says, flag.id) for flag in flags]


def flag_holds(knowledge: Knowledge, flag: str, truths: Truths) -> Holds:
    """Return whether a red flag holds."""
    return flag_truth(knowledge, flag, truths, lambda holds, downgraded: holds & ~known_true(downgraded))


def possible_routes(knowledge: Knowledge, flags: Truths) -> dict[str, Holds]:
    """Return when each route is possible. A flag that holds rules out every less urgent route."""
    routes = first_that_holds(flag_chain(knowledge), flags)
    return {**routes, knowledge.ladder_route: ~any_of(known_true(flags[flag]) for flag in knowledge.red_flags)}


def decided_route(possible: Possible) -> ir.StringValue:
    """Return the least urgent possible route; `undetermined` where that is stepped care and another is possible too."""
    *flagged, ladder = possible
    another = any_of(possible[route] for route in flagged)
    less_urgent_first = [(possible[route], route) for route in reversed(flagged)]
    return ibis.cases((possible[ladder] & another, UNDETERMINED), (possible[ladder], ladder), *less_urgent_first)


def routes_with_downgrade(knowledge: Knowledge, possible: Possible, flags: Truths, truths: Truths) -> Possible:
    """Return the possible routes, with the one that is left if an answer downgrades every flag of the decided route."""
    routes = dict(possible)
    for number, route in enumerate(possible):
        says_it = [flag for flag in knowledge.red_flags.values() if flag.says == route]
        if any(flag.downgraded_by is not None for flag in says_it):
            is_decided = possible[route] & any_of(known_true(flags[flag.id]) for flag in says_it)
            downgradable = all_of([is_decided, *(_not_fixed(flag, flags, truths) for flag in says_it)])
            less_urgent = _most_urgent_left(knowledge, list(possible)[number + 1 :], flags)
            routes |= {less: routes[less] | (downgradable & holds) for less, holds in less_urgent.items()}
    return routes


def _not_fixed(flag: RedFlag, flags: Truths, truths: Truths) -> Holds:
    """Return whether a flag doesn't hold, or an answer can still downgrade it."""
    absent = ~known_true(flags[flag.id])
    return absent if flag.downgraded_by is None else absent | truths[downgrade_id(flag.id)].isnull()


def _most_urgent_left(knowledge: Knowledge, routes: Sequence[str], flags: Truths) -> Possible:
    """Return for each of these routes whether it is the most urgent one that nothing known rules out."""
    left: dict[str, Holds] = {}
    for route in routes:
        may_hold = [not_known_false(flags[flag.id]) for flag in knowledge.red_flags.values() if flag.says == route]
        is_possible = ibis.literal(True) if route == routes[-1] else any_of(may_hold)
        left[route] = all_of([is_possible, *(~earlier for earlier in left.values())])
    return left


def possible_gate_values(ruling_out: Iterable[tuple[str, ...]], truths: Truths) -> dict[str, Holds]:
    """Return when `yes` (an option may be possible) and `no` (all may be ruled out) are possible.

    `ruling_out` holds, for each option of the gate, the rules that can rule it out.
    """
    rules = [[truths[rule] for rule in option] for option in ruling_out]
    maybe_possible = any_of(~any_of(map(known_true, option)) for option in rules)
    surely_possible = any_of(~any_of(map(not_known_false, option)) for option in rules)
    return {"yes": maybe_possible, "no": ~surely_possible}


def possible_verdicts(knowledge: Knowledge, option: str, truths: Truths) -> dict[str, Holds]:
    """Return when each verdict is possible. One that waits for the route may become any later one, or on hold."""
    chain = [(rule.says, rule.id) for rule in knowledge.winnable_rules_by_option[option]]
    verdicts = first_that_holds(chain, truths)
    waits = verdicts.pop(UNDETERMINED, None)
    if waits is None:
        return verdicts
    later = first_that_holds([(says, rule) for says, rule in chain if says != UNDETERMINED], truths)
    later[ON_HOLD] = ibis.literal(True)
    never = ibis.literal(False)
    return {value: ibis.ifelse(waits, possible, verdicts.get(value, never)) for value, possible in later.items()}
