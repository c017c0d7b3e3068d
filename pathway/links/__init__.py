"""A scenario as the text of a link, and back."""
