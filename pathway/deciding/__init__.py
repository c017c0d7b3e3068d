"""Decides route, step and verdicts from the truth of the rules."""
