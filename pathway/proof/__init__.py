"""Proves the laws over every scenario, finds what would change a result, and counts exactly. No other package needs z3."""

from pathway.knowledge.changes import load_changes
from pathway.proof.counterfactual.boundary import line_between
from pathway.proof.counterfactual.boundary_result import Line, OutcomeChange, Threshold, Thresholds
from pathway.proof.counterfactual.thresholds import thresholds
from pathway.proof.counterfactual.what_if import why_not
from pathway.proof.counterfactual.what_if_result import WhyNot
from pathway.proof.counting.atlas import atlas
from pathway.proof.counting.atlas_result import Atlas, Cell
from pathway.proof.diff import Difference, diff
from pathway.proof.laws.law import Law
from pathway.proof.laws.load import load_laws
from pathway.proof.laws.prove import TIME_LIMIT, prove, proved
from pathway.proof.laws.save import SavedWitness, save_witnesses
from pathway.proof.report import Proof, Report, Witness

__all__ = [
    "TIME_LIMIT",
    "Atlas",
    "Cell",
    "Difference",
    "Law",
    "Line",
    "OutcomeChange",
    "Proof",
    "Report",
    "SavedWitness",
    "Threshold",
    "Thresholds",
    "WhyNot",
    "Witness",
    "atlas",
    "diff",
    "line_between",
    "load_changes",
    "load_laws",
    "prove",
    "proved",
    "save_witnesses",
    "thresholds",
    "why_not",
]  # fmt: skip
