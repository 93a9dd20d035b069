"""The window's middle: one page at a time."""

from PySide6.QtWidgets import QStackedWidget, QWidget


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
