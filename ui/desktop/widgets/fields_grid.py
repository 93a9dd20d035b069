"""Fields under one another, each with its name before it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.desktop.theme.tokens import L, S
from ui.desktop.widgets.build import label

FIELD_HEIGHT = 34


class FieldsGrid(QGridLayout):
    """Names on the left, fields or words on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(L)
        self.setVerticalSpacing(S)
        self.setColumnStretch(1, 1)

    def add(self, name: str, field: QWidget) -> QLabel:
        """Add a field under the others and return the label before it."""
        row = self.rowCount()
        title = label(name, "field", wrap=False)
        title.setBuddy(field)
        if not isinstance(field, QLabel):
            title.setMinimumHeight(FIELD_HEIGHT)
        self.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(field, row, 1)
        return title

    def add_under(self, field: QWidget) -> None:
        """Add something that needs no name of its own under the fields."""
        self.addWidget(field, self.rowCount(), 1)
