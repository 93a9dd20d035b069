"""Short ways to make labels, buttons and frames that the stylesheet knows."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

LabelRole = Literal[
    "body", "title", "heading", "subheading", "field", "note", "small", "overline", "good", "warn", "error"
]
ButtonKind = Literal["plain", "primary", "quiet", "danger"]


def label(text: str, role: LabelRole = "body", *, wrap: bool = True) -> QLabel:
    """Return a label of people's words: plain text, never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def button(text: str, act: Callable[[], object], kind: ButtonKind = "plain", tip: str = "") -> QPushButton:
    """Return a button that does ``act``; its text, a verb, is its name for screen readers too."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setToolTip(tip)
    made.setAutoDefault(True)
    made.clicked.connect(lambda: act())
    return made


def frame(role: str, parent: QWidget | None = None) -> QFrame:
    """Return a frame with a ground and border of the stylesheet, such as ``card``, ``panel`` or ``hint``."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


def set_wrong(widget: QWidget, wrong: bool) -> None:
    """Show or stop showing that what is in a field cannot be used."""
    set_look(widget, "wrong", "true" if wrong else "false")


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Change a property the stylesheet looks at, and look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
