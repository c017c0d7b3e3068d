"""Shows a result to people in a terminal: what is urgent first, then every option with its reasons, then what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pathway.assumptions import Values
from pathway.faults import shown
from pathway.knowledge import RULED_OUT, Knowledge
from pathway.paper import Paper
from pathway.result import Citation, OptionResult, Reason, RedFlagResult, Result
from pathway.scenario import LONGEST
from pathway.wording import Wording, lowered

ORDER = ("applies", "undetermined", "later", "contraindicated", "not_advised", "not_indicated", "on_hold")
"""The verdicts as they are shown: what to consider first."""
PROVISIONAL = (
    "PROVISIONAL: not every safety question is answered. What stands here holds only if none of the open ones turns out to be a red flag."
)


def render(result: Result, knowledge: Knowledge, values: Values, width: int = 80, colour: bool = False) -> str:
    """A result as text, `width` columns wide; `values` are those of the assumptions that it was given."""
    page = _Page(result, knowledge, values, Paper(width, colour))
    page.write()
    return page.paper.text()


@dataclass(frozen=True)
class _Page:
    result: Result
    knowledge: Knowledge
    values: Values
    paper: Paper

    @cached_property
    def words(self) -> Wording:
        return Wording(self.knowledge)

    def write(self) -> None:
        self.top()
        self.red_flags()
        self.where()
        for verdict in ORDER:
            self.group(verdict)
        self.ask_next()
        self.assumptions()
        self.sources()
        self.bottom()

    def top(self) -> None:
        reading = self.knowledge.derived["guidance"].answers[self.result.guidance]
        self.paper.line(shown(self.result.title, LONGEST) or "A scenario without a title", style="bold")
        self.paper.line(f"Read by {reading} guidance.", style="dim")
        for warning in self.result.warnings:
            self.paper.line(f"These answers do not go together: {warning}", style="yellow")

    def red_flags(self) -> None:
        if self.result.red_flags:
            self.paper.heading("Red flags, before anything else", "bold red")
        for flag in self.result.red_flags:
            self.red_flag(flag)

    def red_flag(self, flag: RedFlagResult) -> None:
        self.paper.item(f"{self.words.title(flag.route)}: {flag.because}", style="bold")
        self.paper.line(f"What to do: {flag.do}", 2, "bold red")
        if flag.differs:
            self.paper.line(f"Where sources differ: {flag.differs}", 2)
        self.paper.line(self.words.support(flag.basis, flag.assumption, flag.citations), 2, "dim")

    def where(self) -> None:
        self.paper.heading("Where this stands")
        if self.result.provisional:
            self.paper.line(PROVISIONAL, style="bold yellow")
        self.paper.pair("Route", self.route())
        self.paper.pair("Step", self.step())
        for reason in self.result.step_reasons[:1]:
            self.reason(reason, 7)

    def route(self) -> str:
        if self.result.route_open:
            return self.words.unless(self.result.route_open, self.result)
        return self.words.meant(self.result.route)

    def step(self) -> str:
        if self.result.step_open:
            return self.words.unless(self.result.step_open, self.result)
        return self.words.meant(self.result.step) if self.result.step else "none: this is off the ladder"

    def group(self, verdict: str) -> None:
        options = {name: option for name, option in self.result.options.items() if option.verdict == verdict}
        if not options:
            return
        self.paper.heading(self.words.meant(verdict), STYLES[verdict])
        common = _common(options.values())
        for reason in common:
            self.reason(reason, 0, "All of these: ")
        for name, option in options.items():
            self.option(name, option, common)

    def option(self, name: str, option: OptionResult, common: tuple[Reason, ...]) -> None:
        self.paper.item(self.knowledge.options[name].name, style="bold")
        if option.open:
            self.paper.line(self.words.unless(option.open, self.result), 2, "cyan")
        for contrast in option.contrasts:
            self.paper.line(contrast, 2, "bold yellow")
        for reason in option.reasons:
            if reason not in common:
                self.reason(reason, 2, self.beside(reason, option))
        for rule in self.open_rules(name, option):
            self.reason(rule, 2, f"If {lowered(self.words.title(rule.says))}: ")
        self.around(name, option)
