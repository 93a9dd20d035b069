"""The window. Qt is known only below this package."""
