"""The gaps of the chain as a list."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.desktop.models.gap_model import LINE_ROLE, GapLine, GapModel
from ui.desktop.widgets.gap_delegate import GapDelegate
from ui.desktop.widgets.row_list import RowList

_HEIGHT = 220
_LEAST = 120


class GapList(RowList):
    """The gaps; Enter or a click goes to the card."""

    card_asked = Signal(str)

    def __init__(self, model: GapModel, name: str, height: int | None = _HEIGHT) -> None:
        """``height`` is set for a page that has more to say; ``None`` takes what room there is."""
        super().__init__()
        self.setItemDelegate(GapDelegate(self))
        self.setModel(model)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        if height is None:
            self.setMinimumHeight(_LEAST)
        else:
            self.setFixedHeight(height)
        self.clicked.connect(self._go)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        line: GapLine | None = index.data(LINE_ROLE)
        if line is not None and line.card is not None:
            self.card_asked.emit(line.card)
