"""Explore: safety first, then the step, what to ask next, the ladder, visits and every option."""
