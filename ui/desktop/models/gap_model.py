"""The gaps of the chain as lines: the step, what is missing in words, the cards that lack it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.records import Card
from facilitator.script.model import Requirement
from ui.desktop.context import Context
from ui.desktop.models.card_words import first_words
from ui.desktop.models.lacks import due_requirements
from ui.desktop.models.rows import update_rows

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class GapLine:
    """One line: a step's title with a count, a need in words, or a card by its first words.

    A heading stays the same line when its count changes.
    """

    role: Literal["step", "need", "card"]
    text: str
    need: str = ""
    number: int = field(default=0, compare=False)
    card: str | None = None


class GapModel(QAbstractListModel):
    """The gaps that can be closed by now, step by step; ``waiting`` more wait for later steps."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.lines: list[GapLine] = []
        self._known: dict[tuple[str, str], tuple[Card, GapLine]] = {}
        self.count = 0
        self.waiting = 0
        self.refresh()

    def refresh(self) -> None:
        """Name the gaps of the session as they are now."""
        session = self._context.session
        due = due_requirements(session.script, session.snapshot)
        self.count = sum(session.gaps.count(each.kind, each.missing) for each in due)
        self.waiting = session.gaps.total - self.count
        wanted = list(self._wanted(due))
        update_rows(self, self.lines, wanted)
        for row, line in enumerate(wanted):
            if line is not self.lines[row]:
                self.lines[row] = line
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, line: GapLine) -> int | None:
        """Return where the same card lacks the same, or else the same card anything."""
        same = [
            row for row, each in enumerate(self.lines) if each.card == line.card and each.card is not None
        ]
        exact = (row for row in same if self.lines[row].need == line.need)
        return next(exact, same[0] if same else None)

    def _wanted(self, due: tuple[Requirement, ...]) -> Iterator[GapLine]:
        session, say = self._context.session, self._context.say
        for step in session.script.steps:
            kinds = {kind.id for kind in step.card_kinds}
            needs = [
                (each, session.gaps.lacking(each.kind, each.missing)) for each in due if each.kind in kinds
            ]
            total = sum(len(lacking) for _, lacking in needs)
            if total:
                yield GapLine("step", say(step.title), number=total)
            for each, lacking in needs:
                if lacking:
                    words = say(each.words)
                    if len(kinds) > 1:
                        words = f"{say(session.script.card_kind(each.kind).title)}: {words}"
                    yield GapLine("need", words[:1].upper() + words[1:], each.missing, len(lacking))
                    yield from self._cards(each, lacking)

    def _cards(self, need: Requirement, lacking: Collection[str]) -> Iterator[GapLine]:
        """Yield a line for each card that lacks what is needed, the same as before for the same card."""
        missing = need.missing
        for card in self._context.session.snapshot.cards_of(need.kind):
            if card.id in lacking:
                known = self._known.get((card.id, missing))
                if known is None or known[0] is not card:
                    known = card, GapLine("card", first_words(card.text), missing, card=card.id)
                    self._known[card.id, missing] = known
                yield known[1]

    # What Qt asks.

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's words, or the line itself."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.text}: {line.number}" if line.card is None else line.text
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only cards can be gone to."""
        if self.lines[index.row()].card is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
