"""Puts conditions, and the answers that make them true or false, into plain English with the knowledge base's own words."""

from __future__ import annotations

import re
from typing import assert_never

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, FactValue, Is, Leaf, Not
from pathway.knowledge.base import Knowledge
from pathway.phrases import decapitalised, one_of, sentence_case, with_unit


def condition_lines(condition: Condition, knowledge: Knowledge, values: Facts) -> list[str]:
    """The condition as lines of a list, nested by two spaces. `values` are the values of the assumptions."""
    match condition:
        case Is() | AtLeast():
            return [clause(condition, knowledge, values)]
        case Not(negated):
            return _negated_lines(negated, knowledge, values)
        case AllOf(()):
            return ["always"]
        case AllOf(parts):
            return _list("all of:", parts, knowledge, values)
        case AnyOf(parts):
            return _list("any of:", parts, knowledge, values)
        case _:
            assert_never(condition)


def _negated_lines(condition: Condition, knowledge: Knowledge, values: Facts) -> list[str]:
    match condition:
        case Is() | AtLeast():
            return [clause(condition, knowledge, values, holds=False)]
        case Not(negated):
            return condition_lines(negated, knowledge, values)
        case AllOf(parts):
            return _list("not all of:", parts, knowledge, values)
        case AnyOf(parts):
            return _list("none of:", parts, knowledge, values)
        case _:
            assert_never(condition)


def _list(heading: str, parts: tuple[Condition, ...], knowledge: Knowledge, values: Facts) -> list[str]:
    lines = [heading]
    for part in parts:
        first, *rest = condition_lines(part, knowledge, values)
        lines += [f"- {first}", *(f"  {line}" for line in rest)]
    return lines


def clause(leaf: Leaf, knowledge: Knowledge, values: Facts, holds: bool = True) -> str:
    """A leaf as a clause: `the region is the low back`; with `holds` False, its opposite."""
    if isinstance(leaf, AtLeast):
        return f"{name_of(leaf.variable, knowledge)} is {'at least' if holds else 'less than'} {_bound(leaf, knowledge, values)}"
    special = _switch_clause(leaf, knowledge, holds) or _definition_clause(leaf, knowledge, holds)
    return special or f"{name_of(leaf.variable, knowledge)} is {_answer_list(leaf, knowledge, holds)}"


def _switch_clause(leaf: Is, knowledge: Knowledge, holds: bool) -> str | None:
    """The clause for an assumption that is on or off: `"small before large" is switched off`."""
    assumption = knowledge.assumptions.get(leaf.variable)
    if assumption is None or assumption.name is None:
        return None
    return f'"{assumption.name}" is switched {"on" if (leaf.values == ("yes",)) is holds else "off"}'


def _definition_clause(leaf: Is, knowledge: Knowledge, holds: bool) -> str | None:
    """The clause that the knowledge base has for this definition, if there is one."""
    definition = knowledge.definitions.get(leaf.variable)
    if definition is None:
        return None
    return definition.present if (leaf.values == ("present",)) is holds else definition.absent


def _answer_list(leaf: Is, knowledge: Knowledge, holds: bool) -> str:
    words = [answer_words(leaf.variable, answer, knowledge) for answer in leaf.values]
    if holds:
        return one_of(words)
    if words == ["absent"]:
        return "present"
    if any("not" in answer.split() for answer in words) and (others := _other_answers(leaf, knowledge)):
        return one_of(others)  # "not" before an answer that says "not" itself would have to be read twice
    return f"not {words[0]}" if len(words) == 1 else f"neither {' nor '.join(words)}"


def _other_answers(leaf: Is, knowledge: Knowledge) -> list[str]:
    """The answers that the leaf doesn't name, in words."""
    entry = knowledge.findings.get(leaf.variable) or knowledge.derived.get(leaf.variable)
    return [words for answer, words in entry.answers.items() if answer not in leaf.values] if entry else []


def _bound(leaf: AtLeast, knowledge: Knowledge, values: Facts) -> str:
    if isinstance(leaf.bound, str) and leaf.bound in knowledge.findings:
        return name_of(leaf.bound, knowledge)
    finding = knowledge.findings[leaf.variable]
    number = values[leaf.bound] if isinstance(leaf.bound, str) else leaf.bound
    unit = finding.whole.unit if finding.whole else None
    return with_unit(number, unit) + (f" ({leaf.bound})" if isinstance(leaf.bound, str) else "")


def finding_words(finding: str, answer: str | int, knowledge: Knowledge) -> str:
    """An answer to a question in words that can follow "is"; a number, or numbers such as `2-5`, with the unit."""
    whole = knowledge.findings[finding].whole
    return with_unit(answer, whole.unit) if whole else answer_words(finding, str(answer), knowledge)


def name_of(variable: str, knowledge: Knowledge) -> str:
    """The name of a variable inside a clause."""
    for table in (knowledge.findings, knowledge.definitions, knowledge.derived):
        if variable in table:
            return table[variable].name
    return f"the assumption {variable}"


def short_name(finding: str, knowledge: Knowledge) -> str:
    """A finding's short label: its own, or its id as words, with the capitals of its name."""
    entry = knowledge.findings[finding]
    if entry.short:
        return entry.short
    cased = {word.lower(): word for word in re.findall(r"\w+", entry.name) if word.isupper()}
    return sentence_case(" ".join(cased.get(word, word) for word in finding.split("_")))


def short_name_inside(finding: str, knowledge: Knowledge) -> str:
    """The same label inside a sentence."""
    return decapitalised(short_name(finding, knowledge))


def assumption_label(assumption: str, knowledge: Knowledge) -> str:
    """An assumption's label on pages: its own, or its id as words."""
    return knowledge.assumptions[assumption].short or sentence_case(assumption.replace("-", " "))


def answer_words(variable: str, answer: str, knowledge: Knowledge) -> str:
    """An answer in words that can follow "is"."""
    if variable in knowledge.findings:
        return knowledge.findings[variable].answers.get(answer, answer)
    if variable in knowledge.derived:
        return knowledge.derived[variable].answers.get(answer, answer)
    if variable in knowledge.assumptions and knowledge.assumptions[variable].name:
        return f"it is {'on' if answer == 'yes' else 'off'}"
    return answer


def answered(leaf: Leaf, facts: Facts, knowledge: Knowledge) -> str:
    """The answer that makes the leaf true, false or unknown, in words."""
    value = facts.get(leaf.variable)
    if value is None:
        return "not answered"
    if not isinstance(value, frozenset):
        return _value_words(leaf.variable, value, knowledge)
    if len(value) == 1:
        return _value_words(leaf.variable, next(iter(value)), knowledge)
    return f"open: {one_of(answer_words(leaf.variable, possible, knowledge) for possible in sorted(value))}"


def _value_words(variable: str, value: FactValue, knowledge: Knowledge) -> str:
    return finding_words(variable, value, knowledge) if isinstance(value, int) else answer_words(variable, str(value), knowledge)
