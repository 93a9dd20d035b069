"""A group to work on: an event, a group and its people, made through the program's own doors."""

from pathlib import Path

from facilitator.domain.ids import new_id
from facilitator.domain.records import Event, Group
from facilitator.services.commands import AddCards, NewPerson
from facilitator.services.group_service import GroupService
from facilitator.services.groups import start_group

SCRIPT = "obraz-budushchego-2025"


def new_event() -> Event:
    return Event(
        id=new_id(),
        code="skfo-2018",
        script=SCRIPT,
        district="skfo",
        city="Пятигорск",
        starts="2018-02-08",
        ends="2018-02-09",
    )


def new_group(event: Event, number: int = 3) -> Group:
    return Group(id=new_id(), event=event.id, number=number, theme="family", moderator="Алёна «Первая»")


def begin(path: Path, *people: NewPerson) -> GroupService:
    """Make a group's file at ``path`` and leave it open."""
    event = new_event()
    return start_group(path, event, new_group(event), people)


def begin_closed(path: Path, *texts: str, kind: str = "rule") -> Path:
    """Make a group's file with cards of ``texts`` and close it."""
    with begin(path) as service:
        if texts:
            service.perform(AddCards(kind, texts))
    return path
