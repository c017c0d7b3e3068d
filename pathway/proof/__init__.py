"""Proves the laws over every scenario, finds what would change an answer, and counts exactly. Only this package needs z3."""

from pathway.changes import load_changes
from pathway.proof.answers import WhyNot
from pathway.proof.atlas import atlas
from pathway.proof.borders import Line, Move, Threshold, Thresholds
from pathway.proof.difference import Difference, diff
from pathway.proof.keeping import Kept, kept
from pathway.proof.law_check import load_laws
from pathway.proof.laws import Law
from pathway.proof.line import line_between
from pathway.proof.maps import Atlas, Cell
from pathway.proof.prove import TIME_LIMIT, prove, proved
from pathway.proof.report import Proof, Report, Witness
from pathway.proof.thresholds import thresholds
from pathway.proof.what_if import why_not

__all__ = [
    "TIME_LIMIT",
    "Atlas", "Cell", "Difference", "Kept", "Law", "Line", "Move", "Proof", "Report", "Threshold", "Thresholds", "WhyNot",
    "Witness", "atlas", "diff", "kept", "line_between", "load_changes", "load_laws", "prove", "proved", "thresholds", "why_not",
]  # fmt: skip
