"""A sheet for the leader of a group: one side of paper a case, with the aim, three questions, and the answers that decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pathway.practice.case_set import CaseSet
from pathway.practice.feedback_words import answer_title, guidance_words, turning_words
from pathway.practice.paper import answer_blocks, rendered, revealed_rows, visit_heading
from pathway.practice.practice import Practice
from pathway.practice.scoring import deciding_option_rules, deciding_rules, place_words
from pathway.practice.stage import Stage

QUESTIONS_WITHOUT_TRAP = (
    "Which question would come first, and why?",
    "Which rule decides, and which others are true without deciding?",
    "Which other answer would lead to another result?",
)
"""The three questions for a group about a case without a trap, which has none of its own."""
MOST_REASON_LETTERS = 160
"""The characters of a reason that are printed, so that a case fits on one side of paper."""


def facilitator_html(case_set: CaseSet, practice: Practice) -> str:
    """Return the sheets to print: the last visit of each case."""
    aims = {case: objective.says for objective in case_set.objectives for case in objective.cases}
    sheets = [_sheet(practice.stages(case), case_set, aims.get(case.id, "")) for case in case_set.cases]
    return rendered("facilitator.html", case_set, case_set.title, practice.pathway.knowledge, sheets=sheets)


def _sheet(stages: Sequence[Stage], case_set: CaseSet, aim: str) -> dict[str, Any]:
    *earlier, stage = stages
    before = [f"Visit {each.number}. {' '.join(each.presentation)} {place_answer(each)}" for each in earlier]
    trap = stage.teaching.traps.get(stage.case.objective)
    place, key_option = answer_blocks(stage)[:2]
    return {
        "heading": visit_heading(stage, case_set),
        "aim": aim,
        "presentation": " ".join(stage.presentation),
        "before": before,
        "guidance": guidance_words(stage),
        "revealed": "; ".join(f"{names}: {answer}" for names, answer in revealed_rows(stage)),
        "ask": trap.ask if trap else QUESTIONS_WITHOUT_TRAP,
        "answer": tuple(line for block in (place, key_option) for line in (f"{block.heading}.", *block.lines[:1])),
        "turns": turning_words(stage.case, stage.pathway.knowledge),
        "others": list(_other_reasons(stage)),
    }


def place_answer(stage: Stage) -> str:
    """Return where a visit belongs, as a sentence."""
    return f"The answer: {answer_title(place_words(stage.result.route, stage.result.step), stage.pathway.knowledge)}."


def _other_reasons(stage: Stage) -> Iterator[str]:
    """Yield the reasons to pick from that do not decide."""
    deciding = {*deciding_rules(stage.result), *deciding_option_rules(stage.result, stage.case.options[0])}
    for rule in (*stage.reasons, *stage.option_reasons):
        if rule not in deciding:
            text = stage.reason_text(rule)
            yield text if len(text) <= MOST_REASON_LETTERS else f"{text[: MOST_REASON_LETTERS - 3]}..."
