"""The notes of the room: what a group's file keeps besides its records, and no package ever holds."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from facilitator.room.agenda import Agenda
from facilitator.room.presence import Presence
from facilitator.room.timer import Timer
from facilitator.room.turns import Turns
from facilitator.room.versions import Versions
from facilitator.script.model import ScriptStep


class Methods(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="methods"):
    """The methods a group has chosen for a step, in the order they are used."""

    step: str
    methods: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"methods/{self.step}"


class DayEnd(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="day"):
    """How far the end of a day has come: when its gaps were looked at, and when it was closed."""

    day: int
    gaps_seen: str | None = None
    closed: str | None = None

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"day/{self.day}"

    def see_gaps(self, at: str) -> "DayEnd":
        """Note that the gaps were looked at; the first time counts."""
        return self if self.gaps_seen else msgspec.structs.replace(self, gaps_seen=at)

    def close(self, at: str) -> "DayEnd":
        """Note that the day was closed."""
        return msgspec.structs.replace(self, closed=at)

    def open_again(self) -> "DayEnd":
        """Note that the day goes on after all."""
        return msgspec.structs.replace(self, closed=None)


class Draft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="draft"):
    """What is being typed as the one text of a kind and is no act yet; blank once it has become one."""

    kind: str
    text: str = ""

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"draft/{self.kind}"


class FistSubject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="fist"):
    """Which card a step's fist of five is opened about; the record of a round knows it by its hands alone."""

    step: str
    card: str

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"fist/{self.step}"


class OwnWords(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="words"):
    """Words that no dictionary has and that are right in this group, such as names of its places."""

    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return "words"

    def take(self, word: str) -> "OwnWords":
        """Note one more word; capitals make no other of it."""
        return msgspec.structs.replace(self, words=tuple(dict.fromkeys((*self.words, word.casefold()))))

    def has(self, word: str) -> bool:
        """Whether a word is one of these."""
        return word.casefold() in self.words


Note = Timer | Turns | Presence | Agenda | Versions | Methods | DayEnd | Draft | FistSubject | OwnWords
_DECODER = msgspec.json.Decoder(Note)


class Room(msgspec.Struct, frozen=True):
    """All notes of a group by key. ``keep`` gives the next room and leaves this one as it is."""

    notes: Mapping[str, Note] = {}

    def keep(self, note: Note) -> "Room":
        """Return the room with a note in place of the former one of its key."""
        return Room({**self.notes, note.key: note})

    def timer(self, step: ScriptStep) -> Timer:
        """Return the timer of a step; a new one has the minutes the agenda gives the step."""
        note = self.notes.get(f"timer/{step.id}")
        return (
            note
            if isinstance(note, Timer)
            else Timer(step=step.id, seconds=60 * self.agenda(step.day).minutes_of(step))
        )

    def turns(self, step: str) -> Turns | None:
        """Return the round robin of a step, if one was begun."""
        note = self.notes.get(f"turns/{step}")
        return note if isinstance(note, Turns) else None

    def all_turns(self) -> tuple[Turns, ...]:
        """Return the last round robin of every step that had one."""
        return tuple(note for note in self.notes.values() if isinstance(note, Turns))

    def presence(self, day: int) -> Presence:
        """Return who is here on a day."""
        note = self.notes.get(f"presence/{day}")
        return note if isinstance(note, Presence) else Presence(day=day)

    def agenda(self, day: int) -> Agenda:
        """Return the plan of a day."""
        note = self.notes.get(f"agenda/{day}")
        return note if isinstance(note, Agenda) else Agenda(day=day)

    def versions(self, kind: str) -> Versions:
        """Return the versions of the one text of a kind."""
        note = self.notes.get(f"versions/{kind}")
        return note if isinstance(note, Versions) else Versions(kind=kind)

    def methods(self, step: ScriptStep) -> tuple[str, ...]:
        """Return the methods chosen for a step, or those the script proposes."""
        note = self.notes.get(f"methods/{step.id}")
        return note.methods if isinstance(note, Methods) else step.methods

    def drafts(self) -> tuple[Draft, ...]:
        """Return the texts that were being typed and are no acts yet."""
        return tuple(note for note in self.notes.values() if isinstance(note, Draft) and note.text.strip())

    def fist_subject(self, step: str) -> str | None:
        """Return the card that the last fist of five of a step was opened about."""
        note = self.notes.get(f"fist/{step}")
        return note.card if isinstance(note, FistSubject) else None

    def own_words(self) -> OwnWords:
        """Return the words that are right in this group."""
        note = self.notes.get("words")
        return note if isinstance(note, OwnWords) else OwnWords()

    def day_end(self, day: int) -> DayEnd:
        """Return how far the end of a day has come."""
        note = self.notes.get(f"day/{day}")
        return note if isinstance(note, DayEnd) else DayEnd(day=day)

    def open_day(self, days: Sequence[int]) -> int:
        """Return the first of the days that is not closed yet, or the last of all."""
        return next((day for day in days if self.day_end(day).closed is None), days[-1])


def encode_note(note: Note) -> str:
    """Return a note as the JSON text that is kept."""
    return msgspec.json.encode(note, order="sorted").decode()


def read_room(texts: Iterable[str]) -> Room:
    """Return the room that kept JSON texts describe; one of a kind not known here is passed over."""
    room = Room()
    for text in texts:
        try:
            note: Note = _DECODER.decode(text)
        except msgspec.DecodeError:
            continue
        room = room.keep(note)
    return room
