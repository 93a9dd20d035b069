"""Cards as a list that changes row by row, never as a whole."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.voting import is_voted_on
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardWords
from ui.desktop.models.rows import same_ends

Index = QModelIndex | QPersistentModelIndex
WORDS_ROLE = Qt.ItemDataRole.UserRole + 1
CARD_ROLE = Qt.ItemDataRole.UserRole + 2
MIME_TYPE = "application/x-facilitator-cards"
_NOWHERE = QModelIndex()


class Describer(Protocol):
    """Whoever puts cards into words."""

    def describe(self, card: Card, /) -> CardWords:
        """Return a card in words."""


class CardModel(QAbstractListModel):
    """The cards that ``choose`` takes from the group, in its order."""

    def __init__(
        self,
        context: Context,
        describer: Describer,
        choose: Callable[[GroupSnapshot], Iterable[Card]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = context.session
        self._describer = describer
        self._choose = choose
        self._cards: list[Card] = list(choose(self._session.snapshot))
        self._words: dict[str, CardWords] = {}

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the card, its words or its text."""
        card = self._cards[index.row()]
        if role == WORDS_ROLE:
            return self._describe(card)
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return card.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._describe(card).spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be selected, dragged and, unless the group is voting on them, edited."""
        flag, session = Qt.ItemFlag, self._session
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled
        frozen = is_voted_on(self._cards[index.row()], session.snapshot, session.script, session.room)
        return flags if frozen else flags | flag.ItemIsEditable

    def mimeTypes(self) -> list[str]:
        """Return the one type cards are dragged as."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged cards: their ids, one a line."""
        data = QMimeData()
        data.setData(MIME_TYPE, "\n".join(self._cards[index.row()].id for index in indexes).encode())
        return data

    def index_of(self, card_id: str) -> QModelIndex:
        """Return where a card stands; an invalid index when it is not in the list."""
        for row, card in enumerate(self._cards):
            if card.id == card_id:
                return self.index(row)
        return _NOWHERE

    @property
    def cards(self) -> Sequence[Card]:
        """The cards as they are shown."""
        return self._cards

    def refresh(self, touched: set[str] | None) -> None:
        """Take in the session's group; ``touched`` are the cards with other words, ``None`` for all."""
        if touched is None:
            self._words.clear()
        for card_id in touched or ():
            self._words.pop(card_id, None)
        wanted = list(self._choose(self._session.snapshot))
        head, tail = same_ends(self._cards, wanted)
        new = wanted[head : len(wanted) - tail]
        self._remove_missing(head, tail, {card.id for card in new})
        known = {card.id for card in self._cards[head : len(self._cards) - tail]}
        self._reorder(head, tail, [card for card in new if card.id in known])
        self._insert_new(head, new, known)
        self._tell_changed(touched)

    def _tell_changed(self, touched: set[str] | None) -> None:
        if touched is None and self._cards:
            self.dataChanged.emit(self.index(0), self.index(len(self._cards) - 1))
        elif touched:
            for row, card in enumerate(self._cards):
                if card.id in touched:
                    self.dataChanged.emit(self.index(row), self.index(row))

    def _describe(self, card: Card) -> CardWords:
        words = self._words.get(card.id)
        if words is None:
            words = self._words[card.id] = self._describer.describe(card)
        return words

    def _remove_missing(self, head: int, tail: int, wanted: set[str]) -> None:
        for row in reversed(range(head, len(self._cards) - tail)):
            if self._cards[row].id not in wanted:
                self.beginRemoveRows(_NOWHERE, row, row)
                del self._cards[row]
                self.endRemoveRows()

    def _reorder(self, head: int, tail: int, stayed: list[Card]) -> None:
        """Put the new values of the cards that stayed in place, and move rows only if their order differs."""
        cards = [*self._cards[:head], *stayed, *self._cards[len(self._cards) - tail :]]
        if [card.id for card in stayed] == [card.id for card in self._cards[head : head + len(stayed)]]:
            self._cards = cards
            return
        self.layoutAboutToBeChanged.emit()
        rows = {card.id: row for row, card in enumerate(cards)}
        old = self.persistentIndexList()
        new = [self.index(rows[self._cards[index.row()].id]) for index in old]
        self._cards = cards
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _insert_new(self, head: int, wanted: list[Card], known: set[str]) -> None:
        row = 0
        while row < len(wanted):
            last = row
            while last < len(wanted) and wanted[last].id not in known:
                last += 1
            if last > row:
                self.beginInsertRows(_NOWHERE, head + row, head + last - 1)
                self._cards[head + row : head + row] = wanted[row:last]
                self.endInsertRows()
            row = last + 1
