"""Explains one option of a result: its verdict, what is open, and its reasons, cautions and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Facts
from pathway.deciding.decide import Decision
from pathway.deciding.precedence import Candidates, flag_holds
from pathway.explanation.open_questions import OpenQuestions
from pathway.explanation.result import Caution, Note, Open, OptionResult, Reason
from pathway.explanation.rule_texts import RuleTexts
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import READING, UNDETERMINED

SHOW_CONTRAST_FOR = frozenset({"applies", "later", UNDETERMINED})
"""Verdicts under the first reading with which a contrast with another is shown."""


@dataclass(frozen=True)
class OptionExplainer:
    """Explains the options of one decision. `benign_case` is the decision if every open answer is benign."""

    knowledge: Knowledge
    rule_texts: RuleTexts
    decision: Decision
    open_questions: OpenQuestions
    benign_case: Decision
    _shown_cautions: dict[int, Caution | None] = field(default_factory=dict, repr=False)
    """Cautions explained already, by number: one caution stands at many options."""

    def explain(self, option: str) -> OptionResult:
        """The option as the result shows it."""
        candidates = self.decision.verdicts[option]
        verdict: Any = candidates.value  # a word of the rules, which the model checks
        return OptionResult(
            verdict=verdict,
            open=self._open(candidates, option),
            cautions=tuple(self._cautions(option)),
            notes=self._notes(option),
            reasons=tuple(self._reasons(option, verdict)),
            contrasts=tuple(dict.fromkeys(self._contrasts(option))) if verdict in SHOW_CONTRAST_FOR else (),
        )

    def _open(self, candidates: Candidates, option: str) -> Open | None:
        if candidates.value != UNDETERMINED or not candidates.possible:
            return None
        return Open(
            possible=benign_first(candidates, self.benign_case.verdicts[option].value),
            deciding=tuple(self.open_questions.sorted_by_priority(self.open_questions.for_verdict(candidates))),
        )

    def _reasons(self, option: str, verdict: str) -> Iterator[Reason]:
        """Every rule that holds, and for the referral each present red flag; then the rules that exceptions take out."""
        yield from self.rule_texts.reasons_in_order(option, verdict, self.decision.truths)
        if option == self.knowledge.frame.referral:
            yield from self._services()
        for name in self.rule_texts.overridden_by_option[option]:
            if exception := self._overriding(name):
                yield self.rule_texts.reasons[name].model_copy(update={"overridden_by": exception})

    def _services(self) -> Iterator[Reason]:
        """For each present red flag a reason that names the service to which it leads."""
        for flag in self.knowledge.red_flags:
            if flag_holds(self.knowledge, flag, self.decision.truths):
                reason = self.rule_texts.reasons[flag]
                shown_with_the_flag = {"differs": None, "unsourced": None}
                service = {"says": "applies", "because": self.rule_texts.flags[flag].do}
                yield reason.model_copy(update={**service, **shown_with_the_flag})

    def _overriding(self, rule: str) -> str | None:
        """The exception that takes this rule out, where the rule would hold without it."""
        exceptions = [name for name in self.rule_texts.overridden[rule] if self.decision.truths[name]]
        holds = exceptions and truth(self.rule_texts.without_exceptions[rule], self.decision.facts)
        return exceptions[0] if holds else None

    def _cautions(self, option: str) -> Iterator[Caution]:
        """The cautions that hold, and those that may hold, which say on which findings they depend."""
        for number in self.rule_texts.cautions[option]:
            if number not in self._shown_cautions:
                self._shown_cautions[number] = self._caution(number)
            if (caution := self._shown_cautions[number]) is not None:
                yield caution

    def _caution(self, number: int) -> Caution | None:
        """A caution as the result shows it; None where it does not hold."""
        caution, condition, shown = self.rule_texts.all_cautions[number]
        holds = truth(condition, self.decision.facts)
        if holds is not None:
            return shown if holds else None
        depends_on = tuple(self.open_questions.sorted_by_priority(self.open_questions.for_condition(condition)))
        return shown.model_copy(update={"text": caution.if_open, "open": depends_on})

    def _notes(self, option: str) -> tuple[Note, ...]:
        scopes = self.rule_texts.scopes[option]
        asked = self.knowledge.outline.scope
        out_of_scope = scopes and asked and self.decision.facts.get(asked) not in (None, *scopes)
        return self.rule_texts.notes_out_of_scope[option] if out_of_scope else self.rule_texts.notes[option]

    def _contrasts(self, option: str) -> Iterator[str]:
        """Under the first reading, how another differs from it."""
        if self.decision.facts[READING] != self.knowledge.readings[0]:
            return
        for rule in self.rule_texts.contrasts[option]:
            condition = self.knowledge.rule_conditions[rule.id]
            if any(truth(condition, facts) is not False for facts in self._facts_of_other_readings):
                yield str(rule.contrast)

    @cached_property
    def _facts_of_other_readings(self) -> tuple[Facts, ...]:
        return tuple({**self.decision.facts, READING: reading} for reading in self.knowledge.readings[1:])


def benign_first(candidates: Candidates, benign_value: str) -> tuple[str, ...]:
    """The possible values, first the one that holds if every open answer is benign."""
    return tuple(sorted(candidates.possible, key=lambda value: value != benign_value))
