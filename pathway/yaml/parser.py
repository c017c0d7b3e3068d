"""Parses YAML (and so JSON) into plain values, keeping the line of each: no anchors, no tags, no duplicate keys.

Built from parse events, so that hostile nesting or aliases are refused before anything grows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pathway.errors import Fault, Unusable
from pathway.phrases import safe_excerpt

DEEPEST = 40
LONGEST_NUMBER = 1000
"""Digits; Python reads none of more than some thousand."""
PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}
WHOLE = re.compile(r"[-+]?[0-9]+")
FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|NaN|-?Infinity")
REFUSED = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows only as an escape."""

SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
"""JSON writes some letters as two escapes, which YAML does not know."""

KeyPath = tuple[str | int, ...]


class LocatedDict(dict[str, Any]):
    """A map of a file, which knows its own line."""

    line: int


def parse_yaml(text: str, name: str) -> tuple[Any, Mapping[KeyPath, int]]:
    """The one value in `text`, and the line (from 1) of everything in it. Raises Unusable, with `name` for the file."""
    if not text.strip():
        raise Unusable([Fault(name, None, "is empty")])
    reader = _Reader(name, _events(text, name))
    value = reader.document()
    if reader.faults:
        raise Unusable(reader.faults)
    return value, reader.lines


def _events(text: str, name: str) -> Iterator[Event]:
    # JSON may be indented with tabs, YAML may not; in JSON, leading white space is never inside a string.
    if text.lstrip()[:1] in "{[":
        text = SURROGATES.sub(_joined, re.sub(r"(?m)^[ \t]+", lambda found: " " * len(found[0]), text))
    try:
        yield from YAML(typ="safe").parse(io.StringIO(text))
    except MarkedYAMLError as error:
        last = text.rstrip().count("\n") + 1  # the parser counts one more where the text ends too soon
        line = min(error.problem_mark.line + 1, last) if error.problem_mark else None
        problem = "a tab, where YAML wants spaces" if _tab(text, line) else error.problem or error.context
        raise Unusable([Fault(name, line, f"is not YAML or JSON here: {problem}")]) from None
    except (YAMLError, ValueError) as error:
        found = REFUSED.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        raise Unusable([Fault(name, line, f"is not YAML or JSON: {str(error).splitlines()[0]}")]) from None


def _tab(text: str, line: int | None) -> bool:
    """Whether a line is indented with a tab, which the parser does not say."""
    return bool(line) and bool(re.match(rf"(?:[^\n]*\n){{{(line or 1) - 1}}} *\t", text))


def _joined(found: re.Match[str]) -> str:
    high, low = int(found[2], 16), int(found[3], 16)
    return found[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


class _Reader:
    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name, self.events = name, events
        self.faults: list[Fault] = []
        self.lines: dict[KeyPath, int] = {}

    def document(self) -> Any:
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                value = self.value(next(self.events), ())
                self.refuse_a_second()
                return value
        raise Unusable([Fault(self.name, None, "is empty")])

    def refuse_a_second(self) -> None:
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                raise Unusable([self.fault(event, "a second document starts here; keep one in a file")])

    def value(self, event: Event, place: KeyPath) -> Any:
        self.lines[place] = event.start_mark.line + 1
        self.refuse_the_clever(event, place)
        if isinstance(event, MappingStartEvent):
            return self.mapping(place)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(place)
        assert isinstance(event, ScalarEvent), "the parser yields no other event where a value starts"
        return scalar(event)

    def refuse_the_clever(self, event: Event, place: KeyPath) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Unusable([self.fault(event, "anchors and aliases (& and *) are not read; write the value out")])
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent) and event.tag:
            raise Unusable([self.fault(event, "tags (!) are not read; write a plain value")])
        if len(place) > DEEPEST:
            raise Unusable([self.fault(event, f"is nested more than {DEEPEST} deep")])

    def mapping(self, place: KeyPath) -> LocatedDict:
        found = LocatedDict()
        found.line = self.lines[place]
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.key(event)
            if key in found:
                self.faults.append(self.fault(event, f"{safe_excerpt(key)} stands twice in one map; keep one"))
            found[key] = self.value(next(self.events), (*place, key))
            self.lines[(*place, key)] = event.start_mark.line + 1  # where a person looks for it, though the value may follow
        return found

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            raise Unusable([self.fault(event, "a key must be a word")])
        self.refuse_the_clever(event, ())
        return str(event.value)

    def sequence(self, place: KeyPath) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.append(self.value(event, (*place, len(found))))
        return found

    def fault(self, event: Event, says: str) -> Fault:
        return Fault(self.name, event.start_mark.line + 1, says)


def scalar(event: ScalarEvent) -> str | int | float | bool | None:
    """A scalar by YAML 1.2's core rules: `no` is a word, only `true` and `false` are not."""
    word = str(event.value)
    if event.style in ("'", '"', "|", ">"):
        return word
    if word.lower() in PLAIN and word in (word.lower(), word.upper(), word.title()):
        return PLAIN[word.lower()]
    if WHOLE.fullmatch(word):
        return int(word) if len(word) < LONGEST_NUMBER else float(word)
    return float(word.replace(".inf", "inf").replace(".nan", "nan").replace(".NaN", "nan")) if FRACTION.fullmatch(word) else word
