"""Presents a scenario on a wall: a page of slides, built from the same view as the rest, which also works as one long page."""
