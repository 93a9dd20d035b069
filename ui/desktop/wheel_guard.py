"""Scrolling past a box changes nothing in it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox


class WheelGuard(QObject):
    """An event filter for the whole application.

    A box that does not have the keyboard lets the wheel through to the page under it, and the wheel does not
    give it the keyboard either: an author or a state must not change because a page was scrolled.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from a box without the keyboard."""
        if event.type() not in (QEvent.Type.Wheel, QEvent.Type.Polish):
            return False
        if not isinstance(watched, QComboBox | QAbstractSpinBox):
            return False
        if event.type() == QEvent.Type.Polish:
            if watched.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            return False
        if watched.hasFocus():
            return False
        event.ignore()
        return True
