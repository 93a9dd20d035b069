"""One of several statements chosen from the keyboard: the one that speaks for all, or one to let go."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from ui.desktop.context import Context
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label

_KEY = Qt.ItemDataRole.UserRole


class StatementChooser(QFrame):
    """Arrows choose, Enter does it, Esc leaves everything as it is."""

    chosen = Signal(str, str)
    """Carries the id of the chosen statement and, if it was typed, a wording in its place."""
    left = Signal()

    def __init__(self, context: Context, title: str, act: str, wording: str = "") -> None:
        """``title`` says what is chosen, ``act`` what Enter does; ``wording`` asks for one of one's own."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setMinimumHeight(64)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wording = QLineEdit()
        self.wording.setPlaceholderText(wording)
        self.wording.setAccessibleName(wording)
        if not wording:  # shown without a parent, it would be a window for a moment
            self.wording.hide()
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addStretch(1)
        row.addWidget(button(act, self._choose, "primary", "Enter"))
        row.addWidget(button(context.gettext("Leave as it is"), self.left.emit, "quiet", "Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, M, S)
        column.setSpacing(S)
        column.addWidget(label(title, "field"))
        column.addWidget(self.list, 1)
        column.addWidget(self.wording)
        column.addLayout(row)
        self.list.installEventFilter(self)
        self.list.itemDoubleClicked.connect(lambda _item: self._choose())
        self.wording.returnPressed.connect(self._choose)

    def offer(self, options: Sequence[tuple[str, str]], first: str, wording: str = "") -> None:
        """Show (id, words) to choose from, with the keyboard on ``first``."""
        self.list.clear()
        for key, words in options:
            item = QListWidgetItem(words)
            item.setData(_KEY, key)
            self.list.addItem(item)
            if key == first:
                self.list.setCurrentItem(item)
        self.wording.setText(wording)
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list chooses."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter:
            self._choose()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_KEY), self.wording.text().strip())
