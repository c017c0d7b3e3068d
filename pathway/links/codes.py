"""The short codes that stand for ids in a link, made from ids, never from labels; a former id's code leads to the present one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256

from pathway.knowledge.base import Knowledge
from pathway.links.token import DIGITS


@lru_cache(maxsize=4096)
def code(word: str, length: int) -> str:
    """A word's code: letters and digits, always the same ones."""
    number = int.from_bytes(sha256(word.encode()).digest()[:8])
    return "".join(DIGITS[number // 36**place % 36] for place in range(length))


@dataclass(frozen=True)
class Coded:
    """The id that a code was made from, and what it is called now; None where nothing stands for it any longer."""

    id: str
    present: str | None


class CodeBook:
    """What each code stands for, by one knowledge base and the titles of the scenarios that come with it."""

    def __init__(self, knowledge: Knowledge, titles: Mapping[str, str]) -> None:
        self.knowledge, self.titles = knowledge, titles

    @cached_property
    def findings(self) -> Mapping[str, Coded]:
        """The finding of each code."""
        return _coded(self.knowledge.findings, self.knowledge.former_ids("finding"))

    @cached_property
    def assumptions(self) -> Mapping[str, Coded]:
        """The assumption of each code."""
        return _coded(self.knowledge.assumptions, self.knowledge.former_ids("assumption"))

    @cached_property
    def scenarios(self) -> Mapping[str, str]:
        """The title of each scenario's code."""
        return {code(name, 3): title for name, title in self.titles.items()}

    def answers(self, finding: Coded) -> Mapping[str, Coded]:
        """The answer of each code, where the finding was called as its own code has it."""
        present = self.knowledge.findings[finding.present].answers if finding.present else ()
        names = _named(present, self.knowledge.former_ids("answer", finding.present))
        return {code(f"{finding.id}:{name}", 2): Coded(name, now) for name, now in names.items()}


def _coded(present: Iterable[str], former: Mapping[str, str | None]) -> Mapping[str, Coded]:
    return {code(name, 3): Coded(name, now) for name, now in _named(present, former).items()}


def _named(present: Iterable[str], former: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Every id, former ones too, with what it is called now."""
    return {**former, **{name: name for name in present}}
