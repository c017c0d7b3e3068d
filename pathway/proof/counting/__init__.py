"""Counts scenarios exactly, by decision diagrams."""
