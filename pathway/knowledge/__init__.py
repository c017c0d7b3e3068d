"""The knowledge base in `data/`: its models, its loader, and the checks that loading makes."""
