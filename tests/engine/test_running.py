"""Many threads, forks, interruptions and long runs: an evaluation never sees another one's facts."""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import Event, Thread
from typing import Any

import durable_rules_engine as durable
import pytest

from benchmarks.scenarios import samples
from pathway import load
from pathway.conditions.tree import Facts, Is, Truth
from pathway.deciding.decide import Decider
from pathway.rules import compiled

ENGINE = compiled({"yes": Is("answer", ("yes",)), "no": Is("answer", ("no",))})
PATIENCE = 60
"""Seconds for a child process; reached only where it hangs."""


@cache
def decider() -> Decider:
    return Decider(load())


def scenarios(number: int) -> list[Facts]:
    return [sample.facts(load()) for sample in samples(load(), number, seed=6)]


def held(facts: Facts) -> dict[str, Truth]:
    return dict(decider().decide(facts).held)


def _threads_answer_as_one(number: int) -> None:
    given = scenarios(number)
    expected = [held(facts) for facts in given]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: [held(facts) for facts in given] == expected, range(8)))
    assert answers == [True] * 8


@contextmanager
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def test_eight_threads_answer_as_one() -> None:
    with _switching_often():
        _threads_answer_as_one(40)


@pytest.mark.soak
def test_eight_threads_of_2_000_scenarios_answer_as_one() -> None:
    _threads_answer_as_one(2_000)


def _in_a_child(work: Callable[[], object]) -> str:
    """What the work returned in a forked process, or that it hung."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, repr(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], PATIENCE)
    answer = os.read(reading, 100_000).decode() if ready else "hung"
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answer


def test_a_forked_process_answers_as_its_parent() -> None:
    given = scenarios(5)
    expected = [held(facts) for facts in given]
    assert _in_a_child(lambda: [held(facts) for facts in given] == expected) == "True"
    assert [held(facts) for facts in given] == expected


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_while_others_evaluate_neither_hangs_nor_errs() -> None:
    given, stop = scenarios(5), Event()
    expected = [held(facts) for facts in given]
    threads = [Thread(target=lambda: [held(facts) for _ in iter(stop.is_set, True) for facts in given]) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        with _switching_often():
            answers = [_in_a_child(lambda: [held(facts) for facts in given] == expected) for _ in range(8)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert answers == ["True"] * 8


def _grown_by(number: int) -> int:
    """Kilobytes that the process grew by."""
    given = scenarios(50)
    for facts in given * 4:
        decider().decide(facts, compare=False)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for turn in range(number):
        decider().decide(given[turn % len(given)], compare=False)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def test_memory_stays_flat_over_3_000_evaluations() -> None:
    assert _grown_by(3_000) < 2_000


@pytest.mark.soak
def test_memory_stays_flat_over_100_000_evaluations() -> None:
    assert _grown_by(100_000) < 4_000


class Breaking:
    """The engine's core, that raises at one call, before or after doing it."""

    def __init__(self, call: str, error: BaseException, after: bool) -> None:
        self.call, self.error, self.after = call, error, after

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return self._breaking if name == self.call else getattr(durable, name)

    def _breaking(self, *given: Any) -> Any:
        if self.after:
            getattr(durable, self.call)(*given)
        raise self.error


CALLS = ("assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), RuntimeError("error code: 303")], ids=repr)
@pytest.mark.parametrize("call", CALLS)
def test_what_an_interruption_leaves_behind_is_never_seen(
    monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException, after: bool
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("pathway.rules.durable", Breaking(call, error, after))
        with pytest.raises(type(error)):
            ENGINE.fire({"answer": "yes"})
    assert ENGINE.fire({"answer": "no"}) == {"yes": False, "no": True}
    assert ENGINE.fire({}) == {"yes": None, "no": None}


def test_a_fact_that_the_core_does_not_take_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "assert_fact", lambda handle, fact: (2, 0))  # observed before
    with pytest.raises(RuntimeError, match="result 2"):
        ENGINE.fire({"answer": "yes"})
