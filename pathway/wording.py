"""Phrases for people that the terminal and the rule book share; the words in them come from the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pathway.assumptions import Values, allowed_words
from pathway.faults import one_of
from pathway.knowledge import Assumption, Knowledge
from pathway.result import Citation, Open, Result


@dataclass(frozen=True)
class Wording:
    """Puts the parts of a result and of the knowledge base in words."""

    knowledge: Knowledge

    def title(self, word: str) -> str:
        """A verdict, route, step or degree of sureness as a title: `Not advised`."""
        return self.knowledge.label(word).title

    def meant(self, word: str) -> str:
        """The title and what it means: `Not advised - guidance advises against it.`"""
        return f"{self.title(word)} - {lowered(self.knowledge.label(word).says)}"

    def unless(self, found: Open, result: Result) -> str:
        """`Applies, unless: contraindicated (depends on: tens risk)`."""
        first, *others = (self.title(word) for word in found.possible)
        rest = f", unless: {one_of(map(lowered, others))}" if others else ""
        return f"{first}{rest} (depends on: {', '.join(self._depends(found, result))})"

    def _depends(self, found: Open, result: Result) -> Iterable[str]:
        """The deciding findings; those that decide the route or the step are named by it, where it has its own list."""
        rest = dict.fromkeys(found.deciding)
        for name, whole in (("the route", result.route_open), ("the step", result.step_open)):
            if whole and whole is not found and set(whole.deciding) <= set(found.deciding):
                yield name
                rest = {finding: None for finding in rest if finding not in whole.deciding}
        yield from map(spoken, rest)

    def citation(self, citation: Citation) -> str:
        """Where it is said, and how surely that is known: `ng59, 1.2.9 (checked: secondary)`."""
        return f"{self.source_id(citation)}, {citation.locator} ({self.title(citation.checked)})"

    def source_id(self, citation: Citation) -> str:
        """The short name of a citation's source, which the list of sources explains."""
        return self._sources.get(citation.source, citation.source)

    @cached_property
    def _sources(self) -> dict[str, str]:
        found = self.knowledge.sources.values()
        return {title: source.id for source in found for title in (source.title, f"{source.publisher}: {source.title}")}

    def support(self, basis: str, assumption: str | None, citations: Iterable[Citation]) -> str:
        """What a rule rests on: `[assumption] stepped-ladder; page, radiculopathy closing, sentence 2 (checked: primary)`."""
        return f"[{basis}] {'; '.join([*([assumption] if assumption else []), *map(self.citation, citations)])}"

    def source(self, name: str) -> str:
        """A source in full: who, what, which edition."""
        source = self.knowledge.sources[name]
        return f"{source.publisher}: {source.title}. Edition: {source.edition}."

    def assumption(self, assumption: Assumption, values: Values) -> str:
        """An assumption's name, with its value and what else it may be: `surgery-weeks = 12 weeks (...)`."""
        if assumption.value is None:
            return assumption.id
        unit = f" {assumption.unit}" if assumption.unit else ""
        value = values[assumption.id]
        usual = "" if value == assumption.value else f"; usually {assumption.value}"
        return f"{assumption.id} = {value}{unit} (may be {allowed_words(assumption)}{usual})"


def spoken(finding: str) -> str:
    """A finding's id as words."""
    return finding.replace("_", " ")


def lowered(words: str) -> str:
    """Words as they stand inside a sentence; a word all in capitals stays so."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
