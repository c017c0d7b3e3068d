"""Random condition trees and what is known of their variables, drawn from one seed."""

from __future__ import annotations

from random import Random

from pathway.conditions.tree import All, Any, AtLeast, Condition, Facts, Is, Known, Not

WORDS = {f"w{number}": tuple(f"a{answer}" for answer in range(2 + number % 4)) for number in range(8)}
NUMBERS = ("n0", "n1", "n2")
BOUNDS: tuple[int | str, ...] = (0, 1, 6, 12, "n0", "n2", "some-weeks")
DERIVED = {"step": ("recovery", "conservative", "injection", "surgery"), "open": ("yes", "no")}


def tree(random: Random, depth: int = 4) -> Condition:
    """A condition of any shape: empty lists, doubled negation and repeated leaves included."""
    kind = random.choice(("is", "is", "at least", "derived", "not", "all", "any", "all", "any")) if depth else "is"
    match kind:
        case "not":
            return Not(tree(random, depth - 1))
        case "all" | "any":
            parts = tuple(tree(random, depth - 1) for _ in range(random.choice((0, 1, 2, 2, 3))))
            return All(parts) if kind == "all" else Any(parts)
        case "at least":
            return AtLeast(random.choice(NUMBERS), random.choice(BOUNDS))
        case _:
            of, answers = random.choice(list((DERIVED if kind == "derived" else WORDS).items()))
            return Is(of, tuple(random.sample(answers, random.randint(1, len(answers)))))


def known(random: Random) -> Facts:
    """Some answers, some numbers, and of what is derived one value or several."""
    facts: dict[str, Known] = {of: random.choice((*answers, "never-named")) for of, answers in WORDS.items()}
    facts |= {of: random.choice((0, 1, 5, 6, 7, 11, 12, 13, 2_600, 10**30)) for of in (*NUMBERS, "some-weeks")}
    facts |= {of: frozenset(random.sample(values, random.randint(1, len(values)))) for of, values in DERIVED.items()}
    share = random.random()
    return {of: value for of, value in facts.items() if random.random() < share}
