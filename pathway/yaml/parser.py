"""Parses YAML (and so JSON) into plain values with the line of each. Refuses anchors, tags and duplicate keys.

It works on parse events, so hostile nesting and aliases are refused before they use memory.
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

MAX_DEPTH = 40
MAX_DIGITS = 1000
"""Python refuses to read an integer of more than about 4,300 digits."""
CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
INTEGER = re.compile(r"[-+]?[0-9]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|NaN|-?Infinity")
FORBIDDEN_CHARACTER = re.compile(r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that YAML allows only as an escape."""

UNQUOTED = re.compile("found unexpected ':'|did not find expected|mapping values are not allowed|found character '.*cannot start")
"""How the parser's messages begin that a text without quotes causes most often."""
UNCLOSED = re.compile(r"did not find expected ',' or ('[]}]')")
"""The parser's message inside brackets."""

SURROGATE_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
"""JSON writes a character beyond the basic plane as two escapes, which YAML does not join."""

KeyPath = tuple[str | int, ...]
"""The keys and list indices that lead to a value."""


class LocatedDict(dict[str, Any]):
    """A map in a file, with the line where it begins."""

    line: int


def parse_yaml(text: str, name: str) -> tuple[Any, Mapping[KeyPath, int]]:
    """Return the value in `text`, and the line (from 1) of everything in it. Raises Unusable; faults call the file `name`."""
    if not text.strip():
        raise Unusable([Fault(name, None, "is empty")])
    reader = _EventReader(name, _events(text, name))
    value = reader.document()
    if reader.faults:
        raise Unusable(reader.faults)
    return value, reader.lines


def _events(text: str, name: str) -> Iterator[Event]:
    # JSON may be indented with tabs, YAML may not. In JSON, leading white space is never inside a string.
    if text.lstrip()[:1] in "{[":
        text = SURROGATE_PAIR.sub(_join_surrogates, re.sub(r"(?m)^[ \t]+", lambda match: " " * len(match[0]), text))
    try:
        yield from YAML(typ="safe").parse(io.StringIO(text))
    except MarkedYAMLError as error:
        last = text.rstrip().count("\n") + 1  # at an unexpected end the parser reports the line after the last
        line = min(error.problem_mark.line + 1, last) if error.problem_mark else None
        problem = "a tab, where YAML wants spaces" if _is_tab_indented(text, line) else _problem(error)
        raise Unusable([Fault(name, line, f"is not YAML or JSON here: {problem}")]) from None
    except (YAMLError, ValueError) as error:
        forbidden = FORBIDDEN_CHARACTER.search(text)
        line = text.count("\n", 0, forbidden.start()) + 1 if forbidden else None
        raise Unusable([Fault(name, line, f"is not YAML or JSON: {str(error).splitlines()[0]}")]) from None


def _problem(error: MarkedYAMLError) -> str | None:
    """Return what the parser says, and what to write where the usual reason is known."""
    problem = error.problem or error.context
    if problem and (bracket := UNCLOSED.match(problem)):
        return f"a comma or the closing {bracket[1]} is missing, or a text needs quotes"
    return f"{problem}; put the text in quotes" if problem and UNQUOTED.match(problem) else problem


def _is_tab_indented(text: str, line: int | None) -> bool:
    """Return whether a line is indented with a tab, which the parser's own message does not mention."""
    return bool(line) and bool(re.match(rf"(?:[^\n]*\n){{{(line or 1) - 1}}} *\t", text))


def _join_surrogates(match: re.Match[str]) -> str:
    high, low = int(match[2], 16), int(match[3], 16)
    return match[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


class _EventReader:
    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name, self.events = name, events
        self.faults: list[Fault] = []
        self.lines: dict[KeyPath, int] = {}

    def document(self) -> Any:
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                value = self.value(next(self.events), ())
                self.refuse_second_document()
                return value
        raise Unusable([Fault(self.name, None, "is empty")])

    def refuse_second_document(self) -> None:
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                raise Unusable([self.fault(event, "a second document starts here; keep one in a file")])

    def value(self, event: Event, path: KeyPath) -> Any:
        self.lines[path] = event.start_mark.line + 1
        self.refuse_yaml_features(event, path)
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(path)
        assert isinstance(event, ScalarEvent), "the parser yields no other event where a value starts"
        return scalar(event)

    def refuse_yaml_features(self, event: Event, path: KeyPath) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Unusable([self.fault(event, "anchors and aliases (& and *) are not read; write the value out")])
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent) and event.tag:
            raise Unusable([self.fault(event, "tags (!) are not read; write a plain value")])
        if len(path) > MAX_DEPTH:
            raise Unusable([self.fault(event, f"is nested more than {MAX_DEPTH} deep")])

    def mapping(self, path: KeyPath) -> LocatedDict:
        values = LocatedDict()
        values.line = self.lines[path]
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.key(event)
            if key in values:
                self.faults.append(self.fault(event, f"{safe_excerpt(key)} is there twice in one map; keep one"))
            values[key] = self.value(next(self.events), (*path, key))
            # the key's line, not the value's: that is where a person looks for it
            self.lines[(*path, key)] = event.start_mark.line + 1
        return values

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            raise Unusable([self.fault(event, "a key must be a word")])
        self.refuse_yaml_features(event, ())
        return str(event.value)

    def sequence(self, path: KeyPath) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self.value(event, (*path, len(values))))
        return values

    def fault(self, event: Event, says: str) -> Fault:
        return Fault(self.name, event.start_mark.line + 1, says)


def scalar(event: ScalarEvent) -> str | int | float | bool | None:
    """Convert a scalar by YAML 1.2's core schema: only `true` and `false` are booleans; `no` is text."""
    word = str(event.value)
    if event.style in ("'", '"', "|", ">"):
        return word
    if word.lower() in CONSTANTS and word in (word.lower(), word.upper(), word.title()):
        return CONSTANTS[word.lower()]
    if INTEGER.fullmatch(word):
        return int(word) if len(word) < MAX_DIGITS else float(word)
    return float(word.replace(".inf", "inf").replace(".nan", "nan").replace(".NaN", "nan")) if DECIMAL.fullmatch(word) else word
