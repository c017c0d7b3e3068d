"""Measures the explorer alone."""

from benchmarks.explorer import report

report()
