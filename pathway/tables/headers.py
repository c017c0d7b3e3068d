"""Which column of a table holds which finding: by the finding's id, or by its plain name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.phrases import finding_label, one_of, safe_excerpt
from pathway.tables.names import FAULTS, INTERNAL, result_names

MOST_NAMED = 6
"""Missing columns that are named one by one."""


def columns_of_findings(headers: Sequence[str], knowledge: Knowledge, file: str) -> dict[str, str]:
    """Return the column of each finding. Raises Unusable where one is missing, or there twice, or named like a result."""
    known = _spellings(knowledge)
    findings = {header: finding for header in headers if (finding := known.get(_plain(header)))}
    faults = [
        *doubled(headers),
        *_both(findings),
        *_missing(findings, headers, knowledge),
        *_name_clashes(headers, findings, knowledge),
    ]
    if faults:
        raise Unusable(Fault(file, None, says) for says in faults)
    return {finding: header for header, finding in findings.items()}


def _spellings(knowledge: Knowledge) -> Mapping[str, str]:
    """Return the finding of each id and plain name. A name that two findings share names neither."""
    shared = Counter(_plain(finding.name) for finding in knowledge.findings.values())
    names = {_plain(finding.name): finding.id for finding in knowledge.findings.values() if shared[_plain(finding.name)] == 1}
    return names | {_plain(name): name for name in knowledge.findings}


def _plain(header: str) -> str:
    return " ".join(finding_label(header).split()).casefold()


def doubled(headers: Iterable[str]) -> Iterator[str]:
    """Yield a message for each column that occurs twice."""
    for header, number in Counter(headers).items():
        if number > 1:
            yield f"the column {_excerpt(header)} is there {number} times; keep one"


def _both(findings: Mapping[str, str]) -> Iterator[str]:
    by_finding: dict[str, list[str]] = {}
    for header, finding in findings.items():
        by_finding.setdefault(finding, []).append(header)
    for finding, headers in by_finding.items():
        if len(headers) > 1:
            yield f"the columns {' and '.join(map(_excerpt, headers))} both hold {finding}; keep one"


def _missing(findings: Mapping[str, str], headers: Sequence[str], knowledge: Knowledge) -> Iterator[str]:
    missing = [finding for finding in knowledge.findings if finding not in findings.values()]
    others = [header for header in headers if header not in findings]
    if len(missing) > MOST_NAMED:
        number = f"{len(missing)} of the {len(knowledge.findings)}"
        yield f"{number} columns are missing; `pathway table new.csv --template` writes a sheet with all of them"
        return
    for finding in missing:
        hint = suggestion(finding, others) if others else ""
        yield f"the column {finding} is missing; " + (
            f"{hint} Name it {finding}" if hint.startswith("did you mean") else "an empty one means that nothing is known"
        )


def _name_clashes(headers: Iterable[str], findings: Mapping[str, str], knowledge: Knowledge) -> Iterator[str]:
    results = {*result_names(knowledge), FAULTS}
    clashing = [header for header in headers if header not in findings and (header in results or header.startswith(INTERNAL))]
    if clashing:
        excerpts = one_of(map(_excerpt, clashing[:MOST_NAMED])) + (" ..." if len(clashing) > MOST_NAMED else "")
        yield f"results have columns of the same name as {excerpts}; leave these columns out, or rename them"


def _excerpt(header: str) -> str:
    return safe_excerpt(header) or "without a name"
