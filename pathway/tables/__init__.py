"""Many scenarios at once: the rows of a table, decided by whole columns on any engine that ibis can address."""
