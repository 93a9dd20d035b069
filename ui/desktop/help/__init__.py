"""Help that needs no network: topics, their window, and which topic belongs where the keyboard is."""
