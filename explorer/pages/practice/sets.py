"""The set that an address parameter names, and the address of a set: without a session, so that slides can show it too."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.pages.practice.query import ChosenQuery, Query, SetQuery, WholeQuery
from explorer.per_pathway import per_pathway
from pathway.practice.case_set import CaseSet, OpenedSet
from pathway.practice.practice import the_practice
from pathway.practice.set_link import set_in_link, set_token

ANOTHER_EDITION = "This address is from another edition of the rules ({}; now {}). The same seed may give other cases here."


@per_pathway(maxsize=32)
def set_of_query(query: Query) -> OpenedSet:
    """The set, drawn, chosen or read, with notes about it. Raises Unusable."""
    practice = the_practice()
    match query:
        case SetQuery(seed, count, about, edition):
            return OpenedSet(practice.new_set(seed, count, about), tuple(_edition_note(edition, practice.pathway.knowledge.hash)))
        case ChosenQuery(codes):
            return OpenedSet(practice.chosen_set(practice.collection.with_codes(codes)))
        case WholeQuery(token):
            return practice.opened(set_in_link(token))


def _edition_note(then: str, now: str) -> Iterator[str]:
    """Yield a note where another edition drew the set: not even the cases are the same then."""
    if then not in ("", now):
        yield ANOTHER_EDITION.format(then, now)


def whole_query(case_set: CaseSet) -> WholeQuery | None:
    """The query that holds a set itself; None where it is too long for a link."""
    token = set_token(case_set)
    return WholeQuery(token) if token else None


def only_case(case_set: CaseSet, number: int) -> CaseSet:
    """The set of one of its cases (from 1), with its objectives: it may be short enough where the whole set is not."""
    case = case_set.cases[number - 1]
    objectives = tuple(
        objective.model_copy(update={"cases": (case.id,)}) for objective in case_set.objectives if case.id in objective.cases
    )
    return case_set.model_copy(update={"cases": (case,), "objectives": objectives})
