"""One column of cards: a cluster, or the cards that are in none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facilitator.domain.records import Cluster
from ui.desktop.context import Context
from ui.desktop.models.card_model import MIME_TYPE, CardModel
from ui.desktop.session import GroupSession
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.card_list import CardList

JOIN, SPLIT, FOLD = "F3", "Shift+F2", "F4"
_WIDTH = 256
_FOLDED_WIDTH = 132


class ClusterColumn(QFrame):
    """Its digit, name and number of cards, and the cards."""

    assigned = Signal(int)
    """A digit was pressed on the selected cards."""
    moved_aside = Signal(int)
    """Ctrl and an arrow were pressed on the selected cards: -1 for left, 1 for right."""
    left_for = Signal(int)
    """An arrow leads to the next column: -1 for left, 1 for right."""
    dropped = Signal(list)
    """Carries the ids of cards that were dropped here."""
    named = Signal(str)
    removal_asked = Signal()
    joining_asked = Signal()
    """All cards are to go into the neighbour, and the column with them."""
    splitting_asked = Signal()
    """The selected cards are to become a cluster of their own."""

    def __init__(self, context: Context, cluster: Cluster | None, model: CardModel) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumWidth(_WIDTH)
        self.setAcceptDrops(True)
        self.cluster = cluster.id if cluster else None
        self._context = context
        self._title = ""
        self._digit = 0
        model.setParent(self)
        self.list = _ColumnList(self, context.session, model)
        self.heading = label("", "field")
        self.name = _NameLine(self)
        self.name.setAccessibleName(context.gettext("Name of the cluster"))
        self.name.setMaxLength(500)
        self.rename = button(context.gettext("Rename"), self.ask_name, "quiet")
        self.more = self._make_menu()
        self.unfold_button = button(context.gettext("Unfold"), lambda: self.fold(folded=False), "quiet")
        self.unfold_button.setToolTip(FOLD)
        self._head = QStackedWidget()
        self._head.addWidget(self.heading)
        self._head.addWidget(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(S, S, S, S)
        column.setSpacing(S)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self.unfold_button)
        self.unfold_button.hide()
        self._foot = QWidget()
        column.addWidget(self._foot)
        self._foot.setLayout(self._make_foot())
        self._foot.setVisible(cluster is not None)
        self.name.returnPressed.connect(self._take_name)

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.rename)
        row.addStretch(1)
        row.addWidget(self.more)
        return row

    def _make_menu(self) -> QPushButton:
        _ = self._context.gettext
        menu = QMenu(self)
        for words, key, act in (
            (_("Join with the column beside it"), JOIN, self.joining_asked.emit),
            (_("Make a column of the chosen"), SPLIT, self.splitting_asked.emit),
            (_("Fold"), FOLD, lambda: self.fold(folded=True)),
            (_("Dissolve: the cards stay, without a cluster"), "", self.removal_asked.emit),
        ):
            menu.addAction(f"{words}\t{key}" if key else words, act)
        made = QPushButton(_("More"))
        made.setProperty("kind", "quiet")
        made.setAccessibleName(_("More about the cluster"))
        made.setMenu(menu)
        return made

    @property
    def folded(self) -> bool:
        """Whether only the name and the number of cards are shown."""
        return self.list.isHidden()

    def fold(self, *, folded: bool) -> None:
        """Show only the name and how many cards there are, or the cards again."""
        if self.cluster is None:
            return
        there = QApplication.focusWidget()
        had_focus = there is not None and self.isAncestorOf(there)
        self.list.setVisible(not folded)
        self._foot.setVisible(not folded)
        self.unfold_button.setVisible(folded)
        self.setMinimumWidth(_FOLDED_WIDTH if folded else _WIDTH)
        self.setMaximumWidth(_FOLDED_WIDTH if folded else 16_777_215)
        if had_focus:
            self.focus_cards()

    def show_title(self, digit: int, title: str) -> None:
        """Show the digit that leads here, the name and how many cards there are."""
        self._title = title
        self._digit = digit
        self.list.setAccessibleName(title)
        shown = f"{digit} · {title}" if digit < 10 else title
        self.heading.setText(f"{shown}  ({len(self.list.cards.cards)})")

    def refresh(self, touched: set[str] | None) -> None:
        """Show the cards as they are now; the keyboard goes to the card that took the place."""
        row = self.list.currentIndex().row()
        self.list.cards.refresh(touched)
        self.show_title(self._digit, self._title)
        if row >= 0 and not self.list.chosen and self.list.cards.cards:
            index = self.list.cards.index(min(row, len(self.list.cards.cards) - 1))
            self.list.setCurrentIndex(index)

    def focus_cards(self) -> None:
        """Put the keyboard on a card of the column; while it is folded, on the button that unfolds it."""
        if self.folded:
            self.unfold_button.setFocus()
            return
        if not self.list.currentIndex().isValid() and self.list.cards.cards:
            self.list.setCurrentIndex(self.list.cards.index(0))
        self.list.setFocus()

    def ask_name(self) -> None:
        """Let the cluster be named in its place."""
        if self.cluster is None:
            return
        self.fold(folded=False)
        self._head.setCurrentWidget(self.name)
        self.name.setText(self._title)
        self.name.selectAll()
        self.name.setFocus()

    def leave_name(self) -> None:
        """Show the name as it is."""
        self._head.setCurrentIndex(0)
        self.focus_cards()

    def _take_name(self) -> None:
        title = self.name.text()
        self.leave_name()
        if title.strip() != self._title:
            self.named.emit(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that folds the column unfolds it again; arrows lead aside from a folded one too."""
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if self.folded and event.key() == Qt.Key.Key_F4:
            self.fold(folded=False)
        elif self.folded and aside is not None:
            self.left_for.emit(aside)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cards that come from another column."""
        if event.mimeData().hasFormat(MIME_TYPE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Cards can be dropped anywhere in the column."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which cards were dropped; the act moves them."""
        cards = bytes(event.mimeData().data(MIME_TYPE).data()).decode().splitlines()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(cards)


class _ColumnList(CardList):
    """Digits and arrows move cards and lead from column to column."""

    def __init__(self, column: ClusterColumn, session: GroupSession, model: CardModel) -> None:
        super().__init__(session, model, "", column, brief=True)
        self._column = column
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits assign, F2 names the column, arrows left and right lead aside."""
        digit = event.text()
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if len(digit) == 1 and digit in "0123456789":
            self._column.assigned.emit(int(digit))
        elif aside is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._column.moved_aside.emit(aside)
        elif aside is not None:
            self._column.left_for.emit(aside)
        elif event.key() == Qt.Key.Key_F2 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._column.splitting_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self._column.ask_name()
        elif event.key() == Qt.Key.Key_F3:
            self._column.joining_asked.emit()
        elif event.key() == Qt.Key.Key_F4:
            self._column.fold(folded=True)
        else:
            super().keyPressEvent(event)


class _NameLine(QLineEdit):
    """Enter takes the name, Esc leaves it as it was."""

    def __init__(self, column: ClusterColumn) -> None:
        super().__init__()
        self._column = column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up the new name."""
        if event.key() == Qt.Key.Key_Escape:
            self._column.leave_name()
        else:
            super().keyPressEvent(event)
