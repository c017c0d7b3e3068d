"""Phrases for people that the terminal and the rule book share; the words in them come from the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathway.explanation.result import Caution, Citation, Open, Reason, RedFlagResult, Result
from pathway.knowledge.assumptions import Values
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Assumption, Citing, Source
from pathway.knowledge.vocabulary import RULED_OUT
from pathway.phrases import lowered, one_of, spoken

Doubtful = Citing | Reason | RedFlagResult | Caution
"""What may say where sources differ, and for which part of it none was found."""
DIFFER, NO_SOURCE = "Sources differ. ", "No named source was found for "
FEW = 3
"""Questions that are named one by one wherever they decide."""


@dataclass(frozen=True)
class Wording:
    """Puts the parts of a result and of the knowledge base in words."""

    knowledge: Knowledge

    def title(self, word: str) -> str:
        """A verdict, route, step or degree of sureness as a title: `Not advised`."""
        return self.knowledge.label(word).title

    def inside(self, word: str) -> str:
        """The same, inside a sentence: `not advised`."""
        return lowered(self.title(word))

    def meant(self, word: str) -> str:
        """The title and what it means, as in `Later - a later step.`, in one line."""
        return f"{self.title(word)} - {lowered(self.knowledge.label(word).says)}"

    def none_fits(self, result: Result) -> str | None:
        """The headline of a step that is reached although each of its options is ruled out: never the step's own name."""
        verdicts = [result.options[name].verdict for name, option in self.knowledge.options.items() if option.step == result.step]
        if not verdicts or any(verdict not in RULED_OUT for verdict in verdicts):
            return None
        label = self.knowledge.label(str(result.step))
        return label.none_fits or f"Nothing of this step fits this person: {lowered(label.title)}"

    def unless(self, found: Open, result: Result) -> str:
        """`Applies, unless: contraindicated (depends on: tens risk)`."""
        first, *others = found.possible
        rest = f", unless: {one_of(map(self.inside, others))}" if others else ""
        return f"{self.title(first)}{rest} (depends on: {', '.join(_deciding(found, result))})"

    def citations(self, citations: Iterable[Citation], basis: str = "") -> str:
        """Where it is said, and how surely each is known: `ng59, 1.2.9 (second-hand)`."""
        places: dict[tuple[str, str], list[str]] = {}
        for citation in citations:
            places.setdefault((citation.source_id, citation.checked), []).append(citation.locator)
        return "; ".join(
            f"{'' if source == basis else f'{source}, '}{'; '.join(at)} ({self.title(checked)})"
            for (source, checked), at in places.items()
        )

    def support(self, basis: str, assumption: str | None, citations: Iterable[Citation]) -> str:
        """What a rule rests on: `[assumption] stepped-ladder; page, radiculopathy 1e, sentence 1 (original read)`."""
        nothing = lowered(self.knowledge.label(basis).says) if basis == "unsourced" else ""
        return f"[{basis}] {'; '.join(part for part in (nothing, assumption, self.citations(citations, basis)) if part)}"

    def doubts(self, said: Doubtful) -> Iterable[str]:
        """Where sources differ on something, and for which part of it none was found, each as a sentence."""
        if said.differs:
            yield f"{DIFFER}{said.differs}"
        if said.unsourced:
            yield f"{NO_SOURCE}{said.unsourced}."

    def source(self, source: Source) -> str:
        """Who published a source, its title and edition: `ng65: NICE: Spondyloarthritis. Edition: text of 2017`."""
        whose = "" if source.id == self.knowledge.ledger.source else f"{source.publisher}: "
        return f"{source.id}: {whose}{source.title}. Edition: {source.edition}."

    def seen(self, source: Source) -> str:
        """How a source was seen at best, and in whose copy."""
        copy = source.copy_seen
        where = f", in a copy: {copy.by}{f' ({copy.address})' if copy.address else ''}" if copy else ""
        return f"Seen: {self.title(source.seen_as)}{where}." if source.seen_as else ""

    def looked(self) -> str:
        """When the addresses were last looked at."""
        return f"looked at {self.knowledge.frame.sources_seen}"

    def assumption(self, assumption: Assumption, values: Values) -> str:
        """An assumption's name, its value, and what else it may be: `surgery-weeks = 12 weeks (6 to 26 allowed)`."""
        if assumption.value is None:
            return assumption.id
        value = values[assumption.id]
        unit = f" {assumption.unit}" if assumption.unit else ""
        usual = "" if value == assumption.value else f"; usually {assumption.value}"
        numbers = isinstance(assumption.value, int)
        allowed = " to ".join(map(str, assumption.allowed)) if numbers else one_of(map(str, assumption.allowed))
        return f"{assumption.id} = {value}{unit} ({allowed} allowed{usual})"


def _deciding(found: Open, result: Result) -> Iterable[str]:
    """What decides; many questions that decide the route or the step are called by it, where its own list stands."""
    rest = list(found.deciding)
    for name, whole in (("the route", result.route_open), ("the step", result.step_open)):
        if whole and whole is not found and len(whole.deciding) > FEW and set(whole.deciding) <= set(found.deciding):
            yield name
            rest = [finding for finding in rest if finding not in whole.deciding]
    yield from map(spoken, rest)
