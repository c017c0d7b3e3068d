"""What the Practice page shows, as address parameters: which set, by its seed, and which of its cases."""

from __future__ import annotations

import re
from dataclasses import dataclass

SET_PARAM, CASE_PARAM = "p", "n"
MOST_ON_THE_PAGE = 20
_SHAPE = re.compile(r"([0-9]{1,6})\.([0-9]{1,2})(?:\.([a-z0-9-]{1,80}))?")


@dataclass(frozen=True)
class SetQuery:
    """A new set: its seed, its number of cases, and the trap that it is about."""

    seed: int = 1
    count: int = 10
    about: str = ""

    @property
    def encoded(self) -> str:
        """The query as an address parameter."""
        return ".".join(filter(None, (str(self.seed), str(self.count), self.about)))


def set_query(text: str) -> SetQuery | None:
    """The query in an address parameter; None for anything else."""
    parts = _SHAPE.fullmatch(text)
    if parts is None or not 1 <= int(parts[2]) <= MOST_ON_THE_PAGE:
        return None
    return SetQuery(int(parts[1]), int(parts[2]), parts[3] or "")


def case_number(text: str, most: int) -> int:
    """The number of the case in an address parameter, from 1; the first one for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= most else 1
