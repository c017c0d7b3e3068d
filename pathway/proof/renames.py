"""Gives one rule base the ids of another, so that a renamed rule is not taken for a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from pathway.conditions import tree as c
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import PLACEHOLDER, CardAnswer, Entry, FormerId
from pathway.model import FrozenModel

Ids = Mapping[str, str]
KINDS = {
    "findings": "finding", "assumptions": "assumption", "options": "option",
    "red_flags": "rule", "step_rules": "rule", "recommendations": "rule",
}  # fmt: skip
"""The kind of id that the entries of each table have."""
NAMED = {
    "finding": "finding", "assumption": "assumption", "options": "option", "overrides": "rule", "referral": "option",
    "option": "option", "asks": "finding", "scope": "finding", "across": "finding", "down": "finding",
}  # fmt: skip
"""The kind of id that each field refers to."""


KEYS = ("answer", "assumption")
"""The fields whose keys are findings or assumptions."""


def renamed_as(old: Knowledge, new: Knowledge) -> tuple[Knowledge, tuple[str, ...]]:
    """Return the old rule base with the present ids of the new one, and a description of each rename."""
    entries = [entry for entry in new.renamed if entry.present and _is_former(entry, old, new)]
    described = tuple(f"{entry.kind} {_prefix(entry)}{entry.former} is now {entry.present}" for entry in entries)
    return _Renaming(entries).knowledge(old) if entries else old, described


def _prefix(entry: FormerId) -> str:
    return f"{entry.finding}: " if entry.finding else ""


def _is_former(entry: FormerId, old: Knowledge, new: Knowledge) -> bool:
    """Return whether the old rule base has the former id but not the present one."""
    if entry.finding:
        names = [entry.finding, *(name for name, now in new.former_ids("finding").items() if now == entry.finding)]
        ids = {word for name in names if name in old.findings for word in old.findings[name].answers}
    else:
        ids = {name for table, kind in KINDS.items() if kind == entry.kind for name in getattr(old, table)}
    return entry.former in ids and entry.present not in ids


class _Renaming:
    def __init__(self, entries: Iterable[FormerId]) -> None:
        self.ids: dict[str, dict[str, str]] = {kind: {} for kind in KINDS.values()}
        self.answers: dict[str, dict[str, str]] = {"step_rule": self.ids["rule"]}
        for entry in entries:
            names = self.answers.setdefault(entry.finding, {}) if entry.finding else self.ids[entry.kind]
            names[entry.former] = entry.present or entry.former

    def knowledge(self, old: Knowledge) -> Knowledge:
        """Return a new rule base; a plain copy would keep cached properties with the old ids."""
        return Knowledge.model_construct(**{name: self._table(name, getattr(old, name)) for name in Knowledge.model_fields})

    def _table(self, name: str, table: Any) -> Any:
        ids = self.ids[KINDS[name]] if name in KINDS else {}
        match table:
            case dict() if name == "option_sets":
                return {option_set: self._field("options", options) for option_set, options in table.items()}
            case dict():
                return {ids.get(key, key): self._entry(entry, ids) for key, entry in table.items()}
            case tuple():
                return tuple(self._entry(entry, ids) for entry in table)
            case Entry():
                return self._entry(table, ids)
            case _:
                return table

    def _entry(self, entry: Entry, ids: Ids) -> Entry:
        fields = {name: self._field(name, value) for name, value in entry}
        if "id" in fields:
            fields["id"] = ids.get(fields["id"], fields["id"])
            fields |= self._renamed_answers(fields, self.answers.get(fields["id"], {}))
        return entry.model_copy(update=fields)

    def _renamed_answers(self, fields: Mapping[str, Any], words: Ids) -> dict[str, Any]:
        renamed: dict[str, Any] = {}
        if isinstance(answers := fields.get("answers"), dict):
            renamed["answers"] = {words.get(word, word): says for word, says in answers.items()}
        if "benign_answer" in fields:
            renamed["benign_answer"] = words.get(fields["benign_answer"], fields["benign_answer"])
        return renamed

    def _field(self, name: str, value: Any) -> Any:
        if isinstance(value, c.Is | c.AtLeast | c.Not | c.AllOf | c.AnyOf):
            return self._condition(value)
        ids = self.ids[NAMED[name]] if name in NAMED else {}
        match value:
            case str() if name == "says":  # a piece of the sentence names findings in braces
                return PLACEHOLDER.sub(lambda match: f"{{{self._variable(match[1])}}}", value)
            case str():
                return ids.get(value, value)
            case tuple() if ids:
                return tuple(ids.get(entry_id, entry_id) for entry_id in value)
            case (CardAnswer(), *_):
                return tuple(answer.model_copy(update={"sets": self._sets(answer)}) for answer in value)
            case (Entry(), *_):
                return tuple(self._entry(entry, {}) for entry in value)
            case FrozenModel():
                return value.model_copy(update={inner: self._field(inner, of) for inner, of in value})
            case dict() if name in KEYS:
                return {self._variable(key): self.answers.get(key, {}).get(str(word), word) for key, word in value.items()}
            case _:
                return value

    def _sets(self, answer: CardAnswer) -> dict[str, str | int]:
        present = {self._variable(finding): word for finding, word in answer.sets.items()}
        return {finding: self.answers.get(finding, {}).get(str(word), word) for finding, word in present.items()}

    def _condition(self, condition: c.Condition) -> c.Condition:
        match condition:
            case c.Is(variable, values):
                words = self.answers.get(self._variable(variable), {})
                return c.Is(self._variable(variable), tuple(words.get(value, value) for value in values))
            case c.AtLeast(variable, bound):
                return c.AtLeast(self._variable(variable), self._variable(bound) if isinstance(bound, str) else bound)
            case c.Not(part):
                return c.Not(self._condition(part))
            case c.AllOf(parts):
                return c.AllOf(tuple(map(self._condition, parts)))
            case c.AnyOf(parts):
                return c.AnyOf(tuple(map(self._condition, parts)))
            case _:
                assert_never(condition)

    def _variable(self, name: str) -> str:
        """Return the present id of a finding or an assumption; their ids never clash."""
        return self.ids["finding"].get(name) or self.ids["assumption"].get(name, name)
