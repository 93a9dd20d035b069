"""The way from the present norm to the action: the kinds side by side, and what each card is linked to."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import stands
from facilitator.script.model import CardKind, Script
from ui.desktop.models.rows import update_rows

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
_STEPS_ON_THE_WAY = ("collect", "plan")


class ChainCard(NamedTuple):
    """A card on the way: its words, what it lacks, and whether it is linked to the one chosen."""

    id: str
    text: str
    lacks: str = ""
    state: str = ""
    """``chosen``, ``linked``, ``apart`` when another one is chosen, or empty."""


class ChainColumn(QAbstractListModel):
    """The cards of one kind."""

    def __init__(self, kind: CardKind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.cards: list[ChainCard] = []

    def show(
        self, group: GroupSnapshot, lacks: Callable[[str], str], chosen: str | None, linked: set[str]
    ) -> None:
        """Show the cards as they stand now, and how each stands to the chosen one."""
        wanted = [
            ChainCard(card.id, card.text, lacks(card.id), _state(card.id, chosen, linked))
            for card in group.cards_of(self.kind.id)
            if stands(card)
        ]
        if [card.id for card in wanted] == [card.id for card in self.cards]:
            for row, card in enumerate(wanted):
                if self.cards[row] != card:
                    self.cards[row] = card
                    self.dataChanged.emit(self.index(row), self.index(row))
        else:
            update_rows(self, self.cards, wanted)

    def row_of(self, cards: Iterable[str]) -> int | None:
        """Return the first row that holds one of the cards."""
        wanted = set(cards)
        return next((row for row, card in enumerate(self.cards) if card.id in wanted), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a card's text, or the card."""
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.text
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{card.text}. {card.lacks}" if card.lacks else card.text
        return None


def kinds_on_the_way(script: Script) -> tuple[CardKind, ...]:
    """Return the kinds that make up the way: what is collected step by step, and what is planned."""
    return tuple(kind for step in script.steps if step.kind in _STEPS_ON_THE_WAY for kind in step.card_kinds)


def linked_cards(card: str, kinds: tuple[CardKind, ...], group: GroupSnapshot) -> set[str]:
    """Return what leads to a card and what follows from it: links towards one end never turn back."""
    place = {kind.id: number for number, kind in enumerate(kinds)}
    return _follow(card, place, group, -1) | _follow(card, place, group, 1)


def _follow(card: str, place: dict[str, int], group: GroupSnapshot, way: int) -> set[str]:
    found: set[str] = set()
    front = {card}
    while front:
        front = {
            other
            for one in front
            for other in _neighbours(one, group)
            if group.cards[other].kind in place
            and (place[group.cards[other].kind] - place[group.cards[one].kind]) * way > 0
        } - found
        found |= front
    return found


def _neighbours(card: str, group: GroupSnapshot) -> set[str]:
    return {link.target for link in group.links_from(card)} | {link.source for link in group.links_to(card)}


def _state(card: str, chosen: str | None, linked: set[str]) -> str:
    if chosen is None:
        return ""
    if card == chosen:
        return "chosen"
    return "linked" if card in linked else "apart"
