"""The texts of each rule as a result shows them: citations, reasons, cautions and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from pathway.conditions.tree import Condition, Truth, expand_definitions
from pathway.deciding.precedence import Truths, picker
from pathway.explanation.result import Caution, Citation, Note, Reason, RedFlagResult
from pathway.knowledge import models as k
from pathway.knowledge.base import Knowledge
from pathway.knowledge.reviews import Judgement, judgements
from pathway.knowledge.vocabulary import Checked


@dataclass(frozen=True)
class RuleTexts:
    """The texts that don't depend on the scenario, built once for each knowledge base."""

    knowledge: Knowledge

    @cached_property
    def reasons(self) -> dict[str, Reason]:
        """Each rule as a reason."""
        return {rule.id: self._reason(rule) for rule in self.knowledge.rules()}

    def reasons_in_order(self, option: str, verdict: str, truths: Truths) -> tuple[Reason, ...]:
        """Every rule of an option that holds: those marked `leads`, those that say its verdict, then the rest by precedence."""
        return self._reasons_in_order(option, verdict, self._pickers[option](truths))

    @cached_property
    def _pickers(self) -> dict[str, Callable[[Truths], tuple[Truth, ...]]]:
        """For each option a function that picks the truths of its rules from those of all rules."""
        return {option: picker([rule.id for rule in rules]) for option, rules in self.knowledge.rules_by_option.items()}

    @cached_property
    def _reasons_in_order(self) -> Callable[[str, str, Any], tuple[Reason, ...]]:
        return lru_cache(maxsize=8192)(self._sorted_reasons)

    def _sorted_reasons(self, option: str, verdict: str, truths: tuple[Truth, ...]) -> tuple[Reason, ...]:
        rules = [rule for rule, holds in zip(self.knowledge.rules_by_option[option], truths, strict=True) if holds]
        rules.sort(key=lambda rule: (not rule.show_first, rule.says != verdict))
        return tuple([self.reasons[rule.id] for rule in rules])

    @cached_property
    def flags(self) -> dict[str, RedFlagResult]:
        """Each red flag as a result shows it."""
        return {flag.id: self._flag(flag) for flag in self.knowledge.red_flags.values()}

    @cached_property
    def notes(self) -> dict[str, tuple[Note, ...]]:
        """For each option its notes: what outside guidance says about it."""
        return {option.id: tuple(map(self._note, option.positions)) for option in self.knowledge.options.values()}

    @cached_property
    def notes_out_of_scope(self) -> dict[str, tuple[Note, ...]]:
        """The same notes for a region that the guidance does not cover."""
        return {option.id: tuple(map(self._note_out_of_scope, option.positions)) for option in self.knowledge.options.values()}

    @cached_property
    def all_cautions(self) -> tuple[tuple[k.Caution, Condition, Caution], ...]:
        """Each caution: the entry, its condition with definitions expanded, and the text of the result."""
        return tuple((caution, self._expanded(caution.when), self._caution(caution)) for caution in self.knowledge.cautions)

    @cached_property
    def cautions(self) -> dict[str, tuple[int, ...]]:
        """For each option the numbers of its cautions."""
        cautions = self.knowledge.cautions
        return {
            option: tuple(number for number, caution in enumerate(cautions) if option in caution.options)
            for option in self.knowledge.options
        }

    @cached_property
    def overridden(self) -> dict[str, tuple[str, ...]]:
        """For each rule that has exceptions, those."""
        overridden: dict[str, tuple[str, ...]] = {}
        for exception in self.knowledge.recommendations.values():
            for rule in exception.overrides:
                overridden[rule] = (*overridden.get(rule, ()), exception.id)
        return overridden

    @cached_property
    def overridden_by_option(self) -> dict[str, tuple[str, ...]]:
        """For each option its rules that have exceptions, in order of precedence."""
        rules_by_option = self.knowledge.rules_by_option
        return {
            option: tuple(rule.id for rule in rules if rule.id in self.overridden) for option, rules in rules_by_option.items()
        }

    @cached_property
    def contrasts(self) -> dict[str, tuple[k.Recommendation, ...]]:
        """For each option its rules that say how another source differs."""
        rules_by_option = self.knowledge.rules_by_option
        return {option: tuple(rule for rule in rules if rule.contrast) for option, rules in rules_by_option.items()}

    @cached_property
    def scopes(self) -> dict[str, frozenset[str]]:
        """For each option the regions that the guidance about it covers; none where it covers every region."""
        sources = self.knowledge.sources
        return {
            name: frozenset(scope for position in option.positions if (scope := sources[position.source].scope))
            for name, option in self.knowledge.options.items()
        }

    @cached_property
    def without_exceptions(self) -> dict[str, Condition]:
        """For each rule that has exceptions, its own condition, definitions expanded."""
        return {rule: self._expanded(self.knowledge.recommendations[rule].when) for rule in self.overridden}

    def _expanded(self, condition: Condition) -> Condition:
        return expand_definitions(condition, self.knowledge.expanded_definitions)

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """What reviewers said of each point; a rule's point has the rule's id."""
        return judgements(self.knowledge)

    def citations(self, cites: Iterable[k.CitationRef]) -> tuple[Citation, ...]:
        """Citations as a result shows them."""
        return tuple(map(self._citation, cites))

    def _citation(self, cite: k.CitationRef) -> Citation:
        if cite.statement:
            return self._cited(self.knowledge.ledger.source, self._places[cite.statement], "primary", cite.statement)
        assert cite.source and cite.at and cite.checked, "loading refuses a citation that is neither"
        return self._cited(cite.source, cite.at, cite.checked)

    def _cited(self, name: str, locator: str, checked: Checked, statement: str | None = None) -> Citation:
        source = self.knowledge.sources[name]
        return Citation(
            source=source.title if statement else f"{source.publisher}: {source.title}",
            locator=locator,
            checked=checked,
            source_id=name,
            publisher=source.publisher,
            title=source.title,
            edition=source.edition,
            address=source.address,
            statement=statement,
        )

    @cached_property
    def _places(self) -> dict[str, str]:
        return {statement.id: str(statement.place) for statement in self.knowledge.ledger.statements}

    def _reason(self, rule: k.Rule) -> Reason:
        says = rule.says if isinstance(rule, k.RedFlag | k.StepRule | k.Recommendation) else "undetermined"
        return Reason(rule=rule.id, says=says, because=rule.because, **self._support(rule))

    def _flag(self, flag: k.RedFlag) -> RedFlagResult:
        return RedFlagResult(
            finding=flag.finding, route=flag.says, because=flag.because, rule=flag.id, do=flag.do, **self._support(flag)
        )

    def _support(self, entry: k.Sourced) -> dict[str, Any]:
        """What an entry rests on, as fields that every model of a supported sentence has."""
        return {
            "basis": entry.basis,
            "citations": self.citations(entry.cites),
            "assumption": entry.assumption,
            "differs": entry.differs,
            "unsourced": entry.unsourced,
        }

    def _note_out_of_scope(self, position: k.Position) -> Note:
        note, says = self._note(position), self.knowledge.frame.out_of_scope
        scope = self.knowledge.sources[position.source].scope
        return note.model_copy(update={"text": f"{note.text} {says}"}) if scope else note

    def _note(self, position: k.Position) -> Note:
        source = self.knowledge.sources[position.source]
        fields = {"text": position.text, "number": position.number, "checked": position.checked}
        return Note.model_validate({"publisher": source.publisher, "edition": source.edition, **fields})

    def _caution(self, caution: k.Caution) -> Caution:
        return Caution(text=caution.text, **self._support(caution))
