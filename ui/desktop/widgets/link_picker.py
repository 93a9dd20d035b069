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
MOST = 60
"""How many options are listed at once; the others are found by their words."""


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
        self._order: Sequence[tuple[str, str]] = ()
        self._shown: Sequence[tuple[str, str]] = ()
        self._ticked: set[str] = set()
        self._heading = label(title, "field")
        self._empty = label(empty, "note")
        self._more = label("", "small")
        self._more.hide()
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
        for part in (self._heading, self._empty, self.search, self.list, self._more):
            column.addWidget(part)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.installEventFilter(self)
        self.list.itemChanged.connect(self._tell)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids that are ticked, in the order of the options."""
        return tuple(key for key, _ in self._options if key in self._ticked)

    def show_options(
        self, options: Sequence[tuple[str, str]], chosen: Collection[str], *, anew: bool
    ) -> None:
        """Show (id, words) to tick from; ``anew`` for another card, which puts what is ticked first."""
        self._ticked = set(chosen)
        if anew or options is not self._options:
            self._options = options
            first = [option for option in options if option[0] in self._ticked] if self._ticked else []
            rest = (option for option in options if option[0] not in self._ticked)
            self._order = [*first, *rest] if first else options
        if anew:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._fill(row=0 if anew else self.list.currentRow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ticks the first that is found; the arrow down leads into the list."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            first = self.list.item(0)
            if event.key() == Qt.Key.Key_Down and first:
                self.list.setCurrentItem(first)
                self.list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and first and self.search.text():
                checked = first.checkState() == Qt.CheckState.Checked
                first.setCheckState(_state(not checked))
                self.search.selectAll()
                return True
        return super().eventFilter(watched, event)

    def _fill(self, row: int = 0) -> None:
        """Show the options that hold all words of the search, as many as one looks through."""
        words = self.search.text().casefold().split()
        found = self._order
        if words:
            found = [option for option in found if all(word in option[1].casefold() for word in words)]
        shown = found[:MOST]
        self.list.blockSignals(True)
        if shown != self._shown:
            self._shown = shown
            self.list.clear()
            for key, text in shown:
                self._add(key, text)
            self.list.setCurrentRow(min(row, len(shown) - 1))
        for place, (key, _) in enumerate(shown):
            item, state = self.list.item(place), _state(key in self._ticked)
            if item.checkState() != state:
                item.setCheckState(state)
        self.list.blockSignals(False)
        more = len(found) - len(shown)
        self._more.setVisible(more > 0)
        text = self._context.ngettext("{n} more: find by words", "{n} more: find by words", more)
        self._more.setText(text.format(n=more))
        self._head()

    def _add(self, key: str, words: str) -> None:
        item = QListWidgetItem(" ".join(words.split()))
        item.setData(_KEY, key)
        item.setCheckState(_state(ticked=False))
        flag = Qt.ItemFlag
        item.setFlags(flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable)
        self.list.addItem(item)

    def _tell(self, item: QListWidgetItem) -> None:
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.add(item.data(_KEY))
        else:
            self._ticked.discard(item.data(_KEY))
        self._head()
        self.picked.emit(self.chosen)

    def _head(self) -> None:
        number = len(self._ticked)
        self._heading.setText(f"{self._title}: {number}" if number else self._title)
        self._empty.setVisible(not self._options)
        self.list.setVisible(bool(self._options))
        self.search.setVisible(len(self._options) >= _SEARCH_FROM)


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
