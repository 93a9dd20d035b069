"""The picture for the room: no menus, no names. On a second screen if there is one, else in front."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.projector.fitting import LEAST_POINTS, PIXELS_PER_POINT, WRAP, fit, height_of
from ui.desktop.projector.slide import Line, Slide, slide_of
from ui.desktop.theme.tokens import Tokens, tokens_of

LEAST = round(LEAST_POINTS * PIXELS_PER_POINT)
QUESTION_SIZES = range(60, 23, -2)
LINE_SIZES = range(60, LEAST - 1, -2)
LONG_SIZES = (*LINE_SIZES, *range(LEAST - 2, 15, -1))
BLANK_KEYS = frozenset("bBиИ")
"""The key B, whatever layout is on."""


class ProjectorWindow(QWidget):
    """Shows one step and follows the group as it works."""

    closed = Signal()
    screen_lost = Signal()

    def __init__(self, context: Context, step: ScriptStep) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._context = context
        self._step = step
        self.blank = False
        self.setWindowTitle(context.gettext("For the room"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(480, 270)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._screen: QScreen | None = None
        context.session.changed.connect(self._redraw)
        QGuiApplication.instance().screenRemoved.connect(self._lose_screen)  # type: ignore[union-attr]
        self._redraw()

    @property
    def slide(self) -> Slide:
        """What is shown at this moment."""
        return self._slide

    def show_step(self, step: ScriptStep) -> None:
        """Go with the moderator to another step."""
        self._step = step
        self._redraw()

    def open_beside(self, window: QWidget) -> None:
        """Fill the screen that ``window`` is not on; with one screen only, cover it.

        On a screen of its own the keyboard stays with ``window``; in front of it the show takes the keyboard.
        """
        others = [screen for screen in QGuiApplication.screens() if screen != window.screen()]
        if others:
            self._screen = others[0]
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            self.setScreen(others[0])
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
            window.activateWindow()
        else:
            self.showFullScreen()
            self.activateWindow()
            self.setFocus()

    def toggle_blank(self) -> None:
        """Darken the picture, or bring it back."""
        self.blank = not self.blank
        self._redraw()

    def _redraw(self, _changes: Changes | None = None) -> None:
        session = self._context.session
        self._slide = slide_of(session.script, session.snapshot, self._step, self._context.language)
        spoken = (
            ""
            if self.blank
            else "\n".join((self._slide.question, *(line.text for line in self._slide.lines)))
        )
        self.setAccessibleName(self._context.gettext("For the room"))
        self.setAccessibleDescription(spoken)
        self.update()

    def _lose_screen(self, screen: QScreen) -> None:
        if screen is self._screen:
            self.screen_lost.emit()
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """B darkens, Esc ends the show."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_B or event.text() in BLANK_KEYS:
            self.toggle_blank()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell when the window is closed, however that came about."""
        if event.type() == QEvent.Type.Close:
            self.closed.emit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the slide as large as it fits."""
        painter = QPainter(self)
        tokens = tokens_of(self.palette())
        if self.blank:
            painter.fillRect(self.rect(), QColor("#000000"))
            return
        painter.fillRect(self.rect(), QColor(tokens.window))
        margin = max(24, self.width() // 28)
        room = self.rect().adjusted(margin, margin, -margin, -margin)
        _SlidePainter(painter, tokens, self.font(), room).paint(self._slide)


class _SlidePainter:
    """Paints from the top down, in what room is left."""

    def __init__(self, painter: QPainter, tokens: Tokens, font: QFont, room: QRect) -> None:
        self._painter = painter
        self._tokens = tokens
        self._font = font
        self._room = room
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, slide: Slide) -> None:
        """Paint where we are, the question, and as many lines as stand there in a size that can be read."""
        where = QFont(self._font)
        where.setPixelSize(24)
        where.setWeight(QFont.Weight.DemiBold)
        self._write(slide.where, where, self._tokens.muted, gap=8)
        bold = QFont(self._font)
        bold.setWeight(QFont.Weight.DemiBold)
        height = self._room.height() * (3 if slide.lines else 8) // 8
        question = fit(slide.question, bold, self._room.width(), height, QUESTION_SIZES)
        self._write(slide.question, question, self._tokens.text, gap=24)
        for place, line in enumerate(slide.lines):
            if not self._paint_line(line, first=place == 0 and not line.count):
                break

    def _paint_line(self, line: Line, *, first: bool) -> bool:
        """Paint one line on a ground of its own; the first is fitted, the others stand there or wait."""
        pad, bar = 18, 8
        facts = _facts(line)
        width = self._room.width() - 2 * pad - bar
        height = self._room.height() - 2 * pad
        sizes = LONG_SIZES if first else (LEAST,)
        text = f"{line.text}{facts}"
        font = fit(text, self._font, width, height, sizes)
        needed = height_of(text, font, width)
        if needed > height and not first:
            return False
        card = QRect(self._room.left(), self._room.top(), self._room.width(), min(needed, height) + 2 * pad)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._tokens.surface))
        self._painter.drawRoundedRect(card, 12, 12)
        if first:
            self._painter.setBrush(QColor(self._tokens.accent))
            self._painter.drawRoundedRect(QRect(card.left(), card.top(), bar, card.height()), 4, 4)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._tokens.text))
        self._painter.drawText(card.adjusted(pad + bar, pad, -pad, -pad), int(WRAP), text)
        self._room.setTop(card.bottom() + 16)
        return self._room.height() > LEAST

    def _write(self, text: str, font: QFont, colour: str, gap: int) -> None:
        height = height_of(text, font, self._room.width())
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(self._room, int(WRAP), text)
        self._room.setTop(self._room.top() + height + gap)


def _facts(line: Line) -> str:
    """Return what is counted of a line, as on the wall: statements in brackets, dots as dots."""
    count = f" ({line.count})" if line.count else ""
    return f"{count}  ● {line.dots}" if line.dots else count
