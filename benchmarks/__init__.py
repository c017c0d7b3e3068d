"""Measures what an evaluation costs: `python -m benchmarks`."""
