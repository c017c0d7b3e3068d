"""What a person asks on the command line, turned into an answer; every fault of it is found in one run."""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from pathway.errors import Fault, Unusable, collected
from pathway.explanation.pathway import Pathway, the_pathway
from pathway.knowledge.assumptions import Values, values_from
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import load
from pathway.knowledge.renaming import with_present_ids
from pathway.phrases import shown
from pathway.scenarios.examples import STANDARD_INPUT, document_named, text_of_standard_input
from pathway.scenarios.inputs import Given, usable
from pathway.scenarios.scenario import Scenario, scenario_in
from pathway.yaml.document import LARGEST, text_of

WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
GIVEN = "write NAME=ANSWER, as in --given region=neck"
FORM = "write NAME=VALUE, as in --assume conservative-trial-weeks=12"


def usable_pathway(folder: str | None = None) -> Pathway:
    """The pathway by the knowledge in a folder, or by the usual one; or Unusable with the faults of its knowledge base."""
    place = None if folder is None else folder_named(folder)
    try:
        return the_pathway() if place is None else Pathway(load(place))
    except Unusable as error:
        command = shlex.join(["pathway", "check", *([] if folder is None else [folder])])
        many = "1 fault" if len(error.faults) == 1 else f"{len(error.faults)} faults"
        says = f"has {many}; `{command}` shows all of them"
        raise Unusable([Fault("the knowledge base", None, says), *error.faults]) from None


def folder_named(given: str) -> Path:
    """The folder that a person names. Raises Unusable where there is none."""
    with contextlib.suppress(OSError, ValueError):  # a name that no folder can have
        if Path(given).is_dir():
            return Path(given).resolve()
    raise Unusable([Fault(shown(given), None, "there is no such folder; name one that holds knowledge, as data/ does")])


def asked(pathway: Pathway, file: str, guidance: str | None, assume: Iterable[str], visit: int | None = None) -> Given:
    """The scenario at a visit, its reading and the assumptions' values, or Unusable with the faults of all that was asked."""
    faults: list[Fault] = []
    scenario, given = Scenario(), dict[str, int | str]()
    with collected(faults):
        document, notes = with_present_ids(document_named(file), pathway.knowledge)
        click.echo("".join(f"{note}\n" for note in notes), err=True, nl=False)
        scenario = scenario_in(document, pathway.knowledge)
    for words in assume:
        with collected(faults):
            _assume(words, given)
    found = None
    with collected(faults):
        found = usable(scenario, guidance, given, pathway.knowledge, None if faults else visit)
    if faults or found is None:
        raise Unusable(faults)
    return found


def _assume(words: str, given: dict[str, int | str]) -> None:
    _pair(words, given, "assumption", f"gives no value to an assumption; {FORM}")


def _pair(words: str, given: dict[str, int | str], kind: str, says: str) -> None:
    name, equals, value = (part.strip() for part in words.partition("="))
    if not (name and equals and value):
        raise Unusable([Fault(kind, None, f"{shown(words) or 'nothing'} {says}")])
    if name in given:
        raise Unusable([Fault(kind, None, f"{shown(name)} stands twice; give it once")])
    given[name] = int(value) if WHOLE.fullmatch(value) else value


def setting(knowledge: Knowledge, assume: Iterable[str]) -> Values:
    """The assumptions' values, or Unusable with every fault of what is assumed."""
    faults: list[Fault] = []
    given = dict[str, int | str]()
    for words in assume:
        with collected(faults):
            _assume(words, given)
    with collected(faults):
        values_from(given, knowledge)
    if faults:
        raise Unusable(faults)
    return values_from(given, knowledge)


def answers_given(given: Iterable[str], axes: tuple[str, ...]) -> dict[str, int | str]:
    """Answers to keep to, none of them to what is spread out. Raises Unusable; whether they are answers is not looked at."""
    faults: list[Fault] = []
    found = dict[str, int | str]()
    for words in given:
        with collected(faults):
            _pair(words, found, "given", f"gives no answer; {GIVEN}")
    faults += [Fault("given", None, f"{shown(name)} is spread out already; leave it out") for name in axes if name in found]
    if faults:
        raise Unusable(faults)
    return found


def text_named(given: str) -> str:
    """The text of a file, or of standard input for `-`. Raises Unusable."""
    text = text_of_standard_input(LARGEST) if given == STANDARD_INPUT else text_of(Path(given), given, LARGEST)
    if not text.strip():
        raise Unusable([Fault(given, None, "is empty")])
    return text
