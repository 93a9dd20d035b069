"""The line in which statements are typed as they are said."""

import re

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from facilitator.domain.records import UNSPEAKABLE

_LIST_MARK = re.compile(
    r"(?:[•·▪‣◦●○■□\uf0b7\uf0a7\uf0fc*–—-]|\(?(?:\d{1,3}|[a-zа-яё])[.)])(?:\s+|$)", re.IGNORECASE
)
"""A bullet, a dash, a number or a letter of a list, with the space behind it."""
_MOST_LINES = 4
_MARGIN = 18


class CaptureLine(QPlainTextEdit):
    """One line that grows with a long statement; many pasted lines are given at once."""

    entered = Signal()
    """Enter was pressed."""
    pasted = Signal(tuple)
    """Carries the lines of a text of several lines that was pasted or dropped."""
    edit_last_asked = Signal()
    """The arrow up was pressed in the empty line."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self._fit()

    def lines(self) -> tuple[str, ...]:
        """Return what is typed, line by line, without empty lines."""
        return spoken_lines(self.toPlainText())

    def give_back(self, texts: tuple[str, ...]) -> None:
        """Put texts that could not be recorded before what has been typed since."""
        self.setPlainText("\n".join((*texts, *self.lines())))
        self.moveCursor(self.textCursor().MoveOperation.End)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives, the arrow up in the empty line asks for the last statement."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.edit_last_asked.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Give several lines as so many statements; take one line in as typed."""
        lines = spoken_lines(source.text())
        if len(lines) > 1:
            self.pasted.emit(lines)
        elif lines:
            self.insertPlainText(lines[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """One line is the least."""
        return QSize(120, self._height(1))

    def _fit(self) -> None:
        lines = sum(max(1, self._layout_lines(number)) for number in range(self.document().blockCount()))
        self.setFixedHeight(self._height(min(lines, _MOST_LINES)))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > _MOST_LINES else policy.ScrollBarAlwaysOff
        )

    def _layout_lines(self, number: int) -> int:
        block = self.document().findBlockByNumber(number)
        self.blockBoundingGeometry(block)
        return block.layout().lineCount()

    def _height(self, lines: int) -> int:
        margin = int(2 * self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + margin + _MARGIN


def spoken_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, without the space around them.

    Tabs become spaces; marks that cannot be seen and that no record may hold are left out. Where every one of
    several lines begins with a mark of a list, such as «–» or «1)», the marks are left out.
    """
    lines = [UNSPEAKABLE.sub("", line.replace("\t", " ")).strip() for line in text.splitlines()]
    spoken = [line for line in lines if line]
    if len(spoken) > 1 and all(_LIST_MARK.match(line) for line in spoken):
        spoken = [_LIST_MARK.sub("", line) for line in spoken]
    return tuple(line for line in spoken if line)
