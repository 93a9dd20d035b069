"""The groups a new roster expects: a number and a theme each, as many as one likes."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from ui.desktop.organizer.office import Office
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label, set_wrong

USUAL_GROUPS = 6
HIGHEST_NUMBER = 99
NUMBER_WIDTH = 72


class GroupRow(NamedTuple):
    """The fields of one group."""

    number: QSpinBox
    theme: QComboBox
    remove: QPushButton


class GroupRows(QWidget):
    """Begins with the usual six, and keeps one at least."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.rows: list[GroupRow] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(1, 1)
        _ = office.gettext
        self._grid.addWidget(label(_("Number"), "small", wrap=False), 0, 0)
        self._grid.addWidget(label(_("Theme"), "small", wrap=False), 0, 1)
        self.add_button = button(_("Add a group"), self._add_next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(self._grid)
        buttons = QGridLayout()
        buttons.addWidget(self.add_button, 0, 0)
        buttons.setColumnStretch(1, 1)
        column.addLayout(buttons)
        for number in range(1, USUAL_GROUPS + 1):
            self._add(number)

    def value(self) -> list[tuple[int, str]]:
        """Return the number and the theme of each group."""
        return [(row.number.value(), row.theme.currentData()) for row in self.rows]

    def repeated(self) -> list[int]:
        """Return the numbers that stand twice, and mark their fields."""
        numbers = [row.number.value() for row in self.rows]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        for row in self.rows:
            set_wrong(row.number, row.number.value() in twice)
        return twice

    def _add_next(self) -> None:
        taken = [row.number.value() for row in self.rows]
        free = (number for number in range(1, HIGHEST_NUMBER + 1) if number not in taken)
        self._add(next(free, HIGHEST_NUMBER))
        self.rows[-1].number.setFocus()
        self.rows[-1].number.selectAll()
        self.changed.emit()

    def _add(self, number: int) -> None:
        _ = self._office.gettext
        field = QSpinBox()
        field.setRange(1, HIGHEST_NUMBER)
        field.setValue(number)
        field.setFixedWidth(NUMBER_WIDTH)
        field.lineEdit().setTextMargins(S, 0, 0, 0)
        field.setAccessibleName(_("Number of the group"))
        field.valueChanged.connect(self._name_buttons)
        field.valueChanged.connect(self.changed)
        theme = QComboBox()
        theme.setAccessibleName(_("Theme of the group"))
        theme.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.setMinimumContentsLength(16)
        for each in self._office.catalogues.themes.values():
            theme.addItem(f"{each.number}. {each.title.in_language(self._office.language)}", each.id)
        theme.setCurrentIndex((number - 1) % theme.count())
        row = GroupRow(field, theme, button(_("Take out"), lambda: self._remove(row), "quiet"))
        self.rows.append(row)
        line = self._grid.rowCount()
        for column, part in enumerate(row):
            self._grid.addWidget(part, line, column)
        self._name_buttons()
        self._order_tabs()

    def _remove(self, row: GroupRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        for part in row:
            part.hide()
            part.deleteLater()
        self._name_buttons()
        self.rows[min(place, len(self.rows) - 1)].number.setFocus()
        self.changed.emit()

    def _name_buttons(self) -> None:
        words = self._office.gettext("Take out group {n}")
        for row in self.rows:
            row.remove.setAccessibleName(words.format(n=row.number.value()))
            row.remove.setEnabled(len(self.rows) > 1)
        self.add_button.setEnabled(len(self.rows) < HIGHEST_NUMBER)

    def _order_tabs(self) -> None:
        """Let Tab go through the groups before it comes to the button under them."""
        fields = [part for row in self.rows for part in row]
        for former, latter in pairwise((*fields, self.add_button)):
            QWidget.setTabOrder(former, latter)
