"""Facilitator without a face: records, storage, packages and merge."""

__version__ = "0.1.0"
