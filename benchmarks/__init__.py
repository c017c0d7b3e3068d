"""What an evaluation costs, measured: `python -m benchmarks`."""
