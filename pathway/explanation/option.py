"""One option of a result: its verdict, what is open, and the reasons, cautions and notes that go with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import expanded
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import Choice, flag_holds
from pathway.explanation.open_questions import Opening
from pathway.explanation.result import Caution, Note, Open, OptionResult, Reason
from pathway.explanation.rule_texts import Library
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Recommendation
from pathway.knowledge.vocabulary import UNDETERMINED

STANDS = frozenset({"applies", "later", UNDETERMINED})
"""Verdicts of the page's reading beside which a contrast with NICE is shown."""


@dataclass(frozen=True)
class OptionReader:
    """Reads one decision, option by option. `likely` is the decision if no open answer is adverse."""

    knowledge: Knowledge
    library: Library
    decision: Decision
    opening: Opening
    likely: Decision

    def read(self, option: str) -> OptionResult:
        """The option as the result shows it."""
        choice = self.decision.verdicts[option]
        verdict: Any = choice.value  # a word of the rules, which the model checks
        return OptionResult(
            verdict=verdict,
            open=self._open(choice, option),
            cautions=tuple(self._cautions(option)),
            notes=self._notes(option),
            reasons=tuple(self._reasons(option, choice.value)),
            contrasts=tuple(dict.fromkeys(self._contrasts(option))) if choice.value in STANDS else (),
        )

    def _open(self, choice: Choice, option: str) -> Open | None:
        if choice.value != UNDETERMINED:
            return None
        return Open(
            possible=likely_first(choice, self.likely.verdicts[option].value),
            deciding=tuple(self.opening.in_order(self.opening.of(choice))),
        )

    def _reasons(self, option: str, verdict: str) -> Iterator[Reason]:
        """Every rule that holds: those that lead, those that decide, then the rest in the order in which they win."""
        rules = self.knowledge.spoken_of[option]
        for rule in sorted(rules, key=lambda rule: (not rule.leads, rule.says != verdict)):
            if self.decision.held[rule.id]:
                yield self.library.reasons[rule.id]
        if option == self.knowledge.frame.referral:
            yield from self._services()
        for rule in rules:
            if exception := self._overriding(rule):
                yield self.library.reasons[rule.id].model_copy(update={"overridden_by": exception})

    def _services(self) -> Iterator[Reason]:
        """Where each present red flag leads, by name."""
        for flag in self.knowledge.red_flags:
            if flag_holds(self.knowledge, flag, self.decision.held):
                reason = self.library.reasons[flag]
                said = {"differs": None, "unsourced": None}  # with the flag itself
                yield reason.model_copy(update={"says": "applies", "because": self.library.flags[flag].do, **said})

    def _overriding(self, rule: Recommendation) -> str | None:
        exceptions = [name for name in self.library.overridden[rule.id] if self.decision.held[name]]
        whole = expanded(rule.when, self.knowledge.written_out) if exceptions else None
        return exceptions[0] if whole is not None and truth(whole, self.decision.facts) else None

    def _cautions(self, option: str) -> Iterator[Caution]:
        for caution, shown in self.library.cautions[option]:
            condition = expanded(caution.when, self.knowledge.written_out)
            holds = truth(condition, self.decision.facts)
            if holds:
                yield shown
            elif holds is None:
                depends_on = tuple(self.opening.in_order(self.opening.condition(condition)))
                yield shown.model_copy(update={"text": caution.if_open, "open": depends_on})

    def _notes(self, option: str) -> tuple[Note, ...]:
        sources = (self.knowledge.sources[position.source] for position in self.knowledge.options[option].positions)
        scopes = {source.scope for source in sources if source.scope}
        outside = scopes and self.decision.facts.get("region") not in (None, *scopes)
        return self.library.notes_out_of_scope[option] if outside else self.library.notes[option]

    def _contrasts(self, option: str) -> Iterator[str]:
        """Where NICE's reading would not follow the page, in the page's reading."""
        if self.decision.facts["guidance"] != "page":
            return
        facts = {**self.decision.facts, "guidance": "nice"}
        for rule in self.knowledge.spoken_of[option]:
            if rule.contrast and truth(self.knowledge.tests[rule.id], facts) is not False:
                yield rule.contrast


def likely_first(choice: Choice, likely: str) -> tuple[str, ...]:
    """The possible values, the one that holds if no open answer is adverse first."""
    return tuple(sorted(choice.possible, key=lambda value: value != likely))
