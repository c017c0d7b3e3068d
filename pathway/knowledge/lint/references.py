"""Checks that every name resolves to exactly one entry: in conditions, options, groups, exceptions and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pathway.conditions.tree import ALWAYS, Is, leaves, variables
from pathway.errors import Fault
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.lint.readable import readable
from pathway.knowledge.models import Caution, Entry, Recommendation, WithId, duplicate_ids, unknown_names
from pathway.knowledge.vocabulary import ON_HOLD

MAX_LEAVES, MAX_NESTING = 200, 20
"""For an expanded definition: the number of its leaves, and of definitions nested in each other."""


def _leaves(knowledge: Knowledge) -> Iterator[Fault]:
    allowed = readable(knowledge)
    for entry, condition in knowledge.conditions():
        for leaf in leaves(condition):
            yield from allowed.unknown(entry, leaf)
            if (
                isinstance(leaf, Is)
                and leaf.variable in allowed.answers
                and set(leaf.values) >= set(allowed.answers[leaf.variable])
            ):
                yield entry.fault(f"{leaf.variable} is asked for every answer that it has, so this is always so; drop it")


def _definitions(knowledge: Knowledge) -> Iterator[Fault]:
    seen: set[str] = set()
    for definition in knowledge.definitions.values():
        for name in sorted(variables(definition.when) & (set(knowledge.definitions) - seen)):
            if definition.id in _read_by(name, knowledge):
                yield definition.fault(f"reads {name}, which reads {definition.id} in turn; let one of them read something else")
            else:
                yield definition.fault(f"reads {name}, which is defined further down; move {name} above it")
        seen.add(definition.id)


def _read_by(name: str, knowledge: Knowledge) -> set[str]:
    """Return the definitions that one reads, itself and through others."""
    read, left = set[str](), [name]
    while left:
        inner = variables(knowledge.definitions[left.pop()].when) & knowledge.definitions.keys()
        left += inner - read
        read |= inner | {name}
    return read


def _options(knowledge: Knowledge) -> Iterator[Fault]:
    covered = {name for rule in knowledge.recommendations.values() if rule.says != ON_HOLD for name in rule.options}
    groups = {group.id for group in knowledge.option_groups}
    for option in knowledge.options.values():
        if option.id not in covered:
            yield option.fault(f"no recommendation speaks of {option.id}; write one")
        yield from unknown_names(option, "group", [option.group], groups)
        if not option.positions and len(knowledge.readings) > 1:
            yield option.fault(f"{option.id} has no positions; write what another source says of it, or that it is silent")
        for position in option.positions:
            yield from unknown_names(position, "source", [position.source], knowledge.sources)
    entries: tuple[Recommendation | Caution, ...] = (*knowledge.recommendations.values(), *knowledge.cautions)
    for entry in entries:
        yield from unknown_names(entry, "option", entry.options, [*knowledge.options, *knowledge.option_sets])
    yield from unknown_names(knowledge.frame, "option", [knowledge.frame.referral], knowledge.options)


def _cautions(knowledge: Knowledge) -> Iterator[Fault]:
    """A caution with a condition needs `if open`; one without must not have it."""
    for caution in knowledge.cautions:
        yield from _if_open_faults(caution)


def _if_open_faults(caution: Caution) -> Iterator[Fault]:
    if caution.when == ALWAYS and caution.if_open is not None:
        yield caution.fault("a caution that always holds is never open; drop if open, or write when")
    if caution.when != ALWAYS and not (caution.if_open or "").startswith("If "):
        yield caution.fault('a caution with when needs "if open": what it says while that is not known, as in: If it is so, ...')


def _overrides(knowledge: Knowledge) -> Iterator[Fault]:
    for rule in knowledge.recommendations.values():
        yield from unknown_names(rule, "recommendation", rule.overrides, knowledge.recommendations)
        for name in rule.overrides:
            exempted = knowledge.recommendations.get(name)
            if exempted and not set(exempted.options) <= set(rule.options):
                yield rule.fault(f"overrides {name}, which speaks of options that it does not; let it speak of all of them")
            if exempted and exempted.overrides:
                yield rule.fault(f"overrides {name}, which is an exception itself; say it in one rule")


def _ids(knowledge: Knowledge) -> Iterator[Fault]:
    for table in _tables_of_ids(knowledge):
        yield from duplicate_ids(table)
    for name, namesakes in _entries_by_variable(knowledge).items():
        for namesake in namesakes[1:]:
            yield namesake.fault(f"{name} is the id of something else that conditions read; name it otherwise")
    for rule in knowledge.recommendations.values():
        if rule.id.endswith(downgrade_id("")):
            yield rule.fault(f"{rule.id} ends in {downgrade_id('')}, which is kept for red flags; name it otherwise")
    for flag in knowledge.red_flags.values():
        if flag.finding not in variables(flag.when):  # what a condition reads is checked with it
            yield from unknown_names(flag, "finding", [flag.finding], knowledge.findings)


def _tables_of_ids(knowledge: Knowledge) -> Iterator[Iterable[WithId]]:
    """Yield the entries that loading does not look up by id, table by table."""
    yield tuple(knowledge.rules())
    yield knowledge.labels
    yield (*knowledge.contradictions, *knowledge.unlikely)
    yield from (knowledge.groups, knowledge.option_groups, knowledge.first_card, knowledge.themes)


def _entries_by_variable(knowledge: Knowledge) -> dict[str, list[Entry]]:
    """Return the entries that conditions can read, by id; two entries under an id are a fault."""
    entries: dict[str, list[Entry]] = {}
    questions: tuple[Mapping[str, Entry], ...] = (knowledge.findings, knowledge.derived)
    for table in (*questions, knowledge.definitions, knowledge.assumptions):
        for name, entry in table.items():
            entries.setdefault(name, []).append(entry)
    return entries


def oversized(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for a definition that is too long or too deep to evaluate once expanded."""
    sizes: dict[str, tuple[int, int]] = {}
    for definition in knowledge.definitions.values():
        inner = [sizes.get(leaf.variable, (1, 0)) for leaf in leaves(definition.when)]
        size = sum(length for length, _ in inner), 1 + max((depth for _, depth in inner), default=0)
        sizes[definition.id] = size
        if size[0] > MAX_LEAVES or size[1] > MAX_NESTING:
            yield definition.fault(f"{definition.id} is too large, written out: {size[0]} tests, {size[1]} deep")
            return


NEEDED = (_ids, _leaves, _definitions, _options, _overrides)
CHECKS = (*NEEDED, _cautions)
