"""Counts scenarios exactly, with decision diagrams."""
