"""Danju and its peers on the same form and the same rows, measured in one run: `python -m benchmarks`."""
