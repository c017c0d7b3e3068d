"""Proves the laws over every scenario, finds what would change an answer, and counts exactly. Only this package needs z3."""

from pathway.proof.answers import WhyNot
from pathway.proof.atlas import Atlas, atlas
from pathway.proof.changes import load_changes
from pathway.proof.difference import Difference, diff
from pathway.proof.law_check import load_laws
from pathway.proof.laws import Law
from pathway.proof.line import Line, line_between
from pathway.proof.prove import prove, proved
from pathway.proof.report import Proof, Report, Witness
from pathway.proof.what_if import why_not
from pathway.proof.witness import saved, yaml

__all__ = [
    "Atlas", "Difference", "Law", "Line", "Proof", "Report", "WhyNot", "Witness", "atlas", "diff", "line_between", "load_changes",
    "load_laws", "prove", "proved", "saved", "why_not", "yaml",
]  # fmt: skip
