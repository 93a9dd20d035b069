"""What of an Excel sheet would be entered into the register: looked at, mended, then taken in as one act."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from facilitator.services.commands import AddPeople
from ui.desktop.context import Context
from ui.desktop.models.register_draft import DraftRow, draft_rows, people_of
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from exports.excel.register import RegisterSheet

_WIDTHS = (78, 170, 250, 170, 170, 130, 110)
_COLUMNS_ABREAST = 2
_BOX_LETTERS = 12
_EXAMPLE = 24
"""How much of a column's first cell is shown beside its choice, in characters."""


class RegisterPreview(QWidget):
    """Nothing is entered before the button is pressed; ``left`` follows that, or the way back."""

    left = Signal()

    def __init__(self, context: Context, path: Path, sheet: "RegisterSheet") -> None:
        super().__init__()
        self.setProperty("help", "people")
        self._context = context
        self._sheet = sheet
        _ = context.gettext
        self.rows: tuple[DraftRow, ...] = ()
        self.choices: list[QComboBox] = []
        self.table = self._make_table()
        self.count = label("", "field")
        self.with_unknown = QCheckBox(_("Take rows with an unknown word too, without that word"))
        self.with_unknown.setAccessibleName(self.with_unknown.text())
        self.with_unknown.setChecked(True)
        self.take_button = button("", self._take, "primary")
        self._lay_out(path)
        self.with_unknown.toggled.connect(self._refresh)
        self._refresh()

    def _make_table(self) -> QTableWidget:
        _ = self._context.gettext
        heads = (
            _("Row"),
            _("Name"),
            _("To be looked at"),
            _("Region"),
            _("Category"),
            _("Organization"),
            _("Contact"),
        )
        table = QTableWidget(0, len(heads))
        table.setHorizontalHeaderLabels(heads)
        table.setAccessibleName(_("What would be entered"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setMinimumHeight(180)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        return table

    def _lay_out(self, path: Path) -> None:
        _ = self._context.gettext
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        cancel = button(_("Cancel"), self.left.emit)
        buttons.addWidget(self.take_button)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addWidget(label(_("From Excel: {name}").format(name=path.name), "title"))
        note = _("What each column holds was guessed from its head; choose anew where that is wrong.")
        column.addWidget(label(note, "note"))
        column.addLayout(self._make_choices())
        column.addWidget(self.table, 1)
        column.addWidget(self.with_unknown)
        column.addWidget(self.count)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, None))
        stops = [*self.choices, self.table, self.with_unknown, self.take_button, cancel]
        for one, next_ in pairwise(stops):
            QWidget.setTabOrder(one, next_)

    def _make_choices(self) -> QGridLayout:
        _ = self._context.gettext
        parts = (
            (_("do not take"), None),
            (_("Name"), "name"),
            (_("Region"), "region"),
            (_("Category"), "category"),
            (_("Organization"), "organization"),
            (_("Contact"), "contact"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        for place, head in enumerate(self._sheet.head):
            box = QComboBox()
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_BOX_LETTERS)
            for words, part in parts:
                box.addItem(words, part)
            box.setCurrentIndex(box.findData(self._sheet.columns.get(place)))
            title = head or _("Column {n}").format(n=place + 1)
            box.setAccessibleName(_("What stands in the column “{head}”").format(head=title))
            box.setToolTip(self._example(place))
            box.currentIndexChanged.connect(self._refresh)
            self.choices.append(box)
            row, across = divmod(place, _COLUMNS_ABREAST)
            grid.addWidget(label(title[:_EXAMPLE], "field", wrap=False), row, 2 * across)
            grid.addWidget(box, row, 2 * across + 1)
            grid.setColumnStretch(2 * across + 1, 1)
        return grid

    def _example(self, place: int) -> str:
        cells = (row[place] for _line, row in self._sheet.rows if place < len(row) and row[place])
        return next(cells, "")

    def focus_entry(self) -> None:
        """Put the keyboard on the button: who agrees with what is shown presses Enter."""
        self.take_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; nothing has been entered."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        columns = {place: box.currentData() for place, box in enumerate(self.choices) if box.currentData()}
        unknown = self.with_unknown.isChecked()
        self.rows = draft_rows(self._context, self._sheet, columns, with_unknown=unknown)
        self.table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            for column, words in enumerate(self._cells(row)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(place, column, item)
        self._count()

    def _cells(self, row: DraftRow) -> tuple[str, ...]:
        catalogues, say = self._context.session.catalogues, self._context.say
        person = row.person
        region = say(catalogues.subjects[person.region].title) if person.region else ""
        category = say(catalogues.categories[person.category].title) if person.category else ""
        remark = f"! {row.remark}" if row.remark else ""
        return (str(row.line), person.name, remark, region, category, person.organization, person.contact)

    def _count(self) -> None:
        _, ngettext = self._context.gettext, self._context.ngettext
        taken = len(people_of(self.rows))
        words = _("{taken} of {all} rows will be entered.").format(taken=taken, all=len(self.rows))
        looked_at = [row.line for row in self.rows if row.remark]
        if looked_at:
            lines = ", ".join(map(str, looked_at))
            words += " " + _("Rows to be looked at: {lines}").format(lines=lines)
        self.count.setText(words)
        act = ngettext("Enter {n} participant", "Enter {n} participants", taken).format(n=taken)
        self.take_button.setText(act)
        self.take_button.setAccessibleName(act)
        self.take_button.setEnabled(bool(taken))

    def _take(self) -> None:
        self._context.session.perform(AddPeople(people_of(self.rows)))
        self.left.emit()
