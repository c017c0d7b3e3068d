"""Encodes a state as a link, and decodes a link. Parts that the knowledge no longer has are left out and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import load
from pathway.knowledge.models import Kind
from pathway.links.codes import CodeBook, Coded, code
from pathway.links.other_pathways import names_by_mark
from pathway.links.token import (
    ALTERED,
    DAMAGED,
    LONGEST_LINK,
    CodedEntry,
    InvalidLink,
    LinkParts,
    VisitParts,
    base36,
    join_parts,
    split_link,
)
from pathway.scenarios.examples import bundled_scenarios
from pathway.scenarios.scenario import LONGEST_TITLE
from pathway.scenarios.walk import Answer, State, Trend, Visit

__all__ = ["LONGEST_LINK", "DecodedLink", "InvalidLink", "LinkCodec", "codec_of", "default_codec"]

TRENDS: Mapping[str, Trend] = {"b": "better", "s": "same", "w": "worse"}
TITLE_PREFIX = b"\1"
OF_ANOTHER = "it belongs to another pathway{}; this one is about {}"
MAX_NAMED = 5
"""More are only counted."""
IS_OLD = "This link was made with another version of the knowledge ({}; now {}). The result may differ."
IS_UNCHECKED = "This is an older kind of link. It can’t show whether it was cut or altered. Check the answers."


@dataclass(frozen=True)
class DecodedLink:
    """A decoded link: the state, the edition that made it, the parts left out, and whether it had a check value."""

    state: State
    edition: str
    dropped: tuple[str, ...] = ()
    checked: bool = True

    @property
    def left_out(self) -> str:
        """A sentence that names the parts left out; empty if there are none."""
        more = len(self.dropped) - MAX_NAMED
        named = [*self.dropped[:MAX_NAMED], *([f"and {more} more"] if more > 0 else [])]
        known = "The knowledge no longer has everything in this link."
        doubt = known if self.checked else "This link is damaged, or the knowledge no longer has everything in it."
        return f"{doubt} Left out: {'; '.join(named)}." if named else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about a link that could be read: another version, no check value, parts left out."""
        now = self.state.knowledge.hash
        old = IS_OLD.format(self.edition, now) if self.edition != now else ""
        return tuple(filter(None, (old, "" if self.checked else IS_UNCHECKED, self.left_out)))


class LinkCodec:
    """Encodes and decodes links for one knowledge base. `titles` holds the titles of its bundled scenarios by name."""

    def __init__(self, knowledge: Knowledge, titles: Mapping[str, str] | None = None) -> None:
        self.knowledge, self.book = knowledge, CodeBook(knowledge, titles or {})

    def encode(self, state: State) -> str:
        """Return the link of a state; empty for the initial state. `about` is not part of a link."""
        return "" if replace(state, about="") == State(knowledge=self.knowledge) else self.encode_always(state)

    def encode_always(self, state: State) -> str:
        """Return the link of any state, the initial one included."""
        return join_parts(
            LinkParts(
                edition=self.knowledge.hash,
                pathway=self.book.mark,
                reading=self.knowledge.reading(state.guidance).letter,
                current_visit=state.current_visit,
                assumptions=tuple(_entries(state.assumptions)),
                visits=tuple(
                    VisitParts(visit.weeks, visit.trend[0], tuple(_entries(visit.new_answers))) for visit in state.visits
                ),
                title=self._title(state.title),
            )
        )

    def _title(self, title: str) -> str:
        """Return a bundled title's code, or the title's letters; empty for a title that is too long."""
        name = next((name for name, known in self.book.titles.items() if known == title), None)
        if name is not None:
            return f"b{code(name, 3)}"
        return f"t{_letters(title)}" if 0 < len(title) <= LONGEST_TITLE else ""

    def decode(self, link: str) -> DecodedLink:
        """Decode a link. Answers that this knowledge doesn't have are left out. Raises InvalidLink."""
        parts = split_link(link)
        if not self.book.is_own(parts.pathway):
            raise InvalidLink(OF_ANOTHER.format(_about(parts.pathway), self.knowledge.outline.name))
        decoder = _Decoder(self.book)
        state = decoder.state(parts)
        return DecodedLink(state, parts.edition, tuple(dict.fromkeys(decoder.dropped)), parts.checked)


def _about(mark: str) -> str:
    """Return `, about NAME` for the pathway of a mark; empty where the program doesn't know it."""
    name = names_by_mark().get(mark)
    return f", about {name}" if name else ""


def default_codec() -> LinkCodec:
    """Return the codec for the knowledge in use."""
    return codec_of(load())


@lru_cache(maxsize=8)
def codec_of(knowledge: Knowledge) -> LinkCodec:
    """Return the codec for a knowledge base, with the titles of its scenarios."""
    return LinkCodec(knowledge, {name: scenario.title for name, scenario in bundled_scenarios(knowledge)})


def _entries(values: Mapping[str, Answer | None]) -> Iterator[CodedEntry]:
    for name, value in sorted(values.items()):
        yield CodedEntry(
            code(name, 3), code(f"{name}:{value}", 2) if isinstance(value, str) else None if value is None else str(value)
        )


@dataclass
class _Decoder:
    """Decodes the parts of one link, and collects what it leaves out."""

    book: CodeBook
    dropped: list[str] = field(default_factory=list)

    def state(self, parts: LinkParts) -> State:
        visits = (Visit(visit.weeks, TRENDS[visit.trend], dict(self._own(visit.entries))) for visit in parts.visits)
        first, *later = visits
        known = {name: answer for name, answer in first.new_answers.items() if answer is not None}
        return State(
            visits=(Visit(new_answers=known), *later),
            current_visit=parts.current_visit,
            guidance=self._reading(parts),
            assumptions=dict(self._varied(parts.assumptions)),
            title=self._title(parts.title),
            knowledge=self.book.knowledge,
        )

    def _reading(self, parts: LinkParts) -> str:
        """Return the reading of a letter. Raises InvalidLink for an unknown letter."""
        readings = {reading.letter: reading.id for reading in self.book.knowledge.outline.readings}
        if parts.reading not in readings:
            raise InvalidLink(ALTERED if parts.checked else DAMAGED)
        return readings[parts.reading]

    def _own(self, entries: Iterable[CodedEntry]) -> Iterator[tuple[str, Answer | None]]:
        for entry in entries:
            finding = self.book.findings.get(entry.code)
            if finding is None or finding.present is None:
                self.dropped.append(self._unknown("finding", entry, finding))
            elif entry.value is None:
                yield finding.present, None
            elif (answer := self._answer(finding, finding.present, entry.value)) is not None:
                yield finding.present, answer

    def _answer(self, finding: Coded, name: str, text: str) -> Answer | None:
        whole = self.book.knowledge.findings[name].whole
        if whole and re.fullmatch("[0-9]{1,4}", text) and int(text) <= whole.most:
            return int(text)
        answer = None if whole else self.book.answers(finding).get(text)
        if answer is None or answer.present is None:
            word = (
                f"code {text}"
                if answer is None
                else f"{answer.id}: {self.book.knowledge.removal_reason('answer', answer.id, name)}"
            )
            self.dropped.append(f"the answer for {name} ({word})")
        return answer.present if answer else None

    def _varied(self, entries: Iterable[CodedEntry]) -> Iterator[tuple[str, Answer]]:
        for entry in entries:
            assumption = self.book.assumptions.get(entry.code)
            if assumption is None or assumption.present is None:
                self.dropped.append(self._unknown("assumption", entry, assumption))
            elif (value := self._value(assumption, assumption.present, entry.value or "")) is not None:
                yield assumption.present, value
            else:
                self.dropped.append(f"the value of {assumption.present} ({entry.value})")

    def _value(self, assumption: Coded, name: str, text: str) -> Answer | None:
        known = self.book.knowledge.assumptions[name]
        if re.fullmatch("[0-9]{1,4}", text) and known.allows(int(text)):
            return int(text)
        words = (word for word in known.allowed if isinstance(word, str))
        return next((word for word in words if code(f"{assumption.id}:{word}", 2) == text), None)

    def _unknown(self, kind: Kind, entry: CodedEntry, coded: Coded | None) -> str:
        if coded is None:
            return f"one {'answer' if kind == 'finding' else kind} (code {entry.code})"
        return f"{coded.id} ({self.book.knowledge.removal_reason(kind, coded.id)})"

    def _title(self, text: str) -> str:
        if text.startswith("b"):
            if text[1:] not in self.book.scenarios:
                self.dropped.append("the title of a scenario that no longer comes with it")
            return self.book.scenarios.get(text[1:], "")
        return _title_from_letters(text[1:]) if text else ""


def _letters(title: str) -> str:
    """Return a title in base 36. A leading byte keeps the title's own leading zero bytes."""
    return base36(int.from_bytes(TITLE_PREFIX + title.encode(errors="replace")))


def _title_from_letters(letters: str) -> str:
    number = int(letters, 36)
    raw = number.to_bytes((number.bit_length() + 7) // 8)
    try:
        title = raw.removeprefix(TITLE_PREFIX).decode()
    except UnicodeDecodeError:
        raise InvalidLink(ALTERED) from None
    if not raw.startswith(TITLE_PREFIX) or not 0 < len(title) <= LONGEST_TITLE:
        raise InvalidLink(ALTERED)
    return title
