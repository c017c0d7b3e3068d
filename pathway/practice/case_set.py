"""A set of cases as a small YAML file: the cases themselves, the edition that made it, and a hash to print on a handout."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from pathway.errors import Fault, Unusable, collect_into, suggestion
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Id, Words
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.model import FrozenModel
from pathway.phrases import safe_excerpt
from pathway.practice.case import Case, VisitResult, case_from
from pathway.practice.generate import MOST_CASES
from pathway.practice.older_set import differences, edition_note
from pathway.practice.scoring import is_decided
from pathway.practice.seeded_draw import Draw
from pathway.practice.teaching import Teaching
from pathway.scenarios.scenario import Scenario, ScenarioVisit, scenario_in
from pathway.yaml.document import Document
from pathway.yaml.parser import KeyPath
from pathway.yaml.validation import validate_as

ANOTHER_PATHWAY = "this set is for another pathway, about {}; this one is about {}; open it with --data and its folder"
EDITED = "This set was changed after it was made. Its hash was {}, and is now {}."
HASH_LENGTH = 12
LONGEST_TEXT = 300
QUOTED = ("title", "name", "about", "says", "edition", "knowledge", "hash", "id")
"""What people write, and hashes, which may look like numbers: quoted, so that each stays text."""


def _plain(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("shape", "has a character that can't be printed; write plain text")
    return text


PlainText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_plain)]
"""Text that is shown and printed: no control characters, no change of direction."""


def _digest(content: Mapping[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:HASH_LENGTH]


class Objective(FrozenModel):
    """The lesson of some of the cases."""

    says: Annotated[Words, AfterValidator(_plain), StringConstraints(max_length=LONGEST_TEXT)]
    cases: tuple[Id, ...] = ()


class MadeFor(FrozenModel):
    """The pathway that a set is for: its id, and what it is about."""

    id: Id
    name: Annotated[PlainText, StringConstraints(min_length=1, strip_whitespace=True)]


class CaseSet(FrozenModel):
    """A set of cases, as its file has it. `edition` and `knowledge` name the rules that answered it when it was made."""

    pathway: MadeFor | None = None
    """None in a set from before it was written; such a set is of the pathway that opens it."""
    title: Words
    id: str = ""
    """Stays the same when the set is edited, so that an Anki deck made from it can be updated."""
    objectives: tuple[Objective, ...] = ()
    cases: tuple[Case, ...] = Field(min_length=1)
    edition: str = ""
    knowledge: str = ""

    @property
    def hash(self) -> str:
        """The hash of everything that a learner meets: the title, the objectives and the cases."""
        return _digest(self.model_dump(mode="json", include={"title", "objectives", "cases"}))

    def as_data(self) -> dict[str, Any]:
        """Return the values of the file, with the hash."""
        return {**self.model_dump(mode="json"), "hash": self.hash}


class _CaseEntry(FrozenModel):
    """A case as someone may write it by hand: only `id` and `scenario` are needed."""

    id: Id
    scenario: dict[str, Any]
    objective: str = ""
    options: tuple[str, ...] = ()
    teaches: tuple[str, ...] = ()
    difficulty: int | None = None
    turns_on: tuple[str, ...] = ()
    answered: tuple[VisitResult, ...] = ()


class _SetFile(FrozenModel):
    pathway: MadeFor | None = None
    title: Annotated[PlainText, StringConstraints(min_length=1, strip_whitespace=True)]
    id: PlainText = ""
    objectives: tuple[Objective, ...] = ()
    cases: tuple[_CaseEntry, ...] = Field(min_length=1, max_length=MOST_CASES)
    edition: PlainText = ""
    knowledge: PlainText = ""
    hash: PlainText = ""


@dataclass(frozen=True)
class OpenedSet:
    """A set from a file, and what to know about it: whether it was edited, and which cases are answered differently now."""

    case_set: CaseSet
    notes: tuple[str, ...] = ()
    """Notes that may be read before any decision, because they give no answer away."""
    differences: tuple[str, ...] = ()
    """Every answer that has changed since, for the author of the set."""


def set_of(cases: Iterable[Case], title: str, pathway: Pathway, teaching: Teaching) -> CaseSet:
    """Return the set of some cases, with the objectives that they serve."""
    listed, knowledge = tuple(cases), pathway.knowledge
    objectives = dict[str, list[str]]()
    for case in listed:
        objectives.setdefault(_aim(case, knowledge, teaching), []).append(case.id)
    case_set = CaseSet(
        pathway=MadeFor(id=knowledge.outline.id, name=_plain_line(knowledge.outline.name)),
        title=_plain_line(title),
        objectives=tuple(Objective(says=_plain_line(says), cases=tuple(names)) for says, names in objectives.items()),
        cases=listed,
        edition=_plain_line(knowledge.frame.edition),
        knowledge=knowledge.hash,
    )
    return case_set.model_copy(update={"id": case_set.hash})


def _plain_line(words: str) -> str:
    """Return words of the knowledge as a set may hold them."""
    return safe_excerpt(" ".join(words.split()), LONGEST_TEXT)


def _aim(case: Case, knowledge: Knowledge, teaching: Teaching) -> str:
    if case.objective in teaching.traps:
        return teaching.traps[case.objective].aim
    last = case.answered[-1]
    return f"Place a case on the pathway, and say why: {knowledge.label(last.step or last.route).title}."


def as_yaml(case_set: CaseSet) -> str:
    """Return a set as the text of its file: the same set, the same bytes."""
    text, yaml = io.StringIO(), YAML()
    yaml.width = 120
    yaml.dump(_quoted(case_set.as_data()), text)
    return text.getvalue()


def _quoted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: DoubleQuotedScalarString(inner) if name in QUOTED and isinstance(inner, str) else _quoted(inner)
            for name, inner in value.items()
            if inner not in ("", (), [], None) or name in ("step", "difficulty")
        }
    return [_quoted(inner) for inner in value] if isinstance(value, list) else value


def opened_set(document: Document, pathway: Pathway) -> OpenedSet:
    """Return the set in a document, with notes about it. Raises Unusable with every fault."""
    file: _SetFile = validate_as(document, _SetFile)
    _refuse_another_pathway(document, file, pathway.knowledge)
    cases = _cases(document, file, pathway)
    same_as_in_file = {name: getattr(file, name) for name in ("pathway", "title", "objectives", "edition", "knowledge")}
    notes = (*_edited(file), *edition_note(cases, file.knowledge, pathway.knowledge))
    case_set = CaseSet(**same_as_in_file, id=file.id or file.title, cases=cases)
    return OpenedSet(case_set, notes, tuple(_differences(cases, pathway.knowledge)))


def _cases(document: Document, file: _SetFile, pathway: Pathway) -> tuple[Case, ...]:
    """Return the cases of a set. Raises Unusable with every fault."""
    faults, cases = list(_twice(document, file)), list[Case]()
    is_older = file.knowledge not in ("", pathway.knowledge.hash)
    for at, entry in enumerate(file.cases):
        with collect_into(faults):
            cases.append(_case(document, at, entry, pathway, is_older))
    if faults:
        raise Unusable(faults)
    return tuple(cases)


def _refuse_another_pathway(document: Document, file: _SetFile, knowledge: Knowledge) -> None:
    """Raise Unusable for a set of another pathway: its other faults here would only puzzle."""
    if file.pathway and file.pathway.id != knowledge.outline.id:
        says = ANOTHER_PATHWAY.format(safe_excerpt(file.pathway.name, LONGEST_TEXT), knowledge.outline.name)
        raise Unusable([document.fault(("pathway",), says)])


def _differences(cases: Iterable[Case], knowledge: Knowledge) -> Iterator[str]:
    for case in cases:
        for number in range(1, case.visits + 1):
            where = f"{case.id}, visit {number}" if case.visits > 1 else case.id
            yield from (f"{where}: {says}" for says in differences(case, number, knowledge))


def _edited(file: _SetFile) -> Iterator[str]:
    """Yield a note where the file no longer has the hash that it was made with."""
    cases = [entry.model_dump(mode="json") for entry in file.cases]
    content = {"title": file.title, "objectives": [each.model_dump(mode="json") for each in file.objectives], "cases": cases}
    now = _digest(content)
    if file.hash and file.hash != now:
        yield EDITED.format(file.hash, now)


def _twice(document: Document, file: _SetFile) -> Iterator[Fault]:
    seen = set[str]()
    for at, entry in enumerate(file.cases):
        if entry.id in seen:
            yield document.fault(("cases", at, "id"), f"the id {entry.id} is used twice; an id names one case")
        if twice := [name for name, times in Counter(entry.options).items() if times > 1]:
            yield document.fault(("cases", at, "options"), f"{safe_excerpt(twice[0])} is listed twice; ask about an option once")
        seen.add(entry.id)
    for at, objective in enumerate(file.objectives):
        if unknown := [name for name in objective.cases if name not in seen]:
            says = f"there is no case {unknown[0]}; {suggestion(unknown[0], seen, 'the set')}"
            yield document.fault(("objectives", at, "cases"), says)


def _case(document: Document, at: int, entry: _CaseEntry, pathway: Pathway, is_older: bool) -> Case:
    """Return a case, answered by the present rules. `is_older`: its set was made with others, so questions may be new."""
    knowledge, place = pathway.knowledge, ("cases", at)
    scenario = scenario_in(_inside(document, (*place, "scenario")), knowledge)
    former = knowledge.former_ids("option")
    options = tuple(former.get(name) or name for name in entry.options)
    if unknown := [name for name in options if name not in knowledge.options]:
        raise Unusable(
            document.fault((*place, "options"), f"there is no option {name}; {suggestion(name, knowledge.options)}")
            for name in unknown
        )
    scenario, added = with_new_questions(scenario, pathway) if is_older else (scenario, ())
    case = case_from(scenario, entry.id, pathway, Draw(f"options of {entry.id}"), options=options)
    _refuse_open(document, at, case, pathway)
    as_made = case.model_copy(update={**_as_made(entry, case), "added": added})
    return as_made if as_made.current == case.current else as_made.model_copy(update={"now": case.current})


def _as_made(entry: _CaseEntry, case: Case) -> dict[str, Any]:
    """Return what the file says of a case, so that it stays the same file; what it leaves out is as the present rules have it."""
    fields: dict[str, Any] = {"objective": entry.objective, "teaches": entry.teaches or case.teaches}
    if len(entry.answered) == case.visits:
        fields |= {"answered": entry.answered, "difficulty": entry.difficulty, "turns_on": entry.turns_on}
    return fields


def with_new_questions(scenario: Scenario, pathway: Pathway) -> tuple[Scenario, tuple[str, ...]]:
    """Return the scenario with the usual answer to each question that leaves a result open, and these questions."""
    visits, added = list(scenario.visits or (ScenarioVisit(answers=scenario.answers),)), dict[str, None]()
    for number, visit in enumerate(visits):
        for _ in pathway.knowledge.findings:
            ask = _open_question(_with_visits(scenario, visits), number + 1, pathway)
            if ask is None:
                break
            usual = pathway.knowledge.findings[ask].benign_answer
            visit = visit.model_copy(update={"answers": {**visit.answers, ask: usual}})
            visits[number], added[ask] = visit, None
    return _with_visits(scenario, visits), tuple(added)


def _with_visits(scenario: Scenario, visits: Sequence[ScenarioVisit]) -> Scenario:
    plain = {"visits": tuple(visits)} if scenario.visits else {"answers": visits[0].answers}
    return scenario.model_copy(update=plain)


def _open_question(scenario: Scenario, number: int, pathway: Pathway) -> str | None:
    """Return the first question that leaves the route, the step or a verdict open at a visit; None where none does."""
    result = pathway.explain(scenario, visit=number)
    return None if is_decided(result) else next(iter(result.ask_next), None)


def _refuse_open(document: Document, at: int, case: Case, pathway: Pathway) -> None:
    """Raise Unusable for a case whose result an open question could still change: nobody could be right about it."""
    for number, visit in enumerate(case.answered, 1):
        if UNDETERMINED in (visit.route, visit.step, *visit.verdicts.values()):
            ask = pathway.explain(case.scenario, visit=number).ask_next[0]
            where = f"at visit {number} " if case.visits > 1 else ""
            says = f"{case.id} {where}leaves the result open; a practice case answers every question: answer {ask} too"
            raise Unusable([document.fault(("cases", at, "scenario"), says)])


def _inside(document: Document, prefix: KeyPath) -> Document:
    """Return a part of a document as a document of its own, with its lines."""
    value = document.value
    for key in prefix:
        value = value[key]
    lines = {path[len(prefix) :]: line for path, line in document.lines.items() if path[: len(prefix)] == prefix}
    return Document(document.file, value, lines)
