"""A small list beside a cell, to choose cards from by key."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.desktop.context import Context
from ui.desktop.models.sheet_model import Choices
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import button, label

_KEY = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 460, 400


class Offer(NamedTuple):
    """What to say when nothing is called as typed, and how to make it: from its name and what is ticked."""

    words: str
    verb: str
    make: Callable[[str, tuple[str, ...]], None]


class Checklist(QFrame):
    """Ticks by Space or a click; Enter accepts, Esc leaves all as it was; typing narrows the list.

    Where only one can be chosen there are no ticks: Enter or a double click takes the one that one stands on.
    An option with an empty key is a heading.
    """

    def __init__(
        self,
        context: Context,
        title: str,
        choices: Choices,
        then: Callable[[tuple[str, ...]], None],
        parent: QWidget,
        offer: Offer | None = None,
        verb: str = "",
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        self._offer = offer
        self._many = choices.many
        self.nothing = label(offer.words if offer else context.gettext("Nothing in the list fits."), "error")
        self.make = button(offer.verb if offer else "", self._make)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(context.gettext("Type to find"))
        self.filter.setAccessibleName(context.gettext("Find in the list"))
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        for key, words in choices.options:
            self._add(key, words, key in choices.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(S, S, S, S)
        column.setSpacing(S)
        column.addWidget(label(title, "field"))
        column.addWidget(self.filter)
        column.addWidget(self.nothing)
        column.addWidget(self.make)
        column.addWidget(self.list)
        self.nothing.hide()
        self.make.hide()
        if not choices.options:
            column.addWidget(label(context.gettext("There is nothing to link to yet."), "note"))
        verb = verb or context.gettext("Link what is ticked")
        column.addWidget(button(verb, self.accept, "primary"))
        if not self._many:
            self._stand_on_first()
            self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        self.filter.textChanged.connect(self._narrow)
        self.filter.installEventFilter(self)
        self.list.installEventFilter(self)

    def open_at(self, corner: QPoint) -> None:
        """Show the list with its corner at a point of the screen, as far as there is room."""
        self.resize(_WIDTH, _HEIGHT)
        room = self.screen().availableGeometry()
        left = max(room.left(), min(corner.x(), room.right() - _WIDTH))
        top = max(room.top(), min(corner.y(), room.bottom() - _HEIGHT))
        self.move(left, top)
        self.show()
        self.filter.setFocus()

    def accept(self) -> None:
        """Give what is ticked, in the order of the list, and go; a name that nothing has is said first."""
        if self.nothing.isVisible():
            return
        chosen = self._chosen()
        if not chosen and not self._many:
            return
        self.close()
        self._then(chosen)

    def _chosen(self) -> tuple[str, ...]:
        if not self._many:
            item = self.list.currentItem()
            return (item.data(_KEY),) if item is not None and self._can_tick(item) else ()
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _make(self) -> None:
        name, chosen, offer = self.filter.text().strip(), self._chosen(), self._offer
        self.close()
        if offer is not None:
            offer.make(name, chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter accepts; the arrows lead from the field into the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
            if watched is self.filter and event.key() == Qt.Key.Key_Down:
                self._enter_list()
                return True
        return super().eventFilter(watched, event)

    def _enter_list(self) -> None:
        self.list.setFocus()
        self._stand_on_first()

    def _stand_on_first(self) -> None:
        shown = (row for row in range(self.list.count()) if self._can_tick(self.list.item(row)))
        self.list.setCurrentRow(next(shown, 0))

    def _can_tick(self, item: QListWidgetItem) -> bool:
        return bool(item.data(_KEY)) and not item.isHidden()

    def _add(self, key: str, words: str, chosen: bool) -> None:
        item = QListWidgetItem(" ".join(words.split()))
        item.setData(_KEY, key)
        if key and self._many:
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        elif key:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        else:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.list.addItem(item)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            said = item.text().casefold()
            item.setHidden(bool(item.data(_KEY)) and not all(word in said for word in words))
        items = (self.list.item(row) for row in range(self.list.count()))
        missed = bool(words) and not any(self._can_tick(item) for item in items)
        self.nothing.setVisible(missed)
        self.make.setVisible(missed and self._offer is not None)
        if not self._many:
            self._stand_on_first()
