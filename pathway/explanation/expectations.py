"""Compares the expectations in a scenario file with the result."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.errors import Fault
from pathway.explanation.pathway import Pathway
from pathway.explanation.result import Result
from pathway.knowledge.vocabulary import OFF_LADDER
from pathway.scenarios.expectations import expectations_in
from pathway.scenarios.scenario import scenario_in
from pathway.yaml.document import Document


def unmet_expectations(document: Document, pathway: Pathway) -> Iterator[Fault]:
    """Yield a fault for each expectation of a scenario file that isn't met. Raises Unusable where the file is invalid."""
    scenario, expectations = scenario_in(document, pathway.knowledge), expectations_in(document, pathway.knowledge)
    results = {guidance: pathway.explain(scenario, guidance) for guidance in {entry.guidance for entry in expectations}}
    for entry in expectations:
        answered = _answered(results[entry.guidance], entry.subject)
        if answered != entry.word:
            says = f"{entry.subject} should be {entry.word} with guidance {entry.guidance}, but is {answered}"
            yield document.fault(entry.path, f"{says}; mend a rule, or what is expected here")


def _answered(result: Result, subject: str) -> str:
    match subject:
        case "route":
            return result.route
        case "step":
            return result.step or OFF_LADDER
        case option:
            return result.options[option].verdict
