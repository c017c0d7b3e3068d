"""Parses the arguments of the commands. All faults of a command line are reported together."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from pathway.cli.options import chosen_folder, example_of, folder_named, located
from pathway.errors import Fault, Unusable, collect_into
from pathway.explanation.pathway import Pathway, the_pathway
from pathway.knowledge.assumptions import Values, values_from
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import load
from pathway.knowledge.renaming import with_present_ids
from pathway.phrases import pluralise, safe_excerpt
from pathway.scenarios.examples import STANDARD_INPUT, document_named, text_of_standard_input
from pathway.scenarios.inputs import ExplainInputs, validated_inputs
from pathway.scenarios.scenario import Scenario, scenario_in
from pathway.yaml.document import LARGEST, read_text

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")


def usable_pathway(folder: str | None = None) -> Pathway:
    """The pathway by the knowledge in a folder, or by the built-in knowledge. Raises Unusable with its faults."""
    path = None if folder is None else folder_named(folder)
    try:
        return the_pathway() if path is None else Pathway(load(path))
    except Unusable as error:
        chosen = folder or chosen_folder()
        command = shlex.join(["pathway", "check", *([] if chosen is None else [chosen])])
        says = f"has {pluralise(len(error.faults), 'fault')}; `{command}` lists all of them"
        faults = (located(fault, folder) if folder else fault for fault in error.faults)
        raise Unusable([Fault("the knowledge base", None, says), *faults]) from None


def parse_inputs(
    pathway: Pathway, file: str, guidance: str | None, assume: Iterable[str], visit: int | None = None
) -> ExplainInputs:
    """The scenario at a visit, its guidance and the assumptions' values. Raises Unusable with the faults of all arguments."""
    faults: list[Fault] = []
    scenario, assumptions = Scenario(), dict[str, int | str]()
    with collect_into(faults):
        document, notes = with_present_ids(document_named(file), pathway.knowledge)
        click.echo("".join(f"{note}\n" for note in notes), err=True, nl=False)
        scenario = scenario_in(document, pathway.knowledge)
    for words in assume:
        with collect_into(faults):
            _add_assumption(words, assumptions)
    inputs = None
    with collect_into(faults):
        inputs = validated_inputs(scenario, guidance, assumptions, pathway.knowledge, None if faults else visit)
    if faults or inputs is None:
        raise Unusable(faults)
    return inputs


def _form(value: str, option: str, example: str | None) -> str:
    """How a pair is written, with an example of the knowledge in use where there is one."""
    return f"write NAME={value}" + (f", as in {option} {example}" if example else "")


def _add_assumption(words: str, assumptions: dict[str, int | str]) -> None:
    form = _form("VALUE", "--assume", example_of("assumption"))
    _add_pair(words, assumptions, "assumption", f"is not complete; {form}")


def _add_pair(words: str, pairs: dict[str, int | str], subject: str, if_incomplete: str) -> None:
    """Adds a pair written NAME=VALUE. Raises Unusable where it is incomplete, or where the name is there already."""
    name, equals, value = (part.strip() for part in words.partition("="))
    if not (name and equals and value):
        raise Unusable([Fault(subject, None, f"{safe_excerpt(words) or 'an empty argument'} {if_incomplete}")])
    if name in pairs:
        raise Unusable([Fault(subject, None, f"{safe_excerpt(name)} is given twice; give it once")])
    pairs[name] = int(value) if INTEGER.fullmatch(value) else value


def assumption_values(knowledge: Knowledge, assume: Iterable[str]) -> Values:
    """The values of all assumptions, with the ones given as NAME=VALUE changed. Raises Unusable with every fault."""
    faults: list[Fault] = []
    assumptions = dict[str, int | str]()
    for words in assume:
        with collect_into(faults):
            _add_assumption(words, assumptions)
    with collect_into(faults):
        values_from(assumptions, knowledge)
    if faults:
        raise Unusable(faults)
    return values_from(assumptions, knowledge)


def fixed_answers(pairs: Iterable[str], axes: tuple[str, ...]) -> dict[str, int | str]:
    """The answers given as NAME=ANSWER, none of them for an axis. Raises Unusable. Doesn't check that the answers exist."""
    faults: list[Fault] = []
    answers = dict[str, int | str]()
    for words in pairs:
        with collect_into(faults):
            _add_pair(words, answers, "given", f"has no answer; {_form('ANSWER', '--given', example_of('answer'))}")
    faults += [
        Fault("given", None, f"{safe_excerpt(name)} is an axis of the atlas; leave it out") for name in axes if name in answers
    ]
    if faults:
        raise Unusable(faults)
    return answers


def text_named(name: str) -> str:
    """The text of a file, or of standard input for `-`. Raises Unusable."""
    text = text_of_standard_input(LARGEST) if name == STANDARD_INPUT else read_text(Path(name), name, LARGEST)
    if not text.strip():
        raise Unusable([Fault(name, None, "is empty")])
    return text
