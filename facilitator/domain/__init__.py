"""The records, the snapshot of a group, and edits to it: pure values."""
