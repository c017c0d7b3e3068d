"""What `data/` says: its models, how it is loaded, and what loading checks."""
