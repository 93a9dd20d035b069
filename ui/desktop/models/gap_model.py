"""The gaps of the chain as lines: the step, what is missing in words, the cards that lack it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.script.chain import Gap, find_gaps
from facilitator.script.model import Requirement
from ui.desktop.context import Context
from ui.desktop.models.card_words import first_words
from ui.desktop.models.lacks import due_requirements
from ui.desktop.models.rows import update_rows

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class GapLine(NamedTuple):
    """One line: a step's title with a count, a need in words, or a card by its first words."""

    role: Literal["step", "need", "card"]
    text: str
    need: str = ""
    number: int = 0
    card: str | None = None


class GapModel(QAbstractListModel):
    """The gaps that can be closed by now, step by step; ``waiting`` more wait for later steps."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.lines: list[GapLine] = []
        self.count = 0
        self.waiting = 0
        self.refresh()

    def refresh(self) -> None:
        """Look for gaps again; about 5 ms at 2,000 cards."""
        script, group = self._context.session.script, self._context.session.snapshot
        due = due_requirements(script, group)
        found: defaultdict[tuple[str, str], list[Gap]] = defaultdict(list)
        for gap in find_gaps(script, group):
            found[gap.kind, gap.missing].append(gap)
        everything = sum(len(gaps) for gaps in found.values())
        self.count = sum(len(found.get((each.kind, each.missing), ())) for each in due)
        self.waiting = everything - self.count
        update_rows(self, self.lines, list(self._wanted(due, found)))

    def row_of(self, line: GapLine) -> int | None:
        """Return where the same card lacks the same, or else the same card anything."""
        same = [
            row for row, each in enumerate(self.lines) if each.card == line.card and each.card is not None
        ]
        exact = (row for row in same if self.lines[row].need == line.need)
        return next(exact, same[0] if same else None)

    def _wanted(
        self, due: tuple[Requirement, ...], found: dict[tuple[str, str], list[Gap]]
    ) -> Iterator[GapLine]:
        say, cards = self._context.say, self._context.session.snapshot.cards
        for step in self._context.session.script.steps:
            kinds = {kind.id for kind in step.card_kinds}
            needs = [each for each in due if each.kind in kinds and found.get((each.kind, each.missing))]
            if needs:
                total = sum(len(found[each.kind, each.missing]) for each in needs)
                yield GapLine("step", say(step.title), number=total)
            for each in needs:
                gaps = found[each.kind, each.missing]
                words = say(each.words)
                if len(kinds) > 1:
                    words = f"{say(self._context.session.script.card_kind(each.kind).title)}: {words}"
                yield GapLine("need", words[:1].upper() + words[1:], each.missing, len(gaps))
                for gap in gaps:
                    yield GapLine("card", first_words(cards[gap.card].text), each.missing, card=gap.card)

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
