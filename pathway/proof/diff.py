"""What differs between two rule bases: rules in plain English, and which scenarios change their answer, counted exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from typing import Any

from pathway.explanation.english import condition_lines
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry
from pathway.knowledge.vocabulary import GUIDANCE
from pathway.phrases import wrapped
from pathway.proof.counting.decision_diagram import Node
from pathway.proof.counting.example import Examples
from pathway.proof.counting.grid import Base, Grid
from pathway.proof.renames import renamed_as
from pathway.proof.report import Model

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


IF_RENAMED = "Where one of these only has another name, say so in data/renamed.yaml, and compare again."


class Moved(Model):
    """Scenarios whose answer is another: of the route, the step or an option, by one reading."""

    guidance: str
    of: str
    old: str
    new: str
    scenarios: int
    example: dict[str, str | int]


class Difference(Model):
    """What differs. `scenarios` is how many were compared, numbers as classes: those that both rule bases can be asked."""

    renamed: tuple[str, ...] = ()
    """What only has another id, which is compared as one thing."""
    rules: tuple[str, ...]
    """Lines of a difference, in plain English."""
    moved: tuple[Moved, ...]
    scenarios: int
    not_compared: tuple[str, ...]
    """Questions and answers that only one of the two has."""

    @property
    def same(self) -> bool:
        """Nothing differs."""
        return not (self.renamed or self.rules or self.moved or self.not_compared)

    def describe(self) -> list[str]:
        """The difference as lines of at most 80 columns."""
        if self.same:
            return ["The two rule bases are the same."]
        found = [part for name in self.renamed for part in wrapped(f"Another name only: {name}.")]
        found += [part for line in self.rules for part in wrapped(line, line[:1] + "   ")]
        found += [part for name in self.not_compared for part in wrapped(f"Only one of the two asks: {name}.")]
        found += wrapped(IF_RENAMED) if self.not_compared else []
        head = (
            f"Of {self.scenarios:,} complete scenarios (numbers as classes):" if self.moved else "No scenario changes its answer."
        )
        return [*found, *wrapped(head), *(line for moved in self.moved for line in _moved(moved))]


def _moved(moved: Moved) -> Iterator[str]:
    says = f"- {moved.of}, by the reading {moved.guidance}: {moved.old} becomes {moved.new} in {moved.scenarios:,}"
    yield from wrapped(says, "  ")


def diff(old: Knowledge, new: Knowledge) -> Difference:
    """What differs between two rule bases, each with its own usual assumptions."""
    (old, then), (new, now) = renamed_as(old, new), renamed_as(new, old)
    bases = (Base(old, defaults(old)), Base(new, defaults(new)))
    grid = Grid(bases, sized=False)
    both = grid.algebra.all(grid.consistent(base) for base in bases)
    moved = (found for guidance in GUIDANCE for found in _compared(grid, both, guidance))
    return Difference(
        renamed=(*then, *now),
        rules=tuple(_rules(old, new)),
        moved=tuple(moved),
        scenarios=grid.diagrams.count(both),
        not_compared=tuple(_alone(old, new)),
    )


def _compared(grid: Grid, both: Node, guidance: str) -> Iterator[Moved]:
    old, new = (_answers(grid, base, guidance) for base in grid.bases)
    finder = Examples(grid)
    for of in (name for name in old if name in new):
        for before, after in ((a, b) for a in old[of] for b in new[of] if a != b):
            node = grid.algebra.all([both, old[of][before], new[of][after]])
            if count := grid.diagrams.count(node):
                example = finder.of(node) or {}
                yield Moved(guidance=guidance, of=of, old=before, new=after, scenarios=count, example=example)


def _answers(grid: Grid, base: Base, guidance: str) -> dict[str, Mapping[str, Node]]:
    found = grid.outcome(base, guidance)
    return {
        "route": found.route,
        "step": found.step,
        **{option: grid.verdicts(found, option) for option in base.knowledge.options},
    }


def _alone(old: Knowledge, new: Knowledge) -> Iterator[str]:
    for one, other in ((old, new), (new, old)):
        for finding in one.findings.values():
            if finding.id not in other.findings:
                yield finding.id
            else:
                yield from (f"{finding.id}: {word}" for word in finding.answers if word not in other.findings[finding.id].answers)


def _rules(old: Knowledge, new: Knowledge) -> Iterator[str]:
    for table in TABLES:
        before, after = _named(getattr(old, table)), _named(getattr(new, table))
        for name in dict.fromkeys((*before, *after)):
            words = _words(before.get(name), old), _words(after.get(name), new)
            changed = list(unified_diff(*words, lineterm="", n=1))[2:]
            if changed:
                yield name
                yield from (line for line in changed if not line.startswith("@@"))


def _named(table: Any) -> Mapping[str, Entry]:
    """The entries by their id; cautions, which have none, by what they say."""
    return table if isinstance(table, dict) else {getattr(entry, "id", entry.text): entry for entry in table}


def _words(entry: Entry | None, knowledge: Knowledge) -> list[str]:
    """An entry as lines of plain English: its fields, and its conditions in words."""
    if entry is None:
        return []
    skipped = {"file", "line", "when", "unless_known", "cites", "id"}
    found = [f"{name}: {_shown(value)}" for name, value in entry if name not in skipped and value not in (None, (), {})]
    values = defaults(knowledge)
    for field in ("when", "unless_known"):
        if (condition := getattr(entry, field, None)) is not None:
            found += [f"{field.replace('_', ' ')}:", *(f"  {line}" for line in condition_lines(condition, knowledge, values))]
    cites = (c.statement or f"{c.source}, {c.at} ({c.checked})" for c in getattr(entry, "cites", ()))
    return [*found, *(f"cites: {cite}" for cite in cites)]


def _shown(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(map(str, value))
        case dict():
            return ", ".join(f"{key}: {word}" for key, word in value.items())
        case _:
            return str(value)
