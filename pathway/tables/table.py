"""Decides a whole table where its data are: an ibis table in, an ibis table out, and nothing is read until someone asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr import types as ir

from pathway.conditions.tree import expand_definitions
from pathway.errors import Fault, Unusable, collect_into
from pathway.knowledge.assumptions import Values, values_from
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import READING
from pathway.phrases import one_of
from pathway.scenarios.inputs import reading_faults
from pathway.scenarios.problems import UNKNOWN
from pathway.tables.columns import Holds, any_of, known_true
from pathway.tables.decision import Level, decided
from pathway.tables.headers import columns_of_findings, doubled
from pathway.tables.names import CONTRADICTIONS, FAULTS, INTERNAL, POSSIBLE_SUFFIX, RULE_SUFFIX
from pathway.tables.outcomes import all_outcomes

NAME = "the table"
SEPARATOR = " | "
"""Between the faults of a row."""


def decided_table(source: Any, knowledge: Knowledge, guidance: str | None, assumptions: Mapping[str, Any] | None) -> ir.Table:
    """Return an ibis table or a data frame with the columns of a result, and with the faults of each row.

    A row with a fault is not decided: its results are null. Raises Unusable for what is wrong with the columns, the guidance or
    the assumptions.
    """
    settings = settings_from(knowledge, guidance, assumptions)
    table = _as_table(source)
    columns = columns_of_findings(table.columns, knowledge, NAME)
    if faults := list(_type_faults(table, columns, knowledge)):
        raise Unusable(faults)
    checked = _checked(table, columns, knowledge)
    contradicting = with_contradictions(checked, knowledge)
    faulty = contradicting.mutate(**{FAULTS: _faults(contradicting, columns, knowledge)})
    result = decided(faulty, knowledge, settings)
    words = dict(word_columns(result, knowledge))
    sound = result[FAULTS].isnull()
    nothing = ibis.null("string")
    return result.select(*table.columns, FAULTS, **{name: sound.ifelse(column, nothing) for name, column in words.items()})


def _as_table(source: Any) -> ir.Table:
    """Return a data frame of any library (it is passed on through Arrow) as an ibis table, or an ibis table as it is."""
    if isinstance(source, ir.Table):
        return source
    try:
        frame = pa.table(source)
    except (pa.ArrowException, TypeError) as error:
        says = f"is neither an ibis table nor a data frame that Arrow can read ({error})"
        raise Unusable([Fault(NAME, None, says)]) from None
    if len(set(frame.column_names)) < frame.num_columns:
        raise Unusable(Fault(NAME, None, says) for says in doubled(frame.column_names))
    return ibis.memtable(frame)


def settings_from(knowledge: Knowledge, guidance: str | None, assumptions: Mapping[str, Any] | None) -> Values:
    """Return the reading (default: the first) and the value of each assumption. Raises Unusable with every fault of them."""
    reading = knowledge.readings[0] if guidance is None else guidance
    faults: list[Fault] = list(reading_faults(reading, knowledge))
    values: Values = {}
    with collect_into(faults):
        values = values_from(assumptions, knowledge)
    if faults:
        raise Unusable(faults)
    return {**values, READING: reading}


def word_columns(result: ir.Table, knowledge: Knowledge) -> Iterator[tuple[str, ir.StringValue]]:
    """Yield the columns of a result in words, by name and in order."""
    for outcomes in all_outcomes(knowledge):
        subject = outcomes.subject
        number = result[f"{INTERNAL}outcome:{subject}"]
        yield subject, outcomes.value_column(number)
        if subject not in knowledge.gates:
            open_number = result[f"{INTERNAL}outcome:route_possible"] if subject == "route" else number
            yield f"{subject}{POSSIBLE_SUFFIX}", outcomes.possible_column(open_number)
            yield f"{subject}{RULE_SUFFIX}", outcomes.rule_column(number)


def _checked(table: ir.Table, columns: Mapping[str, str], knowledge: Knowledge) -> ir.Table:
    """Return the table with a column of sound answers for each finding: null where it is not known or has a fault."""
    answers = {finding: _answer(table[column], knowledge.findings[finding]) for finding, column in columns.items()}
    return table.mutate(**{f"{INTERNAL}answer:{finding}": answer for finding, answer in answers.items()})


def _answer(column: ir.Value, finding: Finding) -> ir.Value:
    if finding.whole is None:
        return _no_fault(column, finding).ifelse(_text(column), ibis.null("string"))
    return _no_fault(column, finding).ifelse(_number(column), ibis.null("float64")).cast("int64")


def _no_fault(column: ir.Value, finding: Finding) -> Holds:
    """Return whether this is one of the finding's answers."""
    if finding.whole is None:
        return _text(column).isin(list(finding.answers))
    number = _number(column)
    return number.between(0, finding.whole.most) & (number == number.floor())


def _text(column: ir.Value) -> ir.StringValue:
    return ibis.null("string") if column.type().is_null() else column.strip()


def _number(column: ir.Value) -> ir.FloatingValue:
    """Return a number, or null for none. A data frame holds whole numbers as fractions where some are missing."""
    number = column.cast("float64")
    return number.isnan().ifelse(ibis.null("float64"), number)


def _faults(table: ir.Table, columns: Mapping[str, str], knowledge: Knowledge) -> ir.StringValue:
    cells = [_cell_fault(table[column], column, knowledge.findings[finding]) for finding, column in columns.items()]
    contradictions = table[CONTRADICTIONS]
    is_faulty = any_of([*(has for has, _ in cells), contradictions.notnull()])
    texts = [has.ifelse(text, ibis.null("string")) for has, text in cells]
    return is_faulty.ifelse(ibis.literal(SEPARATOR).join([*texts, contradictions]), ibis.null("string"))


def _cell_fault(column: ir.Value, name: str, finding: Finding) -> tuple[Holds, ir.StringValue]:
    """Return whether a cell has a fault, and what it is."""
    if finding.whole is None:
        text = _text(column)
        valid = [*finding.answers, UNKNOWN]
        says = f" is not an answer; write {one_of(valid)}"
        return known_true(text.notin([*valid, ""])), ibis.literal(f"{name}: ") + text + says
    wrong = _number(column).notnull() & ~known_true(_no_fault(column, finding))
    says = f" is not a whole number of {finding.whole.unit} from 0 to {finding.whole.most}"
    return wrong, ibis.literal(f"{name}: ") + column.cast("string") + says


def with_contradictions(table: ir.Table, knowledge: Knowledge) -> ir.Table:
    """Return the table with the contradictions between the answers of each row in words; null where there is none."""
    symbols = Level(knowledge, settings_from(knowledge, None, None), table).symbols()
    holds = {
        entry.text: known_true(symbols.read(expand_definitions(entry.when, knowledge.expanded_definitions)))
        for entry in knowledge.contradictions
    }
    nothing = ibis.null("string")
    texts = [column.ifelse(text, nothing) for text, column in holds.items()]
    words = any_of(holds.values()).ifelse(ibis.literal(SEPARATOR).join(texts), nothing) if texts else nothing
    return table.mutate(**{CONTRADICTIONS: words})


def _type_faults(table: ir.Table, columns: Mapping[str, str], knowledge: Knowledge) -> Iterator[Fault]:
    for finding, column in columns.items():
        kind = table[column].type()
        entry = knowledge.findings[finding]
        if kind.is_null() or (kind.is_numeric() if entry.whole else kind.is_string()):
            continue
        wanted = f"numbers ({entry.whole.unit})" if entry.whole else "words"
        yield Fault(NAME, None, f"the column {column} holds {wanted}, and here it is of type {kind}; cast it")
