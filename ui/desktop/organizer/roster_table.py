"""The roster as a table: a line for each group and key, then those of leads and organizers."""

from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import Line
from ui.desktop.organizer.words import (
    group_line,
    holder_name,
    line_title,
    state_words,
    validity_words,
)
from ui.desktop.theme.tokens import XS, tokens_of

WIDE, NARROW = (38, 18, 16, 14, 14), (27, 20, 20, 16, 17)
"""How the width goes to the columns, in hundredths, where there is much of it and where there is little."""
NARROW_WIDTH = 900
STATE = len(WIDE) - 1
LOWEST_LINE = 36
SIDE = 6
HEADER, TALL_HEADER = 34, 54
"""How high the heads are: those of narrow columns wrap into two lines."""
WRAPPED = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
)


class PaddedText(QStyledItemDelegate):
    """Knows, as Qt does not, that words have less room to wrap in where a cell has a padding."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of the words within the padding."""
        option.rect = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        return super().sizeHint(option, index)


class RosterTable(QTableWidget):
    """As high as its lines: the page scrolls, not the table. The state of a line is said in words."""

    asked = Signal()
    """Enter or a double click on a line."""

    def __init__(self, office: Office) -> None:
        super().__init__(0, len(WIDE))
        self._office = office
        self._lines: tuple[Line, ...] = ()
        _ = office.gettext
        self.setAccessibleName(_("Groups and keys"))
        heads = (_("Group"), _("Who is enrolled"), _("Digits of the key"), _("Time limit"), _("State"))
        self.setHorizontalHeaderLabels(heads)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setItemDelegate(PaddedText(self))
        self.setStyleSheet(f"QTableWidget::item {{ padding: {XS}px {SIDE}px; }}")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(LOWEST_LINE)
        self._arrange_header()
        self.cellDoubleClicked.connect(lambda *_: self.asked.emit())

    def _arrange_header(self) -> None:
        header = self.horizontalHeader()
        header.setDefaultAlignment(WRAPPED)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def line(self) -> Line | None:
        """The line that is chosen."""
        row = self.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def line_place(self) -> QRect:
        """Return where the line that is chosen lies within the table."""
        row = self.currentRow()
        top = self.horizontalHeader().height() + self.rowViewportPosition(row)
        return QRect(0, top, self.width(), self.rowHeight(row))

    def refresh(self) -> None:
        """Show the roster that is open; the line that was chosen stays so, or the first of its group."""
        former = self.line
        self._lines = self._office.roster.lines
        self.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            for column, words in enumerate(self._words(line)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if column == STATE:
                    item.setForeground(self._state_colour(line))
                self.setItem(row, column, item)
        self._choose(former)
        self._fit()

    def _choose(self, former: Line | None) -> None:
        def likeness(line: Line) -> tuple[bool, bool]:
            if former is None:
                return False, False
            same_group = _principal(line) == _principal(former)
            return same_group, same_group and _fingerprint(line) == _fingerprint(former)

        if self._lines:
            best = max(range(len(self._lines)), key=lambda row: (likeness(self._lines[row]), -row))
            self.selectRow(best)

    def _words(self, line: Line) -> tuple[str, ...]:
        office, holder = self._office, line.holder
        name = holder_name(holder, office) if holder else "—"
        valid = validity_words(holder.validity, office) if holder else ""
        return (
            group_line(line.group, office) if line.group else line_title(line, office),
            name,
            holder.digits if holder else "",
            valid,
            state_words(holder, office),
        )

    def _state_colour(self, line: Line) -> QColor:
        tokens = tokens_of(self.palette())
        if line.holder is None:
            return QColor(tokens.warn)
        good = line.holder.state(datetime.now(UTC)) == "enrolled"
        return QColor(tokens.good if good else tokens.bad)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for what one most likely wants with the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew, and let words wrap where it has become narrow."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        shares, header = (WIDE, HEADER) if width > NARROW_WIDTH else (NARROW, TALL_HEADER)
        self.horizontalHeader().setFixedHeight(header)
        for column, share in enumerate(shares[:STATE]):
            self.setColumnWidth(column, width * share // 100)
        self.setColumnWidth(STATE, width - sum(map(self.columnWidth, range(STATE))))
        self.resizeRowsToContents()
        lines = sum(map(self.rowHeight, range(self.rowCount())))
        self.setFixedHeight(header + lines + 2 * self.frameWidth())


def _principal(line: Line) -> str | None:
    return line.group.principal if line.group else None


def _fingerprint(line: Line) -> str | None:
    return line.holder.fingerprint if line.holder else None
