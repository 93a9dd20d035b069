"""What the page shows, put into words on the worker's thread."""

from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """A file and what became of it; ``inner`` when it came in the collection of the row above, its ``cover``.

    ``outcome`` is the code that colour and sign go by; ``word`` and ``reason`` are for people.
    """

    name: str
    group: str
    outcome: str
    word: str
    reason: str
    inner: bool = False
    cover: bool = False
    id: str | None = None


class CandidateWords(NamedTuple):
    """A package that can be chosen: its title, the lines that tell it from the others, whether it counts."""

    id: str
    title: str
    facts: tuple[str, ...]
    counts: bool


class DifferenceWords(NamedTuple):
    """A record that is not the same in all candidates: what it is, and how it stands in each."""

    what: str
    cells: tuple[str, ...]


class Contest(NamedTuple):
    """A group of which one package has to be chosen, or has been; ``more`` differences are not shown."""

    principal: str
    group: str
    settled: bool
    candidates: tuple[CandidateWords, ...]
    differences: tuple[DifferenceWords, ...]
    more: int


class LossWords(NamedTuple):
    """A group whose newer package lacks records of the one before, and what they said."""

    group: str
    records: tuple[str, ...]


class RosterWords(NamedTuple):
    """A roster that is trusted: what people call it, and the name it is kept under here, if it is."""

    title: str
    principal: str = ""


class Stranger(NamedTuple):
    """A roster whose organizer nobody has compared here yet, and the digits to compare by voice."""

    path: Path
    title: str
    digits: str
    warning: str


class Survey(NamedTuple):
    """All that the page shows of the centre that is open and of the roster in use."""

    rosters: tuple[RosterWords, ...]
    roster: RosterWords | None = None
    path: Path | None = None
    groups: int = 0
    cards: int = 0
    expected: int = 0
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    losses: tuple[LossWords, ...] = ()
    waiting: tuple[Row, ...] = ()
    refused: tuple[Row, ...] = ()
    locked: bool = False
    contests: tuple[Contest, ...] = ()
    events: tuple[str, ...] = ()
    enrolled: bool = True
    """Whether the roster lets this installation's key sign a collection, if there is a key."""

    @property
    def open_contests(self) -> int:
        """How many groups wait for a choice."""
        return sum(not contest.settled for contest in self.contests)


class Taken(NamedTuple):
    """What became of the files of one act, and how the centre stands now."""

    rows: tuple[Row, ...]
    survey: Survey
    stopped: bool = False


class CoverWords(NamedTuple):
    """A collection that was written: where it lies, and how much is in it."""

    path: Path
    groups: int
    packages: int
