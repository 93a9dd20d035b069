"""A file of the program that is dropped anywhere on the window is opened."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

SUFFIXES = (".fgroup", ".fpkg", ".age")
DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrops(QObject):
    """An event filter for the whole application.

    A text field would take a file for its name and type that; here it lets the file through. A page that
    takes files itself comes before the window.
    """

    dropped = Signal(object)
    """Carries the path."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file that nobody below the window takes."""
        if event.type() not in DRAGS or not isinstance(event, QDropEvent):
            return False
        path = _file_in(event.mimeData())
        if path is None:
            return False
        if _is_field(watched):
            event.ignore()
            return True
        if watched is not self._window:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(path)
        return True


def _file_in(dragged: QMimeData) -> Path | None:
    """Return the one file that is dragged, if it is one of ours."""
    paths = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES else None


def _is_field(widget: QObject) -> bool:
    """Tell a text field, or the part of it that is typed into."""
    return any(isinstance(each, QLineEdit | QPlainTextEdit | QTextEdit) for each in (widget, widget.parent()))
