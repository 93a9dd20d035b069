"""The register: who is in the group, by label for everyone and by name for those who may know."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facilitator.services.commands import AddPeople, RemovePerson, WithdrawConsent
from ui.desktop.context import Context
from ui.desktop.models.people_model import Column, PeopleModel
from ui.desktop.people_lines import problem_words, read_people
from ui.desktop.presence_bar import PresenceBar
from ui.desktop.register_preview import RegisterPreview
from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.scrolled import scrolled

if TYPE_CHECKING:
    from exports.excel.register import RegisterSheet

Index = QModelIndex | QPersistentModelIndex
WORKBOOKS = (".xlsx", ".xlsm")
WIDTHS = {
    Column.LABEL: 130,
    Column.HERE: 95,
    Column.NAME: 150,
    Column.REGION: 175,
    Column.CATEGORY: 175,
    Column.ORGANIZATION: 125,
    Column.CONTACT: 95,
    Column.CONSENT: 95,
}


class PeoplePage(QWidget):
    """The table of people and, below it, lines to add more; a sheet is looked at in their place."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("help", "people")
        self._context = context
        _ = context.gettext
        self.model = PeopleModel(context, self)
        self.presence = PresenceBar(context)
        self.presence.day_chosen.connect(self.model.show_day)
        self.model.show_day(self.presence.day)
        self.preview: RegisterPreview | None = None
        self.setAcceptDrops(True)
        self.table = self._make_table()
        self.lines = QPlainTextEdit()
        self.lines.setAccessibleName(_("People to add, a line each"))
        self.lines.setPlaceholderText(
            _("A line each: name; region; category; organization; contact. Paste from a table works too.")
        )
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(76)
        self.lines.setAcceptDrops(False)  # a workbook that is dropped here is for the page
        self.lines.textChanged.connect(self._show_problems)
        self._problems = label("", "warn")
        self._problems.hide()
        self.add_button = button(_("Add to the list"), self._add, "primary")
        self.excel_button = button(_("Take from Excel"), self._ask_for_sheet)
        self.remove_button = button(_("Take off the list"), self._remove)
        self.forget_button = button(_("Forget the name and contacts"), self._forget)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._show_what_can_be_forgotten)
        self.model.dataChanged.connect(self._show_what_can_be_forgotten)
        self.model.rowsRemoved.connect(self._show_what_can_be_forgotten)
        self._show_what_can_be_forgotten()

    def _lay_out(self) -> None:
        _ = self._context.gettext
        note = _(
            "Reports, the projector and the package of the group’s work show labels only. A name leaves this"
            " computer encrypted, and only with a tick in “Consent”."
        )
        keys = _(
            "Space or Enter in “Here” checks a person in and out; Enter edits any other cell; Space gives or"
            " takes back consent; Delete takes a person off the list; Shift+Delete forgets name and contacts."
        )
        forgetting = _(
            "Whose name is forgotten stays as a label, with all they have said;"
            " the next package of names is without them."
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        buttons.addWidget(self.remove_button)
        buttons.addWidget(self.forget_button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addWidget(label(_("Participants"), "title"))
        column.addWidget(label(note, "note"))
        column.addWidget(self.presence)
        column.addWidget(label(keys, "small"))
        column.addWidget(self.table, 1)
        adding = QGridLayout()
        adding.setSpacing(S)
        adding.addWidget(self.lines, 0, 0, 2, 1)
        adding.addWidget(self.add_button, 0, 1)
        adding.addWidget(self.excel_button, 1, 1)
        column.addLayout(adding)
        column.addWidget(self._problems)
        column.addLayout(buttons)
        column.addWidget(label(forgetting, "small"))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(scrolled(column, None))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self._context.gettext("Participants"))
        table.setModel(self.model)
        table.setItemDelegate(ChoiceDelegate(self._context, table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setMinimumHeight(200)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(36)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)
        table.installEventFilter(self)
        return table

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter edits, Delete removes or forgets, on every system; an open editor's keys are none of ours."""
        ours = watched is self.table and self.table.hasFocus()
        if ours and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Delete:
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self._forget()
                else:
                    self._remove()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                index = self.table.currentIndex()
                if index.column() == Column.HERE:
                    self._check_in_and_go_down(index)
                elif index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
                    self.table.edit(index)
                return True
        return super().eventFilter(watched, event)

    def _check_in_and_go_down(self, index: QModelIndex) -> None:
        """One Enter for each person who comes in."""
        here = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        state = Qt.CheckState.Unchecked if here else Qt.CheckState.Checked
        self.model.setData(index, state, Qt.ItemDataRole.CheckStateRole)
        if index.row() + 1 < self.model.rowCount():
            self.table.setCurrentIndex(index.siblingAtRow(index.row() + 1))

    # From Excel

    def _ask_for_sheet(self) -> None:
        _ = self._context.gettext
        kinds = _("Excel workbooks (*.xlsx *.xlsm)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Take from Excel"), str(documents_folder()), kinds)
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Read a workbook away from the window, then show what would be entered; a fault is ``refused``."""

        def read(_service: object) -> "RegisterSheet":
            from exports.excel.register import open_register  # noqa: PLC0415  openpyxl is slow to import

            return open_register(path)

        self._context.session.run(read, lambda sheet: self._show_preview(path, sheet))

    def _show_preview(self, path: Path, sheet: "RegisterSheet") -> None:
        self._leave_preview()
        self.preview = RegisterPreview(self._context, path, sheet)
        self.preview.left.connect(self._leave_preview)
        self._pages.addWidget(self.preview)
        self._pages.setCurrentWidget(self.preview)
        self.preview.focus_entry()

    def _leave_preview(self) -> None:
        if self.preview is not None:
            self._pages.removeWidget(self.preview)
            self.preview.deleteLater()
            self.preview = None
            self.table.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a workbook; other files are for the window."""
        if _workbook_in(event) is not None:
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the workbook."""
        path = _workbook_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.look_at(path)

    def _show_problems(self) -> None:
        """Say which words were not understood: their people are added without them."""
        catalogues, context = self._context.session.catalogues, self._context
        problems = read_people(self.lines.toPlainText(), catalogues).problems
        words = (problem_words(each, catalogues, context.texts, context.language) for each in problems[:3])
        self._problems.setText("\n".join(words))
        self._problems.setVisible(bool(problems))

    def _add(self) -> None:
        people = read_people(self.lines.toPlainText(), self._context.session.catalogues).people
        if people:
            self._context.session.perform(AddPeople(people))
        self.lines.clear()
        self.lines.setFocus()

    def _remove(self) -> None:
        for participant in [self.model.participant(row).id for row in self._chosen_rows()]:
            self._context.session.perform(RemovePerson(participant))

    def _forget(self) -> None:
        """Withdraw the consent of those chosen; who has no name has nothing to forget."""
        for participant in [self.model.participant(row).id for row in self._rows_with_names()]:
            self._context.session.perform(WithdrawConsent(participant))

    def _show_what_can_be_forgotten(self) -> None:
        self.forget_button.setEnabled(bool(self._rows_with_names()))

    def _rows_with_names(self) -> list[int]:
        return [row for row in self._chosen_rows() if self.model.has_name(row)]

    def _chosen_rows(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})


def _workbook_in(event: QDropEvent) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in WORKBOOKS else None


class ChoiceDelegate(QStyledItemDelegate):
    """Region and category are chosen from their catalogues; all else is typed."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list to choose from, or a line to type into."""
        catalogues, say = self._context.session.catalogues, self._context.say
        if index.column() == Column.REGION:
            entries = {key: say(entry.title) for key, entry in catalogues.subjects.items()}
        elif index.column() == Column.CATEGORY:
            entries = {key: say(entry.title) for key, entry in catalogues.categories.items()}
        else:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)))
        box.addItem("", None)
        for key, title in sorted(entries.items(), key=lambda entry: entry[1]):
            box.addItem(title, key)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Choose what the cell holds."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)
