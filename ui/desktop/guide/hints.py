"""The first five minutes as a table: what a person does, and how many times. No Qt here, and no clock.

A deed is the code of an act in the journal, or one of those below that leave none.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

UNDONE = "undone"
SHOWN = "shown-to-the-room"
TIMED = "timer-started"
REPORTED = "report-asked"


class Hint(NamedTuple):
    """One thing to try. It is done when any of its deeds was done, ``times`` in all."""

    id: str
    deeds: frozenset[str]
    times: int = 1


def _hint(name: str, *deeds: str, times: int = 1) -> Hint:
    return Hint(name, frozenset(deeds), times)


HINTS = (
    _hint("enter", "card-added", times=3),
    _hint("undo", UNDONE),
    _hint("show", SHOWN),
    _hint("timer", TIMED),
    _hint("sort", "card-clustered", "cluster-added"),
    _hint("dots", "dots-given", "dots-cast"),
    _hint("reveal", "round-revealed"),
    _hint("report", REPORTED),
)


def hint_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Return what each hint says, by id."""
    return {
        "enter": _("Type three statements as people would say them. Enter records each; the mouse can rest."),
        "undo": _("Ctrl+Z takes the last one back. Every act can be undone, from any field."),
        "show": _("F11 shows the question to the room, without names and menus; F11 again ends the show."),
        "timer": _("F5 starts the timer of the step, the next F5 pauses it."),
        "sort": _("Ctrl+2 leads to the clusters: choose a statement with ↑ ↓ and press 1 or 2."),
        "dots": _("Ctrl+3 leads to the dots: open a round and give dots with + to some statements."),
        "reveal": _("Close the round, then reveal it: until then nobody sees the results."),
        "report": _("Make the report: a Word document with all that the group has said."),
    }


class Progress:
    """What of the hints is done. A deed counts also when its hint is not the one that is shown."""

    def __init__(self, hints: tuple[Hint, ...] = HINTS) -> None:
        self.hints = hints
        self._deeds: Counter[str] = Counter()
        self._skipped: set[str] = set()

    def note(self, deed: str) -> None:
        """Count a deed."""
        self._deeds[deed] += 1

    def skip(self) -> None:
        """Leave the hint that is shown, and show the next one."""
        if (hint := self.current) is not None:
            self._skipped.add(hint.id)

    def is_done(self, hint: Hint) -> bool:
        """Whether a hint was followed."""
        return sum(self._deeds[deed] for deed in hint.deeds) >= hint.times

    @property
    def current(self) -> Hint | None:
        """The first hint that is neither done nor skipped; ``None`` when there is none left."""
        left = (hint for hint in self.hints if not self.is_done(hint) and hint.id not in self._skipped)
        return next(left, None)

    @property
    def place(self) -> int:
        """Which of the hints is the current one, from 1; one more than there are at the end."""
        hint = self.current
        return len(self.hints) + 1 if hint is None else self.hints.index(hint) + 1

    @property
    def marks(self) -> str:
        """The way so far in signs: ✓ done, – skipped, ● now, ○ to come."""
        return " ".join(self._mark(hint) for hint in self.hints)

    def _mark(self, hint: Hint) -> str:
        if self.is_done(hint):
            return "✓"
        if hint.id in self._skipped:
            return "–"
        return "●" if hint is self.current else "○"
