"""The state a set of packages stands for, whatever the order they came in: pure functions."""
