"""What the room may see of a round robin: whose turn it is, how long, and who is next; labels only."""

from dataclasses import dataclass

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.notes import Room
from facilitator.room.timer import clock_words


@dataclass(frozen=True)
class TurnLines:
    """The lines of a round. ``next`` is empty for the last speaker; ``left`` is ``+0:12`` in overtime."""

    speaker: str
    left: str
    next: str
    overtime: bool


def turn_lines(group: GroupSnapshot, room: Room, step: str, now: float) -> TurnLines | None:
    """Return the lines of a step's round at the POSIX time ``now``; ``None`` while nobody has the word."""
    turns = room.turns(step)
    people = group.participants
    queue = [people[key].label for key in turns.queue if key in people] if turns is not None else []
    if turns is None or not queue:
        return None
    left = turns.left_at(now)
    return TurnLines(queue[0], clock_words(left), queue[1] if len(queue) > 1 else "", overtime=left < 0)
