"""The options of a result in lines for a terminal, grouped by verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pathway.cli.writer import Paper
from pathway.explanation.result import Caution, Citation, OptionResult, Reason, Result
from pathway.explanation.rule_texts import RuleTexts
from pathway.explanation.wording import Wording
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Recommendation
from pathway.knowledge.vocabulary import RULED_OUT

STYLES = {
    "applies": "bold green",
    "undetermined": "bold cyan",
    "later": "bold yellow",
    "contraindicated": "bold red",
    "not_advised": "bold red",
    "not_indicated": "bold",
    "on_hold": "bold magenta",
}
"""Of each verdict, in the order in which they are shown: what to consider first."""


@dataclass(frozen=True)
class OptionLines:
    """Writes every option of a result on paper."""

    result: Result
    knowledge: Knowledge
    words: Wording
    paper: Paper

    @cached_property
    def rule_texts(self) -> RuleTexts:
        """The texts of each rule."""
        return RuleTexts(self.knowledge)

    def glance(self) -> None:
        """The options' names by verdict."""
        rows: dict[str, list[str]] = {}
        for verdict in STYLES:
            for name, option in self.result.options.items():
                if option.verdict == verdict:
                    row = f"{self.words.title(option.open.possible[0])}, unless" if option.open else self.words.title(verdict)
                    differs = "*" if option.contrasts else ""
                    rows.setdefault(row, []).append(f"{self.knowledge.options[name].name}{differs}")
        for row, names in rows.items():
            self.paper.pair(f"{row:{max(map(len, rows)) + 2}}", "; ".join(names))
        if any(option.contrasts for option in self.result.options.values()):
            self.paper.line("* The page and other guidance differ here; each says how.", style="bold yellow")

    def write(self) -> None:
        """Every option, under its verdict."""
        for verdict in STYLES:
            options = {name: option for name, option in self.result.options.items() if option.verdict == verdict}
            if options:
                self.group(verdict, options)

    def group(self, verdict: str, options: dict[str, OptionResult]) -> None:
        """A verdict's heading and its options; reasons that several have are said once."""
        self.paper.heading(self.words.meant(verdict), STYLES[verdict])
        by_reasons: dict[tuple[Reason, ...], list[str]] = {}
        for name, option in options.items():
            by_reasons.setdefault(tuple(reason for reason in option.reasons if reason.says == verdict), []).append(name)
        for reasons, names in by_reasons.items():
            shared = reasons if len(names) > 1 else ()
            if shared:
                self.paper.line(f"The next {len(names)} have in common:")
            for reason in shared:
                self.because(reason.because, reason)
            for name in names:
                self.option(name, options[name], shared)
                self.paper.blank()

    def option(self, name: str, option: OptionResult, shared: tuple[Reason, ...]) -> None:
        """One option: how it stands, where NICE differs, why, and what goes with it."""
        self.paper.item(self.knowledge.options[name].name, style="bold")
        if option.open:
            self.paper.line(self.words.unless(option.open, self.result), 2, "cyan")
        for contrast in option.contrasts:
            self.paper.line(contrast, 2, "bold yellow")
        self.reasons(name, option, shared)
        for note, position in zip(option.notes, self.knowledge.options[name].positions, strict=True):
            number = f"{position.source.upper()} {note.number}: " if note.number else ""
            self.paper.line(f"{number}{note.text} ({self.words.title(note.checked)})", 2, "italic")
        for caution in option.cautions:
            self.because(f"Caution: {caution.text}", caution)

    def reasons(self, name: str, option: OptionResult, shared: tuple[Reason, ...]) -> None:
        """Why: what decides, what else holds, and what an open answer may bring in."""
        shown = [reason for reason in option.reasons if reason not in shared]
        if option.verdict == "on_hold":
            shown = [reason for reason in shown if reason.says in RULED_OUT | {"on_hold"}]
        for reason in {(reason.because, reason.citations): reason for reason in shown}.values():
            self.because(f"{self.lead(reason, option)}{reason.because}", reason)
        for rule in self.may_hold(name, option):
            self.because(f"If {self.words.inside(rule.says)}: {rule.because}", self.rule_texts.reasons[rule.id])

    def because(self, says: str, of: Reason | Caution, indent: int = 2) -> None:
        """What is said, and under it what it rests on."""
        self.paper.line(says, indent)
        for doubt in self.words.doubts(of):
            self.paper.line(doubt, indent + 2)
        self.paper.line(self.words.support(of.basis, of.assumption, of.citations), indent + 2, "dim")

    def lead(self, reason: Reason, option: OptionResult) -> str:
        """What to say before a reason that does not decide."""
        if reason.overridden_by:
            return f"Set aside by {reason.overridden_by}: "
        decides = {option.verdict, *(option.open.possible[:1] if option.open else ())}
        return "" if reason.says in decides else f"Otherwise {self.words.inside(reason.says)}: "

    def may_hold(self, name: str, option: OptionResult) -> Iterator[Recommendation]:
        """The rules that an open answer may yet bring in, with a verdict of which nothing was said so far."""
        said = {"on_hold", *(reason.says for reason in option.reasons if not reason.overridden_by)}
        for rule in self.result.trace.options[name] if option.open else ():
            found = self.knowledge.recommendations[rule.rule]
            if rule.holds is None and option.open and found.says in option.open.possible and found.says not in said:
                yield found

    def cited(self) -> Iterator[Citation]:
        """Every citation that stands with an option."""
        for name, option in self.result.options.items():
            rules = (self.rule_texts.reasons[rule.id] for rule in self.may_hold(name, option))
            said: tuple[Reason | Caution, ...] = (*option.reasons, *option.cautions, *rules)
            yield from (citation for one in said for citation in one.citations)
