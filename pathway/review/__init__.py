"""The review sheet: its points, its files, and how a filled-in sheet becomes an entry of the record."""
