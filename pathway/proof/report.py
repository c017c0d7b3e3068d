"""The results of proving the laws, and their description for a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from pathway.errors import Fault
from pathway.model import FrozenModel
from pathway.phrases import pluralise, wrapped

ProofResult = Literal["proved", "broken", "not_proved", "untestable"]


class Witness(FrozenModel):
    """The smallest scenario that breaks a law; two scenarios for a law that compares two."""

    people: tuple[dict[str, str | int], ...]
    guidance: str
    first_reading: str = Field(default="", exclude=True)
    """The reading that is followed where none is named."""
    assumptions: dict[str, str | int]
    """The assumptions that differ from their default."""
    unusual: tuple[str, ...]
    """The findings whose answer is not the usual one in every scenario."""

    def command(self, file: str, knowledge: str | None = None) -> str:
        """Return the command that explains the scenario saved as `file`; `knowledge` is a folder, None the bundled knowledge."""
        assume = [word for name, value in self.assumptions.items() for word in ("--assume", f"{name}={value}")]
        guidance = [] if self.guidance == self.first_reading else ["--guidance", self.guidance]
        return shlex.join(["pathway", "explain", file, *guidance, *assume, *(["--knowledge", knowledge] if knowledge else [])])


class Proof(FrozenModel):
    """One law, and whether it holds in every scenario.

    `not_proved`: the time ran out. `untestable`: no scenario satisfies its `if`, or no rules could break it.
    """

    law: str
    says: str
    file: str
    line: int
    result: ProofResult
    detail: str = ""
    """What the broken law leads to, or why it was not proved."""
    witness: Witness | None = None
    rules: tuple[str, ...] = ()
    """The rules that hold in the witness and break the law."""
    seconds: float = 0.0

    @property
    def fault(self) -> Fault | None:
        """The fault to list; None for a law that is proved."""
        return None if self.result == "proved" else Fault(self.file, self.line, self._says())

    def _says(self) -> str:
        match self.result:
            case "broken":
                conflict = f" Conflicting rules: {', '.join(self.rules)}." if self.rules else ""
                return f"{self.law} is broken: {self.says} {self.detail}.{conflict}"
            case "untestable":
                return f"{self.law} can't fail: {self.detail}"
            case _:
                return f"{self.law} was not proved: {self.detail}"


class SpaceSize(FrozenModel):
    """The size of the space that the laws are proved over, counted exactly."""

    scenarios: int
    """Complete and consistent scenarios; each whole number of weeks and years counts by itself."""
    classes: int
    """The same, counting once the numbers that no comparison in `data/` distinguishes."""
    excluded: int
    """Complete scenarios whose answers contradict each other."""
    settings: int
    """Combinations of guidance and assumption values; every scenario was proved under each."""


class Report(FrozenModel):
    """The proofs of all laws."""

    proofs: tuple[Proof, ...]
    space: SpaceSize
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether every law is proved."""
        return all(proof.result == "proved" for proof in self.proofs)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """One fault for each law that is not proved."""
        return tuple(fault for proof in self.proofs if (fault := proof.fault))

    def describe(self) -> list[str]:
        """Return the report as lines of at most 80 columns."""
        return [*self.summary(), *(line for proof in self.proofs if proof.fault for line in describe_proof(proof))]

    def summary(self) -> list[str]:
        """Return how many laws are proved, over how many scenarios, and in what time."""
        proved = sum(proof.result == "proved" for proof in self.proofs)
        settings = pluralise(self.space.settings, "setting")
        head = (
            f"{proved} of {len(self.proofs)} laws proved in {self.seconds:.1f} s. They cover {self.space.scenarios:,} scenarios "
            f"({self.space.classes:,} if numbers that no rule tells apart count once), each under {settings} "
            f"of guidance and assumptions. {self.space.excluded:,} contradictory scenarios are left out."
        )
        return wrapped(head)


def describe_proof(proof: Proof) -> Iterator[str]:
    """Yield the lines about a law that is not proved, with the scenario that breaks it."""
    yield ""
    yield from wrapped(str(proof.fault))
    if proof.witness:
        yield from describe_witness(proof.witness)


def describe_witness(witness: Witness) -> Iterator[str]:
    """Yield one or two scenarios as indented lines: the unusual answers, and what differs in the second."""
    yield f"  guidance: {witness.guidance}"
    yield from (f"  assumption {name}: {value}" for name, value in witness.assumptions.items())
    first, *others = witness.people
    yield from (f"  {name}: {first.get(name, 'unknown')}" for name in witness.unusual)
    yield "  (all other answers are the usual ones)"
    for other in others:
        changed = {name: answer for name, answer in other.items() if first.get(name) != answer}
        yield from (f"  in the second scenario, {name}: {answer}" for name, answer in changed.items())
