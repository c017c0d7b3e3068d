"""A rule-based explorer of the treatment pathway for back pain from a trapped nerve root.

It teaches and demonstrates. It gives no medical advice, and stores nothing about anyone.
"""

from pathway.deciding.decide import Disagreement
from pathway.deciding.precedence import Silent
from pathway.errors import Fault, Unusable
from pathway.explanation.pathway import Pathway, explain
from pathway.explanation.result import Result
from pathway.knowledge.base import Knowledge
from pathway.knowledge.loader import load
from pathway.scenarios.scenario import Scenario, ScenarioVisit

__all__ = [
    "Disagreement", "Fault", "Knowledge", "Pathway", "Result", "Scenario", "ScenarioVisit", "Silent", "Unusable", "explain",
    "load",
]  # fmt: skip
