"""Measures one decision (all three levels of the real rules) in each engine.

Every engine decides every scenario, in rotating order, so that a busy machine slows all of them alike: compare the ratios, not
the times. The truth of each rule is compared with the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from time import perf_counter_ns

from benchmarks.readers import Reader, closures, reference
from benchmarks.scenarios import samples
from pathway.conditions.tree import Condition, Facts
from pathway.deciding.decide import Decider, multivalued_variables
from pathway.knowledge.base import Knowledge
from pathway.rules import compile_rules

DURABLE = "durable-rules"
CLIPS, CLIPS_BY_HAND = "CLIPS (clipspy)", "CLIPS, by hand"
HALF = 0.5


@dataclass
class Timed:
    """One engine: a reader for each level, the time of each decision in microseconds, and the number of wrong truths."""

    name: str
    levels: Sequence[Reader]
    took: list[float] = field(default_factory=list)
    wrong: int = 0

    def decide(self, facts: Facts, expected: Sequence[Mapping[str, object]]) -> None:
        """Time one decision, then compare it with the expected truths."""
        start = perf_counter_ns()
        levels = [read(facts) for read in self.levels]
        self.took.append((perf_counter_ns() - start) / 1_000)
        for level, truths in zip(levels, expected, strict=True):
            self.wrong += sum(1 for rule in truths if level[rule] is not truths[rule])

    def at(self, share: float) -> float:
        """Return the time within which this share of the decisions was made."""
        return sorted(self.took)[int(share * (len(self.took) - 1))]


def engines(knowledge: Knowledge) -> list[Timed]:
    """Return every engine with the rules of each level; CLIPS only if clipspy is installed."""
    levels = [{rule: knowledge.rule_conditions[rule] for rule in level} for level in knowledge.evaluation_order]
    timed = [
        Timed(DURABLE, [compile_rules(level, multivalued_variables(knowledge)).fire for level in levels]),
        Timed("reference evaluator", [reference(level) for level in levels]),
        Timed("closures", [closures(level) for level in levels]),
    ]
    return [*timed, *_clips(knowledge, levels)] if find_spec("clips") else timed


def _clips(knowledge: Knowledge, levels: Sequence[Mapping[str, Condition]]) -> Iterator[Timed]:
    from benchmarks.clips_reader import reader  # clipspy is an optional dependency

    for name, by_hand in ((CLIPS, False), (CLIPS_BY_HAND, True)):
        yield Timed(name, [reader(level, multivalued_variables(knowledge), by_hand) for level in levels])


def measured(knowledge: Knowledge, number: int = 2_000) -> list[Timed]:
    """Let each engine decide every scenario; return the engines with their times."""
    timed = engines(knowledge)
    judges = [reference({rule: knowledge.rule_conditions[rule] for rule in level}) for level in knowledge.evaluation_order]
    decider = Decider(knowledge)
    for turn, sample in enumerate(samples(knowledge, number)):
        facts = decider.decide(sample.facts(knowledge)).facts  # with what the levels derive
        expected = [read(facts) for read in judges]
        for engine in (*timed[turn % len(timed) :], *timed[: turn % len(timed)]):
            engine.decide(facts, expected)
    return timed


def report(timed: Sequence[Timed]) -> bool:
    """Print the table; return whether all engines agreed."""
    base = next(engine for engine in timed if engine.name == DURABLE)
    print(f"One decision, {len(base.took)} scenarios, microseconds\n")
    print(f"{'':18}{'p50':>8}{'p99':>8}{'p50 to durable-rules':>22}{'disagreements':>15}")
    for engine in timed:
        ratio = engine.at(0.5) / base.at(0.5)
        print(f"{engine.name:18}{engine.at(0.5):8.0f}{engine.at(0.99):8.0f}{ratio:22.2f}{engine.wrong:15}")
    clips = next((engine for engine in timed if engine.name == CLIPS), None)
    if clips is None:
        print("\nCLIPS was not measured: clipspy is not installed (it is in the bench extra).")
    else:
        print()
        for name, most in ((CLIPS, HALF), (CLIPS_BY_HAND, 1.0)):
            share = base.at(0.5) / next(engine for engine in timed if engine.name == name).at(0.5)
            print(f"Target, at most {most} times {name}: {'reached' if share <= most else 'NOT reached'} ({share:.2f}).")
    return not any(engine.wrong for engine in timed)
