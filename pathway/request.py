"""What a person asks on the command line, turned into an answer; every fault of it is found in one run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pathway.assumptions import Values, values_from
from pathway.bundled import STANDARD_INPUT, document_named, text_of_standard_input
from pathway.document import LARGEST, text_of
from pathway.explain import Pathway, the_pathway
from pathway.faults import Fault, Unusable, shown
from pathway.result import Result
from pathway.scenario import Scenario, scenario_in

WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
FORM = "write NAME=VALUE, as in --assume conservative-trial-weeks=12"


def usable_pathway() -> Pathway:
    """The pathway, or Unusable with the faults of its knowledge base."""
    try:
        return the_pathway()
    except Unusable as error:
        says = f"has {len(error.faults)} faults; `pathway check` shows all of them"
        raise Unusable([Fault("the knowledge base", None, says), *error.faults]) from None


def answered(pathway: Pathway, file: str, guidance: str, assume: Iterable[str]) -> tuple[Result, Values]:
    """A scenario's result and the assumptions' values, or Unusable with the faults of file, guidance and assumptions."""
    scenario, values = asked(pathway, file, guidance, assume)
    return pathway.explain(scenario, guidance, values), values


def asked(pathway: Pathway, file: str, guidance: str, assume: Iterable[str]) -> tuple[Scenario, Values]:
    """The scenario and the assumptions' values, or Unusable with the faults of file, guidance and assumptions."""
    faults: list[Fault] = []
    scenario, given = Scenario(), dict[str, int | str]()
    with collected(faults):
        scenario = scenario_in(document_named(file), pathway.knowledge)
    for words in assume:
        with collected(faults):
            _assume(words, given)
    with collected(faults):
        pathway.usable(scenario, guidance, given)
    if faults:
        raise Unusable(faults)
    return scenario, values_from(given, pathway.knowledge)


@contextmanager
def collected(faults: list[Fault]) -> Iterator[None]:
    """Adds the faults of what runs inside, and goes on."""
    try:
        yield
    except Unusable as error:
        faults += error.faults


def _assume(words: str, given: dict[str, int | str]) -> None:
    name, equals, value = (part.strip() for part in words.partition("="))
    if not (name and equals and value):
        raise Unusable([Fault("assumption", None, f"{shown(words) or 'nothing'} gives no value to an assumption; {FORM}")])
    if name in given:
        raise Unusable([Fault("assumption", None, f"{shown(name)} stands twice; give it once")])
    given[name] = int(value) if WHOLE.fullmatch(value) else value


def text_named(given: str) -> str:
    """The text of a file, or of standard input for `-`. Raises Unusable."""
    text = text_of_standard_input(LARGEST) if given == STANDARD_INPUT else text_of(Path(given), given, LARGEST)
    if not text.strip():
        raise Unusable([Fault(given, None, "is empty")])
    return text
