"""The order in which Tab leads through what is made at different times: the order in which it is read."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return what Tab goes through within a part of the window that was just laid out."""
    stops: list[QWidget] = []
    widget = part.nextInFocusChain()
    while widget is not None and part.isAncestorOf(widget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def lead_through(stops: Iterable[QWidget]) -> None:
    """Let Tab go from each to the next."""
    for one, next_ in pairwise(stops):
        QWidget.setTabOrder(one, next_)
