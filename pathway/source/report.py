"""Describes the comparison of a copy with the page in plain lines for a terminal."""

from __future__ import annotations

from pathway.phrases import pluralise, wrapped
from pathway.source.account import Account, Difference
from pathway.source.ledger import Kind

MAX_DIFFERENCES = 20
"""More are only counted."""
NAMES: dict[Kind, str] = {
    "encoded": "encoded as rules or options",
    "context": "background",
    "contradicted": "contradicted and not followed",
    "out_of_scope": "out of scope",
}


def describe(account: Account) -> list[str]:
    """Return the comparison in lines of at most 80 characters: the sentences accounted for, those unused, and each difference."""
    listed = account.differences[:MAX_DIFFERENCES]
    rest = len(account.differences) - len(listed)
    return [
        *wrapped(_summary(account)),
        *wrapped(_statement_counts(account)),
        *wrapped(_unused_statements(account)),
        *wrapped(f"{account.checks} checks made; {_none_or(len(account.differences), 'difference')} found."),
        *(line for difference in listed for line in _difference_lines(difference)),
        *([f"... and {rest} more"] if rest else []),
    ]


def _summary(account: Account) -> str:
    known = f"{account.accounted} of {pluralise(account.sentences, 'sentence')} accounted for; the page has {account.expected}."
    return known if account.accounted else f"{known} Is this a copy of the page?"


def _statement_counts(account: Account) -> str:
    parts = [f"{count} {NAMES[kind]}" for kind, count in account.kinds.items() if count]
    return f"The page makes {_none_or(sum(account.kinds.values()), 'statement')}: {', '.join(parts)}."


def _unused_statements(account: Account) -> str:
    if not account.unused:
        return "Every encoded statement is used by a rule or an option."
    return f"{pluralise(len(account.unused), 'encoded statement')} used by no rule or option: {', '.join(account.unused)}."


def _difference_lines(difference: Difference) -> list[str]:
    is_repeat = difference.kind == "added" and difference.place
    where = f"says {difference.place} again" if is_repeat else str(difference.place or "not on the page")
    lines = [f"{difference.kind}: {where}"]
    if difference.kind != "changed":
        verb = "was" if difference.kind == "lost" else "is"
        lines.append(f"{verb} after {difference.after}" if difference.after else f"{verb} at the start")
    if difference.text is not None:
        lines.append(f"reads: {difference.text}")
    if difference.statements:
        lines.append(f"states: {', '.join(difference.statements)}")
    return [*wrapped(lines[0]), *(part for line in lines[1:] for part in wrapped(line, "    ", "  "))]


def _none_or(count: int, singular: str) -> str:
    return pluralise(count, singular) if count else f"no {singular}s"
