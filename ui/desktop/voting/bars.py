"""Bars with numbers: how many hands have shown how many fingers."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.theme.tokens import S, tokens_of

_THICK = 12


class Bars(QWidget):
    """A row each: what is counted, a bar as long as its number, the number."""

    def __init__(self, name: str, rows: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self.setAccessibleName(f"{name}: {', '.join(f'{words} – {count}' for words, count in rows)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return as much as the rows need."""
        return QSize(240, len(self._rows) * self._line)

    def minimumSizeHint(self) -> QSize:
        """Return a narrow bar's room."""
        return QSize(140, len(self._rows) * self._line)

    @property
    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        painter, tokens, metrics = QPainter(self), tokens_of(self.palette()), self.fontMetrics()
        left = max((metrics.horizontalAdvance(words) for words, _ in self._rows), default=0) + S
        right = metrics.horizontalAdvance("000") + S
        most = max((count for _, count in self._rows), default=0)
        for place, (words, count) in enumerate(self._rows):
            line = QRect(0, place * self._line, self.width(), self._line)
            painter.setPen(QColor(tokens.text))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
            room = max(0, self.width() - left - right)
            length = room * count // most if most else 0
            if count:
                bar = QRect(left, line.center().y() - _THICK // 2, max(2, length), _THICK)
                painter.fillRect(bar, QColor(tokens.accent))
            number = line.adjusted(left + length + (S if count else 0), 0, 0, 0)
            painter.drawText(
                number, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), str(count)
            )
        painter.end()
