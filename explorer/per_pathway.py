"""A cache for what depends on the pathway in use, so that nothing of one pathway is shown for another."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import pathway
from pathway import Knowledge

P = ParamSpec("P")
T = TypeVar("T")


def per_pathway(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last results of a function, each for its arguments and the knowledge in use."""

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=maxsize)
        def kept(knowledge: Knowledge, *args: P.args, **named: P.kwargs) -> T:
            return function(*args, **named)

        @wraps(function)
        def called(*args: P.args, **named: P.kwargs) -> T:
            return kept(pathway.load(), *args, **named)  # type: ignore[arg-type]  # the arguments are the keys

        return called

    return decorated
