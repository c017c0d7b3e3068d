"""Safe reading of YAML files: values with their line numbers, then models."""
