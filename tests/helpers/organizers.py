"""An organizer, the roster of one session, and the people who are enrolled in it."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from facilitator.packages.age import new_recipient
from facilitator.packages.keys import SigningKey, create_key
from facilitator.packages.requests import Request, make_request, read_request
from facilitator.services.home import Home
from facilitator.services.rosters import EventPlan, Organizer, PlannedGroup, start_roster
from facilitator.services.trust import TrustedRoster

CODE = "skfo-2018"


def plan(code: str = CODE, *numbers: int) -> EventPlan:
    """Return the plan of an event with groups 3 and 4, or those of ``numbers``."""
    return EventPlan(
        code=code,
        script="obraz-budushchego-2025",
        district="skfo",
        city="Пятигорск",
        starts="2018-02-08",
        ends="2018-02-09",
        groups=tuple(PlannedGroup(number=number, theme="family") for number in numbers or (3, 4)),
    )


def save_plan(path: Path, planned: EventPlan) -> Path:
    """Write the file of an event as a person would."""
    values = {name: value for name, value in msgspec.to_builtins(planned).items() if value is not None}
    path.write_bytes(msgspec.json.encode(values))
    return path


def person(folder: Path, name: str) -> tuple[SigningKey, Request]:
    """Return somebody's key and their request to be enrolled."""
    key = create_key(folder / f"{name}.key", None)
    return key, read_request(make_request(name, key, "2018-02-01T10:00:00Z"))


def recipients() -> tuple[tuple[str, str], tuple[str, str]]:
    """Return two age pairs, each the recipient and its secret: the lead's and the one for recovery."""
    return new_recipient(), new_recipient()


@dataclass(frozen=True)
class Office:
    """An organizer's desk: who they are, and where the roster lies."""

    organizer: Organizer
    roster: Path
    folder: Path

    @classmethod
    def open(cls, folder: Path, *plans: EventPlan, readers: tuple[str, ...] = ()) -> "Office":
        """Begin a roster in a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        organizer = Organizer(create_key(folder / "organizer", None), Home(folder / "home"))
        office = cls(organizer, folder / "ROSTER.fpkg", folder)
        office.start(*plans, readers=readers)
        return office

    def start(self, *plans: EventPlan, readers: tuple[str, ...] = ()) -> TrustedRoster:
        return start_roster(self.roster, plans or (plan(),), self.organizer, readers)
