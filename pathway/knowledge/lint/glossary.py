"""The glossary: no form stands for two things, and each is written in some text that people see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.glossary import Glossary, folded

SEEN = frozenset({
    "absent", "answers", "at", "because", "differs", "do", "hint", "name", "nice_contrast", "none_of_these", "note", "notice",
    "out_of_scope", "page_limits", "present", "question", "safety_net", "safety_net_unsourced", "says", "text", "title", "unit",
    "unsourced",
})  # fmt: skip
"""The keys whose words are shown to people as they stand."""


def texts(knowledge: Knowledge) -> Iterator[str]:
    """Every text of the knowledge that people see, the glossary's own not among them."""
    for name in type(knowledge).model_fields:
        if name != "terms":
            yield from _texts(getattr(knowledge, name))


def _texts(value: object, seen: bool = False) -> Iterator[str]:
    match value:
        case str():
            yield from [value] if seen else []
        case BaseModel():
            for name in type(value).model_fields:
                yield from _texts(getattr(value, name), name in SEEN)
        case Mapping():
            yield from (text for inner in value.values() for text in _texts(inner, seen))
        case Iterable():
            yield from (text for inner in value for text in _texts(inner, seen))


def _forms(knowledge: Knowledge) -> Iterator[Fault]:
    standing: dict[str, str] = {}
    for term in knowledge.terms.values():
        for form in term.words:
            if other := standing.get(folded(form)):
                yield term.fault(f"{form} stands under {other} already; a form has one meaning")
            standing[folded(form)] = term.id


def _used(knowledge: Knowledge) -> Iterator[Fault]:
    glossary = Glossary(knowledge.terms.values())
    used = set[str]().union(*map(glossary.forms_in, texts(knowledge)))
    for term in knowledge.terms.values():
        for form in term.words:
            if folded(form) not in used:
                yield term.fault(f"no text of data/ that people see has {form}; drop it")


CHECKS = (_forms, _used)
