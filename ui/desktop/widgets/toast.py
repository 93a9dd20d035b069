"""A short message at the foot of the window that offers the way back and goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.desktop.theme.tokens import XL, L, M
from ui.desktop.widgets.build import label

SHOWN_MILLISECONDS = 8_000
WIDEST = 640


class Toast(QFrame):
    """Lies over ``window``, takes no focus and hides nothing one types into."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "toast")
        self._text = label("")
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._act)
        self._way_back: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(L, M, M, M)
        row.setSpacing(L)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What the toast says."""
        return self._text.text()

    def say(self, text: str, button: str = "", way_back: Callable[[], None] | None = None) -> None:
        """Show ``text`` for a while and, with ``way_back``, a button that does it."""
        self._text.setText(text)
        self._way_back = way_back
        self._button.setText(button)
        self._button.setVisible(way_back is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # noqa: PLC0415  6 ms before the first paint

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        room = self._window.size()
        width = min(WIDEST, room.width() - 2 * XL)
        self.setFixedWidth(width)
        self.adjustSize()
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.resize(width, height)
        self.move((room.width() - width) // 2, room.height() - height - XL)

    def _act(self) -> None:
        self.hide()
        if self._way_back is not None:
            self._way_back()
