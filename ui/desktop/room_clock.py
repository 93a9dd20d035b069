"""The clock of the room: whose timer is shown, and the moments at which what it shows changes."""

import time
from collections.abc import Callable, Iterable
from math import floor

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from facilitator.room.notes import Note
from facilitator.room.timer import Timer
from facilitator.room.turns import Turns
from facilitator.script.model import ScriptStep
from ui.desktop.session import GroupSession

LATE = 0.002
"""Seconds to wait past a change: a timer that fires a little early would show the second before."""


class RoomClock(QObject):
    """Everything that counts in the window counts by this one Qt timer, and by the computer's clock.

    One timer runs at a time: who starts another pauses the one before.
    """

    ticked = Signal()
    """A second of the timer or of a speaker's turn has passed, or another timer is shown."""
    minute = Signal()
    """A minute has begun on the wall."""

    def __init__(
        self, session: GroupSession, step: ScriptStep, parent: QObject, now: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._step = step
        self._now = now
        self._minute = floor(now() / 60)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        session.noted.connect(self._take_note)
        self._wait()

    def now(self) -> float:
        """Return the POSIX time by which all is counted."""
        return self._now()

    @property
    def step(self) -> ScriptStep:
        """The step whose timer is shown: the one that is gone to, unless the timer of another runs."""
        room = self._session.room
        running = (step for step in self._session.script.steps if room.timer(step).running)
        return next(running, self._step)

    @property
    def timer(self) -> Timer:
        """The timer that is shown."""
        return self._session.room.timer(self.step)

    @property
    def left(self) -> float:
        """The seconds left of the timer that is shown, below zero in overtime."""
        return self.timer.left_at(self._now())

    @property
    def is_elsewhere(self) -> bool:
        """Whether the timer that is shown belongs to another step than the one that is gone to."""
        return self.step is not self._step

    def go_to(self, step: ScriptStep) -> None:
        """Go with the moderator to another step."""
        self._step = step
        self.ticked.emit()
        self._wait()

    # Acts

    def toggle(self) -> None:
        """Start or pause the timer of the step that is gone to."""
        timer = self._session.room.timer(self._step)
        self._set(timer.toggle(self._now()))

    def pause(self) -> None:
        """Pause the timer that is shown, or go on with it."""
        self._set(self.timer.toggle(self._now()))

    def extend(self, seconds: int = 60) -> None:
        """Give the timer that is shown more time."""
        self._set(self.timer.extend(seconds))

    def reset(self, seconds: int | None = None) -> None:
        """Put the timer that is shown back to its beginning, with another length if one is given."""
        timer = self.timer
        self._set(timer.reset(timer.seconds if seconds is None else seconds))

    def begin(self, seconds: int, *, silent: bool = False) -> None:
        """Count down anew at the step that is gone to; ``silent`` when everyone writes meanwhile."""
        timer, now = self._session.room.timer(self._step), self._now()
        self._set(timer.write_silently(seconds, now) if silent else timer.reset(seconds).start(now))

    def _set(self, timer: Timer) -> None:
        shown = self.timer
        if timer.running and shown.running and shown.step != timer.step:
            self._session.keep(shown.pause(self._now()))
        self._session.keep(timer)

    # Time

    def _take_note(self, note: Note) -> None:
        if isinstance(note, Timer | Turns):
            self.ticked.emit()
            self._wait()

    def _tick(self) -> None:
        minute = floor(self._now() / 60)
        passed, self._minute = minute != self._minute, minute
        self.ticked.emit()
        if passed:
            self.minute.emit()
        self._wait()

    def _wait(self) -> None:
        """Sleep until the next change of what is shown."""
        now = self._now()
        seconds = until_change(self._counted(now), now)
        self._timer.start(max(1, round(1000 * (seconds + LATE))))

    def _counted(self, now: float) -> Iterable[float]:
        timer = self.timer
        if timer.running:
            yield timer.left_at(now)
        turns = self._session.room.turns(self._step.id)
        if turns is not None and not turns.over:
            yield turns.left_at(now)


def until_change(left: Iterable[float], now: float) -> float:
    """Return the seconds until a minute begins, or until one of these times left shows another second."""
    return min([60 - now % 60, *((each - floor(each)) or 1.0 for each in left)])
