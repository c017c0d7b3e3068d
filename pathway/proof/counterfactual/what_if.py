"""Finds what would change a result: every minimal set of answers by which an option applies, or no longer applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pathway.deciding.decide import Decision
from pathway.deciding.precedence import flag_holds
from pathway.explanation.open_questions import OpenQuestions
from pathway.explanation.pathway import Pathway
from pathway.knowledge.base import Knowledge
from pathway.knowledge.changes import load_changes
from pathway.proof.cache import Cache
from pathway.proof.counterfactual.goal import goal_for, outcome_value
from pathway.proof.counterfactual.search import ChangeSearch, SolverSession
from pathway.proof.counterfactual.what_if_result import WhyNot
from pathway.proof.symbolic.z3_solver import within
from pathway.scenarios.inputs import validated_inputs

SECONDS = 0.9
"""The time limit for a list, so that a page has it within a second. A list cut off by it says that more exist."""


@dataclass
class WhatIf:
    """Answers "what would change this?" for one knowledge base. A lock lets one thread search at a time."""

    pathway: Pathway
    session: SolverSession
    _lock: Lock = field(default_factory=Lock, repr=False)

    def why_not(
        self,
        scenario: Any,
        subject: str,
        guidance: str | None,
        assumptions: Mapping[str, Any] | None,
        most: int | None,
        seconds: float,
    ) -> WhyNot:
        """Return the answer; the arguments are those of `why_not` below."""
        knowledge = self.pathway.knowledge
        inputs = validated_inputs(scenario, guidance, assumptions, knowledge)
        answers, settings = dict(inputs.answers), {**inputs.values, "guidance": inputs.guidance}
        now = self.pathway.decider.decide({**answers, **settings})
        goal = goal_for(subject, now, knowledge)
        result = WhyNot(
            of=subject, now=outcome_value(subject, now), wanted=goal.wanted, is_step=goal.is_step, guidance=inputs.guidance
        )
        if now.step is None:
            return result.model_copy(update={"none_because": _red_flag(now, knowledge)})
        with self._lock:
            result = ChangeSearch(self.session, answers, settings, goal).answer(result, most, within(seconds))
        return _with_all_open(result, now, knowledge) if result.more and result.left_open else result


def why_not(
    pathway: Pathway,
    scenario: Any,
    of: str,
    guidance: str | None = None,
    assumptions: Mapping[str, Any] | None = None,
    most: int | None = None,
    seconds: float = SECONDS,
) -> WhyNot:
    """Return every minimal set of answers that makes `of` (an option or a step) apply; if it applies now, that ends this.

    Returns at most `most` sets, after at most about `seconds`. Raises Unusable with every fault of the arguments. Thread-safe.
    """
    what_if = _WHAT_IFS.get_or_make(
        pathway, lambda: WhatIf(pathway, SolverSession(pathway.decider, load_changes(pathway.knowledge)))
    )
    return what_if.why_not(scenario, of, guidance, assumptions, most, seconds)


_WHAT_IFS: Cache[WhatIf] = Cache(4)


def _with_all_open(result: WhyNot, now: Decision, knowledge: Knowledge) -> WhyNot:
    """Add the open questions that the engine says can still decide: a list that was cut off may have missed some."""
    questions = OpenQuestions(knowledge, now)
    deciding = questions.step if result.is_step else questions.for_verdict(now.verdicts[result.of])
    return result.model_copy(update={"left_open": tuple(questions.sorted_by_priority({*result.left_open, *deciding}))})


def _red_flag(now: Decision, knowledge: Knowledge) -> str:
    flags = [
        flag
        for flag in knowledge.red_flags.values()
        if flag.says == now.decided_route and flag_holds(knowledge, flag.id, now.truths)
    ]
    return f"the red flag comes first: {flags[0].because}" if flags else "the red flag comes first"
