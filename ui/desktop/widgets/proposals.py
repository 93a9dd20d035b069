"""What was found alike, put to the moderator one find at a time: nothing is ever done by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from ui.desktop.context import Context
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.scrolled import bring_into_sight

_KEY = Qt.ItemDataRole.UserRole
Find = tuple[str, ...]
"""The ids of cards that may belong together."""


class Proposals(QFrame):
    """Enter takes a find up, Del passes it over, Esc puts the rest away."""

    taken = Signal(object, str)
    """Carries the cards of a find and the one of them that is chosen."""
    passed = Signal(object)
    """Carries the cards of a find that was passed over."""
    left = Signal()

    def __init__(self, context: Context, title: str, take: str, pass_: str) -> None:
        """``title`` says what is proposed, ``take`` and ``pass_`` what the two buttons do."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self._context = context
        self._title = title
        self._finds: list[Find] = []
        self._number = 0
        self.heading = label("", "field")
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(92)
        self.take = button(take, self._take, "primary", "Enter")
        self.pass_ = button(pass_, self._pass, "plain", "Del")
        self.close_button = button(context.gettext("Put away"), self.leave, "quiet", "Esc")
        row = QHBoxLayout()
        row.setSpacing(S)
        for made in (self.take, self.pass_, self.close_button):
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(M, S, M, S)
        column.setSpacing(S)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        column.addLayout(row)
        self.list.installEventFilter(self)

    @property
    def current(self) -> Find:
        """The cards that are proposed now; none when there is no proposal left."""
        return self._finds[0] if self._finds else ()

    def offer(self, finds: Sequence[Find]) -> None:
        """Begin with the first of several finds; without any, say so."""
        self._finds = list(finds)
        self._number = len(finds)
        self.show()
        self._show_find()
        bring_into_sight(self)

    def refresh(self) -> None:
        """Leave out what is gone or was put off meanwhile."""
        if self.isHidden() or not self._finds:
            return
        before, cards = self.current, self._context.session.snapshot.cards
        self._finds = [find for find in self._finds if all(_is_open(cards.get(key)) for key in find)]
        if self.current != before:
            self._show_find()

    def drop(self, cards: set[str]) -> None:
        """Leave out every find with one of these cards."""
        self._finds = [find for find in self._finds if not cards.intersection(find)]
        self._show_find()

    def leave(self) -> None:
        """Put the proposals away."""
        self._finds = []
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list takes up, Del passes over."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
                self._take()
                return True
            if event.key() == Qt.Key.Key_Delete and self.current:
                self._pass()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the proposals away."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and self.current:
            self.taken.emit(self.current, item.data(_KEY))

    def _pass(self) -> None:
        find = self._finds.pop(0)
        self.passed.emit(find)
        self._show_find()

    def _show_find(self) -> None:
        _, group = self._context.gettext, self._context.session.snapshot
        self.list.clear()
        for key in self.current:
            item = QListWidgetItem(group.cards[key].text)
            item.setData(_KEY, key)
            self.list.addItem(item)
        found = bool(self._finds)
        for made in (self.list, self.take, self.pass_):
            made.setVisible(found)
        if found:
            place = self._number - len(self._finds) + 1
            counted = _("{n} of {all}").format(n=place, all=self._number)
            self.heading.setText(f"{self._title} · {counted}")
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            nothing = _("Nothing else is alike.") if self._number else _("Nothing alike was found.")
            self.heading.setText(nothing)
            self.close_button.setFocus()


def _is_open(card: object) -> bool:
    return getattr(card, "status", "") in ("open", "accepted")
