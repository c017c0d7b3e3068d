"""Random condition trees and random facts about their variables, from one seed."""

from __future__ import annotations

from random import Random

from pathway.conditions.tree import AllOf, AnyOf, AtLeast, Condition, Facts, FactValue, Is, Not

WORDS = {f"w{number}": tuple(f"a{answer}" for answer in range(2 + number % 4)) for number in range(8)}
NUMBERS = ("n0", "n1", "n2")
BOUNDS: tuple[int | str, ...] = (0, 1, 6, 12, "n0", "n2", "some-weeks")
DERIVED = {"step": ("recovery", "conservative", "injection", "surgery"), "open": ("yes", "no")}


def tree(random: Random, depth: int = 4) -> Condition:
    """A random condition; empty lists, double negation and repeated leaves occur."""
    node = random.choice(("is", "is", "at least", "derived", "not", "all", "any", "all", "any")) if depth else "is"
    match node:
        case "not":
            return Not(tree(random, depth - 1))
        case "all" | "any":
            parts = tuple(tree(random, depth - 1) for _ in range(random.choice((0, 1, 2, 2, 3))))
            return AllOf(parts) if node == "all" else AnyOf(parts)
        case "at least":
            return AtLeast(random.choice(NUMBERS), random.choice(BOUNDS))
        case _:
            variable, answers = random.choice(list((DERIVED if node == "derived" else WORDS).items()))
            return Is(variable, tuple(random.sample(answers, random.randint(1, len(answers)))))


def known(random: Random) -> Facts:
    """Random facts: some answers, some numbers, and one or several values of each derived variable."""
    facts: dict[str, FactValue] = {name: random.choice((*answers, "never-named")) for name, answers in WORDS.items()}
    facts |= {name: random.choice((0, 1, 5, 6, 7, 11, 12, 13, 2_600, 10**30)) for name in (*NUMBERS, "some-weeks")}
    facts |= {name: frozenset(random.sample(values, random.randint(1, len(values)))) for name, values in DERIVED.items()}
    share = random.random()
    return {name: value for name, value in facts.items() if random.random() < share}
