"""The query of the Population page as an address parameter: which made-up people, and which option's verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from pathway import Knowledge

SIZES = (200, 1_000, 5_000, 20_000)
MOST_SEED = 9_999


@dataclass(frozen=True)
class PopulationQuery:
    """How many people, from which seed, and the option. A sheet is in no link: it stays in its session."""

    number: int
    seed: int
    option: str

    @property
    def encoded(self) -> str:
        """The query as an address parameter."""
        return f"{self.number}.{self.seed}.{self.option}"


def query_from_address(text: str, knowledge: Knowledge) -> PopulationQuery:
    """The query in an address parameter; the default query where it is invalid."""
    usual = PopulationQuery(SIZES[1], 1, next(iter(knowledge.options)))
    number, _, rest = text[:400].partition(".")
    seed, _, option = rest.partition(".")
    if not (number.isascii() and number.isdigit() and seed.isascii() and seed.isdigit() and len(seed) <= len(str(MOST_SEED))):
        return usual
    query = PopulationQuery(int(number), int(seed), option)
    return query if query.number in SIZES and option in knowledge.options else usual
