"""Blocks of cells as other programs exchange them, and what a pasted block comes to."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import StringIO

from facilitator.domain.records import Card
from facilitator.services.commands import EnterTable, NewCard
from facilitator.services.commands.tables import End

Grid = Sequence[Sequence[str]]
MOST_ROWS = 500


class UnreadableCell(ValueError):
    """What is in a pasted cell cannot be taken; carries its row in the block from 0 and its column."""

    def __init__(self, row: int, column: int, text: str) -> None:
        super().__init__(text)
        self.row, self.column, self.text = row, column, text


def cells_to_text(grid: Iterable[Iterable[str]]) -> str:
    """Return cells as tab-separated text, with quotes around what has tabs, quotes or line breaks in it."""
    written = StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(grid)
    return written.getvalue()


def text_to_cells(text: str) -> list[list[str]]:
    """Return the cells of tab-separated text, trimmed, each row as long as the longest; empty rows go."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter="\t")]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def is_block(text: str) -> bool:
    """Whether a text is a block of cells: it has tabs, or ends its last line as tables do."""
    return "\t" in text or (text.endswith("\n") and bool(text.strip()))


@dataclass
class _New:
    kind: str
    text: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class TableEntry:
    """Gathers what a pasted block changes, makes and links, until it is one command."""

    changes: dict[str, dict[str, object]] = field(default_factory=dict)
    made: list[_New] = field(default_factory=list)
    links: list[tuple[End, str, End]] = field(default_factory=list)

    def add(self, kind: str, text: str) -> int:
        """Make a card; return its place among the new ones."""
        self.made.append(_New(kind, text))
        return len(self.made) - 1

    def link(self, source: End, relation: str, target: End) -> None:
        """Link two cards, each there or new."""
        self.links.append((source, relation, target))

    def set_text(self, card: Card, text: str) -> None:
        """Change the words of a card that is there."""
        if text != card.text:
            self.changes.setdefault(card.id, {})["text"] = text

    def set_field(self, card: Card | int, name: str, value: str) -> None:
        """Fill in a field of a card, there or new."""
        if isinstance(card, int):
            self.made[card].fields[name] = value
        elif card.fields.get(name) != value:
            values = self.changes.setdefault(card.id, {})
            values["fields"] = {**card.fields, **_fields(values), name: value}

    def command(self) -> EnterTable | None:
        """Return the one act all this comes to, or ``None`` when nothing is new."""
        if not (self.changes or self.made or self.links):
            return None
        cards = tuple(NewCard(each.kind, each.text, each.fields) for each in self.made)
        return EnterTable(self.changes, cards, tuple(self.links))


def _fields(values: dict[str, object]) -> dict[str, object]:
    fields = values.get("fields", {})
    return fields if isinstance(fields, dict) else {}
