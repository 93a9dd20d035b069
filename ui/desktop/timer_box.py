"""The timer in the head of the window, and the line that opens below it to set its length."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from facilitator.room.timer import clock_words
from ui.desktop.context import Context
from ui.desktop.room_clock import RoomClock
from ui.desktop.theme.tokens import L, S
from ui.desktop.timer_words import read_length, timer_words
from ui.desktop.widgets.build import button, label, set_look, set_wrong
from ui.desktop.widgets.elided_label import ElidedLabel

START, PAUSE = "►", "‖"
ROOMY = 800


class TimerButton(QPushButton):
    """Shows the timer and starts or pauses it. Its name for screen readers changes with what a press would
    do, not every second; that the time is up is announced once.
    """

    def __init__(self, context: Context, clock: RoomClock) -> None:
        super().__init__()
        self._context = context
        self._clock = clock
        self._was_over = False
        self.setProperty("kind", "clock")
        self.clicked.connect(clock.pause)
        clock.ticked.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the time as it is now."""
        _ = self._context.gettext
        clock = self._clock
        timer = clock.timer
        words = timer_words(self._context, timer, clock.now())
        act = _("Pause the timer") if timer.running else _("Start the timer")
        number = self._context.session.script.steps.index(clock.step) + 1
        place = _("Step {n}").format(n=number) if clock.is_elsewhere else ""
        time = " ".join(part for part in (place, PAUSE if timer.running else START, words.clock) if part)
        self.setText(" · ".join(part for part in (time, words.note) if part))
        said = ", ".join(part for part in (place, words.clock, words.note) if part)
        if self.accessibleName() != act:
            self.setAccessibleName(act)
        self.setAccessibleDescription(said)
        self.setToolTip(f"{act} (F5)")
        set_look(self, "state", "over" if words.over else "")
        if words.over and not self._was_over and timer.running:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._was_over = words.over


class TimerLine(QFrame):
    """Sets the length of the timer that is shown. Enter sets it, Esc closes the line."""

    closed = Signal()

    def __init__(self, context: Context, clock: RoomClock) -> None:
        super().__init__()
        self._context = context
        self._clock = clock
        self.setProperty("role", "guide")
        self.setProperty("help", "round")
        _ = context.gettext
        self._whose = ElidedLabel("", "field")
        self.length = QLineEdit()
        self.length.setFixedWidth(84)
        self.length.setAccessibleName(_("Length of the timer: minutes, or minutes and seconds"))
        self.length.setPlaceholderText("5:00")
        self.length.returnPressed.connect(self._set)
        self.length.textEdited.connect(lambda _text: self._complain(""))
        more = button(_("+1 min"), clock.extend, tip="Shift+F5")
        more.setAccessibleName(_("Give one minute more"))
        self._less = button(_("−1 min"), lambda: clock.extend(-60))
        self._less.setAccessibleName(_("Take one minute away"))
        self._problem = label("", "error")
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self._whose, 1)
        row.addWidget(self.length)
        row.addWidget(button(_("Set"), self._set))
        row.addWidget(self._less)
        row.addWidget(more)
        row.addWidget(button(_("Start over"), clock.reset))
        row.addWidget(button(_("Close"), self.closed.emit, "quiet", "Esc"))
        column = QVBoxLayout(self)
        column.setContentsMargins(L, S, L, S)
        column.setSpacing(S)
        column.addLayout(row)
        column.addWidget(self._problem)
        clock.ticked.connect(self._name)
        self._name()

    def open(self) -> None:
        """Show the line, ready to type a length."""
        self.length.setText(clock_words(self._clock.timer.seconds))
        self._complain("")
        self.show()
        self.length.setFocus()
        self.length.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room leave out what typing a length does as well."""
        super().resizeEvent(event)
        self._less.setVisible(event.size().width() >= ROOMY)

    def _name(self) -> None:
        words = self._context.gettext("Timer: {step}")
        whose = words.format(step=self._context.say(self._clock.step.title))
        if whose != self._whose.text():
            self._whose.show_text(whose)

    def _complain(self, problem: str) -> None:
        set_wrong(self.length, bool(problem))
        self.length.setAccessibleDescription(problem)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _set(self) -> None:
        seconds = read_length(self.length.text())
        if seconds is None:
            self._complain(self._context.gettext("Type minutes, such as 5 or 5:30."))
            self.length.selectAll()
            return
        self._clock.reset(seconds)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the line."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
