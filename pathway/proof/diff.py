"""Compares two rule bases: the rules in plain English, and the scenarios whose result changes, counted exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from typing import Any

from pathway.explanation.english import condition_lines
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry
from pathway.model import FrozenModel
from pathway.phrases import wrapped
from pathway.proof.counting.decision_diagram import Node
from pathway.proof.counting.example import ExampleFinder
from pathway.proof.counting.scenario_space import CountingContext, ScenarioSpace
from pathway.proof.renames import renamed_as

TABLES = (
    "findings",
    "definitions",
    "assumptions",
    "red_flags",
    "step_rules",
    "options",
    "recommendations",
    "cautions",
    "contradictions",
)


IF_RENAMED = "If one of these was only renamed, add it to data/renamed.yaml and compare again."


class DiffEntry(FrozenModel):
    """Scenarios in which the route, the step or an option's verdict changes from `old` to `new`, under one guidance."""

    guidance: str
    of: str
    old: str
    new: str
    scenarios: int
    example: dict[str, str | int]


class Difference(FrozenModel):
    """The differences. `scenarios` counts those compared: the ones that both rule bases share."""

    renamed: tuple[str, ...] = ()
    """Entries that only have a new id; they are compared as one."""
    rules: tuple[str, ...]
    """A unified diff of the rules in plain English."""
    moved: tuple[DiffEntry, ...]
    scenarios: int
    not_compared: tuple[str, ...]
    """Questions and answers that only one of the two has."""

    @property
    def same(self) -> bool:
        """Whether there is no difference."""
        return not (self.renamed or self.rules or self.moved or self.not_compared)

    def describe(self) -> list[str]:
        """Return the difference as lines of at most 80 columns."""
        if self.same:
            return ["The two rule bases are the same."]
        entries = [part for name in self.renamed for part in wrapped(f"Renamed: {name}.")]
        entries += [part for line in self.rules for part in wrapped(line, line[:1] + "   ")]
        entries += [part for name in self.not_compared for part in wrapped(f"Only one of the two asks: {name}.")]
        entries += wrapped(IF_RENAMED) if self.not_compared else []
        head, *changes = self.outcomes()
        return [*entries, *wrapped(head), *(part for line in changes for part in wrapped(f"- {line}", "  "))]

    def outcomes(self) -> list[str]:
        """Return which results change in how many scenarios: a heading, and a line for each change."""
        if not self.moved:
            return ["No scenario changes its result."]
        return [
            f"Of {self.scenarios:,} complete scenarios, where numbers that no rule tells apart count once:",
            *(
                f"{entry.of} (guidance: {entry.guidance}): {entry.old} becomes {entry.new} in {entry.scenarios:,}"
                for entry in self.moved
            ),
        ]


def diff(old: Knowledge, new: Knowledge) -> Difference:
    """Return the differences between two rule bases, each with its own default assumptions."""
    (old, renamed_in_new), (new, renamed_in_old) = renamed_as(old, new), renamed_as(new, old)
    contexts = (CountingContext(old, defaults(old)), CountingContext(new, defaults(new)))
    space = ScenarioSpace(contexts, weighted=False)
    shared = space.algebra.all(space.consistent(context) for context in contexts)
    moved = (entry for guidance in new.readings for entry in _changed_results(space, shared, guidance))
    return Difference(
        renamed=(*renamed_in_new, *renamed_in_old),
        rules=tuple(_rule_lines(old, new)),
        moved=tuple(moved),
        scenarios=space.diagrams.count(shared),
        not_compared=tuple(_not_in_both(old, new)),
    )


def _changed_results(space: ScenarioSpace, shared: Node, guidance: str) -> Iterator[DiffEntry]:
    old, new = (_results(space, context, guidance) for context in space.contexts)
    finder = ExampleFinder(space)
    for subject in (name for name in old if name in new):
        for before, after in ((a, b) for a in old[subject] for b in new[subject] if a != b):
            node = space.algebra.all([shared, old[subject][before], new[subject][after]])
            if count := space.diagrams.count(node):
                example = finder.find(node) or {}
                yield DiffEntry(guidance=guidance, of=subject, old=before, new=after, scenarios=count, example=example)


def _results(space: ScenarioSpace, context: CountingContext, guidance: str) -> dict[str, Mapping[str, Node]]:
    outcome = space.outcome(context, guidance)
    return {
        "route": outcome.route,
        "step": outcome.step,
        **{option: space.verdicts(outcome, option) for option in context.knowledge.options},
    }


def _not_in_both(old: Knowledge, new: Knowledge) -> Iterator[str]:
    for knowledge, other in ((old, new), (new, old)):
        for finding in knowledge.findings.values():
            if finding.id not in other.findings:
                yield finding.id
            else:
                yield from (f"{finding.id}: {word}" for word in finding.answers if word not in other.findings[finding.id].answers)


def _rule_lines(old: Knowledge, new: Knowledge) -> Iterator[str]:
    for table in TABLES:
        before, after = _by_name(getattr(old, table)), _by_name(getattr(new, table))
        for name in dict.fromkeys((*before, *after)):
            texts = _entry_text(before.get(name), old), _entry_text(after.get(name), new)
            changed = list(unified_diff(*texts, lineterm="", n=1))[2:]
            if changed:
                yield name
                yield from (line for line in changed if not line.startswith("@@"))


def _by_name(table: Any) -> Mapping[str, Entry]:
    """Return the entries by id; cautions, which have none, by their text."""
    return table if isinstance(table, dict) else {getattr(entry, "id", entry.text): entry for entry in table}


def _entry_text(entry: Entry | None, knowledge: Knowledge) -> list[str]:
    """Return an entry as lines of plain English: its fields, conditions and citations."""
    if entry is None:
        return []
    skipped = {"file", "line", "when", "downgraded_by", "cites", "id"}
    keys = {name: field.alias or name for name, field in type(entry).model_fields.items()}  # as the file has them
    text = [f"{keys[name]}: {_value_text(value)}" for name, value in entry if name not in skipped and value not in (None, (), {})]
    values = defaults(knowledge)
    for field in ("when", "downgraded_by"):
        if (condition := getattr(entry, field, None)) is not None:
            text += [f"{keys[field]}:", *(f"  {line}" for line in condition_lines(condition, knowledge, values))]
    cites = (c.statement or f"{c.source}, {c.at} ({c.checked})" for c in getattr(entry, "cites", ()))
    return [*text, *(f"cites: {cite}" for cite in cites)]


def _value_text(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(map(_value_text, value))
        case Entry():  # without its place in the file, which moves whenever a line above it does
            return _value_text(value.model_dump(exclude={"file", "line"}, exclude_none=True))
        case dict():
            return ", ".join(f"{key}: {word}" for key, word in value.items())
        case _:
            return str(value)
