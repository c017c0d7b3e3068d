"""What can be asked about: the route, the step, or an option's verdict; their values, their words, and a fault of any other."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.errors import Fault, nearest
from pathway.explanation.english import answer_words, name_of
from pathway.knowledge.base import Knowledge
from pathway.knowledge.vocabulary import ROUTES, STEPS, VERDICTS
from pathway.phrases import shown
from pathway.proof.symbolic.decision import OFF_LADDER

STEP, ROUTE = "step", "route"


def possible_values(of: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The values it may have; none of what can't be asked about."""
    match of:
        case "step":
            return (*STEPS, OFF_LADDER)
        case "route":
            return ROUTES
        case option:
            return VERDICTS if option in knowledge.options else ()


def subject_faults(where: str, of: str, knowledge: Knowledge) -> Iterator[Fault]:
    """A fault where nothing is called so."""
    if not possible_values(of, knowledge):
        yield Fault(where, None, f"there is no option {shown(of)}; {nearest(of, (STEP, ROUTE, *knowledge.options))}")


def subject_name(of: str, knowledge: Knowledge) -> str:
    """What it is called in a sentence."""
    return knowledge.options[of].name if of in knowledge.options else name_of(of, knowledge)


def value_words(of: str, value: str, knowledge: Knowledge) -> str:
    """A value of it, as it follows "is"."""
    return knowledge.label(value).title.lower() if of in knowledge.options else answer_words(of, value, knowledge)


def finding_words(finding: str, answer: str | int, knowledge: Knowledge) -> str:
    """An answer to a question, with its unit."""
    whole = knowledge.findings[finding].whole
    return f"{answer} {whole.unit}" if whole else answer_words(finding, str(answer), knowledge)
