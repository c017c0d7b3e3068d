"""Compare, Atlas, Rules and Source."""
