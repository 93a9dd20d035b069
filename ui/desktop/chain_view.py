"""The whole chain side by side: choosing a card shows what leads to it and what follows from it."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QScrollArea, QVBoxLayout, QWidget

from ui.desktop.context import Context
from ui.desktop.models.chain_model import CARD_ROLE, ChainCard, ChainColumn, kinds_on_the_way, linked_cards
from ui.desktop.models.lacks import lacks_by_card
from ui.desktop.theme.tokens import XL, M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.chain_delegate import ChainDelegate

_COLUMN = 200


class _ColumnList(QListView):
    """One column; the keys left and right are for the view."""

    turned = Signal(int)

    def __init__(self, model: ChainColumn, name: str) -> None:
        super().__init__()
        self.column = model
        self.setModel(model)
        self.setItemDelegate(ChainDelegate(self))
        self.setAccessibleName(name)
        self.setMinimumWidth(_COLUMN)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right lead to the neighbouring columns."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class ChainView(QWidget):
    """A window of its own, so that it may lie beside the step or on the second screen."""

    card_asked = Signal(str)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        _ = context.gettext
        self._context = context
        self._kinds = kinds_on_the_way(context.session.script)
        self.chosen: str | None = None
        self.setWindowTitle(_("The chain"))
        self.setObjectName("chain-view")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lists: list[_ColumnList] = []
        self._titles = [label("", "field") for _kind in self._kinds]
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(M)
        for title, kind in zip(self._titles, self._kinds, strict=True):
            columns.addLayout(self._make_column(title, ChainColumn(kind, self), context.say(kind.plural)))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self._go = button(_("Go to the card"), self._ask_card, "primary")
        bottom = QHBoxLayout()
        note = _("Choose a card to see what leads to it and what follows from it. Enter goes to the card.")
        bottom.addWidget(label(note, "note"), 1)
        bottom.addWidget(self._go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(XL, M, XL, M)
        whole.setSpacing(M)
        whole.addWidget(self._area, 1)
        whole.addLayout(bottom)
        self.resize(QSize(1240, 640).boundedTo(self.screen().availableSize()))
        context.session.changed.connect(self.refresh)
        self.refresh()

    def choose(self, card: str | None) -> None:
        """Show what a card is linked to in all columns, and bring it into sight."""
        self.chosen = card
        self.refresh()
        linked = self._linked()
        for each in self.lists:
            own = each.column.row_of({self.chosen or ""})
            row = own if own is not None else each.column.row_of(linked)
            if row is not None:
                each.scrollTo(each.column.index(row))

    def refresh(self, _changes: object = None) -> None:
        """Follow the group after an act."""
        session = self._context.session
        group = session.snapshot
        if self.chosen not in group.cards:
            self.chosen = None
        lacks = {card: "; ".join(needs.values()) for card, needs in lacks_by_card(self._context).items()}
        linked = self._linked()
        for title, each in zip(self._titles, self.lists, strict=True):
            each.column.show(group, lambda card: lacks.get(card, ""), self.chosen, linked)
            title.setText(f"{self._context.say(each.column.kind.plural)} · {len(each.column.cards)}")
        self._go.setEnabled(self.chosen is not None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the view is gone."""
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _make_column(self, title: QWidget, model: ChainColumn, name: str) -> QVBoxLayout:
        view = _ColumnList(model, name)
        place = len(self.lists)
        self.lists.append(view)
        view.selectionModel().currentChanged.connect(lambda now, _before: self._take_choice(now))
        view.clicked.connect(self._take_choice)
        view.activated.connect(lambda _index: self._ask_card())
        view.turned.connect(lambda way: self._turn(place + way))
        column = QVBoxLayout()
        column.setSpacing(S)
        column.addWidget(title)
        column.addWidget(view, 1)
        return column

    def _take_choice(self, index: QModelIndex) -> None:
        card: ChainCard | None = index.data(CARD_ROLE)
        if card is not None and card.id != self.chosen:
            self.choose(card.id)

    def _turn(self, place: int) -> None:
        if not 0 <= place < len(self.lists):
            return
        view = self.lists[place]
        row = view.column.row_of(self._linked())
        view.setFocus()
        self._area.ensureWidgetVisible(view)
        if view.column.cards:
            view.setCurrentIndex(view.column.index(row or 0))

    def _ask_card(self) -> None:
        if self.chosen is not None:
            self.card_asked.emit(self.chosen)

    def _linked(self) -> set[str]:
        if self.chosen is None:
            return set()
        return linked_cards(self.chosen, self._kinds, self._context.session.snapshot)
