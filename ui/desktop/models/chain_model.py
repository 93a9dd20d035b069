"""The way from the present norm to the action: the kinds side by side, and what each card is linked to."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.chain import stands
from facilitator.script.model import CardKind, Script
from ui.desktop.models.rows import update_rows

Index = QModelIndex | QPersistentModelIndex
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
_MOST_TEXT = 280
"""How many characters of a long text, such as the image, stand on its card."""
Light = Literal["", "chosen", "linked", "apart"]


class ChainCard(NamedTuple):
    """A card on the way: its words and what it lacks."""

    id: str
    text: str
    lacks: str = ""


class Choice(NamedTuple):
    """The card one has chosen on the way, and what leads to it and follows from it."""

    card: str | None = None
    linked: frozenset[str] = frozenset()

    def light(self, card: str) -> Light:
        """Return how a card stands to the chosen one: ``apart`` when it has nothing to do with it."""
        if self.card is None:
            return ""
        if card == self.card:
            return "chosen"
        return "linked" if card in self.linked else "apart"


class ChainColumn(QAbstractListModel):
    """The cards of one kind, all or only those with gaps."""

    def __init__(
        self, kind: CardKind, light_words: Mapping[Light, str], parent: QObject | None = None
    ) -> None:
        """``light_words`` tell a screen reader how a card stands to the chosen one."""
        super().__init__(parent)
        self.kind = kind
        self._light_words = light_words
        self.choice = Choice()
        self.cards: list[ChainCard] = []
        self.total = 0
        self.with_gaps = 0

    def show(self, group: GroupSnapshot, lacks: Mapping[str, str], *, only_gaps: bool = False) -> None:
        """Show the cards as they stand now; ``lacks`` says in words what a card lacks."""
        cards = [
            ChainCard(card.id, _shortened(card.text), lacks.get(card.id, ""))
            for card in group.cards_of(self.kind.id)
            if stands(card)
        ]
        gaps = [card for card in cards if card.lacks]
        self.total, self.with_gaps = len(cards), len(gaps)
        update_rows(self, self.cards, gaps if only_gaps else cards)

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
            words = (self._light_words.get(self.choice.light(card.id), ""), card.text, card.lacks)
            return ". ".join(each for each in words if each)
        return None


def kinds_on_the_way(script: Script) -> tuple[CardKind, ...]:
    """Return the kinds that make up the way: those that a relation leads to or from, step by step."""
    return tuple(
        kind
        for step in script.steps
        for kind in step.card_kinds
        if script.relations_from(kind.id) or script.relations_to(kind.id)
    )


def linked_cards(card: str, kinds: tuple[CardKind, ...], group: GroupSnapshot) -> frozenset[str]:
    """Return what leads to a card and what follows from it: links towards one end never turn back."""
    place = {kind.id: number for number, kind in enumerate(kinds)}
    return frozenset(_follow(card, place, group, -1) | _follow(card, place, group, 1))


def links_between(cards: Iterable[str], group: GroupSnapshot) -> Iterator[tuple[str, str]]:
    """Yield (source, target) of the links among some cards."""
    wanted = set(cards)
    for card in wanted:
        yield from ((card, link.target) for link in group.links_from(card) if link.target in wanted)


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT].rsplit(maxsplit=1)[0]}…"


def _follow(card: str, place: dict[str, int], group: GroupSnapshot, way: int) -> set[str]:
    found: set[str] = set()
    front = {card}
    while front:
        front = {
            other.id
            for one in front
            for other in _neighbours(one, group)
            if stands(other)
            and other.kind in place
            and (place[other.kind] - place[group.cards[one].kind]) * way > 0
        } - found
        found |= front
    return found


def _neighbours(card: str, group: GroupSnapshot) -> list[Card]:
    targets = (link.target for link in group.links_from(card))
    sources = (link.source for link in group.links_to(card))
    return [group.cards[key] for key in (*targets, *sources)]
