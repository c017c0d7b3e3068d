"""Checks the reviews: each is of a part that exists, and the notices say what the reviews say."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.errors import Fault, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import PLACEHOLDER, Review, ReviewWords
from pathway.knowledge.reviews import STATES, VALUES, former_points, parts, points

LISTED = "the sheet that `pathway review` makes"


def _reviews(knowledge: Knowledge) -> Iterator[Fault]:
    for review in knowledge.reviews:
        if review.of not in parts(knowledge):
            yield review.fault(f"of: {review.of} can't be reviewed; {suggestion(review.of, parts(knowledge), LISTED)}")
        if review.next_due <= review.on:
            yield review.fault(f"the next review is due on {review.next_due}, which is not after this one ({review.on})")
        yield from _points(review, knowledge)


def _points(review: Review, knowledge: Knowledge) -> Iterator[Fault]:
    known = [*points(knowledge), *former_points(knowledge)]
    seen: set[str] = set()
    for point in review.points:
        if point.id not in known and not point.id.startswith("caution/"):  # a caution with another text has another id
            yield review.fault(f"there is no point {point.id}; {suggestion(point.id, known, LISTED)}")
        if point.id in seen:
            yield review.fault(f"{point.id} is listed twice in one review; keep it once")
        if point.agrees == "no" and not point.comment:
            yield review.fault(f"{point.id} is not agreed with, so it needs a comment that says why")
        seen.add(point.id)


def _notices(knowledge: Knowledge) -> Iterator[Fault]:
    frame = knowledge.frame
    if frame.review is None:
        yield frame.fault("needs review: the words about reviews, from which the notices are filled")
        return
    for key in ("notice", "in_short"):
        if PLACEHOLDER.findall(getattr(frame, key)) != ["review"]:
            yield frame.fault(f"{key} needs {{review}} once and nothing else in braces: it is filled with what the reviews say")
    for words in _all_words(frame.review):
        for name in PLACEHOLDER.findall(words):
            if name not in VALUES:
                yield frame.fault(f"review: {{{name}}} is not counted; {suggestion(name, VALUES)}")
    for words in (frame.review.full.none, frame.review.short.none):
        if PLACEHOLDER.findall(words):
            yield frame.fault("review: without a review there is nothing to count; write none without braces")
    if missing := [state for state in STATES if state not in frame.review.states]:
        yield frame.fault(f"review: states needs words for {', '.join(missing)}")


def _all_words(words: ReviewWords) -> Iterator[str]:
    for sentences in (words.full, words.short):
        yield from (sentences.none, sentences.some, sentences.every)
    yield from (words.changed, words.refused, *words.states.values())


OF_THE_RECORD = (_reviews,)
CHECKS = (*OF_THE_RECORD, _notices)
