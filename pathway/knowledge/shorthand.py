"""Short forms in the files, written out once on loading: sets of options, and evidence that several entries cite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pathway.errors import Fault
from pathway.knowledge.models import Caution, CitationRef, Citing, Evidence, OptionSet, Recommendation, unknown_names
from pathway.knowledge.outline import Outline

C = TypeVar("C", bound=Citing)
EVIDENCE_NAME = re.compile(r"\{([a-z][a-z0-9-]*)\}")
"""In a text: replaced by the words of that evidence."""
TEXTS = ("text", "because")
"""The fields of an entry that may name evidence."""


def written_out(names: Iterable[str], sets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the named options, each once; the name of a set is replaced by its options."""
    return tuple(dict.fromkeys(option for name in names for option in sets.get(name, (name,))))


class Shorthand:
    """Writes out the short forms of one knowledge folder. `faults` collects the names that are unknown or used in vain."""

    def __init__(self, options: Iterable[str], sets: Mapping[str, OptionSet], evidence: Mapping[str, Evidence]) -> None:
        self.options = tuple(options)
        self.sets = {name: tuple(_members(entry, self.options)) for name, entry in sets.items()}
        self.evidence = evidence
        self.faults: list[Fault] = [*self._set_faults(sets.values())]
        self._cited = set[str]()

    def entry(self, entry: C) -> C:
        """Return an entry with its options, its citations and the evidence in its texts written out."""
        changed = {
            **self._options(entry),
            "cites": tuple(self._citations(entry, entry.cites)),
            **{name: self._text(entry, getattr(entry, name)) for name in TEXTS if hasattr(entry, name)},
        }
        return entry.model_copy(update=changed)

    def outline(self, outline: Outline) -> Outline:
        """Return what the pathway is made of, with the options of its gates written out."""
        gates = (gate.model_copy(update={"options": written_out(gate.options, self.sets)}) for gate in outline.gates)
        return outline.model_copy(update={"gates": tuple(gates)})

    def unused(self) -> Iterator[Fault]:
        """Yield a fault for evidence that nothing cites, once every entry is written out."""
        for name, evidence in self.evidence.items():
            if name not in self._cited:
                yield evidence.fault(f"nothing cites {name}; use it or drop it")

    def _options(self, entry: Citing) -> dict[str, tuple[str, ...]]:
        return {"options": written_out(entry.options, self.sets)} if isinstance(entry, Recommendation | Caution) else {}

    def _citations(self, entry: Citing, cites: Iterable[CitationRef]) -> Iterator[CitationRef]:
        for cite in cites:
            if cite.evidence is None:
                yield cite
            else:
                yield from self._evidence_cites(entry, cite.evidence)

    def _evidence_cites(self, entry: Citing, name: str) -> tuple[CitationRef, ...]:
        self.faults += unknown_names(entry, "evidence", [name], self.evidence)
        self._cited.add(name)
        return self.evidence[name].cites if name in self.evidence else ()

    def _text(self, entry: Citing, text: str) -> str:
        """Return a text with what evidence says in place of its name; the entry has to cite that evidence."""
        names = {cite.evidence for cite in entry.cites}
        cited = {name: evidence.says for name, evidence in self.evidence.items() if name in names}
        for name in EVIDENCE_NAME.findall(text):
            if cited.get(name) is None:
                self.faults.append(
                    entry.fault(f"{{{name}}} is not evidence with says that this entry cites; cite it, or mend the name")
                )
        return EVIDENCE_NAME.sub(lambda match: cited.get(match[1]) or match[0], text)

    def _set_faults(self, sets: Iterable[OptionSet]) -> Iterator[Fault]:
        for entry in sets:
            yield from unknown_names(entry, "option", (*entry.options, *entry.all_but), self.options)
            if bool(entry.options) == bool(entry.all_but):
                yield entry.fault(f"{entry.id} needs either options or all but")
            if not self.sets[entry.id]:
                yield entry.fault(f"{entry.id} leaves no option; name fewer under all but, or drop the set")
            if entry.id in self.options:
                yield entry.fault(f"{entry.id} is the id of an option; name the set otherwise")


def _members(entry: OptionSet, options: Iterable[str]) -> Iterator[str]:
    yield from entry.options or (option for option in options if option not in entry.all_but)
