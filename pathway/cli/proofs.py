"""The commands that ask the solver about all scenarios at once. Each loads it as it runs: it is slow to load."""

from __future__ import annotations

import click

from pathway.cli.exit_codes import FOUND
from pathway.cli.inputs import answers_given, asked, setting, usable_pathway
from pathway.cli.options import assume_option, examples, guidance_option, json_option, print_json, print_lines, reading_option
from pathway.cli.revisions import knowledge_named


@click.command(name="why-not", epilog=examples("pathway why-not driver-eight-weeks microdiscectomy"))
@click.argument("file")
@click.argument("option")
@reading_option
@assume_option
@json_option
def why_not(file: str, option: str, guidance: str | None, assume: tuple[str, ...], as_json: bool) -> None:
    """Say which answers would have to be different.

    FILE is a scenario as for explain. OPTION is an option, or a step: what would make it apply or, where it applies, no longer.
    """
    from pathway import proof

    pathway = usable_pathway()
    given = asked(pathway, file, guidance, assume)
    found = proof.why_not(pathway, given.scenario, option, given.guidance, given.values)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_lines(found.describe(pathway.knowledge))


@click.command(epilog=examples("pathway thresholds driver-eight-weeks", "pathway thresholds mine.yaml --guidance nice"))
@click.argument("file")
@reading_option
@assume_option
@json_option
def thresholds(file: str, guidance: str | None, assume: tuple[str, ...], as_json: bool) -> None:
    """Say how far each number is from making a difference.

    FILE is a scenario as for explain. Of each number, the nearest lower and higher one at which something is another, and what.
    """
    from pathway import proof

    pathway = usable_pathway()
    given = asked(pathway, file, guidance, assume)
    found = proof.thresholds(pathway, given.scenario, given.guidance, given.values)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_lines(found.describe(pathway.knowledge))


@click.command(
    epilog=examples("pathway line tens applies contraindicated", "pathway line step injection surgery --guidance nice")
)
@click.argument("of", metavar="OPTION|step|route")
@click.argument("one")
@click.argument("other")
@guidance_option
@assume_option
@json_option
def line(of: str, one: str, other: str, guidance: str, assume: tuple[str, ...], as_json: bool) -> None:
    """Show pairs of scenarios that differ in one answer, and in what it leads to.

    ONE and OTHER are two verdicts of the option, two steps or two routes: for each question that can draw the line between
    them, the pair with the fewest unusual answers.
    """
    from pathway import proof
    from pathway.proof.counterfactual.boundary_result import describe_lines

    knowledge = usable_pathway().knowledge
    found = proof.line_between(knowledge, of, one, other, guidance, setting(knowledge, assume))
    if as_json:
        print_json([pair.model_dump(mode="json") for pair in found])
    else:
        print_lines(describe_lines(found, of, (one, other), guidance, knowledge))


@click.command(
    epilog=examples("pathway atlas symptom_weeks pain_severity", "pathway atlas course cause --of tens --given age=40")
)
@click.argument("across")
@click.argument("down")
@click.option("--of", default="step", show_default=True, metavar="OPTION|step|route", help="What is spread.")
@click.option("--given", multiple=True, metavar="NAME=ANSWER", help="Keep to an answer; may be given several times.")
@click.option("--on-ladder", is_flag=True, help="Only those whom no red flag leads off the ladder.")
@guidance_option
@assume_option
@json_option
def atlas(
    across: str,
    down: str,
    of: str,
    given: tuple[str, ...],
    on_ladder: bool,
    guidance: str,
    assume: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the whole policy at once, by any two questions.

    ACROSS and DOWN are findings: for each pair of their answers, how the step (or a verdict, or the route) is spread over all
    complete scenarios, counted exactly.
    """
    from pathway import proof

    knowledge = usable_pathway().knowledge
    answers = answers_given(given, (across, down))
    found = proof.atlas(knowledge, across, down, of, answers, guidance, setting(knowledge, assume), on_ladder)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_lines(found.describe(knowledge))


@click.command(epilog=examples("pathway diff HEAD~1 data", "pathway diff old/data new/data"))
@click.argument("old")
@click.argument("new")
@json_option
def diff(old: str, new: str, as_json: bool) -> int:
    """Compare two rule bases: rules in plain English, and who is answered differently.

    OLD and NEW are folders with knowledge, or revisions of this git repository. Exit code 1 where they differ.
    """
    from pathway import proof

    with knowledge_named(old) as before, knowledge_named(new) as after:
        found = proof.diff(before, after)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_lines(found.describe())
    return 0 if found.same else FOUND
