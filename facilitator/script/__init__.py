"""The session script and the catalogues: data that says what a session asks, records and requires."""
