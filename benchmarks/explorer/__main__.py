"""Runs the explorer's benchmark alone."""

from benchmarks.explorer import report

report()
