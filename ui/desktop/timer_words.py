"""The timer in words: what the head of the window and the room read, and what one types for its length."""

from typing import NamedTuple

from facilitator.room.timer import LONGEST, Timer, clock_words
from ui.desktop.context import Context


class TimerWords(NamedTuple):
    """How a timer stands. ``note`` is empty while it simply runs, or has not been started."""

    clock: str
    note: str
    over: bool


def timer_words(context: Context, timer: Timer, now: float) -> TimerWords:
    """Return a timer as it stands at ``now``. That the time is over is said, and not by a colour alone."""
    _ = context.gettext
    left = timer.left_at(now)
    over = left < 0
    if over:
        note = _("Time is up")
    elif timer.touched and not timer.running:
        note = _("Paused")
    else:
        note = _("We write in silence") if timer.silent else ""
    return TimerWords(clock_words(left), note, over)


def read_length(text: str) -> int | None:
    """Return the seconds of ``5`` (minutes), ``5:30`` or ``1:30:00``; ``None`` when it is no length."""
    parts = text.strip().replace(".", ":").replace(",", ":").split(":")
    if len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return None
    total = 0
    for part in parts if len(parts) > 1 else (*parts, "0"):
        total = 60 * total + int(part)
    return total if 0 < total <= LONGEST else None
