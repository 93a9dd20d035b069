"""Type as large as the place allows."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
PIXELS_PER_POINT = 96 / 72
LEAST_POINTS = 32
"""The smallest type that the last row reads; only a text that is long by nature may go below it."""


def height_of(text: str, font: QFont, width: int) -> int:
    """Return how high a text stands in pixels when it is broken into lines of ``width`` pixels."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 1 << 20), int(WRAP), text).height()


def fit(text: str, font: QFont, width: int, height: int, sizes: Sequence[int]) -> QFont:
    """Return ``font`` in the first of ``sizes`` (pixels, falling) that lets the text fit, else the last."""
    fitted = QFont(font)
    for size in sizes:
        fitted.setPixelSize(size)
        widest = max((QFontMetrics(fitted).horizontalAdvance(word) for word in text.split()), default=0)
        if widest <= width and height_of(text, fitted, width) <= height:
            break
    return fitted
