"""The commands of `pathway`, and how they print."""
