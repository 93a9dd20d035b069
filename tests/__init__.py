"""The tests. A package by name, since a library installs a package of the same name beside it."""
