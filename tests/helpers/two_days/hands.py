"""Two hands on a keyboard: what is pressed goes where the system sends it, and the mouse is never touched."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from shiboken6 import isValid

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_PATIENCE = 20.0
_MOST_TABS = 150


class Watch(QObject):
    """Counts the touches of the mouse that reach the program, and notes what opens as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.touches = 0
        self.windows: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look, and let everything through."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel):
            self.touches += 1
        elif event.type() == QEvent.Type.Show and _is_window(watched):
            self.windows.add(type(watched).__name__)
        return False


def _is_window(watched: QObject) -> bool:
    if not isValid(watched) or not isinstance(watched, QWidget):
        return False
    return watched.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)


class Hands:
    """Presses keys and types words; ``settled`` tells when what was done is shown as saved."""

    def __init__(self, settled: Callable[[], bool]) -> None:
        self._settled = settled
        self.keys = 0

    @property
    def window(self) -> QWindow:
        """The window to which the system sends what is pressed."""
        found = QApplication.focusWindow()
        assert found is not None, "no window has the keyboard"
        return found

    @property
    def place(self) -> QWidget:
        """What has the keyboard now."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        """Press a key the way the system does: shortcuts see it before the widget."""
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(self.window, key, modifiers)
            self.settle()

    def type(self, words: str) -> None:
        """Type words letter by letter."""
        for letter in words:
            self.keys += 1
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self.window, QKeyEvent(kind, Qt.Key.Key_unknown, PLAIN, letter))
        QApplication.processEvents()

    def paste(self, words: str) -> None:
        """Paste what was copied elsewhere."""
        QApplication.clipboard().setText(words)
        self.press(Qt.Key.Key_V, CONTROL)

    def enter(self, words: str = "") -> None:
        """Type words and press Enter."""
        self.type(words)
        self.press(Qt.Key.Key_Return)

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Walk with Tab, or back with Shift+Tab, to what is called so."""
        seen = []
        for _ in range(_MOST_TABS):
            if name_of(self.place) == name:
                return
            seen.append(name_of(self.place))
            key, modifiers = (Qt.Key.Key_Backtab, SHIFT) if back else (Qt.Key.Key_Tab, PLAIN)
            QTest.keyClick(self.window, key, modifiers)
            QApplication.processEvents()
        raise AssertionError(f"Tab does not lead to «{name}», only to {list(dict.fromkeys(seen))}")

    def push(self, name: str, *, back: bool = False) -> None:
        """Walk to a button and push it."""
        self.tab_to(name, back=back)
        self.press(Qt.Key.Key_Space)

    def settle(self) -> None:
        """Wait until what was done is shown as saved."""
        self.wait(self._settled)
        QApplication.sendPostedEvents(
            None, QEvent.Type.DeferredDelete.value
        )  # as the program's own loop does
        QApplication.processEvents()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window work until a condition holds."""
        end = time.monotonic() + _PATIENCE
        QApplication.processEvents()
        while not condition():
            assert time.monotonic() < end, "the window does not come to rest"
            QApplication.processEvents()
            time.sleep(0.001)


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget; a field inside another is called after that."""
    while not widget.accessibleName() and not isinstance(widget, QAbstractButton):
        parent = widget.parentWidget()
        if parent is None:
            return ""
        widget = parent
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
