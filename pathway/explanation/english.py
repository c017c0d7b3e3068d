"""The plain-English reader: a condition, and the answer that made it so, in the knowledge base's own words."""

from __future__ import annotations

from typing import assert_never

from pathway.conditions.tree import All, Any, AtLeast, Condition, Facts, Is, Known, Leaf, Not
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.phrases import one_of


def lines(condition: Condition, knowledge: Knowledge, values: Facts) -> list[str]:
    """The condition as a list, nested by two spaces; `values` are the assumptions'."""
    match condition:
        case Is() | AtLeast():
            return [clause(condition, knowledge, values)]
        case Not(what):
            return _not(what, knowledge, values)
        case All(()):
            return ["always"]
        case All(of):
            return _list("all of:", of, knowledge, values)
        case Any(of):
            return _list("any of:", of, knowledge, values)
        case _:
            assert_never(condition)


def _not(what: Condition, knowledge: Knowledge, values: Facts) -> list[str]:
    match what:
        case Is() | AtLeast():
            return [clause(what, knowledge, values, holds=False)]
        case Not(again):
            return lines(again, knowledge, values)
        case All(of):
            return _list("not all of:", of, knowledge, values)
        case Any(of):
            return _list("none of:", of, knowledge, values)
        case _:
            assert_never(what)


def _list(opens: str, parts: tuple[Condition, ...], knowledge: Knowledge, values: Facts) -> list[str]:
    found = [opens]
    for part in parts:
        first, *rest = lines(part, knowledge, values)
        found += [f"- {first}", *(f"  {line}" for line in rest)]
    return found


def clause(leaf: Leaf, knowledge: Knowledge, values: Facts, holds: bool = True) -> str:
    """A leaf as a clause: `the region is the low back`; with `holds` False, its opposite."""
    if isinstance(leaf, AtLeast):
        return f"{name_of(leaf.of, knowledge)} is {'at least' if holds else 'less than'} {_bound(leaf, knowledge, values)}"
    own = _switched(leaf, knowledge, holds) or _defined(leaf, knowledge, holds)
    return own or f"{name_of(leaf.of, knowledge)} is {_answers(leaf, knowledge, holds)}"


def _switched(leaf: Is, knowledge: Knowledge, holds: bool) -> str | None:
    """The clause of an assumption that is on or off: `"injection before surgery" is switched off`."""
    found = knowledge.assumptions.get(leaf.of)
    if found is None or found.name is None:
        return None
    return f'"{found.name}" is switched {"on" if (leaf.among == ("yes",)) is holds else "off"}'


def _defined(leaf: Is, knowledge: Knowledge, holds: bool) -> str | None:
    """The clause that a definition has for itself, where it has one."""
    found = knowledge.definitions.get(leaf.of)
    if found is None:
        return None
    return found.present if (leaf.among == ("present",)) is holds else found.absent


def _answers(leaf: Is, knowledge: Knowledge, holds: bool) -> str:
    words = [answer_words(leaf.of, answer, knowledge) for answer in leaf.among]
    if holds:
        return one_of(words)
    if words == ["absent"]:
        return "present"
    return f"not {words[0]}" if len(words) == 1 else f"neither {' nor '.join(words)}"


def _bound(leaf: AtLeast, knowledge: Knowledge, values: Facts) -> str:
    if isinstance(leaf.bound, str) and leaf.bound in knowledge.findings:
        return name_of(leaf.bound, knowledge)
    finding = knowledge.findings[leaf.of]
    number = values[leaf.bound] if isinstance(leaf.bound, str) else leaf.bound
    return _counted(number, finding) + (f" ({leaf.bound})" if isinstance(leaf.bound, str) else "")


def _counted(number: Known, finding: Finding) -> str:
    unit = finding.whole.unit if finding.whole else ""
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}".strip()


def name_of(variable: str, knowledge: Knowledge) -> str:
    """What a variable is called in a clause."""
    for table in (knowledge.findings, knowledge.definitions, knowledge.derived):
        if variable in table:
            return table[variable].name
    return f"the assumption {variable}"


def answer_words(variable: str, answer: str, knowledge: Knowledge) -> str:
    """An answer as it follows "is"."""
    if variable in knowledge.findings:
        return knowledge.findings[variable].answers.get(answer, answer)
    if variable in knowledge.derived:
        return knowledge.derived[variable].answers.get(answer, answer)
    if variable in knowledge.assumptions and knowledge.assumptions[variable].name:
        return f"it is {'on' if answer == 'yes' else 'off'}"
    return answer


def answered(leaf: Leaf, facts: Facts, knowledge: Knowledge) -> str:
    """What is known that makes the leaf true, false or unknown."""
    known = facts.get(leaf.of)
    if known is None:
        return "not answered"
    if isinstance(known, frozenset):
        return (
            f"open: {one_of(answer_words(leaf.of, value, knowledge) for value in sorted(known))}"
            if len(known) > 1
            else (_known(leaf.of, next(iter(known)), knowledge))
        )
    return _known(leaf.of, known, knowledge)


def _known(variable: str, known: Known, knowledge: Knowledge) -> str:
    if isinstance(known, int):
        return _counted(known, knowledge.findings[variable])
    return answer_words(variable, str(known), knowledge)
