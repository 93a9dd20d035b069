"""Rows of a model that follow their source with as few signals as the change needs."""

from typing import Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class RowModel(Protocol):
    """The part of a Qt model that says which rows come and go."""

    def beginInsertRows(self, parent: Index, first: int, last: int, /) -> None: ...
    def endInsertRows(self) -> None: ...
    def beginRemoveRows(self, parent: Index, first: int, last: int, /) -> None: ...
    def endRemoveRows(self) -> None: ...


def update_rows(model: RowModel, rows: list[Row], wanted: list[Row]) -> None:
    """Make ``rows`` equal to ``wanted``, telling ``model`` of the stretch that differs and no more."""
    head = 0
    while head < min(len(rows), len(wanted)) and rows[head] == wanted[head]:
        head += 1
    tail = 0
    while tail < min(len(rows), len(wanted)) - head and rows[-1 - tail] == wanted[-1 - tail]:
        tail += 1
    if head + tail < len(rows):
        model.beginRemoveRows(QModelIndex(), head, len(rows) - tail - 1)
        del rows[head : len(rows) - tail]
        model.endRemoveRows()
    if head + tail < len(wanted):
        model.beginInsertRows(QModelIndex(), head, len(wanted) - tail - 1)
        rows[head:head] = wanted[head : len(wanted) - tail]
        model.endInsertRows()
