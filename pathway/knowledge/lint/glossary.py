"""Checks the glossary: each form has one meaning, and occurs in a text that people see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.glossary import Glossary, folded

VISIBLE_FIELDS = frozenset({
    "absent", "answer", "answers", "at", "because", "contrast", "differs", "do", "hint", "name", "none_of_these", "note",
    "notice", "out_of_scope", "page_limits", "present", "question", "reason", "safety_net", "safety_net_unsourced", "says",
    "text", "title", "unit", "unsourced",
})  # fmt: skip
"""The fields whose text is shown as it is."""

BETWEEN = "\0"
"""Stands between texts that are searched as one: no form goes across it."""


def texts(knowledge: Knowledge) -> Iterator[str]:
    """Yield every text of the knowledge that people see, except the glossary's own."""
    for name in type(knowledge).model_fields:
        if name != "terms":
            yield from _texts(getattr(knowledge, name))


def _texts(value: object, is_visible: bool = False) -> Iterator[str]:
    match value:
        case str():
            if is_visible:
                yield value
        case None | int():
            return
        case BaseModel():
            for name in type(value).model_fields:
                yield from _texts(getattr(value, name), name in VISIBLE_FIELDS)
        case Mapping():
            for inner in value.values():
                yield from _texts(inner, is_visible)
        case Iterable():
            for inner in value:
                yield from _texts(inner, is_visible)


def _forms(knowledge: Knowledge) -> Iterator[Fault]:
    term_ids: dict[str, str] = {}
    for term in knowledge.terms.values():
        for form in term.words:
            if other_term := term_ids.get(folded(form)):
                yield term.fault(f"{form} is under {other_term} already; a form has one meaning")
            term_ids[folded(form)] = term.id


def _used(knowledge: Knowledge) -> Iterator[Fault]:
    glossary = Glossary(knowledge.terms.values())
    used = glossary.forms_in(BETWEEN.join(set(texts(knowledge))))
    for term in knowledge.terms.values():
        for form in term.words:
            if folded(form) not in used:
                yield term.fault(f"no text of data/ that people see has {form}; drop it")


CHECKS = (_forms, _used)
