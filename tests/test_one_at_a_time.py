"""What one thread at a time may use: a second thread that asks meanwhile waits outside."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock, get_ident
from typing import Any

import pytest

from pathway.proof.cache import Cache
from pathway.proof.counterfactual.boundary import BoundaryFinder
from pathway.proof.counterfactual.nearest import NearestFinder
from pathway.proof.counterfactual.what_if import WhatIf
from pathway.proof.counting.atlas_builder import AtlasBuilder
from pathway.tables import sql_query
from pathway.tables.sql_query import Query
from tests.pathways import pathway_named
from tests.people import KNOWLEDGE

BICYCLE = pathway_named("bicycle")
WORN = {"answers": {"brake_kind": "disc", "weeks": 3, "cleaning": "not_helped", "adjusting": "not_helped"}}
Ask = Callable[[], object]


class Left(Exception):
    """Ends a visit: what a real answer would need is not there."""


class Room:
    """Stands for the shared thing. Whoever uses it stays in until both threads are in or at the door."""

    def __init__(self) -> None:
        self.come, self.inside, self.crowds = set[int](), set[int](), list[int]()
        self.both_came = Event()
        self.door: Any = Door(self)

    def __getattr__(self, _: str) -> Any:
        self.inside.add(get_ident())
        self.arrive()
        self.both_came.wait()
        self.crowds.append(len(self.inside))
        self.inside.discard(get_ident())
        raise Left

    def arrive(self) -> None:
        self.come.add(get_ident())
        if len(self.come) == 2:
            self.both_came.set()

    def visit(self, ask: Ask) -> None:
        try:
            with suppress(Left):
                ask()
        finally:
            self.both_came.set()  # whoever ends early keeps nobody waiting


class Door:
    """A lock that says who has come to it."""

    def __init__(self, room: Room) -> None:
        self.room, self.lock = room, Lock()

    def __enter__(self) -> None:
        self.room.arrive()
        self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.lock.release()


def an_atlas(room: Any) -> Ask:
    builder = AtlasBuilder(room, _lock=room.door)
    return lambda: builder.build(("weeks", "pads"), "step", {}, "page", on_ladder=False)


def the_nearest_scenario(room: Any) -> Ask:
    finder = NearestFinder(room, room, room.door)
    return lambda: finder.nearest(room, "new-pads")


def a_what_if(room: Any) -> Ask:
    what_if = WhatIf(BICYCLE, room, room.door)
    return lambda: what_if.why_not(WORN, "new-pads", None, None, None, 1.0)


def a_boundary(room: Any) -> Ask:
    finder = BoundaryFinder(room, room.door)
    return lambda: finder.pairs(room, {"guidance": "page"}, 1.0)


def a_value_that_is_slow_to_make(room: Any) -> Ask:
    cache = Cache[object](1, _lock=room.door)
    return lambda: cache.get_or_make(room, lambda: room.value)


@pytest.mark.parametrize("shared", [an_atlas, the_nearest_scenario, a_what_if, a_boundary, a_value_that_is_slow_to_make])
def test_a_thread_waits_until_the_one_before_has_left(shared: Callable[[Any], Ask]) -> None:
    room = Room()
    both_visit(room, shared(room))
    assert room.crowds == [1, 1]


def test_a_query_is_made_while_no_other_is(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()
    monkeypatch.setattr(sql_query, "CACHED_SQL", {})
    monkeypatch.setattr(sql_query, "SQL_LOCK", room.door)
    monkeypatch.setattr(Query, "_stored_sql", lambda *_: room.text)
    both_visit(room, Query(KNOWLEDGE).sql)
    assert room.crowds == [1, 1]


def both_visit(room: Room, ask: Ask) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(room.visit, [ask, ask]))
