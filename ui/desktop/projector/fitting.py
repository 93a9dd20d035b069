"""Type as large as the place allows.

A slide is laid out in points, as in any program for slides: 540 points high, whatever the screen has in
pixels and however the laptop scales its own windows. So type of 32 points is as high for the last row on an
old projector, on a new one, and on a laptop that shows everything at 200 %.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics

WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
SLIDE_HEIGHT = 540
"""Seven and a half inches, the height of a slide."""
SLIDE_WIDTH = 720
"""The least width of a slide, that of the old screens of 4 : 3."""
LEAST_POINTS = 32
"""The smallest type that the last row reads; only a text that is long by nature may go below it."""


def scale_of(size: QSize) -> float:
    """Return how many pixels a point takes in a picture of ``size`` pixels."""
    return max(0.01, min(size.height() / SLIDE_HEIGHT, size.width() / SLIDE_WIDTH))


def height_of(text: str, font: QFont, width: int) -> int:
    """Return how high a text stands when it is broken into lines of ``width``."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 1 << 20), int(WRAP), text).height()


def fit(text: str, font: QFont, width: int, height: int, sizes: Sequence[int]) -> QFont:
    """Return ``font`` in the first of ``sizes`` (falling) that lets the text fit, else the last."""
    fitted = QFont(font)
    for size in sizes:
        fitted.setPixelSize(size)
        widest = max((QFontMetrics(fitted).horizontalAdvance(word) for word in text.split()), default=0)
        if widest <= width and height_of(text, fitted, width) <= height:
            break
    return fitted
