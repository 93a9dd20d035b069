"""What helps with writing in a field of people's words."""

from PySide6.QtWidgets import QPlainTextEdit

from ui.desktop.context import Context
from ui.desktop.widgets.expansion import Expansion
from ui.desktop.widgets.spelling import SpellingHelp


def help_writing(field: QPlainTextEdit, context: Context) -> None:
    """Mark words that no dictionary has in a field, and expand abbreviations there."""
    SpellingHelp(field, context)
    Expansion(field, context.aids)
