"""The commands of `pathway`."""
