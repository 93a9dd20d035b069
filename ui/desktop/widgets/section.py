"""A titled card, of which pages of words and fields are made."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import frame, label


def section(title: str, *parts: QWidget) -> QFrame:
    """Return a card with a title and its parts below one another; buttons keep their own width."""
    made = frame("card")
    column = QVBoxLayout(made)
    column.setContentsMargins(L, M, L, M)
    column.setSpacing(S)
    column.addWidget(label(title, "subheading"))
    for part in parts:
        is_button = isinstance(part, QPushButton)
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0))
    return made
