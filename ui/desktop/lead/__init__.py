"""The lead's page: packages come in, conflicts are settled, a collection goes on."""
