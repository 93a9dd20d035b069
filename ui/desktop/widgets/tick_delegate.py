"""Rows of words with a tick before them."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.desktop.models.card_model import Index

_TICK = 16


class TickDelegate(QStyledItemDelegate):
    """Qt forgets the margins of the tick when it breaks words into lines, and cuts the last line off."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row whose words have a little less room than Qt thinks."""
        narrower = QStyleOptionViewItem(option)
        narrower.rect = option.rect.adjusted(0, 0, -_TICK, 0)
        return super().sizeHint(narrower, index)
