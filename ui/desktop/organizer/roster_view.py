"""A roster as the organizer's pages see it: the expected groups, and who may sign for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from facilitator.domain.records import Event

if TYPE_CHECKING:
    from facilitator.packages.keys import PublicKey, SigningKey

State = Literal["enrolled", "revoked", "ended", "not-begun"]


class Validity(NamedTuple):
    """From when until when a key counts; ``None`` for no bound."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Holder:
    """A key to which the roster grants something, and whose it is."""

    name: str
    key: "PublicKey"
    fingerprint: str
    digits: str
    principals: tuple[str, ...]
    validity: Validity
    revoked: bool
    organizer: bool
    own: bool

    def state(self, at: datetime) -> State:
        """Tell whether the key counts at the aware moment ``at``, and if not, why."""
        since, until = self.validity
        if self.revoked:
            return "revoked"
        if until is not None and at > until:
            return "ended"
        return "not-begun" if since is not None and at < since else "enrolled"

    def counts(self, at: datetime) -> bool:
        """Tell whether the key counts now or will."""
        return self.state(at) in ("enrolled", "not-begun")


@dataclass(frozen=True)
class ExpectedGroup:
    """A group that the roster expects, and the keys that may sign for it alone."""

    principal: str
    number: int
    theme: str
    event: Event
    moderator: str | None
    holders: tuple[Holder, ...]

    def leader(self, at: datetime) -> str | None:
        """Return who leads the group: whom the roster names, or else whose key was enrolled last."""
        counting = [holder.name for holder in self.holders if holder.counts(at) and holder.name]
        return self.moderator or (counting[-1] if counting else None)

    def enrolled(self, at: datetime) -> bool:
        """Tell whether somebody may sign for the group."""
        return any(holder.counts(at) for holder in self.holders)


class Line(NamedTuple):
    """One line of the table: a group and one of its keys or none, or a key that is not one group's."""

    group: ExpectedGroup | None
    holder: Holder | None


@dataclass(frozen=True)
class OpenRoster:
    """The newest version of a roster, where its file lies, and who signed it.

    ``name`` stays the same in every version, such as ``skfo-2018.roster``.
    ``others`` are the keys of leads and organizers. ``first_use`` says that somebody else has signed it and
    nobody has compared the ``digits`` here before.
    """

    path: Path
    name: str
    id: str
    version: int
    events: tuple[Event, ...]
    recipients: tuple[str, ...]
    digits: str
    first_use: bool
    groups: tuple[ExpectedGroup, ...]
    others: tuple[Holder, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the table, the groups first."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        for group in self.groups:
            for holder in group.holders or (None,):
                yield Line(group, holder)
        for holder in self.others:
            yield Line(None, holder)

    def lines_of(self, fingerprint: str) -> tuple[Line, ...]:
        """Return what is granted to a key already."""
        return tuple(line for line in self.lines if line.holder and line.holder.fingerprint == fingerprint)


@dataclass(frozen=True)
class OwnKey:
    """This installation's key; ``signing`` is ``None`` while it is locked."""

    fingerprint: str
    digits: str
    signing: "SigningKey | None"


@dataclass(frozen=True)
class HeldRoster:
    """A roster that is trusted here and may be changed with the key of this installation or not.

    ``path`` is where its file was when it was last changed from here.
    """

    principal: str
    events: tuple[Event, ...]
    version: int
    changeable: bool
    path: Path | None
