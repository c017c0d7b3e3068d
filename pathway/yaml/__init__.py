"""Reads a file of ours: YAML safely, with its lines, as models."""
