"""Brings into sight what has just become worth looking at."""

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.desktop.theme.tokens import M

REST_MILLISECONDS = 100
"""By then the page has been laid out, and whoever scrolls is a person."""


class ScrollGuide(QObject):
    """Goes along while the page is being laid out; of what is higher than the window the head is shown."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._wanted: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MILLISECONDS)
        self._timer.timeout.connect(self.forget)
        area.verticalScrollBar().rangeChanged.connect(self._scroll)

    def bring(self, wanted: QWidget) -> None:
        """Scroll to a part of the page, and again when what is above or in it takes its place."""
        self._wanted = wanted
        self._timer.start()
        self._scroll()

    def forget(self) -> None:
        """Scroll no more."""
        self._wanted = None

    def _scroll(self) -> None:
        wanted, page = self._wanted, self._area.widget()
        if wanted is None or page is None:
            return
        if wanted.height() + M > self._area.viewport().height():
            top = wanted.mapTo(page, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(top - M)
        else:
            self._area.ensureWidgetVisible(wanted, 0, M)
