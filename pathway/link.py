"""The scenario in the address: one short, versioned token made from ids, never from labels.

`1~edition~reading~assumptions~looked at~visit~visit...`; entries are joined by dots. A finding's code is made from its id,
so that it stays when findings are added, moved or renamed for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from hashlib import sha256

import pathway
from pathway.walk import MOST_VISITS, MOST_WEEKS, Answer, State, Trend, Visit

VERSION = "1"
LONGEST = 6000
TRENDS: dict[str, Trend] = {"b": "better", "s": "same", "w": "worse"}
UNKNOWN = "-"


class BadLink(ValueError):
    """An address that can't be read; the message says what is wrong with it."""


@lru_cache(maxsize=4096)
def code(word: str, length: int) -> str:
    """A word's code: letters and digits, always the same ones."""
    number = int.from_bytes(sha256(word.encode()).digest()[:8])
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "".join(digits[number // 36**place % 36] for place in range(length))


class Codes:
    """Writes and reads tokens by one knowledge base."""

    def __init__(self, knowledge: pathway.Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def findings(self) -> Mapping[str, str]:
        """The finding of each code."""
        return {code(name, 3): name for name in self.knowledge.findings}

    @cached_property
    def assumptions(self) -> Mapping[str, str]:
        """The assumption of each code."""
        return {code(name, 3): name for name in self.knowledge.assumptions}

    def written(self, state: State) -> str:
        """The token of a state; an empty one for the state at the start."""
        return "" if state == State() else self.spelt_out(state)

    def spelt_out(self, state: State) -> str:
        """The token of any state, the one at the start too."""
        varied = ".".join(f"{code(name, 3)}{self._value(name, value)}" for name, value in sorted(state.assumptions.items()))
        visits = [self._visit(number, visit) for number, visit in enumerate(state.visits)]
        return "~".join([VERSION, self.knowledge.hash, state.guidance[0], varied, str(state.at), *visits])

    def _visit(self, number: int, visit: Visit) -> str:
        head = [f"{visit.weeks}{visit.trend[0]}"] if number else []
        own = sorted(visit.own.items())
        return ".".join([*head, *(f"{code(name, 3)}{self._value(name, answer)}" for name, answer in own)])

    def _value(self, name: str, value: Answer | None) -> str:
        if value is None:
            return UNKNOWN
        return str(value) if isinstance(value, int) else code(f"{name}:{value}", 2)

    def read(self, token: str) -> tuple[State, str]:
        """The state of a token, and the edition it was made with. Raises BadLink."""
        if len(token) > LONGEST:
            raise BadLink("it is too long")
        version, _, rest = token.partition("~")
        if version != VERSION:
            raise BadLink("it has a version that is not known here")
        parts = rest.split("~")
        if len(parts) < 5:
            raise BadLink("a part of it is missing")
        return self._state(parts), re.sub("[^0-9a-z]", "", parts[0])[:12]  # it is shown: nothing that turns the text around

    def _state(self, parts: list[str]) -> State:
        _, reading, varied, at, *visits = parts
        if len(visits) > MOST_VISITS:
            raise BadLink(f"it has more than {MOST_VISITS} visits")
        if reading not in ("p", "n") or not re.fullmatch("[0-9]{1,2}", at) or int(at) >= len(visits):
            raise BadLink("a part of it is damaged")
        return State(
            visits=tuple(self._read_visit(number, text) for number, text in enumerate(visits)),
            at=int(at),
            guidance={"p": "page", "n": "nice"}[reading],
            assumptions=dict(self._varied(varied)),
        )

    def _read_visit(self, number: int, text: str) -> Visit:
        entries = text.split(".") if text else []
        if number == 0:
            return Visit(own={name: answer for name, answer in self._own(entries) if answer is not None})
        head = re.fullmatch("([0-9]{1,3})([bsw])", entries[0]) if entries else None
        if head is None or int(head[1]) > MOST_WEEKS:
            raise BadLink("a visit in it is damaged")
        return Visit(int(head[1]), TRENDS[head[2]], dict(self._own(entries[1:])))

    def _own(self, entries: list[str]) -> Iterator[tuple[str, Answer | None]]:
        for entry in entries:
            name = self.findings.get(entry[:3])
            if name is None:
                raise BadLink("it names a finding that is not known here")
            finding = self.knowledge.findings[name]
            yield name, self._answer(name, entry[3:], finding.answers, finding.whole.most if finding.whole else None)

    def _varied(self, text: str) -> Iterator[tuple[str, Answer]]:
        for entry in text.split(".") if text else []:
            name = self.assumptions.get(entry[:3])
            if name is None:
                raise BadLink("it names an assumption that is not known here")
            allowed = self.knowledge.assumptions[name].allowed
            most = max((value for value in allowed if isinstance(value, int)), default=None)
            answer = self._answer(name, entry[3:], {str(word): "" for word in allowed}, most)
            if answer is not None:
                yield name, answer

    def _answer(self, name: str, text: str, words: Mapping[str, str], most: int | None) -> Answer | None:
        if text == UNKNOWN:
            return None
        if most is not None and re.fullmatch("[0-9]{1,4}", text) and int(text) <= most:
            return int(text)
        found = [word for word in words if most is None and code(f"{name}:{word}", 2) == text]
        if not found:
            raise BadLink(f"its answer for {name} is not known here")
        return found[0]
