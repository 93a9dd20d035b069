"""The whole chain side by side: choosing a card shows what leads to it and what follows from it."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from ui.desktop.context import Context
from ui.desktop.models.chain_model import (
    CARD_ROLE,
    ChainCard,
    ChainColumn,
    Choice,
    Light,
    kinds_on_the_way,
    linked_cards,
    links_between,
)
from ui.desktop.models.lacks import lacks_by_card
from ui.desktop.theme.tokens import XL, XS, S, tokens_of
from ui.desktop.widgets.build import label
from ui.desktop.widgets.chain_delegate import ChainDelegate
from ui.desktop.widgets.row_list import RowList

_COLUMN = 208
_EMPTY = 116
"""The least width of a column with cards and of one without, in pixels."""
_LEAST_HEIGHT = 120


class ColumnList(RowList):
    """One column; the keys left and right are for the view."""

    chosen = Signal(QModelIndex)
    entered = Signal()
    """Enter or a double click: the card itself is wanted."""
    turned = Signal(int)

    def __init__(self, model: ChainColumn, name: str) -> None:
        super().__init__()
        self.column = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView, QListView:focus { background: transparent; border: none; }")
        self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(now))
        self.clicked.connect(self.chosen)
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    def in_sight(self) -> Iterator[tuple[str, QRect]]:
        """Yield the cards one sees with their places in the viewport, cut to what is seen."""
        seen = self.viewport().rect()
        row = self.indexAt(QPoint(seen.center().x(), 1)).row()
        for each in range(max(0, row), len(self.column.cards)):
            place = self.visualRect(self.column.index(each))
            if place.top() > seen.bottom():
                break
            yield self.column.cards[each].id, place & seen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right lead to the neighbouring columns, Enter to the card."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What one stands on is chosen."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.chosen.emit(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class ChainView(QWidget):
    """A column for each kind on the way, and lines between what is linked, as far as it is in sight."""

    card_asked = Signal(str)
    column_entered = Signal(QWidget)
    """The keyboard has come to another column, which may have to be brought into sight."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kinds = kinds_on_the_way(context.session.script)
        self.choice = Choice()
        self.only_gaps = False
        self.lists: list[ColumnList] = []
        self.facts = [label("", "small") for _kind in self._kinds]
        self._titles = [label("", "field", wrap=False) for _kind in self._kinds]
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(XL)
        words: dict[Light, str] = {"chosen": context.gettext("chosen"), "linked": context.gettext("linked")}
        for place, kind in enumerate(self._kinds):
            model = ChainColumn(kind, words, self)
            self._columns.addLayout(self._make_column(place, model, context.say(kind.plural)))

    @property
    def empty(self) -> bool:
        """Whether there is no card to show."""
        return not any(each.column.cards for each in self.lists)

    @property
    def gaps(self) -> int:
        """How many cards have gaps."""
        return sum(each.column.with_gaps for each in self.lists)

    def choose(self, card: str | None) -> None:
        """Light up what a card is linked to in all columns, and bring it into sight."""
        self._light_up(card)
        own = {card or ""}
        for each in self.lists:
            row = each.column.row_of(own)
            if row is None:
                row = each.column.row_of(self.choice.linked)
            elif each.currentIndex().row() != row:
                each.setCurrentIndex(each.column.index(row))
            if row is not None:
                each.scrollTo(each.column.index(row))
            each.viewport().update()
        self._tell()

    def refresh(self) -> None:
        """Follow the group after an act."""
        group = self._context.session.snapshot
        lacks = {card: "; ".join(needs.values()) for card, needs in lacks_by_card(self._context).items()}
        for each in self.lists:
            each.column.show(group, lacks, only_gaps=self.only_gaps)
            each.setMinimumWidth(_COLUMN if each.column.cards else _EMPTY)
        for place, each in enumerate(self.lists):
            self._columns.setStretch(place, 1 if each.column.cards else 0)
        shown = any(each.column.row_of({self.choice.card or ""}) is not None for each in self.lists)
        self._light_up(self.choice.card if shown else None)
        self._tell()

    def show_only_gaps(self, only: bool) -> None:
        """Show all cards, or only those that lack something."""
        self.only_gaps = only
        self.refresh()

    def focus_entry(self) -> None:
        """Put the keyboard on the chosen card, or on the first one."""
        lists = [each for each in self.lists if each.column.cards]
        own = (each for each in lists if each.column.row_of({self.choice.card or ""}) is not None)
        view = next(own, next(iter(lists), None))
        if view is not None:
            view.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the links of the chosen card's way, or without one all of them, behind the cards."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        painter.setPen(
            QPen(QColor(tokens.accent), 2) if self.choice.card else QPen(QColor(tokens.control), 1)
        )
        places = {
            card: (column, rect.translated(each.viewport().mapTo(self, QPoint(0, 0))))
            for column, each in enumerate(self.lists)
            for card, rect in each.in_sight()
            if self.choice.light(card) != "apart"
        }
        for pair in links_between(places, self._context.session.snapshot):
            (one, left), (other, right) = sorted((places[card] for card in pair), key=lambda place: place[0])
            if one != other:
                painter.drawPath(_curve(left, right))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go of the chosen card."""
        if event.key() == Qt.Key.Key_Escape and self.choice.card is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _make_column(self, place: int, model: ChainColumn, name: str) -> QVBoxLayout:
        view = ColumnList(model, name)
        view.setItemDelegate(ChainDelegate(view, model))
        self.lists.append(view)
        view.chosen.connect(self._take_choice)
        view.entered.connect(lambda: self._ask_card(view))
        view.turned.connect(lambda way: self._turn(place, way))
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.update())
        column = QVBoxLayout()
        column.setSpacing(XS)
        column.addWidget(self._titles[place])
        column.addWidget(self.facts[place])
        column.addWidget(view, 1)
        return column

    def _take_choice(self, index: QModelIndex) -> None:
        card: ChainCard | None = index.data(CARD_ROLE)
        if card is not None and card.id != self.choice.card:
            self.choose(card.id)

    def _turn(self, place: int, way: int) -> None:
        """Go to the next column that has cards, to the first that is linked to the chosen one."""
        place += way
        while 0 <= place < len(self.lists) and not self.lists[place].column.cards:
            place += way
        if not 0 <= place < len(self.lists):
            return
        view = self.lists[place]
        row = view.column.row_of(self.choice.linked)
        view.setCurrentIndex(view.column.index(row or 0))
        view.setFocus()
        self.column_entered.emit(view)

    def _ask_card(self, view: ColumnList) -> None:
        card: ChainCard | None = view.currentIndex().data(CARD_ROLE)
        if card is not None:
            self.card_asked.emit(card.id)

    def _light_up(self, card: str | None) -> None:
        group = self._context.session.snapshot
        linked = linked_cards(card, self._kinds, group) if card else frozenset()
        self.choice = Choice(card, linked)
        for each in self.lists:
            each.column.choice = self.choice

    def _tell(self) -> None:
        """Count in each head the gaps, and what is linked to the chosen card."""
        _ = self._context.gettext
        for title, facts, each in zip(self._titles, self.facts, self.lists, strict=True):
            column = each.column
            title.setText(f"{self._context.say(column.kind.plural)} · {column.total}")
            words = []
            if column.total:
                words.append(
                    _("with gaps: {n}").format(n=column.with_gaps) if column.with_gaps else _("no gaps")
                )
            linked = sum(self.choice.light(card.id) == "linked" for card in column.cards)
            if linked:
                words.append(_("linked: {n}").format(n=linked))
            facts.setText(" · ".join(words))
        self.update()


def _curve(left: QRect, right: QRect) -> QPainterPath:
    """Return the way from a card's right edge to the left edge of one farther on."""
    start = QPointF(left.right() - S / 2, left.center().y())
    end = QPointF(right.left() + S / 2, right.center().y())
    middle = QPointF(XL, 0)
    path = QPainterPath(start)
    path.cubicTo(start + middle, end - middle, end)
    return path
