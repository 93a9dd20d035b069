"""What happens when the program itself is at fault: it is written down, said once, and the window stays."""

import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from facilitator.errors import Fault
from facilitator.services.home import Home


class Crashes(QObject):
    """Catches what no one else has caught."""

    noted = Signal(object)
    """Carries the path of the log, or ``None`` when it could not be written either."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home

    def watch(self) -> None:
        """Take over from Python's own way of ending the program."""
        sys.excepthook = self._catch

    def _catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        self.note(error)

    def note(self, error: BaseException) -> None:
        """Write down where it happened, without what people said, and tell the window."""
        from facilitator.services.crash_log import record_crash  # noqa: PLC0415  seldom needed

        try:
            self.noted.emit(record_crash(self._home, error))
        except Fault:
            self.noted.emit(None)
