"""Renders the options of a result for a terminal, grouped by verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pathway.cli.writer import TextWriter
from pathway.explanation.result import Caution, Citation, OptionResult, Reason, Result
from pathway.explanation.rule_texts import RuleTexts
from pathway.explanation.wording import Wording
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Recommendation
from pathway.knowledge.vocabulary import RULED_OUT
from pathway.phrases import sentence_case

STYLES = {
    "applies": "bold green",
    "undetermined": "bold cyan",
    "later": "bold yellow",
    "contraindicated": "bold red",
    "not_advised": "bold red",
    "not_indicated": "bold",
    "on_hold": "bold magenta",
}
"""The style of each verdict; verdicts are shown in this order."""


@dataclass(frozen=True)
class OptionsView:
    """Writes every option of a result with a writer."""

    result: Result
    knowledge: Knowledge
    words: Wording
    writer: TextWriter

    @cached_property
    def rule_texts(self) -> RuleTexts:
        """The texts of each rule."""
        return RuleTexts(self.knowledge)

    def overview(self) -> None:
        """Writes one line for each verdict with the names of its options."""
        rows = self._names_by_verdict()
        for row, names in rows.items():
            self.writer.hanging(f"{row:{max(map(len, rows)) + 2}}", "; ".join(names))
        if any(option.contrasts for option in self.result.options.values()):
            self.writer.paragraph(
                f"* {sentence_case(self.knowledge.all_readings)} differ. See the option for details.", style="bold yellow"
            )

    def _names_by_verdict(self) -> dict[str, list[str]]:
        """The names of the options by their verdict in words, such as `Later so far`; a star where the readings differ."""
        rows: dict[str, list[str]] = {}
        for name, option in sorted(self.result.options.items(), key=lambda entry: list(STYLES).index(entry[1].verdict)):
            row = f"{self.words.title(option.open.possible[0])} so far" if option.open else self.words.title(option.verdict)
            differs = "*" if option.contrasts else ""
            rows.setdefault(row, []).append(f"{self.knowledge.options[name].name}{differs}")
        return rows

    def write(self) -> None:
        """Writes every option under its verdict."""
        for verdict in STYLES:
            options = {name: option for name, option in self.result.options.items() if option.verdict == verdict}
            if options:
                self.group(verdict, options)

    def group(self, verdict: str, options: dict[str, OptionResult]) -> None:
        """Writes a verdict's heading and its options. Reasons that several options share are written once."""
        self.writer.heading(self.words.with_meaning(verdict), STYLES[verdict])
        by_reasons: dict[tuple[Reason, ...], list[str]] = {}
        for name, option in options.items():
            by_reasons.setdefault(tuple(reason for reason in option.reasons if reason.says == verdict), []).append(name)
        for reasons, names in by_reasons.items():
            shared = reasons if len(names) > 1 else ()
            if shared:
                self.writer.paragraph(f"The next {len(names)} options share these reasons:")
            for reason in shared:
                self.sentence_with_basis(reason.because, reason)
            for name in names:
                self.option(name, options[name], shared)
                self.writer.blank()

    def option(self, name: str, option: OptionResult, shared: tuple[Reason, ...]) -> None:
        """Writes one option: what is open, how another reading differs, its reasons, notes and cautions."""
        self.writer.bullet(self.knowledge.options[name].name, style="bold")
        if option.open:
            self.writer.paragraph(self.words.so_far(option.open, self.result), 2, "cyan")
        for contrast in option.contrasts:
            self.writer.paragraph(contrast, 2, "bold yellow")
        self.reasons(name, option, shared)
        for note, position in zip(option.notes, self.knowledge.options[name].positions, strict=True):
            number = f"{position.source.upper()} {note.number}: " if note.number else ""
            self.writer.paragraph(f"{number}{note.text} ({self.words.title(note.checked)})", 2, "italic")
        for caution in option.cautions:
            self.sentence_with_basis(f"Caution: {caution.text}", caution)

    def reasons(self, name: str, option: OptionResult, shared: tuple[Reason, ...]) -> None:
        """Writes the reasons that decide, the others that hold, and those that may hold."""
        reasons = [reason for reason in option.reasons if reason not in shared]
        if option.verdict == "on_hold":
            reasons = [reason for reason in reasons if reason.says in RULED_OUT | {"on_hold"}]
        for reason in {(reason.because, reason.citations): reason for reason in reasons}.values():
            self.sentence_with_basis(f"{self.prefix(reason, option)}{reason.because}", reason)
        for rule in self.may_hold(name, option):
            self.sentence_with_basis(f"If {self.words.inside(rule.says)}: {rule.because}", self.rule_texts.reasons[rule.id])

    def sentence_with_basis(self, sentence: str, entry: Reason | Caution, indent: int = 2) -> None:
        """Writes a sentence, and under it the basis of the reason or caution that it comes from."""
        self.writer.paragraph(sentence, indent)
        for doubt in self.words.doubts(entry):
            self.writer.paragraph(doubt, indent + 2)
        self.writer.paragraph(self.words.support(entry.basis, entry.assumption, entry.citations), indent + 2, "dim")

    def prefix(self, reason: Reason, option: OptionResult) -> str:
        """The words in front of a reason that does not decide; empty for one that does."""
        if reason.overridden_by:
            return f"Overridden by {reason.overridden_by}: "
        decides = {option.verdict, *(option.open.possible[:1] if option.open else ())}
        return "" if reason.says in decides else f"Otherwise {self.words.inside(reason.says)}: "

    def may_hold(self, name: str, option: OptionResult) -> Iterator[Recommendation]:
        """The rules that an open answer may still make true, and whose verdict no listed reason has."""
        listed = {"on_hold", *(reason.says for reason in option.reasons if not reason.overridden_by)}
        for rule in self.result.trace.options[name] if option.open else ():
            says = self.knowledge.recommendations[rule.rule].says
            if rule.holds is None and option.open and says in option.open.possible and says not in listed:
                yield self.knowledge.recommendations[rule.rule]

    def cited(self) -> Iterator[Citation]:
        """Every citation shown with an option."""
        for name, option in self.result.options.items():
            rules = (self.rule_texts.reasons[rule.id] for rule in self.may_hold(name, option))
            entries: tuple[Reason | Caution, ...] = (*option.reasons, *option.cautions, *rules)
            yield from (citation for entry in entries for citation in entry.citations)
