"""Checks what the pathway is made of: readings with a source, routes and steps that someone reaches, gates on real options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathway.conditions.tree import variables
from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry, WithId, duplicate_ids, unknown_names
from pathway.knowledge.vocabulary import ANY_STEP, DERIVED, GATE, OFF_LADDER, READING, UNDETERMINED, VERDICTS
from pathway.yaml.document import yaml_files

RESERVED = (ANY_STEP, OFF_LADDER, UNDETERMINED, READING, *DERIVED, *VERDICTS)
"""Words that mean something else where a route, a step, a reading or a gate may stand."""


def _says(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each unknown route or step that a rule or an option names."""
    for flag in knowledge.red_flags.values():
        yield from _unlisted(flag, "says", flag.says, knowledge.off_ladder)
    for rule in knowledge.step_rules.values():
        yield from _unlisted(rule, "says", rule.says, knowledge.steps)
    for option in knowledge.options.values():
        yield from _unlisted(option, "step", option.step, (*knowledge.steps, ANY_STEP))


def _unlisted(entry: Entry, key: str, word: str, valid: tuple[str, ...]) -> Iterator[Fault]:
    if word not in valid:
        yield entry.fault(f"{key} can't be {word}; {suggestion(word, valid, 'data/pathway.yaml')}")


def _readings(knowledge: Knowledge) -> Iterator[Fault]:
    letters: dict[str, str] = {}
    for reading in knowledge.outline.readings:
        yield from unknown_names(reading, "source", [reading.source], knowledge.sources)
        if reading.letter in letters:
            yield reading.fault(f"{letters[reading.letter]} has the letter {reading.letter} already; give {reading.id} another")
        letters[reading.letter] = reading.id


def _routes(knowledge: Knowledge) -> Iterator[Fault]:
    *off_ladder, ladder = knowledge.outline.routes
    if not ladder.enters_ladder:
        yield ladder.fault(f"{ladder.id} is the last route, so it needs enters the ladder: yes")
    led_to = {flag.says for flag in knowledge.red_flags.values()}
    for route in off_ladder:
        if route.enters_ladder:
            yield route.fault(f"{route.id} enters the ladder, so it must be the last route; move it down")
        elif route.id not in led_to:
            yield route.fault(f"no red flag leads to {route.id}; write one in data/red_flags.yaml, or drop the route")


def _steps(knowledge: Knowledge) -> Iterator[Fault]:
    reached = {rule.says for rule in knowledge.step_rules.values()}
    for step in knowledge.outline.steps:
        if step.id not in reached:
            yield step.fault(f"nobody reaches {step.id}; write a rule that says it in data/ladder.yaml, or drop the step")
    if not knowledge.rungs:
        yield knowledge.outline.fault("every step is beside the ladder; name one that is on it")


def _gates(knowledge: Knowledge) -> Iterator[Fault]:
    read = frozenset[str]().union(*(variables(condition) for _, condition in knowledge.conditions()))
    for gate in knowledge.outline.gates:
        if gate.id not in read:
            yield gate.fault(f"no rule reads {gate.id}; use it or drop it")
        yield from unknown_names(gate, "option", gate.options, [*knowledge.options, *knowledge.option_sets])
        if set(gate.answers) != set(GATE):
            yield gate.fault(f"{gate.id} needs words for exactly: {', '.join(GATE)}")


def _ids(knowledge: Knowledge) -> Iterator[Fault]:
    outline = knowledge.outline
    tables: tuple[Sequence[WithId], ...] = ((*outline.routes, *outline.steps), outline.readings, outline.gates)
    for entries in tables:
        yield from duplicate_ids(entries)
        for entry in entries:
            if entry.id in RESERVED:
                yield entry.fault(f"{entry.id} means something else already; choose another id")


def _named_entries(knowledge: Knowledge) -> Iterator[Fault]:
    """Yield a fault for each id that names no finding, group, option, assumption or scenario."""
    outline, example = knowledge.outline, knowledge.outline.example
    yield from unknown_names(outline, "finding", filter(None, [outline.scope]), knowledge.findings)
    yield from unknown_names(outline.atlas, "finding", (outline.atlas.across, outline.atlas.down), knowledge.findings)
    yield from unknown_names(example, "finding", example.answer, knowledge.findings)
    yield from unknown_names(example, "option", [example.option], knowledge.options)
    yield from unknown_names(example, "assumption", example.assumption, knowledge.assumptions)
    groups = [group.id for group in knowledge.groups]
    yield from unknown_names(outline, "group", filter(None, [outline.between_visits.group]), groups)
    scenarios = [path.stem for path in yaml_files(knowledge.folder / "scenarios")]
    yield from unknown_names(example, "scenario", [example.scenario], scenarios)
    if outline.atlas.across == outline.atlas.down:
        yield outline.atlas.fault("the atlas needs two different findings")


NEEDED = (_says, _ids, _routes)
CHECKS = (*NEEDED, _readings, _steps, _gates, _named_entries)
