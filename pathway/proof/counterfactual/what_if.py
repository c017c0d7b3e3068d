"""What would change it: every minimal set of answers that would make an option apply, or no longer apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pathway.deciding.decide import Decision
from pathway.deciding.precedence import decided_route, flag_holds
from pathway.explanation.open_questions import OpenQuestions
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import load_changes
from pathway.proof.counterfactual.goal import ON_LADDER, goal_of, value
from pathway.proof.counterfactual.search import Known, Search
from pathway.proof.counterfactual.what_if_result import WhyNot
from pathway.proof.once import Once
from pathway.proof.symbolic.z3_solver import within
from pathway.scenarios.inputs import usable

SECONDS = 0.9
"""For the whole list: in a second, at most, it is there. What was found by then is shown, with the word that more exist."""


@dataclass
class WhatIf:
    """Answers "what would change it?" by one knowledge base. Safe for many threads, one after the other."""

    pathway: Pathway
    known: Known
    _lock: Lock = field(default_factory=Lock, repr=False)

    def why_not(
        self, scenario: Any, of: str, reading: str | None, assumptions: Mapping[str, Any] | None, most: int | None, seconds: float
    ) -> WhyNot:
        """As `why_not` below."""
        knowledge = self.pathway.knowledge
        given = usable(scenario, reading, assumptions, knowledge)
        guidance, answers = given.guidance, dict(given.answers)
        setting = {**given.values, "guidance": guidance}
        now = self.pathway.decider.decide({**answers, **setting})
        goal = goal_of(of, now, knowledge)
        found = WhyNot(of=of, now=value(of, now), wanted=goal.wanted, is_step=goal.is_step, guidance=guidance)
        if decided_route(now.route) not in ON_LADDER:
            return found.model_copy(update={"none_because": _red_flag(now, knowledge)})
        with self._lock:
            found = Search(self.known, answers, setting, goal).answer(found, most, within(seconds))
        return _with_the_rest(found, now, knowledge) if found.more and found.left_open else found


def why_not(
    pathway: Pathway,
    scenario: Any,
    of: str,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    most: int | None = None,
    seconds: float = SECONDS,
) -> WhyNot:
    """Every minimal set of answers that would make `of` (an option, or a step) apply; if it applies, that would end that.

    `most` sets at most, and no longer than about `seconds`. Raises Unusable with every fault of what was given.
    """
    known = _KNOWN.of(pathway, lambda: WhatIf(pathway, Known(pathway.decider, load_changes(pathway.knowledge))))
    return known.why_not(scenario, of, guidance, assumptions, most, seconds)


_KNOWN: Once[WhatIf] = Once(4)


def _with_the_rest(found: WhyNot, now: Decision, knowledge: Knowledge) -> WhyNot:
    """Where the list was cut off, the open questions that the engine says can still decide are named too: none is left out."""
    questions = OpenQuestions(knowledge, now)
    deciding = questions.step if found.is_step else questions.for_verdict(now.verdicts[found.of])
    return found.model_copy(update={"left_open": tuple(questions.sorted_by_priority({*found.left_open, *deciding}))})


def _red_flag(now: Decision, knowledge: Knowledge) -> str:
    flags = [
        flag
        for flag in knowledge.red_flags.values()
        if flag.says == decided_route(now.route) and flag_holds(knowledge, flag.id, now.truths)
    ]
    return f"the red flag comes first: {flags[0].because}" if flags else "the red flag comes first"
