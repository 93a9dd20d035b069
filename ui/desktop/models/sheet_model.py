"""A table of cards that is edited in place: what every cell shows, takes, and sends to the group."""

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.edits import Edit
from facilitator.domain.records import Card, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.services.commands import Command
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.clearing import TableClearing
from ui.desktop.models.lacks import lacks_by_card
from ui.desktop.models.pasting import MOST_ROWS, Grid, UnreadableCell
from ui.desktop.models.rows import update_rows

Index = QModelIndex | QPersistentModelIndex
Tone = Literal["value", "muted", "hint", "missing", "wrong"]
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The :class:`Cell` itself, for the delegate and the page."""
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Choices:
    """What a cell may hold: (key, words) in order, the keys it holds now, and whether it may hold several."""

    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    many: bool


@dataclass(frozen=True)
class Cell:
    """One cell: the text shown, the text to edit, and the card it belongs to."""

    shown: str = ""
    text: str = ""
    tone: Tone = "value"
    card: str | None = None
    choices: Choices | None = None
    editable: bool = True
    goes_on: bool = False
    """Whether the cell below is the same, so that no line is drawn between them."""
    note: str = ""
    """What the card lacks, in words, to stand below the text."""

    @property
    def copied(self) -> str:
        """What is copied of the cell: what it holds, also where it is shown only once for several rows."""
        if self.tone in ("hint", "missing"):
            return ""
        shown = self.shown if self.choices is not None or not self.editable else self.text
        return shown.removeprefix("• ").replace("\n• ", "\n")


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in pixels, and what to type in it."""

    title: str
    width: int
    hint: str = ""


class SheetModel(QAbstractTableModel):
    """Shows rows known by a key and turns what is typed into commands.

    What was typed and could not be taken stays in its cell as a draft until it is mended.
    """

    def __init__(self, context: Context, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.columns = columns
        self._drafts: dict[tuple[Hashable, int], str] = {}
        self._last: Command | None = None
        self._sent: deque[tuple[Command, tuple[Hashable, int], str]] = deque(maxlen=20)
        self._cells: dict[tuple[Hashable, int], Cell] = {}
        self._lacks = lacks_by_card(context)
        self.rows: list[Any] = list(self.wanted_rows())
        context.session.refused.connect(self._keep_refused)

    @property
    def group(self) -> GroupSnapshot:
        """The group as it stands."""
        return self.context.session.snapshot

    def wanted_rows(self) -> Iterable[Hashable]:
        """Return the key of every row that the group asks for."""
        raise NotImplementedError

    def make_cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows, drafts aside."""
        raise NotImplementedError

    def command(self, row: int, column: int, value: str | tuple[str, ...]) -> Command | None:
        """Return the act that puts ``value`` into a cell, or ``None`` when there is nothing to do.

        Raises ``ValueError`` when the value cannot be understood.
        """
        raise NotImplementedError

    def clear_cell(self, clearing: TableClearing, row: int, column: int) -> None:
        """Note what has to go for a cell to be empty."""
        raise NotImplementedError

    def pasted(self, row: int, column: int, grid: Grid) -> Command | None:
        """Return the one act that puts a block of cells where its first cell is, or ``None``.

        Raises ``UnreadableCell`` when one of them cannot be understood.
        """
        raise NotImplementedError

    def cards_in(self, key: Any) -> tuple[str, ...]:
        """Return the cards that a row is made of."""
        raise NotImplementedError

    def missing(self, card: str) -> Mapping[str, str]:
        """Return what a card lacks for the chain: needs as in ``Gap.missing``, each in words."""
        return self._lacks.get(card, {})

    def refresh(self, changes: Changes | None = None) -> None:
        """Follow the group after an act; without ``changes`` only the rows are looked at again."""
        self._cells.clear()
        self._lacks = lacks_by_card(self.context)
        before = _neighbours(self.rows)
        update_rows(self, self.rows, list(self.wanted_rows()))
        touched = _touched(changes.edits, self.group) if changes else set()
        for row, (key, beside) in enumerate(_neighbours(self.rows).items()):
            was_beside = before.get(key, beside)
            if was_beside != beside or not touched.isdisjoint(self.cards_in(key)):
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def row_of(self, card: str) -> int | None:
        """Return the first row that a card stands in."""
        return next((row for row, key in enumerate(self.rows) if card in self.cards_in(key)), None)

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows: a draft that waits to be mended, or what the group holds."""
        place = (self.rows[row], column)
        if place not in self._cells:
            self._cells[place] = self._with_draft(self.make_cell(row, column), place)
        return self._cells[place]

    def draft(self, row: int, column: int) -> str | None:
        """Return what was typed into a cell and could not be taken."""
        return self._drafts.get((self.rows[row], column))

    def take_last(self) -> Command | None:
        """Return the act that the last typed value led to, once."""
        last, self._last = self._last, None
        return last

    def clear(self, indexes: Sequence[Index]) -> None:
        """Take away what stands in some cells, in one act: of each first a draft, else what the group holds.

        Of several cells those that repeat the one above show nothing, and nothing of theirs goes.
        """
        clearing = TableClearing()
        for index in indexes:
            row, column = index.row(), index.column()
            if self._drafts.pop((self.rows[row], column), None) is not None:
                self._show(index)
            elif len(indexes) == 1 or self.cell(row, column).shown:
                self.clear_cell(clearing, row, column)
        command = clearing.command()
        if command is not None:
            self.context.session.perform(command)

    def paste(self, index: Index, grid: Grid) -> str:
        """Put a block of cells into the table in one act; return in words why it cannot be, or nothing."""
        row, column, _ = index.row(), index.column(), self.context.gettext
        if not grid:
            return ""
        if len(grid) > MOST_ROWS:
            return _("Nothing was pasted: {n} rows at most can be pasted at once.").format(n=MOST_ROWS)
        if column + len(grid[0]) > len(self.columns):
            return _("Nothing was pasted: what was copied is wider than the rest of the table.")
        try:
            command = self.pasted(row, column, grid)
        except UnreadableCell as cell:
            words = _("Nothing was pasted: row {row}, “{column}”: “{text}” cannot be taken. {hint}")
            definition = self.columns[cell.column]
            return words.format(
                row=cell.row + 1, column=definition.title, text=cell.text, hint=definition.hint
            ).strip()
        if command is not None:
            self.context.session.perform(command)
        return ""

    # What Qt asks.

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's title, and as its tip what to type there."""
        if orientation == Qt.Orientation.Horizontal:
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.columns[section].title
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.columns[section].hint or None
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one side of a cell."""
        cell = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.shown
        if role == Qt.ItemDataRole.EditRole:
            return cell.text
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{self.columns[index.column()].title}: {cell.shown or cell.text or '—'}"
            return f"{words}. {cell.note}" if cell.note else words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say whether a cell can be edited; every cell can be gone to."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.cell(index.row(), index.column()).editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Send what was typed to the group; a value that cannot be understood stays as a draft."""
        place = (self.rows[index.row()], index.column())
        had_draft = self._drafts.pop(place, None) is not None
        try:
            command = self.command(index.row(), index.column(), value)
        except ValueError:
            self._drafts[place] = str(value)
            self._show(index)
            return False
        if had_draft:
            self._show(index)
        self._last = command
        if command is not None:
            if isinstance(value, str):
                self._sent.append((command, place, value))
            self.context.session.perform(command)
        return True

    def _keep_refused(self, _fault: object, refused: object) -> None:
        for command, place, text in self._sent:
            if command is refused and place[0] in self.rows:
                self._drafts[place] = text
                self._show(self.index(self.rows.index(place[0]), place[1]))

    def _show(self, index: Index) -> None:
        self._cells.pop((self.rows[index.row()], index.column()), None)
        self.dataChanged.emit(index, index)

    def _with_draft(self, cell: Cell, place: tuple[Hashable, int]) -> Cell:
        draft = self._drafts.get(place)
        if draft is None:
            return cell
        return Cell(draft, draft, "wrong", cell.card, cell.choices, cell.editable, cell.goes_on)


def _neighbours(rows: list[Any]) -> dict[Any, tuple[Any, Any]]:
    """Return the rows above and below each, on which depends whether a text is repeated."""
    padded = [None, *rows, None]
    return {key: (padded[row], padded[row + 2]) for row, key in enumerate(rows)}


def _touched(edits: Iterable[Edit], group: GroupSnapshot) -> set[str]:
    """Return the cards that edits have to do with, and the cards these are linked to."""
    cards: set[str] = set()
    for edit in edits:
        record = edit.record
        if isinstance(record, Link):
            cards |= {record.source, record.target}
        elif isinstance(record, Card):
            cards.add(record.id)
            cards.update(link.target for link in group.links_from(record.id))
            cards.update(link.source for link in group.links_to(record.id))
    return cards
