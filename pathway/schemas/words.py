"""The part of the schemas that depends on the knowledge: which findings, answers and options there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pathway.knowledge.assumptions import defaults
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import Finding
from pathway.knowledge.vocabulary import VERDICTS
from pathway.proof.laws.load import readable_in_laws
from pathway.scenarios.expectations import valid_words
from pathway.scenarios.problems import UNKNOWN
from pathway.schemas.generator import DIALECT

SINGLE_KEY: dict[str, Any] = {"type": "object", "minProperties": 1, "maxProperties": 1}
ITSELF = {"$ref": "#"}


def condition_schema(knowledge: Knowledge | None) -> dict[str, Any]:
    """Return the schema of a condition; with knowledge it names everything that a condition may read, and the answers."""
    parts = {"type": "array", "items": ITSELF}
    forms = {"is": _is(knowledge), "at least": _at_least(knowledge), "not": ITSELF, "all": parts, "any": parts}
    return {"$schema": DIALECT, **SINGLE_KEY, **_closed(forms)}


def _is(knowledge: Knowledge | None) -> dict[str, Any]:
    if knowledge is None:
        return SINGLE_KEY | {"additionalProperties": _single_or_list({"type": "string"})}
    answers = readable_in_laws(knowledge).answers
    return SINGLE_KEY | _closed({name: _single_or_list({"enum": list(words)}) for name, words in answers.items()})


def _at_least(knowledge: Knowledge | None) -> dict[str, Any]:
    whole = {"type": "integer"}
    if knowledge is None:
        return SINGLE_KEY | {"additionalProperties": {"anyOf": [whole, {"type": "string"}]}}
    readable = readable_in_laws(knowledge)
    bound = {"anyOf": [whole, {"enum": sorted(readable.bounds)}]}
    return SINGLE_KEY | _closed(dict.fromkeys(sorted(readable.numbers), bound))


def _single_or_list(word: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"properties": properties, "additionalProperties": False}


def with_words(scenario: dict[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Return the schema of a scenario file with what it may name: findings with their questions, options, assumptions."""
    answers = {"type": "object"} | _closed({finding.id: _answer(finding) for finding in knowledge.findings.values()})
    scenario["$defs"]["ScenarioVisit"]["properties"] |= {"answers": answers}
    scenario["$defs"]["Expectations"]["properties"] = _expected(knowledge)
    scenario["properties"] |= {
        "answers": answers,
        "guidance": {"enum": list(knowledge.readings)},
        "assumptions": {"type": "object"} | _closed({key: {"type": ["integer", "string"]} for key in defaults(knowledge)}),
    }
    return scenario


def _expected(knowledge: Knowledge) -> dict[str, Any]:
    verdicts = dict.fromkeys(knowledge.options, _by_guidance(VERDICTS, knowledge))
    words = {subject: _by_guidance(valid, knowledge) for subject, valid in valid_words(knowledge).items()}
    return words | {"options": {"type": "object"} | _closed(verdicts)}


def _by_guidance(words: Iterable[str], knowledge: Knowledge) -> dict[str, Any]:
    word = {"enum": list(words)}
    return {"anyOf": [word, {"type": "object"} | _closed(dict.fromkeys(knowledge.readings, word))]}


def _answer(finding: Finding) -> dict[str, Any]:
    number: Iterable[dict[str, Any]] = [{"type": "integer", "minimum": 0, "maximum": finding.whole.most}] if finding.whole else []
    return {"description": finding.question, "anyOf": [*number, {"enum": [*finding.answers, UNKNOWN]}]}
