"""Practice by one knowledge base: its texts and traps, new sets, sets from files, and the stages of a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pathway.explanation.pathway import Pathway, pathway_of, the_pathway
from pathway.knowledge.base import Knowledge
from pathway.practice.case import Case
from pathway.practice.case_set import CaseSet, OpenedSet, opened_set, set_of
from pathway.practice.collection import Collection
from pathway.practice.generate import draw_cases
from pathway.practice.stage import Stage
from pathway.practice.teaching import Teaching, load_teaching
from pathway.yaml.document import Document


@dataclass(frozen=True)
class Practice:
    """What the commands and the page of practice start from."""

    pathway: Pathway

    @cached_property
    def teaching(self) -> Teaching:
        """The files of practice: how cases begin, how answers are drawn, the traps. Raises Unusable with every fault."""
        return load_teaching(self.pathway.knowledge)

    def new_set(self, seed: int, count: int, about: str = "") -> CaseSet:
        """Return a new set: the same for the same seed, number, trap and edition. Raises Unusable."""
        cases = draw_cases(self.pathway, self.teaching, seed, count, about)
        title = self.teaching.traps[about].title if about else "Mixed cases"
        return set_of(cases, f"{title}, seed {seed}", self.pathway, self.teaching)

    @cached_property
    def collection(self) -> Collection:
        """The bundled cases."""
        return Collection(self.pathway, self.teaching)

    def chosen_set(self, names: Sequence[str]) -> CaseSet:
        """Return the set of these bundled cases, in this order. Raises Unusable for an unknown name."""
        return set_of(self.collection.cases(names), "Chosen cases", self.pathway, self.teaching)

    def opened(self, document: Document) -> OpenedSet:
        """Return the set in a document, with notes about it. Raises Unusable with every fault."""
        return opened_set(document, self.pathway)

    def stages(self, case: Case) -> tuple[Stage, ...]:
        """Return the visits of a case."""
        return tuple(self._stage(case, number) for number in range(1, case.visits + 1))

    @cached_property
    def _stage(self) -> Callable[[Case, int], Stage]:
        return lru_cache(maxsize=512)(self._new_stage)  # a page asks for the same ones at every click

    def _new_stage(self, case: Case, number: int) -> Stage:
        return Stage(case, number, self.pathway, self.teaching)


def the_practice() -> Practice:
    """Practice by the knowledge in use."""
    return _practice_of(the_pathway().knowledge)


@lru_cache(maxsize=8)
def _practice_of(knowledge: Knowledge) -> Practice:
    return Practice(pathway_of(knowledge))
