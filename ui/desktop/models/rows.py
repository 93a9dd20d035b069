"""Rows of a model that follow their source with as few signals as the change needs."""

from collections.abc import Hashable
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Row = TypeVar("Row", bound=Hashable)
Index = QModelIndex | QPersistentModelIndex


class RowModel(Protocol):
    """The part of a Qt model that says which rows come and go."""

    def beginInsertRows(self, parent: Index, first: int, last: int, /) -> None: ...
    def endInsertRows(self) -> None: ...
    def beginRemoveRows(self, parent: Index, first: int, last: int, /) -> None: ...
    def endRemoveRows(self) -> None: ...


def update_rows(model: RowModel, rows: list[Row], wanted: list[Row]) -> None:
    """Make ``rows`` equal to ``wanted``, telling ``model`` of the rows that go and come and of no others."""
    head, tail = same_ends(rows, wanted)
    old, new = rows[head : len(rows) - tail], wanted[head : len(wanted) - tail]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, from_, to in reversed(matcher.get_opcodes()):
        if kind in ("delete", "replace"):
            model.beginRemoveRows(QModelIndex(), head + first, head + last - 1)
            del rows[head + first : head + last]
            model.endRemoveRows()
        if kind in ("insert", "replace"):
            model.beginInsertRows(QModelIndex(), head + first, head + first + to - from_ - 1)
            rows[head + first : head + first] = new[from_:to]
            model.endInsertRows()


def same_ends(rows: list[Row], wanted: list[Row]) -> tuple[int, int]:
    """Return how many rows are the same at the beginning and at the end."""
    least = min(len(rows), len(wanted))
    if rows[:least] == wanted[:least]:  # far faster than one by one, and what most acts come to
        return least, 0
    head = 0
    while head < least and rows[head] == wanted[head]:
        head += 1
    tail = 0
    while tail < least - head and rows[-1 - tail] == wanted[-1 - tail]:
        tail += 1
    return head, tail
