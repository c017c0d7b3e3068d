"""A rule-based explorer of the treatment pathway for back pain from a trapped nerve root.

It teaches and demonstrates. It gives no medical advice, and stores nothing about anyone.
"""

from pathway.choice import Silent
from pathway.decide import Disagreement
from pathway.explain import Pathway, explain
from pathway.faults import Fault, Unusable
from pathway.knowledge import Knowledge
from pathway.load import load
from pathway.result import Result
from pathway.scenario import Scenario, ScenarioVisit

__all__ = [
    "Disagreement", "Fault", "Knowledge", "Pathway", "Result", "Scenario", "ScenarioVisit", "Silent", "Unusable", "explain",
    "load",
]  # fmt: skip
