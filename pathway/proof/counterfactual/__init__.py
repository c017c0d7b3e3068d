"""What would change an answer, and where one outcome borders on another."""
