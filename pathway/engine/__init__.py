"""Conditions as durable-rules can hold them: patterns, and sets of rules that it runs together."""
