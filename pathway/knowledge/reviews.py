"""What reviewers said of each point of the knowledge, and what of it still stands.

A *point* is what a reviewer judges at once: a rule, a caution, an assumption, an option, or the safety net.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, get_args

from pathway.conditions.kleene import truth
from pathway.conditions.tree import Condition, expand_definitions, variables
from pathway.errors import Fault
from pathway.knowledge.base import Knowledge, downgrade_id
from pathway.knowledge.models import (
    PLACEHOLDER,
    Assumption,
    Caution,
    Entry,
    Frame,
    Kind,
    Option,
    PointState,
    Recommendation,
    RedFlag,
    Review,
    ReviewedPoint,
    ReviewWords,
    Rule,
)
from pathway.phrases import day

ALL = "all"
SAFETY_NET = "safety-net"
STATES: tuple[PointState, ...] = get_args(PointState)
VALUES = (*STATES, "points", "date")
"""What the words about reviews may name in braces."""
NOT_CONTENT = {"file", "line", "when", "downgraded_by"}
"""Fields of an entry that are no part of what a reviewer reads, or that are read in another form."""


@dataclass(frozen=True)
class Judgement:
    """The outcome of the latest review of a point, or that nobody has reviewed it."""

    state: PointState
    review: Review | None = None
    comment: str = ""


def points(knowledge: Knowledge) -> dict[str, Entry]:
    """Return the entry of each point, by the point's id. Cautions have no id of their own: their text makes it."""
    return {
        **{rule.id: rule for rule in knowledge.rules()},
        **{f"caution/{_digest(caution.text)}": caution for caution in knowledge.cautions},
        **{f"assumption/{name}": assumption for name, assumption in knowledge.assumptions.items()},
        **{f"option/{name}": option for name, option in knowledge.options.items()},
        SAFETY_NET: knowledge.frame,
    }


def points_of(part: str, knowledge: Knowledge) -> dict[str, Entry] | None:
    """Return the points of a part: `all`, an option, a guidance, or a file of `data/`. None for any other word."""
    every = points(knowledge)
    if part == ALL:
        return every
    if part in knowledge.options:
        return {name: entry for name, entry in every.items() if _is_about(entry, part, knowledge)}
    if part in knowledge.readings:
        return {name: entry for name, entry in every.items() if _counts_with(entry, part, knowledge)}
    return {name: entry for name, entry in every.items() if entry.file == part} or None


def parts(knowledge: Knowledge) -> list[str]:
    """Return every part that can be reviewed."""
    return [ALL, *knowledge.readings, *knowledge.options, *dict.fromkeys(entry.file for entry in points(knowledge).values())]


def _is_about(entry: Entry, option: str, knowledge: Knowledge) -> bool:
    match entry:
        case Option():
            return entry.id == option
        case Assumption():
            return any(entry.id in _assumptions_of(other, knowledge) for other in _speaking_of(option, knowledge))
        case _:
            return option in getattr(entry, "options", ())


def _speaking_of(option: str, knowledge: Knowledge) -> Iterator[Recommendation | Caution]:
    yield from knowledge.rules_by_option[option]
    yield from (caution for caution in knowledge.cautions if option in caution.options)


def _assumptions_of(entry: Recommendation | Caution, knowledge: Knowledge) -> set[str | None]:
    return {entry.assumption, *_read_by(entry, knowledge)}


def _counts_with(entry: Entry, guidance: str, knowledge: Knowledge) -> bool:
    """Return whether an entry can count with a guidance: False only where its condition rules that out."""
    return all(truth(condition, {"guidance": guidance}) is not False for condition in _conditions(entry, knowledge)[:1])


def fingerprint(entry: Entry, knowledge: Knowledge) -> str:
    """Return 12 hex digits that change with what a reviewer reads of an entry: its fields, conditions, and the words in them."""
    if isinstance(entry, Frame):
        return _digest([*entry.safety_net, entry.safety_net_unsourced, [cite.model_dump() for cite in entry.safety_net_cites]])
    fields = entry.model_dump(mode="json", exclude=NOT_CONTENT, exclude_defaults=True)
    if isinstance(entry, Option):
        fields["positions"] = [position.model_dump(mode="json", exclude=NOT_CONTENT) for position in entry.positions]
    names = sorted(_read_by(entry, knowledge))
    paraphrased = {statement.id: statement.says for statement in knowledge.ledger.statements}
    cited = [paraphrased.get(cite.statement or "") for cite in getattr(entry, "cites", ())]
    return _digest([fields, list(map(repr, _conditions(entry, knowledge))), [_words(name, knowledge) for name in names], cited])


def _conditions(entry: Entry, knowledge: Knowledge) -> list[Condition]:
    """Return the conditions of an entry with definitions expanded and exceptions excluded, its `when` first."""
    match entry:
        case RedFlag(id=name, downgraded_by=downgrade) if downgrade is not None:
            return [knowledge.rule_conditions[name], knowledge.rule_conditions[downgrade_id(name)]]
        case Rule(id=name):
            return [knowledge.rule_conditions[name]]
        case Caution(when=when):
            return [expand_definitions(when, knowledge.expanded_definitions)]
        case _:
            return []


def _read_by(entry: Entry, knowledge: Knowledge) -> frozenset[str]:
    return frozenset[str]().union(*map(variables, _conditions(entry, knowledge)))


def _words(name: str, knowledge: Knowledge) -> Any:
    """Return the words, or the value, of what a condition reads."""
    if name in knowledge.findings:
        finding = knowledge.findings[name]
        return [finding.name, finding.question, finding.hint, finding.answers, finding.whole and finding.whole.unit]
    if name in knowledge.assumptions:
        return knowledge.assumptions[name].value
    return knowledge.derived[name].answers if name in knowledge.derived else None


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]


def judgements(knowledge: Knowledge, reviews: Iterable[Review] | None = None) -> dict[str, Judgement]:
    """Return the judgement of each point by the latest of the reviews (default: all of them)."""
    latest = _latest(knowledge, knowledge.reviews if reviews is None else reviews)
    return {name: _judgement(entry, latest.get(name), knowledge) for name, entry in points(knowledge).items()}


def _latest(knowledge: Knowledge, reviews: Iterable[Review]) -> Mapping[str, tuple[Review, ReviewedPoint]]:
    in_order = sorted(reviews, key=lambda review: review.on)  # of one day, the order of the file
    return {name: (review, point) for review in in_order for name, point in _named(review, knowledge)}


def _named(review: Review, knowledge: Knowledge) -> Iterator[tuple[str, ReviewedPoint]]:
    """Yield the points of a review by their present ids."""
    now = {name: present or name for name, present in former_points(knowledge).items()}
    yield from ((now.get(point.id, point.id), point) for point in review.points)


def former_points(knowledge: Knowledge) -> dict[str, str | None]:
    """Return the present id of each point that has a former one; None where it was removed."""
    prefixes: dict[Kind, str] = {"rule": "", "assumption": "assumption/", "option": "option/"}
    return {
        f"{prefix}{former}": present and f"{prefix}{present}"
        for kind, prefix in prefixes.items()
        for former, present in knowledge.former_ids(kind).items()
    }


def _judgement(entry: Entry, latest: tuple[Review, ReviewedPoint] | None, knowledge: Knowledge) -> Judgement:
    if latest is None:
        return Judgement("not_reviewed")
    review, point = latest
    if fingerprint(entry, knowledge) != point.hash:
        return Judgement("changed", review, point.comment or "")
    return Judgement("agreed" if point.agrees == "yes" else "refused", review, point.comment or "")


def standing_points(review: Review, knowledge: Knowledge) -> dict[str, bool]:
    """Return the points of a review that no later review covers, each with whether it is still as it was read."""
    latest, every = _latest(knowledge, knowledge.reviews), points(knowledge)
    return {
        name: name in every and fingerprint(every[name], knowledge) == point.hash
        for name, point in _named(review, knowledge)
        if latest[name][0] is review
    }


def review_warnings(knowledge: Knowledge, today: date | None) -> Iterator[Fault]:
    """Yield a warning for each review of what has changed since, and for each whose next one is overdue `today` (None: never)."""
    for review in knowledge.reviews:
        standing = standing_points(review, knowledge)
        changed = [name for name, unchanged in standing.items() if not unchanged]
        if changed:
            says = f"changed since this review of {day(review.on)}: {', '.join(changed)}; ask for a review of what changed"
            yield review.fault(says)
        if standing and today is not None and review.next_due < today:
            yield review.fault(f"the next review was due on {day(review.next_due)}; `pathway review` makes the sheet")


def with_review_notices(knowledge: Knowledge) -> Knowledge:
    """Return the knowledge with `{review}` in its notices replaced by the outcome of the reviews that count."""
    if knowledge.frame.review is None:
        return knowledge
    filled = {
        "notice": _filled(knowledge.frame.notice, {"review": review_sentence(knowledge)}),
        "in_short": _filled(knowledge.frame.in_short, {"review": _short_sentence(knowledge, knowledge.frame.review)}),
    }
    return knowledge.model_copy(update={"frame": knowledge.frame.model_copy(update=filled)})


def review_sentence(knowledge: Knowledge) -> str:
    """Return what the reviews that count say of the whole: none, with how many points, with each point."""
    words = knowledge.frame.review
    if words is None:
        return ""
    values = _numbers(knowledge)
    doubts = [getattr(words, state) for state in ("changed", "refused") if values.get(state)]
    return _filled(" ".join([getattr(words.full, _form(values)), *doubts]), values)


def _short_sentence(knowledge: Knowledge, words: ReviewWords) -> str:
    values = _numbers(knowledge)
    return _filled(getattr(words.short, _form(values)), values)


def _form(values: Mapping[str, Any]) -> str:
    return "none" if not values else "every" if values["agreed"] == values["points"] else "some"


def _filled(words: str, values: Mapping[str, Any]) -> str:
    return PLACEHOLDER.sub(lambda name: str(values[name[1]]), words)


def _numbers(knowledge: Knowledge) -> dict[str, Any]:
    """Return what the sentences may name in braces; nothing without a review that counts."""
    reviews = [review for review in knowledge.reviews if review.clinician == "yes"]
    if not reviews:
        return {}
    states = [judgement.state for judgement in judgements(knowledge, reviews).values()]
    counts: dict[str, int] = {state: states.count(state) for state in STATES}
    return {**counts, "points": len(states), "date": day(max(review.on for review in reviews))}
