"""A searchable list to tick from: the cards a card leads to, or its marks."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.desktop.context import Context
from ui.desktop.theme.tokens import XS
from ui.desktop.widgets.build import label
from ui.desktop.widgets.tick_delegate import TickDelegate

_KEY = Qt.ItemDataRole.UserRole
_SEARCH_FROM = 4


class LinkPicker(QWidget):
    """Space or a click ticks, and each tick is an act at once."""

    picked = Signal(tuple)
    """Carries the ids of everything that is ticked now."""

    def __init__(self, context: Context, title: str, empty: str, parent: QWidget | None = None) -> None:
        """``empty`` says what to do when there is nothing to tick."""
        super().__init__(parent)
        self._context = context
        self._title = title
        self._options: Sequence[tuple[str, str]] = ()
        self._heading = label(title, "field")
        self._empty = label(empty, "note")
        self.search = QLineEdit()
        self.search.setPlaceholderText(context.gettext("Find"))
        self.search.setAccessibleName(context.gettext("Find in: {title}").format(title=title))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setItemDelegate(TickDelegate(self))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS)
        for part in (self._heading, self._empty, self.search, self.list):
            column.addWidget(part)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.itemChanged.connect(self._tell)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids that are ticked, top to bottom."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def show_options(
        self, options: Sequence[tuple[str, str]], chosen: Collection[str], *, anew: bool
    ) -> None:
        """Show (id, words) to tick from; ``anew`` for another card, which puts what is ticked first."""
        ticked = set(chosen)
        self.list.blockSignals(True)
        if anew or options != self._options:
            self._options = options
            row = self.list.currentRow()
            self.list.clear()
            for key, words in sorted(options, key=lambda option: option[0] not in ticked):
                self._add(key, words)
            self.list.setCurrentRow(0 if anew else row)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setCheckState(_state(item.data(_KEY) in ticked))
        self.list.blockSignals(False)
        if anew:
            self.search.clear()
        self._narrow(self.search.text())
        self._head()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ticks the first that is found; the arrow down leads into the list."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            items = [self.list.item(row) for row in range(self.list.count())]
            shown = [item for item in items if not item.isHidden()]
            if event.key() == Qt.Key.Key_Down and shown:
                self.list.setCurrentItem(shown[0])
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown and self.search.text():
                checked = shown[0].checkState() == Qt.CheckState.Checked
                shown[0].setCheckState(_state(not checked))
                self.search.selectAll()
                return True
        return super().eventFilter(watched, event)

    def _add(self, key: str, words: str) -> None:
        item = QListWidgetItem(" ".join(words.split()))
        item.setData(_KEY, key)
        flag = Qt.ItemFlag
        item.setFlags(flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable)
        self.list.addItem(item)

    def _tell(self) -> None:
        self._head()
        self.picked.emit(self.chosen)

    def _head(self) -> None:
        number = len(self.chosen)
        self._heading.setText(f"{self._title}: {number}" if number else self._title)
        self._empty.setVisible(not self._options)
        self.list.setVisible(bool(self._options))
        self.search.setVisible(len(self._options) >= _SEARCH_FROM)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().casefold() for word in words))


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
