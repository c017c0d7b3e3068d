"""The review sheet: what is on it, how it is written, and how a filled-in one becomes an entry of the record."""
