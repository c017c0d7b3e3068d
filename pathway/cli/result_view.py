"""Shows a result to people in a terminal: what is urgent first, then every option with its reasons, then what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pathway.cli.options_view import OptionLines
from pathway.cli.writer import Paper
from pathway.explanation.result import Reason, RedFlagResult, Result
from pathway.explanation.visit_summary import visit_summary
from pathway.explanation.wording import NO_SOURCE, Wording
from pathway.knowledge.assumptions import Values, varied_words
from pathway.knowledge.base import Knowledge
from pathway.phrases import shown
from pathway.scenarios.scenario import LONGEST

PROVISIONAL = (
    "PROVISIONAL: safety questions are open. All of this holds only if none of them turns out to be a red flag; ask them first."
)
NARROWEST, WIDEST = 40, 100


def render(result: Result, knowledge: Knowledge, values: Values, width: int = 80, colour: bool = False) -> str:
    """A result as text of about `width` columns; `values` are those of the assumptions that it was given."""
    paper = Paper(max(NARROWEST, min(width, WIDEST)), colour)
    _Page(result, knowledge, values, paper).write()
    return paper.text()


@dataclass(frozen=True)
class _Page:
    result: Result
    knowledge: Knowledge
    values: Values
    paper: Paper

    def write(self) -> None:
        self.top()
        self.red_flags()
        self.where()
        self.options.write()
        self.ask_next()
        self.assumptions()
        self.sources()
        self.bottom()

    @cached_property
    def words(self) -> Wording:
        return Wording(self.knowledge)

    @cached_property
    def options(self) -> OptionLines:
        return OptionLines(self.result, self.knowledge, self.words, self.paper)

    def top(self) -> None:
        self.paper.line(shown(self.result.title, LONGEST) or "A scenario without a title", style="bold")
        reading = self.knowledge.derived["guidance"]
        self.paper.line(f"{reading.name.capitalize()} is {reading.answers[self.result.guidance]}.", style="dim")
        self.visit()
        if words := varied_words(self.values, self.knowledge):
            self.paper.line(f"Assumed otherwise than usual: {words}.", style="yellow")
        for warning in self.result.warnings:
            self.paper.line(f"Check the answers: {warning}", style="yellow")

    def visit(self) -> None:
        """Which visit of a walk this is, and what it has from those before it."""
        for line in visit_summary(self.result, self.knowledge):
            self.paper.line(line)

    def red_flags(self) -> None:
        if self.result.red_flags:
            self.paper.heading("Red flags, before anything else", "bold red")
        for flag in self.result.red_flags:
            self.red_flag(flag)

    def red_flag(self, flag: RedFlagResult) -> None:
        self.paper.item(f"{self.words.title(flag.route)}: {flag.because}", style="bold")
        self.paper.line(f"What to do: {flag.do}", 2, "bold red")
        for doubt in self.words.doubts(flag):
            self.paper.line(doubt, 2)
        self.paper.line(self.words.support(flag.basis, flag.assumption, flag.citations), 2, "dim")

    def where(self) -> None:
        self.paper.heading("Where this stands")
        if self.result.provisional:
            self.paper.line(PROVISIONAL, style="bold yellow")
        self.paper.pair("Route  ", self.route())
        self.paper.pair("Step   ", self.step())
        for reason in self.result.step_reasons[:1]:
            self.options.because(reason.because, reason, 7)
        self.paper.heading("The options at a glance")
        self.options.glance()

    def route(self) -> str:
        found = self.result.route_open
        return self.words.unless(found, self.result) if found else self.words.meant(self.result.route)

    def step(self) -> str:
        if self.result.step_open:
            return self.words.unless(self.result.step_open, self.result)
        if none := self.words.none_fits(self.result):
            return f"{none} - the step is {self.words.inside(str(self.result.step))}, and each of its options says why not"
        return self.words.meant(self.result.step) if self.result.step else "none, while off the ladder"

    def ask_next(self) -> None:
        if not self.result.ask_next:
            return
        self.paper.heading("What to ask next, the most urgent first")
        for number, name in enumerate(self.result.ask_next, 1):
            self.paper.item(f"{self.knowledge.findings[name].question} ({name})", mark=f"{number:2}. ")

    def assumptions(self) -> None:
        self.paper.heading("Assumptions that this rests on")
        for name in self.result.assumptions:
            assumption = self.knowledge.assumptions[name]
            self.paper.item(self.words.assumption(assumption, self.values), style="bold")
            self.paper.line(f"{assumption.says} {assumption.because}", 2)
            for doubt in self.words.doubts(assumption):
                self.paper.line(doubt, 2)
            self.paper.line(self.words.citations(self.options.rule_texts.citations(assumption.cites)), 4, "dim")

    def sources(self) -> None:
        self.paper.heading(f"Sources, and how surely each is known ({self.words.looked()})")
        others: tuple[RedFlagResult | Reason, ...] = (*self.result.red_flags, *self.result.step_reasons)
        cites = [cite for name in self.result.assumptions for cite in self.knowledge.assumptions[name].cites]
        cites += self.knowledge.frame.safety_net_cites
        cited = (*self.options.cited(), *(citation for one in others for citation in one.citations))
        cited += self.options.rule_texts.citations(cites)
        names = {citation.source_id for citation in cited}
        for source in self.knowledge.sources.values():
            if source.id in names:
                self.paper.item(self.words.source(source), style="dim")
                self.paper.line(source.address or "", 2, "dim")
        for checked in ("primary", "secondary", "unchecked"):
            self.paper.item(self.words.meant(checked), style="dim")

    def bottom(self) -> None:
        self.paper.heading("Safety net", "bold red")
        for line in self.result.safety_net:
            self.paper.item(line)
        cites = self.knowledge.frame.safety_net_cites
        self.paper.line(self.words.citations(self.options.rule_texts.citations(cites)), 2, "dim")
        if unsourced := self.knowledge.frame.safety_net_unsourced:
            self.paper.line(f"{NO_SOURCE}{unsourced}.", 2, "dim")
        self.paper.blank()
        self.paper.line(self.result.notice, style="bold")
        self.paper.line(f"Knowledge: {self.result.knowledge.edition} ({self.result.knowledge.hash}).", style="dim")
