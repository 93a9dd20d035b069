"""Undo from any field: a field that has nothing of its own to undo lets the keys through to the group."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit


class UndoKeys(QObject):
    """An event filter for the whole application.

    A text field claims Ctrl+Z for itself even when it has nothing to undo; here that claim is turned down, so
    that the window's own shortcut fires.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn down the claim of a field that has nothing to undo or redo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not _can_undo(watched)) or (redo and not _can_redo(watched)):
                event.ignore()
                return True
        return False


def _field(watched: QObject) -> QObject | None:
    if isinstance(watched, QAbstractSpinBox | QComboBox):
        return watched.findChild(QLineEdit)
    return watched


def _can_undo(watched: QObject) -> bool:
    field = _field(watched)
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isUndoAvailable() and not field.isReadOnly()
    return False


def _can_redo(watched: QObject) -> bool:
    field = _field(watched)
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isRedoAvailable() and not field.isReadOnly()
    return False
