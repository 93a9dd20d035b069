"""A QR code that a telephone can read from the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

Matrix = Sequence[Sequence[int]]
"""Rows of modules, 1 where a module is dark."""

MODULE = 3
"""The side of a module in pixels, which Qt scales with the screen."""
QUIET = 4
"""The light margin in modules that the standard (ISO/IEC 18004) asks for."""


class QrCode(QWidget):
    """Dark on light in both themes: many cameras read nothing else."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._matrix: Matrix = ()

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another code."""
        self._matrix = matrix
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Whole pixels for each module, and the margin."""
        side = MODULE * (len(self._matrix) + 2 * QUIET)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint without smoothing: a blurred edge is harder to read."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        for row, modules in enumerate(self._matrix, QUIET):
            for column, dark in enumerate(modules, QUIET):
                if dark:
                    place = QRectF(column * MODULE, row * MODULE, MODULE, MODULE)
                    painter.fillRect(place, Qt.GlobalColor.black)
