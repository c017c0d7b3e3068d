"""Proves the laws over every scenario, finds what would change an answer, and counts exactly. Only this package needs z3."""

from pathway.proof.law_check import load_laws
from pathway.proof.laws import Law
from pathway.proof.prove import prove, proved
from pathway.proof.report import Proof, Report, Witness
from pathway.proof.witness import yaml

__all__ = ["Law", "Proof", "Report", "Witness", "load_laws", "prove", "proved", "yaml"]
