"""Renders a result for a terminal: red flags first, then every option with its reasons, then the questions to ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pathway.cli.options_view import OptionsView
from pathway.cli.writer import TextWriter
from pathway.explanation.result import Reason, RedFlagResult, Result
from pathway.explanation.visit_summary import visit_summary
from pathway.explanation.wording import NO_SOURCE, Wording
from pathway.knowledge.assumptions import Values, varied_words
from pathway.knowledge.base import Knowledge
from pathway.phrases import safe_excerpt
from pathway.scenarios.scenario import LONGEST_TITLE

PROVISIONAL = (
    "PROVISIONAL: safety questions are unanswered. Ask them first. This result holds only if none of them reveals a red flag."
)
MIN_WIDTH, MAX_WIDTH = 40, 100


def render(result: Result, knowledge: Knowledge, values: Values, width: int = 80, colour: bool = False) -> str:
    """A result as text, `width` columns wide within limits. `values` are the assumptions' values that it was explained with."""
    writer = TextWriter(max(MIN_WIDTH, min(width, MAX_WIDTH)), colour)
    _ResultView(result, knowledge, values, writer).write()
    return writer.text()


@dataclass(frozen=True)
class _ResultView:
    result: Result
    knowledge: Knowledge
    values: Values
    writer: TextWriter

    def write(self) -> None:
        self.top()
        self.red_flags()
        self.route_and_step()
        self.options.write()
        self.ask_next()
        self.assumptions()
        self.sources()
        self.bottom()

    @cached_property
    def words(self) -> Wording:
        return Wording(self.knowledge)

    @cached_property
    def options(self) -> OptionsView:
        return OptionsView(self.result, self.knowledge, self.words, self.writer)

    def top(self) -> None:
        self.writer.paragraph(safe_excerpt(self.result.title, LONGEST_TITLE) or "Untitled scenario", style="bold")
        self.writer.paragraph(self.result.sentence, style="bold")
        self.writer.paragraph(f"Guidance: {self.knowledge.reading(self.result.guidance).name}.", style="dim")
        self.visit()
        if words := varied_words(self.values, self.knowledge):
            self.writer.paragraph(f"Changed assumptions: {words}.", style="yellow")
        for warning in self.result.warnings:
            self.writer.paragraph(f"Check the answers: {warning}", style="yellow")

    def visit(self) -> None:
        """The place of this visit in the walk, and the answers from earlier visits."""
        for line in visit_summary(self.result, self.knowledge):
            self.writer.paragraph(line)

    def red_flags(self) -> None:
        if self.result.red_flags:
            self.writer.heading("Red flags", "bold red")
        for flag in self.result.red_flags:
            self.red_flag(flag)

    def red_flag(self, flag: RedFlagResult) -> None:
        self.writer.bullet(f"{self.words.title(flag.route)}: {flag.because}", style="bold")
        self.writer.paragraph(f"What to do: {flag.do}", 2, "bold red")
        for doubt in self.words.doubts(flag):
            self.writer.paragraph(doubt, 2)
        self.writer.paragraph(self.words.support(flag.basis, flag.assumption, flag.citations), 2, "dim")

    def route_and_step(self) -> None:
        self.writer.heading("Route and step")
        if self.result.provisional:
            self.writer.paragraph(PROVISIONAL, style="bold yellow")
        self.writer.hanging("Route  ", self.route())
        self.writer.hanging("Step   ", self.step())
        for reason in self.result.step_reasons[:1]:
            self.options.sentence_with_basis(reason.because, reason, 7)
        self.writer.heading("Options at a glance")
        self.options.overview()

    def route(self) -> str:
        route_open = self.result.route_open
        return self.words.so_far(route_open, self.result) if route_open else self.words.with_meaning(self.result.route)

    def step(self) -> str:
        if self.result.step_open:
            return self.words.so_far(self.result.step_open, self.result)
        if headline := self.words.none_fits(self.result):
            step = self.words.inside(str(self.result.step))
            return f"{headline}. The step is {step}. Each of its options gives its reason below."
        return self.words.with_meaning(self.result.step) if self.result.step else "No step: the route leads off the ladder."

    def ask_next(self) -> None:
        if not self.result.ask_next:
            return
        self.writer.heading("Questions to ask next, most urgent first")
        for number, name in enumerate(self.result.ask_next, 1):
            self.writer.bullet(f"{self.knowledge.findings[name].question} ({name})", mark=f"{number:2}. ")

    def assumptions(self) -> None:
        if not self.result.assumptions:
            return
        self.writer.heading("Assumptions used")
        for name in self.result.assumptions:
            assumption = self.knowledge.assumptions[name]
            self.writer.bullet(self.words.assumption(assumption, self.values), style="bold")
            self.writer.paragraph(f"{assumption.says} {assumption.because}", 2)
            for doubt in self.words.doubts(assumption):
                self.writer.paragraph(doubt, 2)
            self.writer.paragraph(self.words.citations(self.options.rule_texts.citations(assumption.cites)), 4, "dim")

    def sources(self) -> None:
        self.writer.heading(f"Sources and how they were checked ({self.words.last_opened()})")
        rules: tuple[RedFlagResult | Reason, ...] = (*self.result.red_flags, *self.result.step_reasons)
        cites = [cite for name in self.result.assumptions for cite in self.knowledge.assumptions[name].cites]
        cites += self.knowledge.frame.safety_net_cites
        cited = (*self.options.cited(), *(citation for rule in rules for citation in rule.citations))
        cited += self.options.rule_texts.citations(cites)
        names = {citation.source_id for citation in cited}
        names |= {position.source for option in self.knowledge.options.values() for position in option.positions}
        for source in self.knowledge.sources.values():
            if source.id in names:
                self.writer.bullet(self.words.source(source), style="dim")
                self.writer.paragraph(source.address or "", 2, "dim")
        for checked in ("primary", "secondary", "unchecked"):
            self.writer.bullet(self.words.with_meaning(checked), style="dim")

    def bottom(self) -> None:
        self.writer.heading("Safety net", "bold red")
        for line in self.result.safety_net:
            self.writer.bullet(line)
        cites = self.knowledge.frame.safety_net_cites
        self.writer.paragraph(self.words.citations(self.options.rule_texts.citations(cites)), 2, "dim")
        if unsourced := self.knowledge.frame.safety_net_unsourced:
            self.writer.paragraph(f"{NO_SOURCE}{unsourced}.", 2, "dim")
        self.writer.blank()
        self.writer.paragraph(self.result.notice, style="bold")
        self.writer.paragraph(f"Knowledge: {self.result.knowledge.edition} ({self.result.knowledge.hash}).", style="dim")
