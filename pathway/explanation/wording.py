"""Phrases shared by the terminal's results and its rule book, filled with words of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pathway.explanation.english import short_name_inside
from pathway.explanation.result import Caution, Citation, Open, Reason, RedFlagResult, Result
from pathway.knowledge.assumptions import Values
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Assumption, Citing, Source
from pathway.knowledge.reviews import Judgement
from pathway.knowledge.vocabulary import RULED_OUT
from pathway.phrases import day, decapitalised, one_of, with_unit

Sourced = Citing | Reason | RedFlagResult | Caution
"""Entries that can say that sources differ, or that no source was found for a part of them."""
DIFFER, NO_SOURCE = "Sources differ. ", "No named source was found for "
MAX_REPEATED = 3
"""A longer list of open questions is printed once, and then called "the route" or "the step"."""


@dataclass(frozen=True)
class Wording:
    """Phrases for the parts of a result and of the knowledge base."""

    knowledge: Knowledge

    def title(self, word: str) -> str:
        """The title of a verdict, route, step or degree of checking: `Not advised`."""
        return self.knowledge.label(word).title

    def inside(self, word: str) -> str:
        """The title inside a sentence: `not advised`."""
        return decapitalised(self.title(word))

    def with_meaning(self, word: str) -> str:
        """The title and its meaning, as in `Later - a later step.`."""
        return f"{self.title(word)} - {decapitalised(self.knowledge.label(word).says)}"

    def none_fits(self, result: Result) -> str | None:
        """The headline of a step whose options are all ruled out, so that the step's own name can't mislead; else None."""
        verdicts = [result.options[name].verdict for name, option in self.knowledge.options.items() if option.step == result.step]
        if not verdicts or any(verdict not in RULED_OUT for verdict in verdicts):
            return None
        label = self.knowledge.label(str(result.step))
        return label.none_fits or f"No option of this step fits: {decapitalised(label.title)}"

    def so_far(self, value: Open, result: Result) -> str:
        """An undetermined value: `Applies so far. Could change to: contraindicated (depends on: course)`."""
        first, *others = value.possible
        change = f". Could change to: {one_of(map(self.inside, others))}" if others else ""
        return f"{self.title(first)} so far{change} (depends on: {', '.join(_deciding(value, result, self.knowledge))})"

    def citations(self, citations: Iterable[Citation], basis: str = "") -> str:
        """The places in each source, and how they were checked: `handbook, 4.2 (second-hand)`."""
        places: dict[tuple[str, str], list[str]] = {}
        for citation in citations:
            places.setdefault((citation.source_id, citation.checked), []).append(citation.locator)
        return "; ".join(
            f"{'' if source == basis else f'{source}, '}{'; '.join(locators)} ({self.title(checked)})"
            for (source, checked), locators in places.items()
        )

    def support(self, basis: str, assumption: str | None, citations: Iterable[Citation]) -> str:
        """The basis of a rule: `[assumption] one-by-one; page, brake 1e, sentence 1 (text read)`."""
        unsourced = decapitalised(self.knowledge.label(basis).says) if basis == "unsourced" else ""
        return f"[{basis}] {'; '.join(part for part in (unsourced, assumption, self.citations(citations, basis)) if part)}"

    def doubts(self, entry: Sourced) -> Iterable[str]:
        """Up to two sentences: how sources differ on this entry, and for which part of it no source was found."""
        if entry.differs:
            yield f"{DIFFER}{entry.differs}"
        if entry.unsourced:
            yield f"{NO_SOURCE}{entry.unsourced}."

    def review(self, judgement: Judgement) -> str:
        """What reviewers said of a point: `Reviewed and agreed (lecturer, 1 December 2026)`. Empty before any review."""
        words = self.knowledge.frame.review
        if not self.knowledge.reviews or words is None:
            return ""
        by = f" ({judgement.review.role}, {day(judgement.review.on)})" if judgement.review else ""
        return f"{words.states[judgement.state]}{by}." + (f" Comment: {judgement.comment}" if judgement.comment else "")

    def source(self, source: Source) -> str:
        """A source's publisher, title and edition: `handbook: A workshop: Handbook of brakes. Edition: text of 2017.`."""
        publisher = "" if source.id == self.knowledge.ledger.source else f"{source.publisher}: "
        return f"{source.id}: {publisher}{source.title}. Edition: {source.edition}."

    def how_checked(self, source: Source) -> str:
        """How well a source was checked at best, and whose copy was read."""
        copy = source.copy_seen
        where = f", in a copy: {copy.by}{f' ({copy.address})' if copy.address else ''}" if copy else ""
        return f"Checked: {self.title(source.seen_as)}{where}." if source.seen_as else ""

    def last_opened(self) -> str:
        """The day on which the sources' texts were last looked up."""
        return f"looked up {self.knowledge.frame.sources_seen}, in stored copies"

    def assumption(self, assumption: Assumption, values: Values) -> str:
        """An assumption's id, its value and the allowed values: `waiting-weeks = 12 weeks (6 to 26 allowed)`."""
        if assumption.value is None:
            return assumption.id
        value = values[assumption.id]
        default = "" if value == assumption.value else f"; default {assumption.value}"
        is_number = isinstance(assumption.value, int)
        allowed = " to ".join(map(str, assumption.allowed)) if is_number else one_of(map(str, assumption.allowed))
        return f"{assumption.id} = {with_unit(value, assumption.unit)} ({allowed} allowed{default})"


def _deciding(value: Open, result: Result, knowledge: Knowledge) -> Iterable[str]:
    """The findings that decide; the long lists that decide the route or the step are replaced by "the route" or "the step"."""
    rest = list(value.deciding)
    for name, listed in (("the route", result.route_open), ("the step", result.step_open)):
        if not listed or listed is value or len(listed.deciding) <= MAX_REPEATED:
            continue
        if set(listed.deciding) <= set(value.deciding):
            yield name
            rest = [finding for finding in rest if finding not in listed.deciding]
    yield from (short_name_inside(finding, knowledge) for finding in rest)
