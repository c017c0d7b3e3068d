"""A rule base with another's ids: what only has a new name is not taken for another rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from pathway.conditions import tree as c
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Entry, Former

Ids = Mapping[str, str]
KINDS = {
    "findings": "finding", "assumptions": "assumption", "options": "option",
    "red_flags": "rule", "step_rules": "rule", "recommendations": "rule",
}  # fmt: skip
"""Tables, and the kind of the ids of their entries."""
NAMED = {
    "finding": "finding", "assumption": "assumption", "options": "option", "overrides": "rule", "referral": "option",
    "possible_while": "option",
}  # fmt: skip
"""Fields that name entries, and of which kind."""


def renamed_as(old: Knowledge, new: Knowledge) -> tuple[Knowledge, tuple[str, ...]]:
    """The old rule base with the ids that the new one says they have now; and in words, which those are."""
    entries = [entry for entry in new.renamed if entry.present and _is_former(entry, old, new)]
    said = tuple(f"{entry.kind} {_of(entry)}{entry.former} is {entry.present}" for entry in entries)
    return _Renaming(entries).knowledge(old) if entries else old, said


def _of(entry: Former) -> str:
    return f"{entry.finding}: " if entry.finding else ""


def _is_former(entry: Former, old: Knowledge, new: Knowledge) -> bool:
    """Whether the old rule base has the former id, and not the present one too."""
    if entry.finding:
        names = [entry.finding, *(name for name, now in new.former("finding").items() if now == entry.finding)]
        ids = {word for name in names if name in old.findings for word in old.findings[name].answers}
    else:
        ids = {name for table, kind in KINDS.items() if kind == entry.kind for name in getattr(old, table)}
    return entry.former in ids and entry.present not in ids


class _Renaming:
    def __init__(self, entries: Iterable[Former]) -> None:
        self.ids: dict[str, dict[str, str]] = {kind: {} for kind in KINDS.values()}
        self.answers: dict[str, dict[str, str]] = {"step_rule": self.ids["rule"]}
        for entry in entries:
            names = self.answers.setdefault(entry.finding, {}) if entry.finding else self.ids[entry.kind]
            names[entry.former] = entry.present or entry.former

    def knowledge(self, old: Knowledge) -> Knowledge:
        """The rule base; made anew, because what was worked out from the old one has the old ids."""
        return Knowledge.model_construct(**{name: self._table(name, getattr(old, name)) for name in Knowledge.model_fields})

    def _table(self, name: str, table: Any) -> Any:
        ids = self.ids[KINDS[name]] if name in KINDS else {}
        match table:
            case dict():
                return {ids.get(key, key): self._entry(entry, ids) for key, entry in table.items()}
            case tuple():
                return tuple(self._entry(entry, ids) for entry in table)
            case Entry():
                return self._entry(table, ids)
            case _:
                return table

    def _entry(self, entry: Entry, ids: Ids) -> Entry:
        found = {name: self._field(name, value) for name, value in entry}
        if "id" in found:
            found["id"] = ids.get(found["id"], found["id"])
            found |= self._with_answers(found, self.answers.get(found["id"], {}))
        return entry.model_copy(update=found)

    def _with_answers(self, fields: Mapping[str, Any], words: Ids) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if isinstance(answers := fields.get("answers"), dict):
            found["answers"] = {words.get(word, word): says for word, says in answers.items()}
        if "if_not_adverse" in fields:
            found["if_not_adverse"] = words.get(fields["if_not_adverse"], fields["if_not_adverse"])
        return found

    def _field(self, name: str, value: Any) -> Any:
        if isinstance(value, c.Is | c.AtLeast | c.Not | c.All | c.Any):
            return self._condition(value)
        ids = self.ids[NAMED[name]] if name in NAMED else {}
        match value:
            case str():
                return ids.get(value, value)
            case tuple() if ids:
                return tuple(ids.get(one, one) for one in value)
            case _:
                return value

    def _condition(self, condition: c.Condition) -> c.Condition:
        match condition:
            case c.Is(of, among):
                words = self.answers.get(self._variable(of), {})
                return c.Is(self._variable(of), tuple(words.get(word, word) for word in among))
            case c.AtLeast(of, bound):
                return c.AtLeast(self._variable(of), self._variable(bound) if isinstance(bound, str) else bound)
            case c.Not(what):
                return c.Not(self._condition(what))
            case c.All(parts):
                return c.All(tuple(map(self._condition, parts)))
            case c.Any(parts):
                return c.Any(tuple(map(self._condition, parts)))
            case _:
                assert_never(condition)

    def _variable(self, name: str) -> str:
        """A finding or an assumption, which share their names with nothing else."""
        return self.ids["finding"].get(name) or self.ids["assumption"].get(name, name)
