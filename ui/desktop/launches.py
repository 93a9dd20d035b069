"""One window for each home: who starts the program again gets the window that is there, with the file in it.

A lock in the home tells whether there is one; it costs a millisecond and needs no more than QtCore. Only a
second launch, or the first once its window has been painted, imports QtNetwork for a local socket (on Windows
a named pipe), which is no network: nothing beyond this computer and this user reaches it. The first window's
side of it is ``launch_server.py``.
"""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from facilitator.services.home import Home

THANKS = b"ok\n"
PATIENCE = 5.0
"""For how many seconds a second launch tries to reach the first, which may be just starting or ending."""
_STEP = 100
"""Milliseconds between two tries."""


class Launch:
    """This start of the program: the first holds the lock, a later one hands over its file and ends."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock: QLockFile | None = _lock_in(home)

    @property
    def is_first(self) -> bool:
        """Whether later launches are to find this one."""
        return self._lock is not None and self._lock.isLocked()

    @property
    def socket(self) -> str:
        """The name of the socket at which the first launch listens."""
        return socket_name(self._home)

    def hand_over(self, file: Path | None) -> bool:
        """Give ``file`` to the window that is there already. Return whether it was taken.

        With no such window, or none that answers, this launch goes on by itself.
        """
        ends = time.monotonic() + PATIENCE
        while self._lock is not None and not self._lock.tryLock(0):
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                self._lock = None  # the home cannot be written: the window will say so where it matters
            elif _deliver(self.socket, file):
                return True
            elif time.monotonic() > ends:
                self._lock = None
            else:
                time.sleep(_STEP / 1_000)
        return False

    def end(self) -> None:
        """Let the next launch be the first."""
        if self._lock is not None:
            self._lock.unlock()


def socket_name(home: Home) -> str:
    """Return the name of a home's socket. It is short, since a system may allow a hundred bytes."""
    from hashlib import sha256  # noqa: PLC0415  the first paint must not wait

    name = f"facilitator-{sha256(os.fsencode(home.folder.resolve())).hexdigest()[:20]}"
    if sys.platform == "win32":
        return name
    import tempfile  # noqa: PLC0415  the first paint must not wait

    private = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = private if Path(private).is_absolute() and Path(private).is_dir() else tempfile.gettempdir()
    return str(Path(folder, f"{name}-{os.getuid()}"))


def _lock_in(home: Home) -> QLockFile | None:
    try:
        home.folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    lock = QLockFile(str(home.folder / "window.lock"))
    lock.setStaleLockTime(0)  # stale is what a process left that is no more, however old it is
    return lock


def _deliver(name: str, file: Path | None) -> bool:
    """Hand a file over to who listens at ``name``, and return whether it was taken."""
    if not _is_ours(name):
        return False
    try:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  only a second launch needs it
    except ImportError:
        return False
    _let_come_forward()
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_STEP):
        return False
    socket.write((b"" if file is None else os.fsencode(file)) + b"\n")
    answer = b""
    while THANKS not in answer and socket.waitForReadyRead(int(PATIENCE * 1_000)):
        answer += bytes(socket.readAll().data())
    return THANKS in answer


def _is_ours(name: str) -> bool:
    """Nobody else's socket is told which file we open."""
    if sys.platform == "win32":
        return True
    try:
        return Path(name).stat().st_uid == os.getuid()
    except OSError:
        return False


def _let_come_forward() -> None:
    """Allow the first window to come to the front; Windows asks that of who has the person's attention."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
