"""Scenarios, conditions and decisions as formulas; the one place that knows z3."""
