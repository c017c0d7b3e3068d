"""The short codes of ids in a link, made from ids and never from labels. A former id's code leads to the present id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

from pathway.knowledge.base import Knowledge
from pathway.links.token import DIGITS


@lru_cache(maxsize=4096)
def code(word: str, length: int) -> str:
    """Return the code of a word: letters and digits of its hash."""
    number = int.from_bytes(sha256(word.encode()).digest()[:8])
    return "".join(DIGITS[number // 36**place % 36] for place in range(length))


def mark_of(pathway: str) -> str:
    """Return what a link says of the pathway with this id."""
    return code(pathway, 5)


@dataclass(frozen=True)
class Coded:
    """The id that a code was made from, and its present id; None where it was removed."""

    id: str
    present: str | None


class CodeBook:
    """The meaning of each code, for one knowledge base and the titles of its bundled scenarios."""

    def __init__(self, knowledge: Knowledge, titles: Mapping[str, str]) -> None:
        self.knowledge, self.titles = knowledge, titles
        self._answers: dict[Coded, Mapping[str, Coded]] = {}

    @cached_property
    def mark(self) -> str:
        """What a link says of the pathway it belongs to; empty for the one whose links were made before there were others."""
        return "" if self.knowledge.outline.unnamed_links else self._name

    def is_own(self, mark: str) -> bool:
        """Return whether a link with this mark belongs to this pathway."""
        return mark in (self.mark, self._name)

    @property
    def _name(self) -> str:
        return mark_of(self.knowledge.outline.id)

    @cached_property
    def findings(self) -> Mapping[str, Coded]:
        """The finding of each code."""
        return _ids_by_code(self.knowledge.findings, self.knowledge.former_ids("finding"))

    @cached_property
    def assumptions(self) -> Mapping[str, Coded]:
        """The assumption of each code."""
        return _ids_by_code(self.knowledge.assumptions, self.knowledge.former_ids("assumption"))

    @cached_property
    def scenarios(self) -> Mapping[str, str]:
        """The title of each scenario's code."""
        return {code(name, 3): title for name, title in self.titles.items()}

    def answers(self, finding: Coded) -> Mapping[str, Coded]:
        """Return the answer for each code, under the id by which the link names the finding."""
        if finding not in self._answers:
            self._answers[finding] = self._codes_of_answers(finding)
        return self._answers[finding]

    def _codes_of_answers(self, finding: Coded) -> Mapping[str, Coded]:
        present = self.knowledge.findings[finding.present].answers if finding.present else ()
        names = _present_ids(present, self.knowledge.former_ids("answer", finding.present))
        return {code(f"{finding.id}:{name}", 2): Coded(name, now) for name, now in names.items()}


def _ids_by_code(present: Iterable[str], former: Mapping[str, str | None]) -> Mapping[str, Coded]:
    return {code(name, 3): Coded(name, now) for name, now in _present_ids(present, former).items()}


def _present_ids(present: Iterable[str], former: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Return the present id of every id, former ones included."""
    return {**former, **{name: name for name in present}}
