"""A pathway with any number of steps, made from the small one of `pathway new`: one repair a step, tried one after the other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from pathway.knowledge.template import TEMPLATE
from pathway.yaml.document import read_part

ICONS = (
    "step_one", "step_two", "step_three", "step_four", "step_five",
    "step_six", "step_seven", "step_eight", "step_nine", "step_ten",
)  # fmt: skip
ASSUMPTION = "one-after-the-other"
SMELL, STOPPED = {"is": {"burning_smell": "present"}}, {"is": {"route": "stop"}}
Entry = dict[str, Any]


def with_steps(number: int, folder: Path) -> Path:
    """Return the folder of a pathway with so many steps."""
    shutil.copytree(TEMPLATE, folder)
    for path in (folder / "scenarios").iterdir():
        path.unlink()
    for name, value in _files(number).items():
        (folder / f"{name}.yaml").write_text(json.dumps(value), "utf-8")  # JSON is YAML
    return folder


def _files(number: int) -> dict[str, Any]:
    every = range(1, number + 1)
    case = {"burning_smell": "absent", **{_tried(at): "not_yet" for at in every}}
    return {
        "pathway": _outline(every),
        "findings": _findings(every),
        "definitions": [],
        "ladder": [_rung(at, number) for at in every],
        "options/options": _options(every),
        "laws": [*_laws(every), {"id": "whatever-is-open", **SAID, "knowing more": "leaves_out_nothing"}],
        "changes": [
            {"id": "smell", "how": "held", "findings": ["burning_smell"], "because": "It is so.", "time": "asked again"},
            {"id": "tried", "how": "forward", "findings": list(map(_tried, every)), "after": {"not_yet": ["done"]},
             "because": "It is so.", "time": "stays"},
        ],
        "first_card": [{"id": "first", "asks": _tried(1), "question": "Was the first repair tried?", "needed": True}],
        "draws": {"numbers": {}, "mostly_usual": [], "later": {"weeks": {"least": 1, "most": 4}, "may_change": [_tried(1)]}},
        "traps": [],
        "presentation": {"opening": [{"part": "lamp", "id": "lamp", "says": "The lamp stays dark."}], "later": []},
        "themes": [{"id": "all", "title": "All cases", "scenarios": ["first-step", "hot-lamp"]}],
        "sentence": _sentence(),
        "scenarios/first-step": {"title": "A lamp at the first step", "answers": case, "expects": {"step": _step(1)}},
        "scenarios/hot-lamp": {"title": "A hot lamp", "answers": {"burning_smell": "present"}, "expects": {"step": "none"}},
    }  # fmt: skip


SAID = {"says": "It is so.", "because": "It is so."}
RESTS = {"because": "One after the other.", "basis": "assumption", "assumption": ASSUMPTION}


def _step(at: int) -> str:
    return f"step_{at}"


def _tried(at: int) -> str:
    return f"tried_{at}"


def _outline(every: range) -> Entry:
    steps = [
        {"id": _step(at), "title": f"Repair {at}", "says": f"Repair {at} comes now.", "is": f"repair {at}", "icon": ICONS[at - 1]}
        for at in every
    ]
    outline = read_part(TEMPLATE, "pathway.yaml").value
    example = {"scenario": "first-step", "option": "repair-1", "verdict": "on_hold", "answer": {_tried(1): "done"}}
    atlas = {"across": _tried(1), "down": "burning_smell"}
    return {**outline, "id": "steps", "steps": steps, "atlas": atlas, "example": example}


def _findings(every: range) -> Entry:
    smell = {
        "id": "burning_smell",
        "group": "danger",
        "name": "a smell of burning",
        "question": "Does the lamp smell of burning?",
    }
    tried = [
        {"id": _tried(at), "group": "lamp", "name": f"repair {at}", "short": f"Repair {at}",
         "question": f"Was repair {at} tried?", "answers": {"not_yet": "not yet", "done": "tried"}, "if_not_adverse": "not_yet"}
        for at in every
    ]  # fmt: skip
    groups = [
        {"id": "danger", "title": "Danger", "flags": True, "none_of_these": "No. It was asked"},
        {"id": "lamp", "title": "The lamp"},
    ]
    return {"groups": groups, "findings": [smell, *tried]}


def _rung(at: int, last: int) -> Entry:
    """The rule of a step: its repair was not tried yet; the last one always holds."""
    when: Entry = {"all": []} if at == last else {"is": {_tried(at): "not_yet"}}
    return {"id": f"rung-{at}", "says": _step(at), "reason": f"that repair {at} comes now", "when": when, **RESTS}


def _options(every: range) -> Entry:
    options = [
        {"id": f"repair-{at}", "group": "repair", "name": f"Repair {at}", "says": "Something is changed.", "step": _step(at),
         "statements": ["battery" if at == 1 else "bulb"]}
        for at in every
    ]  # fmt: skip
    shop = {
        "id": "ask-the-shop",
        "group": "repair",
        "name": "The shop",
        "says": "It looks inside.",
        "step": "any",
        "statements": ["shop"],
    }
    every_rule = [rule for at in every for rule in _recommendations(at, every)]
    hold = {
        "id": "hold",
        "options": [f"repair-{at}" for at in every],
        "says": "on_hold",
        "when": STOPPED,
        **RESTS,
    }
    hot = {"id": "hot", "options": ["ask-the-shop"], "says": "applies", "when": STOPPED, "because": "It is hot.",
           "basis": "page", "cites": [{"statement": name} for name in ("smell", "shop", "battery", "bulb")]}  # fmt: skip
    cold = {"id": "cold", "options": ["ask-the-shop"], "says": "later", "when": {"not": STOPPED}, **RESTS}
    return {
        "groups": [{"id": "repair", "title": "Repair"}],
        "options": [*options, shop],
        "recommendations": [hold, *every_rule, hot, cold],
    }


def _recommendations(at: int, every: range) -> list[Entry]:
    """The rules of a repair: before its step it waits, and once it was tried it does not fit."""
    before, tried = [_step(other) for other in every if other < at], {"is": {_tried(at): "done"}}
    here = {"all": [{"is": {"step": _step(at)}}, {"not": tried}]}
    whens = {"later": {"is": {"step": before}} if before else None, "applies": here, "not_indicated": tried}
    return [
        {"id": f"{says.replace('_', '-')}-{at}", "options": [f"repair-{at}"], "says": says, "when": when, **RESTS}
        for says, when in whens.items()
        if when
    ]


def _laws(every: range) -> list[Entry]:
    """What `check` asks for: a law about each route, step, verdict and option."""
    hot = {"id": "smell-stops", **SAID, "if": SMELL, "then": {"all": [{"is": {"route": "stop"}}, {"is": {"step": "none"}}]}}
    cold = {"id": "no-smell", **SAID, "if": {"not": SMELL}, "then": {"not": {"is": {"route": "stop"}}}}
    shop = {"id": "the-shop", **SAID, "options": ["ask-the-shop"], "if": SMELL, "then": {"is": {"verdict": "applies"}}}
    goes_on = {"id": "goes-on", **SAID, "if": {"is": {"burning_smell": "absent"}}, "then": {"is": {"route": "go_on"}}}
    waits = {"id": "waits", **SAID, "options": ["ask-the-shop"], "if": goes_on["if"], "then": {"is": {"verdict": "later"}}}
    steps = [
        {"id": f"law-{at}", **SAID, "options": [f"repair-{at}"],
         "if": {"all": [{"is": {"step": _step(at)}}, {"is": {"route": "go_on"}}, {"is": {_tried(at): "not_yet"}}]},
         "then": {"is": {"verdict": "applies"}}}
        for at in every
    ]  # fmt: skip
    once = [
        {"id": f"once-{at}", **SAID, "options": [f"repair-{at}"], "if": {"is": {_tried(at): "done"}},
         "then": {"is": {"verdict": ["on_hold", "not_indicated"]}}}
        for at in every
    ]  # fmt: skip
    return [hot, cold, shop, goes_on, waits, *steps, *once]


def _sentence() -> list[Entry]:
    pieces = read_part(TEMPLATE, "sentence.yaml").value
    ours = {"who": "lamp", "since": "in repair"}
    return [{**piece, "says": ours.get(piece["id"], piece["says"])} for piece in pieces]
