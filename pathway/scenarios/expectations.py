"""The expectations in a scenario file, under `expects`: the route, the step, and the verdicts of some options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import Field

from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import OFF_LADDER, UNDETERMINED, VERDICTS
from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.yaml.document import Document
from pathway.yaml.parser import KeyPath

EXPECTS, OPTIONS = "expects", "options"
Expected = str | dict[str, str]
"""A word that is expected under every guidance, or a word for each guidance."""


class Expectations(FrozenModel):
    """The expected result of the last visit. Each value is one word, or a map from guidance to word where they differ."""

    route: Expected | None = None
    step: Expected | None = None
    options: dict[str, Expected] = Field(default_factory=dict)
    """The verdicts of some options."""


class Expectation(NamedTuple):
    """An expected word for the route, the step or an option, under one guidance, and its place in the file."""

    subject: str
    guidance: str
    word: str
    path: KeyPath


def expectations_in(document: Document, knowledge: Knowledge) -> tuple[Expectation, ...]:
    """Return the expectations of a valid scenario file, one entry for each guidance."""
    value = document.value.get(EXPECTS, {})
    subjects: list[tuple[KeyPath, str, Expected]]
    subjects = [((EXPECTS, name), name, value[name]) for name in value if name != OPTIONS]
    subjects += [((EXPECTS, OPTIONS, option), option, words) for option, words in value.get(OPTIONS, {}).items()]
    return tuple(entry for path, subject, words in subjects for entry in _by_guidance(path, subject, words, knowledge))


def _by_guidance(path: KeyPath, subject: str, words: Expected, knowledge: Knowledge) -> Iterator[Expectation]:
    for guidance in knowledge.readings:
        if isinstance(words, str):
            yield Expectation(subject, guidance, words, path)
        elif guidance in words:
            yield Expectation(subject, guidance, words[guidance], (*path, guidance))


def valid_words(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """Return the words that may be expected of the route and of the step."""
    return {"route": (*knowledge.routes, UNDETERMINED), "step": (*knowledge.steps, UNDETERMINED, OFF_LADDER)}


def expectation_faults(document: Document, value: Any, knowledge: Knowledge) -> Iterator[Fault]:
    """Yield every fault in the value of `expects`."""
    if not isinstance(value, Mapping):
        yield document.fault((EXPECTS,), "expects is a map of route, step and options")
        return
    if not value:
        yield document.fault((EXPECTS,), "expects is empty; write route, step or options under it, or leave it out")
    valid = valid_words(knowledge)
    for name, words in value.items():
        path = (EXPECTS, name)
        if name == OPTIONS:
            yield from _option_faults(document, words, knowledge)
        elif name in valid:
            yield from _word_faults(document, path, name, words, valid[name], knowledge)
        else:
            keys = ["options: (options belong under it)"] if name in knowledge.options else [*valid, OPTIONS]
            yield document.fault(path, f"expects has no key {safe_excerpt(name)}; {suggestion(name, keys)}")


def _option_faults(document: Document, verdicts: Any, knowledge: Knowledge) -> Iterator[Fault]:
    path = (EXPECTS, OPTIONS)
    if not isinstance(verdicts, Mapping):
        yield document.fault(path, "options is a map of option: verdict")
        return
    for option, words in verdicts.items():
        if option in knowledge.options:
            yield from _word_faults(document, (*path, option), option, words, VERDICTS, knowledge)
        else:
            says = f"there is no option {safe_excerpt(option)}; {suggestion(option, knowledge.options)}"
            yield document.fault((*path, option), says)


def _word_faults(
    document: Document, path: KeyPath, subject: str, words: Any, valid: Sequence[str], knowledge: Knowledge
) -> Iterator[Fault]:
    if not isinstance(words, Mapping):
        yield from _single_word_faults(document, path, subject, words, valid)
        return
    if not words:
        yield document.fault(path, f"{subject} is empty; write a word, or one for each reading")
    for guidance, word in words.items():
        if guidance in knowledge.readings:
            yield from _single_word_faults(document, (*path, guidance), subject, word, valid)
        else:
            says = f"there is no reading {safe_excerpt(guidance)}; {suggestion(guidance, knowledge.readings)}"
            yield document.fault((*path, guidance), says)


def _single_word_faults(document: Document, path: KeyPath, subject: str, word: Any, valid: Sequence[str]) -> Iterator[Fault]:
    if word not in valid:
        yield document.fault(path, f"{subject} can't be {safe_excerpt(word)}; {suggestion(word, valid)}")
