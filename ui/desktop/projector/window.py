"""The picture for the room: no menus, no names. On a second screen if there is one, else in front."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.projector.bands import bands_of
from ui.desktop.projector.picture import paint_slide
from ui.desktop.projector.reading import ReadingPage, paint_reading, reading_pages
from ui.desktop.projector.slide import Slide, slide_of
from ui.desktop.projector.votes import result_lines
from ui.desktop.room_clock import RoomClock
from ui.desktop.theme.tokens import tokens_of
from ui.desktop.timer_words import timer_words

BLANK_KEYS = frozenset("bBиИ")
"""The key B, whatever layout is on."""
FORWARD = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space})
BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace})


class ProjectorWindow(QWidget):
    """Shows one step and follows the group as it works; or one statement large, or a text to read aloud."""

    closed = Signal()
    screen_lost = Signal()
    redrawn = Signal()
    """Another picture is shown."""

    def __init__(self, context: Context, clock: RoomClock, step: ScriptStep) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setProperty("help", "projector")
        self._context = context
        self._clock = clock
        self._step = step
        self._spotlight: str | None = None
        self._reading: str | None = None
        self._revealed: str | None = None
        self._page = 0
        self._broken: tuple[tuple[str | None, QSize], tuple[ReadingPage, ...]] = (None, QSize()), ()
        self.blank = False
        self.points = 0
        self.setWindowTitle(context.gettext("For the room"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(480, 270)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._screen: QScreen | None = None
        context.session.changed.connect(self._redraw)
        clock.ticked.connect(self._redraw)
        QGuiApplication.instance().screenRemoved.connect(self._lose_screen)  # type: ignore[union-attr]
        self._redraw()

    @property
    def slide(self) -> Slide:
        """What is shown at this moment, unless a text is read aloud."""
        return self._slide

    @property
    def reading(self) -> ReadingPage | None:
        """The page of the text that is read aloud."""
        pages = self._pages()
        return pages[min(self._page, len(pages) - 1)] if pages else None

    def show_step(self, step: ScriptStep) -> None:
        """Go with the moderator to another step; what stood alone goes."""
        if step is not self._step:
            self._spotlight = self._reading = self._revealed = None
        self._step = step
        self._redraw()

    def spotlight(self, card: str) -> None:
        """Show one card alone and large; asked again for the same card, no longer."""
        self._reading = None
        self._spotlight = None if self._spotlight == card else card
        self._redraw()

    def read_aloud(self, card: str) -> None:
        """Show one text alone, page by page; asked again, no longer."""
        text = self._context.session.snapshot.cards[card].text
        self._spotlight = None
        self._reading, self._page = (None if self._reading == text else text), 0
        self._redraw()

    def turn_page(self, distance: int) -> None:
        """Go to another page of the text that is read aloud."""
        if self._reading is not None:
            self._page = min(max(0, self._page + distance), len(self._pages()) - 1)
            self._redraw()

    def _pages(self) -> tuple[ReadingPage, ...]:
        """Break the text that is read aloud into pages, once for a text and a size."""
        wanted = (self._reading, self.size())
        if wanted != self._broken[0]:
            text = self._reading
            self._broken = wanted, reading_pages(text, self.size(), self.font()) if text else ()
        return self._broken[1]

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

    def paint(self, painter: QPainter, size: QSize) -> None:
        """Fill ``size`` pixels with what the room sees."""
        tokens = tokens_of(self.palette())
        reading = self.reading
        if reading is not None and not self.blank:
            paint_reading(painter, size, reading, tokens, self.font())
        else:
            self.points = paint_slide(painter, size, self._slide, tokens, self.font())

    def show_result(self, round_: str | None) -> None:
        """Let what a vote has come to stand before the room, or no longer."""
        self._revealed = round_
        self._redraw()

    def _redraw(self, _what: object = None) -> None:
        former = getattr(self, "_slide", None)
        self._slide = self._compose()
        reading = self.reading
        said = self._slide.words if reading is None or self.blank else reading.text
        self.setAccessibleName(self._context.gettext("For the room"))
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        if former != self._slide or reading is not None:
            self.update()
            self.redrawn.emit()

    def _compose(self) -> Slide:
        session, context = self._context.session, self._context
        slide = slide_of(session.script, session.snapshot, self._step, context.language)
        timer = session.room.timer(self._step)
        words = timer_words(context, timer, self._clock.now())
        spotlight = session.snapshot.cards.get(self._spotlight or "")
        revealed = session.snapshot.rounds.get(self._revealed or "")
        return replace(
            slide,
            lines=(result_lines(context, revealed) if revealed is not None else ()) or slide.lines,
            clock=words.clock if timer.touched else "",
            note=words.note,
            over=words.over,
            bands=bands_of(context, self._step, self._clock.now()),
            spotlight=spotlight.text if spotlight is not None and not spotlight.private else "",
            blank=self.blank,
        )

    def _lose_screen(self, screen: QScreen) -> None:
        if screen is self._screen:
            self.screen_lost.emit()
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """B darkens, Esc takes what stands alone off or ends the show, arrows turn the pages."""
        if event.key() == Qt.Key.Key_Escape and (self._spotlight or self._reading):
            self._spotlight = self._reading = None
            self._redraw()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_B or event.text() in BLANK_KEYS:
            self.toggle_blank()
        elif event.key() in FORWARD | BACK:
            self.turn_page(1 if event.key() in FORWARD else -1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell when the window is closed, however that came about."""
        if event.type() == QEvent.Type.Close:
            self.closed.emit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is shown as large as it fits."""
        self.paint(QPainter(self), self.size())
