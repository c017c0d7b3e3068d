"""Runs every benchmark. Exit code 1 if two engines disagree; a missed target is printed, and is no failure."""

from __future__ import annotations

import sys

from benchmarks import engine, proofs, tables, what_if, whole
from pathway import Pathway, load


def main() -> int:
    """Run and print every benchmark; return the exit code."""
    knowledge = load()
    agreed = engine.report(engine.measured(knowledge))
    whole.report(whole.measured(knowledge))
    what_if.report(what_if.measured(knowledge))
    proofs.report(proofs.measured(knowledge), proofs.growth(knowledge))
    tables.report(tables.measured(knowledge), tables.one_by_one(Pathway(knowledge)))
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
