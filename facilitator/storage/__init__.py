"""SQLite files that keep people's words: one for a group, one for a centre."""
