"""What a key can be enrolled for, and which of it is offered first."""

from datetime import UTC, datetime
from typing import NamedTuple

from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import ExpectedGroup
from ui.desktop.organizer.words import group_title, theme_title


class Place(NamedTuple):
    """A group, all of an event by its code, or, with neither, the roster itself."""

    title: str
    principal: str | None = None
    group: ExpectedGroup | None = None


def places(office: Office) -> list[Place]:
    """Return the groups, then what leads sign, then what organizers do."""
    _, roster = office.gettext, office.roster
    groups = [
        Place(f"{group_title(each, office)} · {theme_title(each.theme, office)}", each.principal, each)
        for each in roster.groups
    ]
    lead, several = _("Lead: all groups"), len(roster.events) > 1
    leads = [Place(f"{lead}, {event.code}" if several else lead, event.code) for event in roster.events]
    return [*groups, *leads, Place(_("Organizer: signs the roster too"))]


def first_place(offered: list[Place], wanted: ExpectedGroup | None) -> int:
    """Return where the group that is wanted stands, or else the first that waits for somebody."""
    now = datetime.now(UTC)
    groups = [(row, each.group) for row, each in enumerate(offered) if each.group]
    asked = (row for row, group in groups if wanted and group.principal == wanted.principal)
    waiting = (row for row, group in groups if not group.enrolled(now))
    return next(asked, next(waiting, 0))
