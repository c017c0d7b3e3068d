"""Explains a decision: the result with its reasons, what is still open and what to ask next."""
