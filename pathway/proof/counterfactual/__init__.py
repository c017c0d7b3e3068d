"""Finds what would change a result, and where one result borders on another."""
