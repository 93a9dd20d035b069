"""Pages that scroll when there is little room, and do not sprawl when there is much."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

WIDEST = 880
"""The widest a page of text and fields gets, in pixels: longer lines are hard to read."""


def scrolled(content: QLayout, widest: int | None = WIDEST, *, centred: bool = False) -> QScrollArea:
    """Return ``content`` in an area that scrolls; ``widest`` is its greatest width in pixels, if any."""
    inner = QWidget()
    inner.setProperty("role", "scrolled")
    inner.setLayout(content)
    if widest is not None:
        inner.setMaximumWidth(widest)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if centred:
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    area.setWidget(inner)
    return area


def bring_into_sight(wanted: QWidget) -> None:
    """Scroll what is around a widget so that it is seen, once the page has been laid out."""

    def scroll() -> None:
        around = wanted.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea) and wanted.isVisible():
                around.ensureWidgetVisible(wanted)
            around = around.parentWidget()

    QTimer.singleShot(0, wanted, scroll)
