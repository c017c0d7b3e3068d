"""A scenario of an earlier edition under the ids of today; each that was called otherwise is named, with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Kind
from pathway.yaml.document import Document
from pathway.yaml.parser import KeyPath


def with_present_ids(document: Document, knowledge: Knowledge) -> tuple[Document, tuple[Fault, ...]]:
    """The document of a scenario with the ids of today, and a note for each that it calls otherwise or that is gone."""
    if not (knowledge.renamed and isinstance(document.value, Mapping)):
        return document, ()
    renaming = _Renaming(document, knowledge)
    value = renaming.scenario(document.value)
    return Document(document.file, value, renaming.lines), tuple(renaming.notes)


class _Renaming:
    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.document, self.knowledge = document, knowledge
        self.lines = dict(document.lines)
        self.notes: list[Fault] = []

    def scenario(self, value: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(value) | self._answers((), value)
        if isinstance(given := value.get("assumptions"), Mapping):
            found["assumptions"] = self._renamed(("assumptions",), given, "assumption")
        if isinstance(visits := value.get("visits"), list | tuple):
            found["visits"] = [self._visit(("visits", number), visit) for number, visit in enumerate(visits)]
        return found

    def _visit(self, place: KeyPath, visit: Any) -> Any:
        return {**visit, **self._answers(place, visit)} if isinstance(visit, Mapping) else visit

    def _answers(self, place: KeyPath, value: Mapping[str, Any]) -> dict[str, Any]:
        given = value.get("answers")
        if not isinstance(given, Mapping):
            return {}
        here = (*place, "answers")
        named = self._renamed(here, given, "finding")
        words = {name: self._answer((*here, name), name, answer) for name, answer in named.items()}
        return {"answers": {name: answer for name, answer in words.items() if answer is not None or named[name] is None}}

    def _renamed(self, place: KeyPath, given: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
        """The map with each former key as it is called now; where both stand, the former stays, and is told as a fault."""
        former, found = self.knowledge.former_ids(kind), dict[str, Any]()
        for name, value in given.items():
            now = former.get(name, name)
            if now is None:
                self._gone((*place, name), kind, name)
            elif now == name or now in given:
                found[name] = value
            else:
                found[now] = value
                self._note((*place, name), f"{name} is called {now} now, and was read so")
                self.lines[(*place, now)] = self.document.line((*place, name))
        return found

    def _answer(self, place: KeyPath, finding: str, answer: Any) -> Any:
        """An answer as it is called now; None where nothing stands for it any longer."""
        former = self.knowledge.former_ids("answer", finding)
        if not isinstance(answer, str) or answer not in former:
            return answer
        now = former[answer]
        if now is None:
            self._gone(place, "answer", answer, finding)
        else:
            self._note(place, f"{answer} is called {now} now, and was read so")
        return now

    def _gone(self, place: KeyPath, kind: Kind, former: str, finding: str | None = None) -> None:
        self._note(place, f"{former} was left out: {self.knowledge.removal_reason(kind, former, finding)}")

    def _note(self, place: KeyPath, says: str) -> None:
        where = Document(self.document.file, None, self.lines)
        self.notes.append(where.fault(place, says) if self.document.lines else Fault(self.document.file, None, says))
