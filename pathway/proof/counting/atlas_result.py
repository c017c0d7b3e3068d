"""The result of `atlas`, and its description for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.explanation.english import finding_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.model import FrozenModel
from pathway.phrases import percent, wrapped
from pathway.proof.subjects import subject_name, value_words


class Cell(FrozenModel):
    """One pair of answers: how many scenarios lead to each value, and an example for each."""

    across: str
    down: str
    counts: dict[str, int]
    examples: dict[str, dict[str, str | int]]

    @property
    def total(self) -> int:
        """The number of scenarios with these two answers."""
        return sum(self.counts.values())


class Atlas(FrozenModel):
    """The cells, row by row. `of` is `step`, `route` or an option; `total` counts the scenarios of all cells."""

    of: str
    guidance: str
    axes: tuple[str, str]
    """The two findings: across, and down."""
    across: tuple[str, ...]
    """The answers across; for a number, the intervals between which some rule changes."""
    down: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: int

    def describe(self, knowledge: Knowledge) -> list[str]:
        """Return the atlas as lines of at most 80 columns."""
        if not self.total:
            return ["No complete scenario has these answers: they contradict each other."]
        subject = subject_name(self.of, knowledge)
        head = f"{subject[:1].upper()}{subject[1:]} in {self.total:,} complete scenarios (guidance: {self.guidance})."
        lines = list(wrapped(f"{head} Numbers that no rule tells apart count once."))
        for row in self.down:
            lines += ["", *wrapped(f"{name_of(self.axes[1], knowledge)}: {finding_words(self.axes[1], row, knowledge)}")]
            lines += [line for cell in self.cells if cell.down == row for line in self._cell(cell, knowledge)]
        return lines

    def _cell(self, cell: Cell, knowledge: Knowledge) -> Iterator[str]:
        shares = [
            f"{value_words(self.of, value, knowledge)} {percent(count, cell.total, 'always')}"
            for value, count in sorted(cell.counts.items(), key=lambda pair: -pair[1])
        ]
        name = f"{name_of(self.axes[0], knowledge)}, {finding_words(self.axes[0], cell.across, knowledge)}"
        yield from wrapped(f"  {name}: {', '.join(shares) or 'no such scenario'}", "    ")
