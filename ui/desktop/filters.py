"""What sees every event of the program before the widget it is for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow


class Filters:
    """Event filters that are put in together and taken out together, when the window goes."""

    def __init__(self, window: QMainWindow, open_file: Callable[[Path], object]) -> None:
        """``open_file`` is what becomes of a file that is dropped on the window."""
        self._window = window
        self._open_file = open_file
        self._filters: tuple[QObject, ...] = ()

    def put_in(self) -> None:
        """See every event from now on. Not before the first paint: that comes with a thousand events, and for
        the first of each type PySide makes a class."""
        from ui.desktop.file_drops import FileDrops  # noqa: PLC0415  the first paint must not wait
        from ui.desktop.undo_keys import UndoKeys  # noqa: PLC0415
        from ui.desktop.wheel_guard import WheelGuard  # noqa: PLC0415

        drops = FileDrops(self._window)
        drops.dropped.connect(self._open_file)
        self._filters = (UndoKeys(self._window), WheelGuard(self._window), drops)
        for each in self._filters:
            _application().installEventFilter(each)

    def remove(self) -> None:
        """Take them out: a window that is gone has nothing to say any more."""
        for each in self._filters:
            _application().removeEventFilter(each)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a window needs an application")
    return application
