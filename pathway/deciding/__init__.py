"""Decides: which route, step and verdicts come of the rules that hold."""
