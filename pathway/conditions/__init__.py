"""The language of `when`: the condition tree, its YAML syntax, and its three-valued truth."""
