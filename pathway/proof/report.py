"""What a proof found, as frozen models, and in words."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pathway.errors import Fault
from pathway.phrases import wrapped

ProofResult = Literal["proved", "broken", "not_proved", "untestable"]


class FrozenModel(BaseModel):
    """Values that never change."""

    model_config = ConfigDict(frozen=True)


class Witness(FrozenModel):
    """The smallest scenario that breaks a law; of a law about two, both, the one that it is compared with first."""

    people: tuple[dict[str, str | int], ...]
    guidance: str
    assumptions: dict[str, str | int]
    """Those that are not as usual."""
    unusual: tuple[str, ...]
    """Findings whose answers are not the usual ones, of anyone in it."""

    def command(self, file: str, knowledge: str | None = None) -> str:
        """The command that explains the scenario, once it is saved as `file`; by the knowledge in a folder, or the usual one."""
        varied = [word for name, value in self.assumptions.items() for word in ("--assume", f"{name}={value}")]
        guidance = [] if self.guidance == "page" else ["--guidance", self.guidance]
        return shlex.join(["pathway", "explain", file, *guidance, *varied, *(["--knowledge", knowledge] if knowledge else [])])


class Proof(FrozenModel):
    """One law, and whether it holds in every scenario. `not_proved` is not proved: the time ran out."""

    law: str
    says: str
    file: str
    line: int
    result: ProofResult
    detail: str = ""
    """What is broken: an option, the step, the route, or the rules that a law about rules names."""
    witness: Witness | None = None
    rules: tuple[str, ...] = ()
    """The rules that hold in the witness and clash with the law."""
    seconds: float = 0.0

    @property
    def fault(self) -> Fault | None:
        """What to say where a fault is listed; None of a law that is proved."""
        return None if self.result == "proved" else Fault(self.file, self.line, self._says())

    def _says(self) -> str:
        match self.result:
            case "broken":
                clash = f" The rules that clash: {', '.join(self.rules)}." if self.rules else ""
                return f"{self.law} is broken: {self.says} {self.detail}.{clash}"
            case "untestable":
                return f"{self.law} says nothing: {self.detail}"
            case _:
                return f"{self.law} was not proved: {self.detail}"


class SpaceSize(FrozenModel):
    """How much was proved, counted exactly."""

    scenarios: int
    """Complete scenarios whose answers can go together: each whole number of weeks and years counts by itself."""
    classes: int
    """The same with the numbers as classes: two numbers are of one class where no comparison in `data/` tells them apart."""
    excluded: int
    """Complete scenarios whose answers can't go together."""
    settings: int
    """Values of the assumptions together with the reading, under each of which all of them were proved."""


class Report(FrozenModel):
    """Every law, proved or not."""

    proofs: tuple[Proof, ...]
    space: SpaceSize
    seconds: float

    @property
    def holds(self) -> bool:
        """Every law is proved."""
        return all(proof.result == "proved" for proof in self.proofs)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """A fault for each law that is not proved."""
        return tuple(fault for proof in self.proofs if (fault := proof.fault))

    def describe(self) -> list[str]:
        """The report as lines of at most 80 columns."""
        return [*self.summary(), *(line for proof in self.proofs if proof.fault for line in describe_proof(proof))]

    def summary(self) -> list[str]:
        """How many laws are proved, over how many scenarios, and in what time."""
        proved = sum(proof.result == "proved" for proof in self.proofs)
        head = (
            f"{proved} of {len(self.proofs)} laws proved in {self.seconds:.1f} s, over {self.space.scenarios:,} scenarios "
            f"({self.space.classes:,} with numbers as classes), under each of {self.space.settings:,} settings of the reading "
            f"and the assumptions. {self.space.excluded:,} scenarios whose answers can't go together are left out."
        )
        return wrapped(head)


def describe_proof(proof: Proof) -> Iterator[str]:
    """A law that is not proved, and the scenario that breaks it."""
    yield ""
    yield from wrapped(str(proof.fault))
    if proof.witness:
        yield from describe_witness(proof.witness)


def describe_witness(witness: Witness) -> Iterator[str]:
    """A scenario, or two, as indented lines: what is not as usual, and what the second has instead."""
    yield f"  guidance: {witness.guidance}"
    yield from (f"  assumption {name}: {value}" for name, value in witness.assumptions.items())
    first, *others = witness.people
    yield from (f"  {name}: {first.get(name, 'unknown')}" for name in witness.unusual)
    yield "  (every other answer is the one that raises nothing)"
    for other in others:
        changed = {name: answer for name, answer in other.items() if first.get(name) != answer}
        yield from (f"  then {name}: {answer}" for name, answer in changed.items())
