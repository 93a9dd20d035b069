"""The first window's side of a second launch: it hears which file to open. Imported after the first paint."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent

from ui.desktop.file_drops import SUFFIXES
from ui.desktop.launches import THANKS, Launch

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LIMIT = 8_192
"""How many bytes a message may have: more than any path we could open."""
_LISTEN = 2_000
"""For how many milliseconds a caller is listened to."""


class LaunchServer(QObject):
    """Takes one line from each caller: a path, or nothing but the wish to see the window."""

    asked = Signal(object)
    """Somebody has started the program again; carries the file to open, or ``None``."""

    def __init__(self, launch: Launch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._launch = launch
        self._server: QLocalServer | None = None

    def listen(self) -> None:
        """Hear from later launches from now on; where that cannot be, they open windows of their own."""
        if not self._launch.is_first:
            return
        try:
            from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  some systems lack what it asks for
        except ImportError:
            self._launch.end()
            return
        name = self._launch.socket
        QLocalServer.removeServer(name)  # the lock is ours, so what lies there was left by a killed program
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take_callers)
        if not self._server.listen(name):
            self._launch.end()

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On macOS the system itself hands a file to the program that runs."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.take(os.fsencode(event.file()))
            return True
        return False

    def take(self, message: bytes) -> bool:
        """Pass on a message that makes sense and tell whether it did."""
        path = path_in(message) if message else None
        if message and path is None:
            return False
        self.asked.emit(path)
        return True

    def _take_callers(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            _Caller(caller, self)


class _Caller(QObject):
    """One connection, for two seconds at most."""

    def __init__(self, socket: "QLocalSocket", server: LaunchServer) -> None:
        super().__init__(socket)
        self._socket = socket
        self._server = server
        self._read = b""
        socket.readyRead.connect(self._read_on)
        socket.disconnected.connect(socket.deleteLater)
        QTimer.singleShot(_LISTEN, self, socket.abort)
        self._read_on()

    def _read_on(self) -> None:
        self._read += bytes(self._socket.read(LIMIT + 1 - len(self._read)).data())
        message, end, _rest = self._read.partition(b"\n")
        if end or len(self._read) > LIMIT:
            self._socket.readyRead.disconnect(self._read_on)
            if end and self._server.take(message):
                self._socket.write(THANKS)
                self._socket.flush()
            self._socket.disconnectFromServer()


def path_in(message: bytes) -> Path | None:
    """Return the file a message names: an absolute path to a file that is there and ours, else ``None``."""
    if b"\0" in message or len(message) > LIMIT:
        return None
    try:
        path = Path(os.fsdecode(message))
        return path if path.is_absolute() and path.suffix.lower() in SUFFIXES and path.is_file() else None
    except (OSError, ValueError):
        return None
