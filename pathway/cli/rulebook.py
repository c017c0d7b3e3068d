"""The whole rule base as plain English: what `pathway rules` prints, and what a change of knowledge is read as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from pathway.cli.writer import Paper
from pathway.conditions.tree import ALWAYS, Condition
from pathway.explanation.english import condition_lines
from pathway.explanation.rule_texts import RuleTexts
from pathway.explanation.wording import NO_SOURCE, Wording
from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Caution, Cite, Citing, Option, Ranked, Recommendation, RedFlag, Supported
from pathway.phrases import lowered


def written(knowledge: Knowledge, width: int = 80) -> str:
    """Every rule of the knowledge base in words, with its citations, `width` columns wide."""
    book = _Book(knowledge, Paper(width))
    book.write()
    return book.paper.text()


@dataclass
class _Book:
    knowledge: Knowledge
    paper: Paper
    told: dict[str, str] = field(default_factory=dict)
    """The recommendations written so far, and the option with which each stands."""

    @cached_property
    def words(self) -> Wording:
        return Wording(self.knowledge)

    @cached_property
    def rule_texts(self) -> RuleTexts:
        return RuleTexts(self.knowledge)

    def write(self) -> None:
        self.paper.line("The rule base in words")
        self.paper.line(f"Edition: {self.knowledge.frame.edition}.")
        self.assumptions()
        self.definitions()
        self.red_flags()
        self.ladder()
        for group in self.knowledge.option_groups:
            self.paper.heading(f"Options: {lowered(group.title)}", under="=")
            for option in self.knowledge.options.values():
                if option.group == group.id:
                    self.option(option)
        self.contradictions()
        self.page_limits()
        self.sources()
        self.frame()

    def assumptions(self) -> None:
        self.paper.heading("Assumptions", under="=")
        for assumption in self.knowledge.assumptions.values():
            self.paper.item(self.words.assumption(assumption, defaults(self.knowledge)))
            self.paper.line(assumption.says, 2)
            self.paper.line(f"Because: {assumption.because}", 2)
            self.rests_on(assumption)

    def definitions(self) -> None:
        self.paper.heading("Definitions", under="=")
        for definition in self.knowledge.definitions.values():
            self.paper.item(f"{definition.id}: {definition.name}")
            self.when("It is there when", definition.when)
            self.paper.blank()

    def red_flags(self) -> None:
        self.paper.heading("Red flags: before any step, the most urgent that holds wins", under="=")
        for flag in self.knowledge.red_flags.values():
            self.rule(flag, flag.says)

    def ladder(self) -> None:
        self.paper.heading("The ladder: the first of these that holds is the step", under="=")
        for rule in self.knowledge.step_rules.values():
            self.rule(rule, rule.says)

    def rule(self, rule: Ranked, says: str) -> None:
        """A rule: what it says, when, why, and what it rests on."""
        self.paper.blank()
        self.paper.item(f"{self.words.title(says)}: {rule.id}")
        self.when("When", rule.when)
        if isinstance(rule, RedFlag) and rule.unless_known is not None:
            self.when("Unless it is known that", rule.unless_known)
        self.paper.line(f"Because: {rule.because}", 2)
        self.extras(rule)
        self.rests_on(rule)

    def extras(self, rule: Ranked) -> None:
        match rule:
            case RedFlag():
                self.paper.line(f"What to do: {rule.do}", 2)
            case Recommendation(overrides=overrides, contrast=contrast):
                self.paper.line(f"Overrides: {', '.join(overrides)}" if overrides else "", 2)
                self.paper.line(f"In the page's reading: {contrast}" if contrast else "", 2)

    def when(self, label: str, condition: Condition) -> None:
        """A condition: in one line where it is one clause, else as a list."""
        first, *rest = condition_lines(condition, self.knowledge, defaults(self.knowledge))
        opens = first.capitalize() if condition == ALWAYS else f"{label} {first}"
        self.paper.line(opens if rest else f"{opens}.", 2)
        for line in rest:
            clause = line.lstrip(" -")
            self.paper.pair("  " + line.removesuffix(clause), clause)

    def rests_on(self, entry: Citing) -> None:
        """Where sources differ, and what an entry rests on."""
        for doubt in self.words.doubts(entry):
            self.paper.line(doubt, 2)
        if isinstance(entry, Supported):
            self.paper.line(self.words.support(entry.basis, entry.assumption, self.rule_texts.citations(entry.cites)), 2)
        else:
            self.cites(entry.cites)
        self.paper.blank()

    def cites(self, cites: Iterable[Cite]) -> None:
        self.paper.line(self.words.citations(self.rule_texts.citations(cites)), 2)

    def option(self, option: Option) -> None:
        """An option: what it is, what the page and NICE say of it, then its rules and cautions."""
        self.paper.heading(f"{option.name} ({option.id}; step: {option.step})")
        self.paper.line(option.says)
        for statement in self.knowledge.ledger.statements:
            if statement.id in option.statements:
                self.paper.item(f"{self.knowledge.ledger.source}, {statement.place}: {statement.says}")
        for position in option.positions:
            number = f" {position.number}" if position.number else ""
            self.paper.item(f"{position.source}{number}: {position.text} ({self.words.title(position.checked)})")
        self.paper.blank()
        for rule in self.knowledge.spoken_of[option.id]:
            self.recommendation(rule, option)
        for caution in self.knowledge.cautions:
            if option.id in caution.options:
                self.caution(caution)

    def recommendation(self, rule: Recommendation, option: Option) -> None:
        if rule.id in self.told:
            self.paper.item(f"{self.words.title(rule.says)}: {rule.id}, as with {self.told[rule.id]}")
        else:
            self.told[rule.id] = lowered(option.name)
            self.rule(rule, rule.says)

    def caution(self, caution: Caution) -> None:
        self.paper.blank()
        self.paper.item(f"Caution: {caution.text}")
        if caution.when != ALWAYS:
            self.when("When", caution.when)
        self.rests_on(caution)

    def contradictions(self) -> None:
        self.paper.heading("Answers that can't go together: a warning, and an answer all the same", under="=")
        for entry in self.knowledge.contradictions:
            self.paper.item(entry.text)
            self.when("When", entry.when)
            self.paper.blank()

    def page_limits(self) -> None:
        self.paper.heading("What the page leaves open or overstates", under="=")
        for limit in self.knowledge.frame.page_limits:
            self.paper.item(limit)
        self.cites(self.knowledge.frame.limits_cites)

    def sources(self) -> None:
        self.paper.heading(f"Sources ({self.words.looked()})", under="=")
        for source in self.knowledge.sources.values():
            self.paper.item(self.words.source(source))
            self.paper.line(source.address or "", 2)
            self.paper.line(self.words.seen(source), 2)
            self.paper.line(source.note or "", 2)

    def frame(self) -> None:
        self.paper.heading("Safety net, with every result", under="=")
        for line in self.knowledge.frame.safety_net:
            self.paper.item(line)
        self.cites(self.knowledge.frame.safety_net_cites)
        if unsourced := self.knowledge.frame.safety_net_unsourced:
            self.paper.line(f"{NO_SOURCE}{unsourced}.", 2)
        self.paper.blank()
        self.paper.line(self.knowledge.frame.notice)
        self.paper.line(self.knowledge.frame.in_short)
