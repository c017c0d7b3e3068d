"""Practice that asks why: cases, what a learner commits to, and how that is judged. `pathway.explain` decides everything."""
