"""Loads, checks and proves the laws, and saves the scenarios that break one."""
