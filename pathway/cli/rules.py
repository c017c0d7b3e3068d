"""The commands `rules`, which prints the rule base, and `source`, which compares a copy of the page with it."""

from __future__ import annotations

import click

from pathway.cli.exit_codes import CHECK_FAILED
from pathway.cli.inputs import text_named, usable_pathway
from pathway.cli.options import Documented, examples, json_option, print_json, print_lines
from pathway.cli.rulebook import render_rulebook
from pathway.cli.rules_as_data import rules_as_data
from pathway.knowledge.lint import used_statements
from pathway.source import account, blank_ledger, describe


@click.command(cls=Documented, epilog=examples("pathway rules | less"))
@json_option
def rules(as_json: bool) -> None:
    """Print all rules in plain English, with citations."""
    knowledge = usable_pathway().knowledge
    if as_json:
        print_json(rules_as_data(knowledge))
    else:
        click.echo(render_rulebook(knowledge), nl=False)


@click.command(cls=Documented, epilog=examples("pathway source page.txt", "pathway source page.txt --blank"))
@click.argument("file")
@click.option("--blank", is_flag=True, help="Print a ledger to fill in: each sentence with its place and fingerprint.")
@json_option
def source(file: str, blank: bool, as_json: bool) -> int:
    """Check every sentence of a copy against the recorded page.

    FILE is a copy as plain text, or - for standard input. The exit code is 1 if it differs from the page.
    """
    if blank:
        print_lines(blank_ledger(text_named(file)))
        return 0
    knowledge = usable_pathway().knowledge
    result = account(knowledge.ledger, text_named(file), used_statements(knowledge))
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        print_lines(describe(result))
    return CHECK_FAILED if result.differs else 0
