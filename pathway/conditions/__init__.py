"""The language of `when`: the tree, how it is written in YAML, and three-valued truth."""
