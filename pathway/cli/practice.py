"""The commands `set` and `practice`: make a set of cases, write it for a class, and work through it in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from pathway.cli.exit_codes import INTERRUPTED, INVALID_INPUT
from pathway.cli.files import refuse_existing, write_file, write_files
from pathway.cli.inputs import usable_pathway
from pathway.cli.options import WHOLE_NUMBER, Documented, colour, examples, width
from pathway.cli.practice_view import PracticeView, read_number, read_numbers
from pathway.errors import Fault, Unusable
from pathway.phrases import all_of, printable
from pathway.practice.case_set import CaseSet, OpenedSet, as_yaml
from pathway.practice.commitment import Commitment
from pathway.practice.facilitator import facilitator_html
from pathway.practice.moodle import moodle_xml
from pathway.practice.paper import handout_html, visit_heading
from pathway.practice.practice import Practice
from pathway.practice.report import Report, VisitPlayed, as_json, opened_report
from pathway.practice.single_file import single_file
from pathway.practice.stage import ASK_OPTIONS, ASK_PLACE, ASK_REASON, Stage
from pathway.scenarios.examples import STANDARD_INPUT, text_of_standard_input
from pathway.yaml.document import LARGEST, NO_FILE, parse, read, read_text

T = TypeVar("T")
ASK = "Questions to ask (numbers; press Enter alone to decide)"
LEFT = "Left before the end. Nothing is kept without --report FILE."
LEFT_AND_KEPT = "Left before the end. {} has everything so far; the same command goes on."
NEW_OR_FILE = "Write --new to make a set, or name the FILE of one."
NEW_AND_FILE = "--new makes a set, and FILE is one; write one or the other."
NO_SET = f"{NO_FILE}; `pathway set --new -o SET.yaml` makes a set"
FILE_ALONE = "--cases, --seed, --about and --case go with --new; leave them out for a FILE."
CASES_ALONE = "--case names bundled cases; --cases, --seed and --about draw new ones. Write one or the other."


@click.command(
    cls=Documented,
    name="set",
    epilog=examples("pathway set --new --cases 10 --seed 7 -o SET.yaml", "pathway set SET.yaml --html OUT.html"),
)
@click.argument("file", required=False)
@click.option("--new", is_flag=True, help="Make a new set.")
@click.option("--cases", type=WHOLE_NUMBER, metavar="N", help="Number of cases.  [default: 10]")
@click.option("--seed", type=WHOLE_NUMBER, metavar="N", help="In one edition, the same seed gives the same cases.  [default: 1]")
@click.option("--about", metavar="TRAP", help="Make every case about one trap of data/traps.yaml.")
@click.option("--case", "names", metavar="NAME", multiple=True, help="Take this bundled case; repeat for several.")
@click.option("-o", "--output", metavar="OUT", help="Write the set itself.  [default: print it]")
@click.option("--html", metavar="OUT", help="Write one HTML file to work through without a server.")
@click.option("--handout", metavar="OUT", help="Write a handout to print (HTML).")
@click.option("--answers", metavar="OUT", help="Write the handout with the answers.")
@click.option("--facilitator", metavar="OUT", help="Write the facilitator's sheet (HTML).")
@click.option("--anki", metavar="OUT", help="Write a deck for Anki (.apkg).")
@click.option("--moodle", metavar="OUT", help="Write questions for Moodle (XML).")
@click.option("--replace", is_flag=True, help="Replace files that are there already.")
def set_command(
    file: str | None,
    new: bool,
    cases: int | None,
    seed: int | None,
    about: str | None,
    names: tuple[str, ...],
    replace: bool,
    **outputs: str | None,
) -> int:
    """Make a set of practice cases, or write one for a class.

    A set is a small YAML file with the cases themselves. FILE is such a set, or - for standard input. If it was made with
    another edition of the rules, standard error names the cases that are answered differently now. Either all files are
    written or none. A file that is there already is kept, unless --replace says otherwise.
    """
    is_drawn = (cases, seed, about) != (None, None, None)
    if misuse := _misuse(file, new, is_drawn, bool(names)):
        click.echo(misuse, err=True)
        return INVALID_INPUT
    paths = {name: Path(out) for name, out in outputs.items() if out}
    refuse_existing(tuple(paths.values()), replace)
    practice = usable_practice()
    case_set = _new_set(practice, cases, seed, about, names) if new else set_with_notes_printed(set_named(str(file), practice))
    if not paths:
        click.echo(as_yaml(case_set), nl=False)
        return 0
    write_files({path: _export(name, case_set, practice) for name, path in paths.items()})
    click.echo(f"Wrote {all_of(printable(str(path)) for path in paths.values())}.")
    return 0


def _misuse(file: str | None, new: bool, is_drawn: bool, has_names: bool) -> str | None:
    """What is wrong with a combination of arguments; None where they go together."""
    if new == (file is not None):
        return NEW_AND_FILE if new else NEW_OR_FILE
    if (is_drawn or has_names) and not new:
        return FILE_ALONE
    return CASES_ALONE if is_drawn and has_names else None


def _new_set(practice: Practice, cases: int | None, seed: int | None, about: str | None, names: tuple[str, ...]) -> CaseSet:
    """The set of the bundled cases that are named, or a new one by its seed. Raises Unusable."""
    if names:
        return practice.chosen_set(names)
    return practice.new_set(1 if seed is None else seed, 10 if cases is None else cases, about or "")


def _export(name: str, case_set: CaseSet, practice: Practice) -> str | bytes:
    """A set as a file of this kind."""
    match name:
        case "output":
            return as_yaml(case_set)
        case "html":
            return single_file(case_set, practice)
        case "anki":
            from pathway.practice.anki import anki_deck  # only this needs genanki

            return anki_deck(case_set, practice)
        case "facilitator":
            return facilitator_html(case_set, practice)
        case "moodle":
            return moodle_xml(case_set, practice)
        case _:
            return handout_html(case_set, practice, answers=name == "answers")


@click.command(
    cls=Documented, name="practice", epilog=examples("pathway practice SET.yaml", "pathway practice SET.yaml --report mine.json")
)
@click.argument("file")
@click.option("--report", metavar="OUT", help="Keep a report in this file. If it exists, go on where it ends.")
def practice_command(file: str, report: str | None) -> int:
    """Work through a set of cases, and give reasons.

    FILE is a set, as `pathway set` makes one. For each visit, ask questions by their numbers, then decide on the route, the
    step, the options that apply, and two reasons. Feedback follows, and a report at the end. Ctrl+C leaves.
    """
    practice = usable_practice()
    opened = set_named(file, practice)
    for note in opened.notes:
        click.echo(printable(note), err=True)
    path = Path(report) if report else None
    start = _report_in(path, opened.case_set, practice) if path and path.exists() else Report(case_set=opened.case_set)
    session = _TerminalSession(practice, PracticeView(practice, width(), colour()), path, start)
    code = session.play()
    click.echo(session.view.summary(session.report), nl=False)
    return code


@dataclass
class _TerminalSession:
    """A learner at a terminal with a set. The report is written after every question and decision."""

    practice: Practice
    view: PracticeView
    report_file: Path | None
    report: Report

    def play(self) -> int:
        """Play to the end, or until the learner leaves with Ctrl+C; the exit code."""
        try:
            for case in self.report.case_set.cases:
                for stage in self.practice.stages(case):
                    if self.report.visit(case.id, stage.number).commitment is None:
                        self._play(stage)
        except (click.Abort, KeyboardInterrupt):
            click.echo(f"\n{LEFT_AND_KEPT.format(self.report_file) if self.report_file else LEFT}", err=True)
            return INTERRUPTED
        return 0

    def _play(self, stage: Stage) -> None:
        """One visit: what was asked before, further questions, the decision, and its feedback."""
        before = self.report.visit(stage.case.id, stage.number).asked
        click.echo(self.view.opening(stage, visit_heading(stage, self.report.case_set)), nl=False)
        click.echo(self.view.answers(stage, before), nl=False)
        questions = list(before)
        while numbers := _prompt(ASK, lambda text: read_numbers(text, len(stage.askable))):
            new = [stage.askable[number - 1] for number in numbers if stage.askable[number - 1] not in questions]
            click.echo(self.view.answers(stage, new), nl=False)
            questions += new
            self._keep(stage, VisitPlayed(asked=tuple(questions)))
        visit = VisitPlayed(asked=tuple(questions), commitment=_commitment(stage, self.view))
        self._keep(stage, visit)
        click.echo(self.view.feedback(stage, visit), nl=False)

    def _keep(self, stage: Stage, visit: VisitPlayed) -> None:
        self.report = self.report.with_visit(stage.case.id, stage.number, visit)
        if self.report_file:
            write_file(self.report_file, as_json(self.report, self.practice))


def usable_practice() -> Practice:
    """Practice by the built-in knowledge. Raises Unusable with its faults."""
    practice = Practice(usable_pathway())
    _ = practice.teaching  # its faults come before anything is printed
    return practice


def set_named(name: str, practice: Practice) -> OpenedSet:
    """The set in a file, or on standard input for `-`. Raises Unusable."""
    if name == STANDARD_INPUT:
        return practice.opened(parse(text_of_standard_input(LARGEST), "standard input"))
    return practice.opened(parse(read_text(Path(name), name, if_missing=NO_SET), name))


def set_with_notes_printed(opened: OpenedSet) -> CaseSet:
    """The set, after its notes are printed on standard error, with every answer that has changed since: its author needs them."""
    for note in (*opened.notes, *opened.differences):
        click.echo(printable(note), err=True)
    return opened.case_set


def _report_in(path: Path, case_set: CaseSet, practice: Practice) -> Report:
    """The report in a file, to go on with. Raises Unusable where it is on another set."""
    report, _ = opened_report(read(path), practice)
    if report.case_set.hash != case_set.hash:
        says = f"is a report on another set ({report.case_set.hash}, not {case_set.hash}); name another file"
        raise Unusable([Fault(str(path), None, says)])
    return report


def _commitment(stage: Stage, view: PracticeView) -> Commitment:
    place = _choice(view, ASK_PLACE, [view.place(route, step) for route, step in stage.pathway.knowledge.places])
    reason = _choice(view, ASK_REASON, [stage.reason_text(rule) for rule in stage.reasons])
    options = stage.case.options
    names = [view.option(name) for name in options]
    click.echo(view.choices(ASK_OPTIONS, names), nl=False)
    applies = _prompt("Numbers (nothing for none)", lambda text: read_numbers(text, len(options)))
    why = _choice(view, stage.ask_option_reason, [stage.reason_text(rule) for rule in stage.option_reasons])
    route, step = stage.pathway.knowledge.places[place]
    return Commitment(
        route=route,
        step=step,
        reason=stage.reasons[reason],
        applies=tuple(options[number - 1] for number in applies),
        option_reason=stage.option_reasons[why],
    )


def _choice(view: PracticeView, question: str, choices: Iterable[str]) -> int:
    texts = list(choices)
    click.echo(view.choices(question, texts), nl=False)
    return _prompt("Number", lambda text: read_number(text, len(texts))) - 1


def _prompt(question: str, parse_text: Callable[[str], T]) -> T:
    """The line that was typed; asks again until it can be read."""
    while True:
        try:
            return parse_text(click.prompt(question, default="", show_default=False))
        except ValueError as error:
            click.echo(str(error))
