"""HTML that escapes, icons, and words shaped for a place."""
