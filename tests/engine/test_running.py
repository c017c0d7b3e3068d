"""Threads, forks, interruptions and long runs: no evaluation sees the facts of another."""

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
from pathway.rules import compile_rules

ENGINE = compile_rules({"yes": Is("answer", ("yes",)), "no": Is("answer", ("no",))})
CHILD_TIMEOUT = 60
"""Seconds; reached only where a child process hangs."""


@cache
def decider() -> Decider:
    return Decider(load())


def scenarios(number: int) -> list[Facts]:
    return [sample.facts(load()) for sample in samples(load(), number, seed=6)]


def truths(facts: Facts) -> dict[str, Truth]:
    return dict(decider().decide(facts).truths)


def _check_eight_threads(number: int) -> None:
    all_facts = scenarios(number)
    expected = [truths(facts) for facts in all_facts]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: [truths(facts) for facts in all_facts] == expected, range(8)))
    assert answers == [True] * 8


@contextmanager
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def test_eight_threads_decide_as_one_thread_does() -> None:
    with _switching_often():
        _check_eight_threads(40)


@pytest.mark.soak
def test_eight_threads_decide_2_000_scenarios_as_one_thread_does() -> None:
    _check_eight_threads(2_000)


def _in_a_child(work: Callable[[], object]) -> str:
    """The repr of what the work returned in a forked process, or "hung"."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, repr(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], CHILD_TIMEOUT)
    answer = os.read(reading, 100_000).decode() if ready else "hung"
    os.close(reading)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return answer


def test_a_forked_process_decides_as_its_parent_does() -> None:
    all_facts = scenarios(5)
    expected = [truths(facts) for facts in all_facts]
    assert _in_a_child(lambda: [truths(facts) for facts in all_facts] == expected) == "True"
    assert [truths(facts) for facts in all_facts] == expected


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_while_threads_evaluate_neither_hangs_nor_errs() -> None:
    all_facts, stop = scenarios(5), Event()
    expected = [truths(facts) for facts in all_facts]
    threads = [Thread(target=lambda: [truths(facts) for _ in iter(stop.is_set, True) for facts in all_facts]) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        with _switching_often():
            answers = [_in_a_child(lambda: [truths(facts) for facts in all_facts] == expected) for _ in range(8)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert answers == ["True"] * 8


def _grown_by(number: int) -> int:
    """Kilobytes by which the process grew during so many evaluations."""
    all_facts = scenarios(50)
    for facts in all_facts * 4:
        decider().decide(facts, compare=False)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for turn in range(number):
        decider().decide(all_facts[turn % len(all_facts)], compare=False)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def test_memory_stays_flat_over_3_000_evaluations() -> None:
    assert _grown_by(3_000) < 2_000


@pytest.mark.soak
def test_memory_stays_flat_over_100_000_evaluations() -> None:
    assert _grown_by(100_000) < 4_000


class FailingCore:
    """The engine's core with one call that raises, before or after it was made."""

    def __init__(self, call: str, error: BaseException, after: bool) -> None:
        self.call, self.error, self.after = call, error, after

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return self._fail if name == self.call else getattr(durable, name)

    def _fail(self, *arguments: Any) -> Any:
        if self.after:
            getattr(durable, self.call)(*arguments)
        raise self.error


CALLS = ("assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), MemoryError(), RuntimeError("error code: 303")], ids=repr)
@pytest.mark.parametrize("call", CALLS)
def test_an_interrupted_evaluation_leaves_nothing_for_the_next(
    monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException, after: bool
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("pathway.rules.durable", FailingCore(call, error, after))
        with pytest.raises(type(error)):
            ENGINE.fire({"answer": "yes"})
    assert ENGINE.fire({"answer": "no"}) == {"yes": False, "no": True}
    assert ENGINE.fire({}) == {"yes": None, "no": None}


def test_a_fact_that_the_core_refuses_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "assert_fact", lambda handle, fact: (2, 0))  # MessageObserved: the fact is already there
    with pytest.raises(RuntimeError, match="result 2"):
        ENGINE.fire({"answer": "yes"})
