"""The commands that use the solver. Each imports it when it runs, because it is slow to load."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pathway.cli.exit_codes import CHECK_FAILED
from pathway.cli.inputs import assumption_values, fixed_answers, parse_inputs, usable_pathway
from pathway.cli.options import (
    Documented,
    assume_option,
    examples,
    guidance_option,
    json_option,
    print_json,
    print_lines,
    scenario_guidance_option,
)
from pathway.cli.revisions import knowledge_named
from pathway.phrases import wrapped
from pathway.review.results import ResultChange, answered_differently


@click.command(cls=Documented, name="why-not", epilog=examples("pathway why-not {scenario} {option}"))
@click.argument("file")
@click.argument("option")
@scenario_guidance_option
@assume_option
@json_option
def why_not(file: str, option: str, guidance: str | None, assume: tuple[str, ...], as_json: bool) -> None:
    """Show which answers would change a verdict or the step.

    FILE is a scenario, as for explain. OPTION is an option or a step. Prints which changes would make it apply or, if it
    applies now, which would end that.
    """
    from pathway import proof

    pathway = usable_pathway()
    inputs = parse_inputs(pathway, file, guidance, assume)
    answer = proof.why_not(pathway, inputs.scenario, option, inputs.guidance, inputs.values)
    if as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_lines(answer.describe(pathway.knowledge))


@click.command(
    cls=Documented, epilog=examples("pathway thresholds {scenario}", "pathway thresholds mine.yaml --guidance {reading}")
)
@click.argument("file")
@scenario_guidance_option
@assume_option
@json_option
def thresholds(file: str, guidance: str | None, assume: tuple[str, ...], as_json: bool) -> None:
    """Show how far each number is from changing the result.

    FILE is a scenario, as for explain. For each number, prints the nearest lower and higher value that changes the result, and
    what changes.
    """
    from pathway import proof

    pathway = usable_pathway()
    inputs = parse_inputs(pathway, file, guidance, assume)
    limits = proof.thresholds(pathway, inputs.scenario, inputs.guidance, inputs.values)
    if as_json:
        print_json(limits.model_dump(mode="json"))
    else:
        print_lines(limits.describe(pathway.knowledge))


@click.command(
    cls=Documented,
    epilog=examples("pathway line {option} applies {verdict}", "pathway line step {step} {next} --guidance {reading}"),
)
@click.argument("subject", metavar="OPTION|step|route")
@click.argument("first", metavar="ONE")
@click.argument("second", metavar="OTHER")
@guidance_option
@assume_option
@json_option
def line(subject: str, first: str, second: str, guidance: str | None, assume: tuple[str, ...], as_json: bool) -> None:
    """Show pairs of scenarios that differ in a single answer.

    ONE and OTHER are two verdicts of the option, two steps or two routes. For each question whose answer alone can decide
    between them, prints a pair with different results and the fewest unusual answers.
    """
    from pathway import proof
    from pathway.proof.counterfactual.boundary_result import describe_lines

    knowledge = usable_pathway().knowledge
    guidance = guidance or knowledge.readings[0]
    pairs = proof.line_between(knowledge, subject, first, second, guidance, assumption_values(knowledge, assume))
    if as_json:
        print_json([pair.model_dump(mode="json") for pair in pairs])
    else:
        print_lines(describe_lines(pairs, subject, (first, second), guidance, knowledge))


@click.command(
    cls=Documented,
    epilog=examples("pathway atlas {across} {down}", "pathway atlas {across} {down} --of {option} --given {answer}"),
)
@click.argument("across")
@click.argument("down")
@click.option("--of", "subject", default="step", show_default=True, metavar="OPTION|step|route", help="What to count.")
@click.option("--given", multiple=True, metavar="NAME=ANSWER", help="Fix an answer. Can be repeated.")
@click.option("--on-ladder", is_flag=True, help="Leave out scenarios with a red flag.")
@guidance_option
@assume_option
@json_option
def atlas(
    across: str,
    down: str,
    subject: str,
    given: tuple[str, ...],
    on_ladder: bool,
    guidance: str | None,
    assume: tuple[str, ...],
    as_json: bool,
) -> None:
    """Count the results of all scenarios, by any two questions.

    ACROSS and DOWN are findings. For each pair of their answers, prints the share of complete scenarios with each step (or
    each verdict, or each route), counted exactly.
    """
    from pathway import proof

    knowledge = usable_pathway().knowledge
    answers = fixed_answers(given, (across, down))
    table = proof.atlas(knowledge, across, down, subject, answers, guidance, assumption_values(knowledge, assume), on_ladder)
    if as_json:
        print_json(table.model_dump(mode="json"))
    else:
        print_lines(table.describe(knowledge))


def _answered(changes: Iterable[ResultChange]) -> list[str]:
    names = ", ".join(dict.fromkeys(change.scenario for change in changes))
    return wrapped(f"Bundled scenarios that are answered differently: {names}.") if names else []


@click.command(cls=Documented, epilog=examples("pathway diff HEAD~1 data", "pathway diff old/data new/data"))
@click.argument("old")
@click.argument("new")
@json_option
def diff(old: str, new: str, as_json: bool) -> int:
    """Compare two versions of the rules, and list what differs.

    OLD and NEW are knowledge folders or git revisions. A revision is taken from the git history of the folder that it is
    compared with; of two revisions, from the history of the folder in use. Lists the rules that differ, and the scenarios with
    other results. The exit code is 1 if there are any.
    """
    from pathway import proof

    with knowledge_named(old, new) as before, knowledge_named(new, old) as after:
        difference = proof.diff(before, after)
        answered = answered_differently(before, after) if difference.moved else ()
    if as_json:
        print_json({**difference.model_dump(mode="json"), "answered": [change.model_dump(mode="json") for change in answered]})
    else:
        print_lines([*difference.describe(), *_answered(answered)])
    return 0 if difference.same else CHECK_FAILED
