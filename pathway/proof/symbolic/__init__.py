"""Scenarios, conditions and decisions as formulas. Only this package uses z3."""
