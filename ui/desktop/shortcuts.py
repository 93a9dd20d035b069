"""Keys that work wherever the keyboard is in a window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def add_shortcut(window: QWidget, key: QKeySequence.StandardKey | str, act: Callable[[], object]) -> None:
    """Do ``act`` when ``key`` is pressed anywhere in the program."""
    action = QAction(window)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
    action.triggered.connect(lambda: act())
    window.addAction(action)
