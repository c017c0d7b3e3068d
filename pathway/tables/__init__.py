"""Many scenarios at once: the rows of a table, decided by one SQL query on any engine that ibis supports."""
