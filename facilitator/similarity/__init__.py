"""Near duplicates among statements, by their words."""
