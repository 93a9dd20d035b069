"""What lists and tables show."""
