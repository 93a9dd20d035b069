"""The digits of a key, large, for reading aloud."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.desktop.theme.tokens import XL, S
from ui.desktop.widgets.build import label

GROUPS, COLUMNS = 6, 3


class DigitsTable(QWidget):
    """Six numbered groups of five digits, in two rows, in the order in which one reads them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._groups = [self._group() for _ in range(GROUPS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(S)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(2 * COLUMNS, 1)
        for place, group in enumerate(self._groups):
            row, column = divmod(place, COLUMNS)
            number = label(str(place + 1), "small", wrap=False)
            number.setContentsMargins(XL if column else 0, 0, 0, 0)
            grid.addWidget(number, row, 2 * column, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(group, row, 2 * column + 1)

    def _group(self) -> QLabel:
        return label("", "title", wrap=False)

    @property
    def digits(self) -> str:
        """What is shown: six groups with spaces between them."""
        return " ".join(group.text() for group in self._groups)

    def show_digits(self, digits: str) -> None:
        """Show the digits of another key."""
        for group, words in zip(self._groups, digits.split(), strict=True):
            group.setText(words)
        self.setAccessibleName(f"{self._name}: {', '.join(digits.split())}")
