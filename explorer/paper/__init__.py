"""The sheet to print."""
