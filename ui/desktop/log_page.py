"""The log of acts: who did what when, to read, to search and to hand on as a table."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from exports.act_log import LogRow, write_act_log
from facilitator.services.group_service import GroupService
from facilitator.texts import load_texts
from ui.acts import log_rows
from ui.desktop.context import Context
from ui.desktop.file_names import ask_where
from ui.desktop.models.log_model import LogModel
from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import XL, L, M
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.scrolled import scrolled

_WIDTHS = (165, 185, 300, 165)
_ACT = 2
_ROW = 30
_PAUSE = 300
"""How long the log waits for the next act before it is read again, in milliseconds."""


class LogPage(QWidget):
    """Reads the log anew when it is shown and, while it is, after acts."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("help", "day-end")
        self._context = context
        _ = context.gettext
        self.model = LogModel(context, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find an act (Ctrl+F)"))
        self.search.setAccessibleName(_("Find an act"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._seek)
        self.count = label("", "small")
        self.answer = label("", "note")
        self.answer.hide()
        workbook, table = _("Excel workbook (*.xlsx)"), _("Table of text (*.csv)")
        self.excel_button = button(_("Save for Excel"), lambda: self._ask(".xlsx", workbook))
        self.text_button = button(_("Save as CSV"), lambda: self._ask(".csv", table))
        self.table = self._make_table()
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look)
        context.session.changed.connect(self._look_again)
        find = QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self._context.gettext("Log of acts"))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setMinimumHeight(180)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS):
            table.setColumnWidth(column, width)
        return table

    def _lay_out(self) -> None:
        _ = self._context.gettext
        note = _(
            "Every act since the group was made, newest first, with those that were taken back."
            " People stand here by label, never by name."
        )
        bar = QHBoxLayout()
        bar.setSpacing(M)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.excel_button)
        bar.addWidget(self.text_button)
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addWidget(label(_("Log of acts"), "title"))
        column.addWidget(label(note, "note"))
        column.addLayout(bar)
        column.addWidget(self.answer)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, None))

    def focus_entry(self) -> None:
        """Put the keyboard where words are sought."""
        self.search.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the acts the room that the other columns leave, and no less than they need."""
        super().resizeEvent(event)
        room = event.size().width() - 2 * XL - _ROW - sum(_WIDTHS) + _WIDTHS[_ACT]
        self.table.setColumnWidth(_ACT, max(room, _WIDTHS[_ACT]))

    def showEvent(self, event: QShowEvent) -> None:
        """Read the log anew."""
        super().showEvent(event)
        self._look()

    def _look_again(self, _changes: object) -> None:
        if self.isVisible():
            self._soon.start()

    def _look(self) -> None:
        self._context.session.run(self._read, self._show)

    def _read(self, service: GroupService) -> tuple[LogRow, ...]:
        return log_rows(service.log(), service.script, self._context.language, self._context.gettext)

    def _show(self, rows: tuple[LogRow, ...]) -> None:
        self.model.show_rows(rows)
        self._count()

    def _seek(self, words: str) -> None:
        self.model.seek(words)
        self._count()

    def _count(self) -> None:
        _, shown, total = self._context.gettext, len(self.model.rows), self.model.total
        if shown < total:
            self.count.setText(_("{shown} of {total} acts").format(shown=shown, total=total))
        elif total:
            words = self._context.ngettext("{n} act", "{n} acts", total)
            self.count.setText(words.format(n=total))
        else:
            self.count.setText(_("Nothing has been done yet. What you record will be listed here."))

    def _ask(self, suffix: str, kinds: str) -> None:
        """Ask where the log goes, and write it there."""
        _ = self._context.gettext
        number = self._context.session.snapshot.group.number
        proposed = documents_folder() / (_("Log of group {n}").format(n=number) + suffix)
        path = ask_where(self, _("Save the log"), proposed, kinds)
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the whole log to ``path``; the page says when it is there, or the session ``refused``."""
        context = self._context

        def write(service: GroupService) -> Path:
            texts = load_texts("exports", context.language)
            write_act_log(self._read(service), texts, context.language, path)
            return path

        context.session.run(write, self._tell_written)

    def _tell_written(self, path: Path) -> None:
        self.answer.setText(self._context.gettext("Written: {path}").format(path=path))
        self.answer.show()
