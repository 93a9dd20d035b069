"""What layouts lack."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (former := item.widget()) is not None:
            former.hide()
            former.deleteLater()


def tab_in_reading_order(page: QWidget) -> None:
    """Let Tab go through a page as its layouts do, also to what came later than what stands below it."""
    for before, after in pairwise(_stops(page)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        yield from _stops(widget.widget())
    elif layout is not None:
        yield from _stops_in(layout)
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    for item in filter(None, map(layout.itemAt, range(layout.count()))):
        inner = item.layout()
        yield from _stops(item.widget()) if inner is None else _stops_in(inner)
