"""Renders the whole rule base in plain English, as `pathway rules` prints it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pathway.cli.writer import TextWriter
from pathway.conditions.tree import ALWAYS, Condition
from pathway.explanation.english import condition_lines
from pathway.explanation.rule_texts import RuleTexts
from pathway.explanation.wording import NO_SOURCE, Wording
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Caution, CitationRef, Citing, Option, Recommendation, RedFlag, Rule, Sourced
from pathway.phrases import decapitalised


def render_rulebook(knowledge: Knowledge) -> str:
    """Every rule of the knowledge base in plain English with its citations."""
    book = _RuleBook(knowledge, TextWriter())
    book.write()
    return book.writer.text()


@dataclass
class _RuleBook:
    knowledge: Knowledge
    writer: TextWriter
    already_printed: dict[str, str] = field(default_factory=dict)
    """The recommendations printed so far, each with the name of its option."""

    @cached_property
    def words(self) -> Wording:
        return Wording(self.knowledge)

    @cached_property
    def rule_texts(self) -> RuleTexts:
        return RuleTexts(self.knowledge)

    def write(self) -> None:
        self.writer.paragraph("All rules in plain English")
        self.writer.paragraph(f"Edition: {self.knowledge.frame.edition}.")
        self.assumptions()
        self.definitions()
        self.red_flags()
        self.ladder()
        for group in self.knowledge.option_groups:
            self.writer.heading(f"Options: {decapitalised(group.title)}", under="=")
            for option in self.knowledge.options.values():
                if option.group == group.id:
                    self.option(option)
        self.contradictions()
        self.page_limits()
        self.sources()
        self.frame()

    def assumptions(self) -> None:
        self.writer.heading("Assumptions", under="=")
        for assumption in self.knowledge.assumptions.values():
            self.writer.bullet(self.words.assumption(assumption, defaults(self.knowledge)))
            self.writer.paragraph(assumption.says, 2)
            self.writer.paragraph(f"Because: {assumption.because}", 2)
            self.basis(assumption)

    def definitions(self) -> None:
        self.writer.heading("Definitions", under="=")
        for definition in self.knowledge.definitions.values():
            self.writer.bullet(f"{definition.id}: {definition.name}")
            self.when("Present when", definition.when)
            self.writer.blank()

    def red_flags(self) -> None:
        self.writer.heading("Red flags: checked before any step; the most urgent one wins", under="=")
        for flag in self.knowledge.red_flags.values():
            self.rule(flag, flag.says)

    def ladder(self) -> None:
        self.writer.heading("The ladder: the first rule that holds gives the step", under="=")
        for rule in self.knowledge.step_rules.values():
            self.rule(rule, rule.says)

    def rule(self, rule: Rule, says: str) -> None:
        """Writes a rule: its verdict, its condition, its reason and its basis."""
        self.writer.blank()
        self.writer.bullet(f"{self.words.title(says)}: {rule.id}")
        self.when("When", rule.when)
        if isinstance(rule, RedFlag) and rule.downgraded_by is not None:
            self.when("Unless it is known that", rule.downgraded_by)
        self.writer.paragraph(f"Because: {rule.because}", 2)
        self.extras(rule)
        self.basis(rule)

    def extras(self, rule: Rule) -> None:
        match rule:
            case RedFlag():
                self.writer.paragraph(f"What to do: {rule.do}", 2)
            case Recommendation(overrides=overrides, contrast=contrast):
                self.writer.paragraph(f"Overrides: {', '.join(overrides)}" if overrides else "", 2)
                self.writer.paragraph(
                    f"With {self.knowledge.outline.readings[0].short}'s guidance: {contrast}" if contrast else "", 2
                )

    def when(self, label: str, condition: Condition) -> None:
        """Writes a condition: one clause as one line, others as a list."""
        first, *rest = condition_lines(condition, self.knowledge, defaults(self.knowledge))
        opening = first.capitalize() if condition == ALWAYS else f"{label} {first}"
        self.writer.paragraph(opening if rest else f"{opening}.", 2)
        for line in rest:
            clause = line.lstrip(" -")
            self.writer.hanging("  " + line.removesuffix(clause), clause)

    def basis(self, entry: Citing) -> None:
        """Writes where sources differ, and the basis and citations of an entry."""
        for doubt in self.words.doubts(entry):
            self.writer.paragraph(doubt, 2)
        if isinstance(entry, Sourced):
            self.writer.paragraph(self.words.support(entry.basis, entry.assumption, self.rule_texts.citations(entry.cites)), 2)
        else:
            self.cites(entry.cites)
        if isinstance(entry, Rule):
            self.writer.paragraph(self.words.review(self.rule_texts.judgements[entry.id]), 2)
        self.writer.blank()

    def cites(self, cites: Iterable[CitationRef]) -> None:
        self.writer.paragraph(self.words.citations(self.rule_texts.citations(cites)), 2)

    def option(self, option: Option) -> None:
        """Writes an option: its description, the statements of the page and of other sources, its rules and its cautions."""
        self.writer.heading(f"{option.name} ({option.id}; step: {option.step})")
        self.writer.paragraph(option.says)
        for statement in self.knowledge.ledger.statements:
            if statement.id in option.statements:
                self.writer.bullet(f"{self.knowledge.ledger.source}, {statement.place}: {statement.says}")
        for position in option.positions:
            number = f" {position.number}" if position.number else ""
            self.writer.bullet(f"{position.source}{number}: {position.text} ({self.words.title(position.checked)})")
        self.writer.blank()
        for rule in self.knowledge.rules_by_option[option.id]:
            self.recommendation(rule, option)
        for caution in self.knowledge.cautions:
            if option.id in caution.options:
                self.caution(caution)

    def recommendation(self, rule: Recommendation, option: Option) -> None:
        if rule.id in self.already_printed:
            self.writer.bullet(f"{self.words.title(rule.says)}: {rule.id}, see {self.already_printed[rule.id]}")
        else:
            self.already_printed[rule.id] = decapitalised(option.name)
            self.rule(rule, rule.says)

    def caution(self, caution: Caution) -> None:
        self.writer.blank()
        self.writer.bullet(f"Caution: {caution.text}")
        if caution.when != ALWAYS:
            self.when("When", caution.when)
        self.basis(caution)

    def contradictions(self) -> None:
        self.writer.heading("Contradictory answers: they give a warning and still a result", under="=")
        for entry in self.knowledge.contradictions:
            self.writer.bullet(entry.text)
            self.when("When", entry.when)
            self.writer.blank()

    def page_limits(self) -> None:
        self.writer.heading("Limits of the page", under="=")
        for limit in self.knowledge.frame.page_limits:
            self.writer.bullet(limit)
        self.cites(self.knowledge.frame.limits_cites)

    def sources(self) -> None:
        self.writer.heading(f"Sources ({self.words.last_opened()})", under="=")
        for source in self.knowledge.sources.values():
            self.writer.bullet(self.words.source(source))
            self.writer.paragraph(source.address or "", 2)
            self.writer.paragraph(self.words.how_checked(source), 2)
            self.writer.paragraph(source.note or "", 2)

    def frame(self) -> None:
        self.writer.heading("Safety net, shown with every result", under="=")
        for line in self.knowledge.frame.safety_net:
            self.writer.bullet(line)
        self.cites(self.knowledge.frame.safety_net_cites)
        if unsourced := self.knowledge.frame.safety_net_unsourced:
            self.writer.paragraph(f"{NO_SOURCE}{unsourced}.", 2)
        self.writer.blank()
        self.writer.paragraph(self.knowledge.frame.notice)
        self.writer.paragraph(self.knowledge.frame.in_short)
