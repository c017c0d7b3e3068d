"""Judges a commitment against the engine's result. Pure: it reads a result, and asks neither the engine nor the solver."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

from pathway.explanation.result import RedFlagResult, Result, RuleTrace
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.model import FrozenModel
from pathway.practice.commitment import Commitment

Cell = Literal["right", "other_reason", "true_reason", "wrong"]
"""Right for the right reason; right for another reason; wrong, though for a true reason; wrong."""
CELLS: tuple[Cell, ...] = ("right", "other_reason", "true_reason", "wrong")
PLACE = "place"
"""The subject of the judgement on route and step; every other subject is an option."""
APPLIES, DOES_NOT_APPLY = "applies", "does_not_apply"
UNSAFE_TO_APPLY = frozenset({"contraindicated"})
"""Verdicts of options that it is unsafe, and not only wrong, to apply."""


class Judgement(FrozenModel):
    """The learner's answer on one subject beside the engine's. `cell` is None where no reason was asked for."""

    subject: str
    chosen: str
    answer: str
    right: bool
    reason: str = ""
    deciding: tuple[str, ...] = ()
    """The rules that decide, the first one first."""
    cell: Cell | None = None


class Feedback(FrozenModel):
    """All feedback on a commitment: the place, each option, red flags that were missed, and unsafe choices."""

    place: Judgement
    options: tuple[Judgement, ...]
    """The key option, with its cell, comes first."""
    missed_flags: tuple[str, ...]
    """Rule ids of red flags that are present, but were not asked about or not acted on."""
    unsafe: tuple[str, ...]
    """`place` where the chosen route is less urgent than the engine's; and each option that it is unsafe to apply."""

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The place and every option."""
        return (self.place, *self.options)


def judge(
    commitment: Commitment, result: Result, options: Iterable[str], known: Collection[str], routes: Sequence[str]
) -> Feedback:
    """Return the feedback. The first of the `options` is the key option; `known` are the findings that the learner knew.

    `routes` are those of the pathway, the most urgent first.
    """
    key, *others = options
    return Feedback(
        place=_place(commitment, result),
        options=(_key_option(key, commitment, result), *(_option(name, commitment, result) for name in others)),
        missed_flags=tuple(_missed_flags(commitment, result, known, routes)),
        unsafe=tuple(_unsafe(commitment, result, (key, *others), routes)),
    )


def cell_of(right: bool, reason: str, deciding: Collection[str], holding: Collection[str]) -> Cell:
    """Return the cell of an answer with its reason; `holding` are the rules that are true in this case."""
    if right:
        return "right" if reason in deciding else "other_reason"
    return "true_reason" if reason in {*deciding, *holding} else "wrong"


def place_words(route: str, step: str | None) -> str:
    """Return the place as one id: the step, or off the ladder the route."""
    return step or route


def is_decided(result: Result) -> bool:
    """Return whether no open question could change the result: otherwise no commitment could be right."""
    return UNDETERMINED not in (result.route, result.step, *(option.verdict for option in result.options.values()))


def deciding_rules(result: Result) -> tuple[str, ...]:
    """Return the rules that decide the place: the red flags of the most urgent route, or the first step rule that holds."""
    if result.step is None:
        return tuple(flag.rule for flag in result.red_flags if flag.route == result.route)
    return tuple(reason.rule for reason in result.step_reasons[:1])


def deciding_option_rules(result: Result, option: str) -> tuple[str, ...]:
    """Return the rules that give an option its verdict."""
    verdict = result.options[option].verdict
    return tuple(trace.rule for trace in result.trace.options[option] if trace.holds and trace.says == verdict)


def holding_rules(considered: Iterable[RuleTrace]) -> tuple[str, ...]:
    """Return the rules that hold because of an answer. A rule without conditions holds always, and is no reason by itself."""
    return tuple(trace.rule for trace in considered if trace.holds and trace.conditions)


def _place(commitment: Commitment, result: Result) -> Judgement:
    right = (commitment.route, commitment.step) == (result.route, result.step)
    deciding = deciding_rules(result)
    return Judgement(
        subject=PLACE,
        chosen=place_words(commitment.route, commitment.step),
        answer=place_words(result.route, result.step),
        right=right,
        reason=commitment.reason,
        deciding=deciding,
        cell=cell_of(right, commitment.reason, deciding, holding_rules((*result.trace.route, *result.trace.step))),
    )


def _option(name: str, commitment: Commitment, result: Result) -> Judgement:
    verdict, ticked = result.options[name].verdict, name in commitment.applies
    return Judgement(
        subject=name,
        chosen=APPLIES if ticked else DOES_NOT_APPLY,
        answer=verdict,
        right=ticked == (verdict == APPLIES),
        deciding=deciding_option_rules(result, name),
    )


def _key_option(name: str, commitment: Commitment, result: Result) -> Judgement:
    plain, reason = _option(name, commitment, result), commitment.option_reason
    cell = cell_of(plain.right, reason, plain.deciding, holding_rules(result.trace.options[name]))
    return plain.model_copy(update={"reason": reason, "cell": cell})


def _missed_flags(commitment: Commitment, result: Result, known: Collection[str], routes: Sequence[str]) -> Iterator[str]:
    """Yield the present flags that the learner didn't know of, or knew and didn't act on.

    None is missed where the route is right and one of the flags that decide it was known.
    """
    decisive = [flag for flag in result.red_flags if flag.route == result.route]
    if commitment.route == result.route and any(flag.finding in known for flag in decisive):
        return
    for flag in result.red_flags:
        if flag.finding not in known or _less_urgent(commitment.route, flag, routes):
            yield flag.rule


def _less_urgent(route: str, flag: RedFlagResult, routes: Sequence[str]) -> bool:
    """Return whether a route is less urgent than the one to which a flag leads."""
    return _urgency(route, routes) > _urgency(flag.route, routes)


def _urgency(route: str, routes: Sequence[str]) -> int:
    """Return the place of a route, the most urgent first."""
    return [*routes, UNDETERMINED].index(route)


def _unsafe(commitment: Commitment, result: Result, options: Iterable[str], routes: Sequence[str]) -> Iterator[str]:
    if _urgency(commitment.route, routes) > _urgency(result.route, routes):
        yield PLACE
    for option in options:
        if option in commitment.applies and result.options[option].verdict in UNSAFE_TO_APPLY:
            yield option
