"""What the room sees now, small, in the moderator's own window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.context import Context
from ui.desktop.projector.show import RoomShow
from ui.desktop.theme.tokens import tokens_of

HEIGHT = 132


class Thumbnail(QWidget):
    """Stands there while the show runs."""

    def __init__(self, context: Context, show: RoomShow) -> None:
        super().__init__()
        self._show = show
        self._narrow = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(context.gettext("What the room sees"))
        self.hide()
        show.changed.connect(self._begin)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the little room there is to the list of steps."""
        self._narrow = narrow
        self._follow(self._show.window is not None)

    def _follow(self, showing: bool) -> None:
        self.setVisible(showing and not self._narrow)

    def _begin(self, showing: bool) -> None:
        if showing and self._show.window is not None:
            self._show.window.redrawn.connect(self.update)
        self._follow(showing)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the room's picture in its own shape, and a frame around it."""
        if self._show.window is None:
            return
        painter = QPainter(self)
        room = self._show.window.size()
        size = room.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.translate((self.width() - size.width()) // 2, 0)
        self._show.window.paint(painter, size)
        painter.setPen(QPen(QColor(tokens_of(self.palette()).control)))
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
