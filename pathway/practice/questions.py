"""Scores the questions that a learner asked: each has its price, and each one that matters has its worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pathway.model import FrozenModel

FLAG_WORTH, WORTH, PRICE = 2, 1, 1


class QuestionScore(FrozenModel):
    """Questions that changed nothing, questions left unasked, and points out of `most`."""

    needless: tuple[str, ...]
    left_open: tuple[str, ...]
    points: int
    most: int


def question_score(
    asked: Collection[str], matters: Iterable[str], safety: Collection[str], decided: bool, order: Iterable[str]
) -> QuestionScore:
    """Return the score of the questions asked.

    A question that could change something is worth a point, a safety question two; each of the others costs one. Once an
    answer has `decided` the case, such as an emergency sign, nothing that was not asked counts as left open. `order`: the
    findings in the order in which they are listed.
    """
    listed, mattering = tuple(order), frozenset(matters)
    left = () if decided else tuple(name for name in listed if name in mattering and name not in asked)
    needless = tuple(name for name in listed if name in asked and name not in mattering)
    most = sum(worth(name, safety) for name in mattering)
    lost = sum(worth(name, safety) for name in left) + PRICE * len(needless)
    return QuestionScore(needless=needless, left_open=left, points=max(0, most - lost), most=most)


def worth(finding: str, safety: Collection[str]) -> int:
    """Return the points of a question that matters."""
    return FLAG_WORTH if finding in safety else WORTH
