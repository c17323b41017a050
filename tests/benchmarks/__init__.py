"""Benchmarks beside peers and limits: ``python -m tests.benchmarks`` prints one table of ratios."""
