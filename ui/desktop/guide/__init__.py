"""The practice session: hints for the first five minutes, and beginning it anew."""
