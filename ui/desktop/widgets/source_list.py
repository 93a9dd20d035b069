"""The statements of earlier steps that a composed text can draw on."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from facilitator.domain.records import Card
from facilitator.script.chain import stands
from facilitator.script.model import Relation
from ui.desktop.context import Context
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import label
from ui.desktop.widgets.tick_delegate import TickDelegate

_KEY = Qt.ItemDataRole.UserRole
_KIND = Qt.ItemDataRole.UserRole + 1


class SourceList(QWidget):
    """Enter or a double click inserts a statement; its tick says that the text draws on it."""

    inserted = Signal(str)
    """Carries the id of the card whose words are to be inserted."""
    cited = Signal(str, bool)
    """Carries the id of a card and whether the text draws on it now."""

    def __init__(
        self, context: Context, relations: Iterable[Relation], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kinds = tuple(dict.fromkeys(kind for relation in relations for kind in relation.targets))
        self._shown: list[tuple[str, str]] = []
        _ = context.gettext
        self.heading = label("", "field")
        self.only_open = QCheckBox(_("Only the rest"))
        self.only_open.setAccessibleName(self.only_open.text())
        self.list = _Sources()
        self.list.setAccessibleName(_("What the text can draw on"))
        self._note = label(
            _("Enter inserts the words at the cursor · Space ticks without inserting"), "small"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        for part in (self.heading, self.only_open, self.list, self._note):
            column.addWidget(part)
        self.only_open.toggled.connect(self._narrow)
        self.list.itemChanged.connect(self._tell)
        self.list.asked.connect(self.inserted)
        self.list.itemDoubleClicked.connect(lambda item: self.list.ask(item))

    def refresh(self, drawn_on: set[str]) -> None:
        """Show the sources as they are now, with a tick at what is drawn on."""
        rows = list(self._sources())
        self.list.blockSignals(True)
        if rows != self._shown:
            self._fill(rows)
        for item in self.list.rows():
            if item.data(_KEY):
                ticked = item.data(_KEY) in drawn_on
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._narrow()
        self._show_number()

    def _cards(self, kind: str) -> list[Card]:
        return [card for card in self._context.session.snapshot.cards_of(kind) if stands(card)]

    def _sources(self) -> Iterable[tuple[str, str]]:
        """Yield (card id, words), under their kind without an id."""
        for kind in self._kinds:
            cards = self._cards(kind)
            if cards:
                yield "", kind
            yield from ((card.id, " ".join(card.text.split())) for card in cards)

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        current = self.list.currentItem()
        key = current.data(_KEY) if current else None
        self._shown = rows
        self.list.clear()
        for card, words in rows:
            item = QListWidgetItem(words)
            item.setData(_KEY, card)
            if card:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            else:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
                item.setData(_KIND, words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
            if card and card == key:
                self.list.setCurrentItem(item)

    def _tell(self, item: QListWidgetItem) -> None:
        if item.data(_KEY):
            self.cited.emit(item.data(_KEY), item.checkState() == Qt.CheckState.Checked)
            self._show_number()

    def _narrow(self) -> None:
        for item in self.list.rows():
            drawn_on = bool(item.data(_KEY)) and item.checkState() == Qt.CheckState.Checked
            item.setHidden(self.only_open.isChecked() and drawn_on)

    def _show_number(self) -> None:
        """Count what is not drawn on yet, of all and of each kind."""
        sources = [item for item in self.list.rows() if item.data(_KEY)]
        open_ = sum(item.checkState() != Qt.CheckState.Checked for item in sources)
        _ = self._context.gettext
        self.list.blockSignals(True)
        for heading, items in self._by_kind():
            self._show_kind_number(heading, items)
        self.list.blockSignals(False)
        if not sources:
            self.heading.setText(_("Nothing to draw on yet: record it at the earlier steps"))
        elif open_:
            self.heading.setText(_("Not drawn on yet: {n} of {all}").format(n=open_, all=len(sources)))
        else:
            self.heading.setText(_("The text draws on everything"))

    def _by_kind(self) -> Iterable[tuple[QListWidgetItem, list[QListWidgetItem]]]:
        """Yield the heading of each kind with the sources under it."""
        rows = self.list.rows()
        starts = [row for row, item in enumerate(rows) if not item.data(_KEY)]
        for start, end in pairwise((*starts, len(rows))):
            yield rows[start], rows[start + 1 : end]

    def _show_kind_number(self, heading: QListWidgetItem, items: list[QListWidgetItem]) -> None:
        _ = self._context.gettext
        open_ = sum(item.checkState() != Qt.CheckState.Checked for item in items)
        kind = self._context.session.script.card_kind(heading.data(_KIND))
        words = (
            _("not drawn on: {n} of {all}").format(n=open_, all=len(items)) if open_ else _("all drawn on")
        )
        heading.setText(f"{self._context.say(kind.plural)} · {words}")


class _Sources(QListWidget):
    """Asks for a card's words by Enter."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(TickDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def rows(self) -> list[QListWidgetItem]:
        """Return every row."""
        return [self.item(row) for row in range(self.count())]

    def ask(self, item: QListWidgetItem | None) -> None:
        """Ask for the words of a row that is a card."""
        if item is not None and item.data(_KEY):
            self.asked.emit(item.data(_KEY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the words."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask(self.currentItem())
        else:
            super().keyPressEvent(event)
