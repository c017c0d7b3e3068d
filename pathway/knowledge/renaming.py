"""Translates a scenario of an earlier edition to the present ids, with a note and its line for each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Kind
from pathway.yaml.document import Document
from pathway.yaml.parser import KeyPath


def with_present_ids(document: Document, knowledge: Knowledge) -> tuple[Document, tuple[Fault, ...]]:
    """Return the document with present ids, and a note for each id that was renamed or removed."""
    if not (knowledge.renamed and isinstance(document.value, Mapping)):
        return document, ()
    renamer = _Renamer(document, knowledge)
    value = renamer.scenario(document.value)
    return Document(document.file, value, renamer.lines), tuple(renamer.notes)


class _Renamer:
    def __init__(self, document: Document, knowledge: Knowledge) -> None:
        self.document, self.knowledge = document, knowledge
        self.lines = dict(document.lines)
        self.notes: list[Fault] = []

    def scenario(self, value: Mapping[str, Any]) -> dict[str, Any]:
        scenario = dict(value) | self._answers((), value)
        if isinstance(assumptions := value.get("assumptions"), Mapping):
            scenario["assumptions"] = self._renamed(("assumptions",), assumptions, "assumption")
        if isinstance(visits := value.get("visits"), list | tuple):
            scenario["visits"] = [self._visit(("visits", number), visit) for number, visit in enumerate(visits)]
        return scenario

    def _visit(self, path: KeyPath, visit: Any) -> Any:
        return {**visit, **self._answers(path, visit)} if isinstance(visit, Mapping) else visit

    def _answers(self, path: KeyPath, value: Mapping[str, Any]) -> dict[str, Any]:
        answers = value.get("answers")
        if not isinstance(answers, Mapping):
            return {}
        here = (*path, "answers")
        named = self._renamed(here, answers, "finding")
        words = {name: self._answer((*here, name), name, answer) for name, answer in named.items()}
        return {"answers": {name: answer for name, answer in words.items() if answer is not None or named[name] is None}}

    def _renamed(self, path: KeyPath, values: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
        """Return the map with present keys. Where both are there, the former key stays and later becomes a fault."""
        former, renamed = self.knowledge.former_ids(kind), dict[str, Any]()
        for name, value in values.items():
            now = former.get(name, name)
            if now is None:
                self._note_removed((*path, name), kind, name)
            elif now == name or now in values:
                renamed[name] = value
            else:
                renamed[now] = value
                self._note((*path, name), f"{name} is called {now} now, and was read so")
                if self.lines:
                    self.lines[(*path, now)] = self.document.line((*path, name))
        return renamed

    def _answer(self, path: KeyPath, finding: str, answer: Any) -> Any:
        """Return the present id of an answer; None where it was removed."""
        former = self.knowledge.former_ids("answer", finding)
        if not isinstance(answer, str) or answer not in former:
            return answer
        now = former[answer]
        if now is None:
            self._note_removed(path, "answer", answer, finding)
        else:
            self._note(path, f"{answer} is called {now} now, and was read so")
        return now

    def _note_removed(self, path: KeyPath, kind: Kind, former: str, finding: str | None = None) -> None:
        self._note(path, f"{former} was left out: {self.knowledge.removal_reason(kind, former, finding)}")

    def _note(self, path: KeyPath, says: str) -> None:
        self.notes.append(Document(self.document.file, None, self.lines).fault(path, says))
