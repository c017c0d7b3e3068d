"""Conditions as durable-rules can hold them: patterns, and rulesets within the engine's limits."""
