"""The pages: Explore, Compare, Atlas, Rules and Source."""
