"""A roster in words: groups, keys, dates and states."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDate

from facilitator.domain.records import Event
from ui.desktop.dates import days, locale_of
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import ExpectedGroup, Holder, Line, Validity


def event_title(event: Event, office: Office) -> str:
    """Return what a session is called, where it is held and when."""
    session = office.catalogues.sessions.get(event.district)
    title = event.title or (session.title.in_language(office.language) if session else event.code)
    return f"{title} · {event.city}, {days(event.starts, event.ends, office.language)}"


def group_title(group: ExpectedGroup, office: Office) -> str:
    """Return what a group is called: its number, and its session where the roster has several."""
    name = office.gettext("Group {n}").format(n=group.number)
    return name if len(office.roster.events) == 1 else f"{name}, {group.event.code}"


def theme_title(theme: str, office: Office) -> str:
    """Return what a group speaks about."""
    known = office.catalogues.themes.get(theme)
    return known.title.in_language(office.language) if known else theme


def group_line(group: ExpectedGroup, office: Office) -> str:
    """Return the number and the theme of a group, and its session where the roster has several."""
    name = f"{group.number}. {theme_title(group.theme, office)}"
    return name if len(office.roster.events) == 1 else f"{group.event.code}, {name}"


def line_title(line: Line, office: Office) -> str:
    """Return whose line it is: a group's, a lead's or an organizer's."""
    if line.group is not None:
        return group_title(line.group, office)
    _ = office.gettext
    return _("Organizer") if line.holder and line.holder.organizer else _("Lead: all groups")


def holder_name(holder: Holder, office: Office) -> str:
    """Return whose key it is, or which one, where nobody has said."""
    return office.gettext("you") if holder.own else holder.name or holder.fingerprint


def state_words(holder: Holder | None, office: Office) -> str:
    """Return how a line stands now."""
    _ = office.gettext
    if holder is None:
        return _("nobody is enrolled")
    return {
        "enrolled": _("✓ enrolled"),
        "revoked": _("✕ revoked"),
        "ended": _("✕ its time is over"),
        "not-begun": _("not valid yet"),
    }[holder.state(datetime.now(UTC))]


def validity_words(validity: Validity, office: Office) -> str:
    """Return from when until when a key counts."""
    _ = office.gettext
    since, until = (day_words(each, office) if each else "" for each in validity)
    if since and until:
        return _("from {since} to {until}").format(since=since, until=until)
    if since:
        return _("from {since}").format(since=since)
    return _("to {until}").format(until=until) if until else _("without end")


def day_words(moment: datetime, office: Office) -> str:
    """Return the day of a moment by this computer's clock, such as «9 февраля 2018»."""
    local = moment.astimezone()
    day = QDate(local.year, local.month, local.day)
    return locale_of(office.language).toString(day, "d MMMM yyyy")


def listed(words: Sequence[str], most: int, office: Office) -> str:
    """Return the first ``most`` of some names, and how many there are besides."""
    shown = ", ".join(words[:most])
    rest = len(words) - most
    if rest <= 0:
        return shown
    more = office.ngettext("and {n} more", "and {n} more", rest).format(n=rest)
    return f"{shown} {more}"
