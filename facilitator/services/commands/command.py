"""What every command is: a value that knows which edits carry it out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Protocol, TypeVar

from facilitator.domain.edits import Edit
from facilitator.domain.ids import new_id
from facilitator.domain.records import Card, Record, record_type, timestamp
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.room.notes import Room
from facilitator.script.catalogues import Catalogues
from facilitator.script.model import Script

SUBJECT_LENGTH = 60
_R = TypeVar("_R", bound=Record)


class Deed(NamedTuple):
    """What a command comes to: a code and subject that name it for undo, and its edits."""

    code: str
    subject: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Desk:
    """What commands work with besides the group: the script, the catalogues, what is noted of the room, the
    clock and fresh ids."""

    script: Script
    catalogues: Catalogues
    room: Room = field(default_factory=Room)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_id: Callable[[], str] = new_id

    def now(self) -> str:
        """Return the present moment as records write it."""
        return timestamp(self.clock())


class Command(Protocol):
    """One act of a person. Its fields say what is wanted; ``carry_out`` says what that changes."""

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Return the deed. Raises ``UserFault`` when the group or the script does not allow it."""


def present(kind: type[_R], key: str, group: GroupSnapshot) -> _R:
    """Return the record of a type and id. Raises ``UserFault("record-missing")``."""
    record = group.find(kind, key)
    if not isinstance(record, kind):
        raise UserFault("record-missing", type=str(kind.__struct_config__.tag), id=key)
    return record


def changes(before: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return only the edits that change something."""
    return tuple(edit for edit in before if edit.before != edit.after)


def shortened(text: str) -> str:
    """Return the first words of a text, to name an act by."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def words_of(card: Card, group: GroupSnapshot) -> str:
    """Return the first words of a card, to name an act by; of a private one only whose it is.

    Acts are read in toasts, and in the log that leaves the computer.
    """
    if not card.private:
        return shortened(card.text)
    author = group.participants.get(card.author or "")
    return f"{author.label}: …" if author is not None else "…"


def describe(record: Record) -> str:
    """Return the words a person knows a record by."""
    for name in ("text", "title", "label", "name"):
        value = getattr(record, name, None)
        if value:
            return shortened(value)
    return record_type(record)
