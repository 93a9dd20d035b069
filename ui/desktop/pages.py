"""The window's middle: one page at a time, and what is said above it."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget


class Pages(QStackedWidget):
    """Some pages stay; a passing one is closed and thrown away when another takes its place."""

    def __init__(self) -> None:
        super().__init__()
        self._passing: QWidget | None = None

    def show_page(self, page: QWidget, *, passing: bool = False) -> None:
        """Show a page, which is taken in when it is new."""
        former, self._passing = self._passing, page if passing else None
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        if former is not None and former is not page:
            self.removeWidget(former)
            former.close()
            former.deleteLater()

    def end(self) -> None:
        """Let the page that is passing end what it has begun: the window closes."""
        if self._passing is not None:
            self._passing.close()


class Middle(QWidget):
    """The pages, below what is there whichever of them is shown."""

    def __init__(self, *parts: QWidget) -> None:
        """The last of ``parts`` takes the room that the others leave."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for part in parts:
            self._column.addWidget(part)
        self._column.setStretchFactor(parts[-1], 1)

    def put_above_pages(self, part: QWidget) -> None:
        """Put one more part right above the pages."""
        self._column.insertWidget(self._column.count() - 1, part)
