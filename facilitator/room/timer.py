"""The timer of a step: it counts by the clock, so that neither a restart nor a sleeping laptop stops it."""

import msgspec

LONGEST = 10 * 60 * 60


class Timer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="timer"):
    """A count-down of ``seconds``: ``began`` at the POSIX time of the last start, after ``spent`` seconds."""

    step: str
    seconds: int
    spent: float = 0.0
    began: float | None = None
    silent: bool = False

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"timer/{self.step}"

    @property
    def running(self) -> bool:
        """Whether time is being counted."""
        return self.began is not None

    @property
    def touched(self) -> bool:
        """Whether it has been started at all."""
        return self.running or self.spent > 0

    def spent_at(self, now: float) -> float:
        """Return the seconds counted so far. A clock that was set back takes nothing away."""
        return self.spent + (max(0.0, now - self.began) if self.began is not None else 0.0)

    def left_at(self, now: float) -> float:
        """Return the seconds left, below zero in overtime."""
        return self.seconds - self.spent_at(now)

    def start(self, now: float) -> "Timer":
        """Begin to count, or go on."""
        return self if self.running else msgspec.structs.replace(self, began=now)

    def pause(self, now: float) -> "Timer":
        """Stop counting and keep what was counted."""
        return msgspec.structs.replace(self, spent=self.spent_at(now), began=None)

    def toggle(self, now: float) -> "Timer":
        """Start when it stands, pause when it runs."""
        return self.pause(now) if self.running else self.start(now)

    def extend(self, seconds: int) -> "Timer":
        """Give more time, or less when ``seconds`` is below zero; a timer keeps one second at least."""
        return msgspec.structs.replace(self, seconds=min(LONGEST, max(1, self.seconds + seconds)))

    def write_silently(self, seconds: int, now: float) -> "Timer":
        """Begin anew, for everyone to write silently."""
        return msgspec.structs.replace(self.reset(seconds), began=now, silent=True)

    def reset(self, seconds: int) -> "Timer":
        """Stand at the beginning again, with ``seconds`` to go."""
        return Timer(step=self.step, seconds=min(LONGEST, max(1, seconds)))


def clock_words(seconds: float) -> str:
    """Return time left as the wall shows it: ``9:05``, ``1:02:00``, in overtime ``+0:35``.

    A second counts as left until it is over, so that ten minutes begin at ``10:00`` and end at ``0:00``.
    """
    over = seconds < 0
    whole = int(-seconds) if over else -int(-seconds // 1)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    words = f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"
    return f"+{words}" if over else words
