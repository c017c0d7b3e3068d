"""What the Practice page shows, as address parameters: which set, and which of its cases.

A set is named by its seed, by the codes of bundled cases, or it is in the address as a whole. The server keeps no set, so the
devices of a group can open only these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pathway.practice.set_link import LONGEST_SET

MOST_ON_THE_PAGE = 20
CHOSEN, IN_THE_ADDRESS = "c", "z"
_SEED = re.compile(r"([0-9]{1,6})\.([0-9]{1,2})(?:\.([a-z0-9-]{1,80})|\.([a-z0-9-]{0,80})\.([0-9a-f]{12}))?")
_CHOSEN = re.compile(rf"{CHOSEN}((?:\.[0-9a-f]{{1,12}}){{1,{MOST_ON_THE_PAGE}}})")
_WHOLE = re.compile(rf"{IN_THE_ADDRESS}\.([A-Za-z0-9_-]{{1,{LONGEST_SET}}})")


@dataclass(frozen=True)
class SetQuery:
    """A new set: its seed, its number of cases, the trap that it is about, and the edition (a hash) that draws it.

    An address from before it held an edition has none.
    """

    seed: int = 1
    count: int = 10
    about: str = ""
    edition: str = ""

    @property
    def encoded(self) -> str:
        """The query as an address parameter."""
        parts = [str(self.seed), str(self.count), self.about, self.edition]
        return ".".join(parts if self.edition else filter(None, parts))


@dataclass(frozen=True)
class ChosenQuery:
    """Bundled cases, by their codes: their names may tell the result."""

    codes: tuple[str, ...]

    @property
    def encoded(self) -> str:
        """The query as an address parameter."""
        return ".".join((CHOSEN, *self.codes))


@dataclass(frozen=True)
class WholeQuery:
    """A set that the address itself holds."""

    token: str

    @property
    def encoded(self) -> str:
        """The query as an address parameter."""
        return f"{IN_THE_ADDRESS}.{self.token}"


Query = SetQuery | ChosenQuery | WholeQuery


def chosen_query(codes: Iterable[str]) -> ChosenQuery:
    """The query of bundled cases; at most as many as the page has room for."""
    return ChosenQuery(tuple(codes)[:MOST_ON_THE_PAGE])


def set_query(text: str) -> Query | None:
    """The query in an address parameter; None for anything else."""
    if chosen := _CHOSEN.fullmatch(text):
        return ChosenQuery(tuple(chosen[1].split(".")[1:]))
    if whole := _WHOLE.fullmatch(text):
        return WholeQuery(whole[1])
    parts = _SEED.fullmatch(text)
    if parts is None or not 1 <= int(parts[2]) <= MOST_ON_THE_PAGE:
        return None
    return SetQuery(int(parts[1]), int(parts[2]), parts[3] or parts[4] or "", parts[5] or "")


def case_number(text: str, most: int) -> int:
    """The number of the case in an address parameter, from 1; the first one for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= most else 1
