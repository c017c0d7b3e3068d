"""The laws: read, checked, proved, and saved where one is broken."""
