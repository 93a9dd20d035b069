"""What becomes of a package that somebody opens, away from the window's thread."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from facilitator.errors import Fault, UserFault
from facilitator.services.home import Home
from ui.messages import PASSPHRASE_CODES

if TYPE_CHECKING:
    from facilitator.services.assignments import Assignment

START = 64
"""Enough of a file to tell what it is."""
Names = Literal["none", "open", "locked", "no-key"]
"""Whether names lie beside an assignment, and what it takes to read them here."""
Organizer = Literal["known", "new", "changed"]
"""Whether whoever signed is trusted here, is met for the first time, or is another one than before."""


@dataclass(frozen=True)
class Offer:
    """An assignment as it can be opened here; ``former`` is the file in which its group was opened before."""

    path: Path
    assignment: "Assignment"
    organizer: Organizer
    names: Names
    former: Path | None


@dataclass(frozen=True)
class OpenedGroup:
    """The file that was made of an assignment, and how many names were entered of those that lay beside."""

    path: Path
    names: int


def look_at(path: Path, home: Home) -> Offer | Fault:
    """Return the assignment in a package, or why it is none that can be opened. Nothing is kept."""
    try:
        return _offer(path, home)
    except Fault as fault:
        return fault


def make_group(offer: Offer, home: Home, passphrase: str, *, with_names: bool) -> OpenedGroup | Fault:
    """Make the group's file and trust the roster, all or nothing; an organizer who is not trusted here yet
    must have the digits that were shown."""
    from facilitator.services.assignments import open_assignment  # noqa: PLC0415
    from facilitator.services.identity import unlock  # noqa: PLC0415

    assignment = offer.assignment
    out = home.new_group_path(assignment.event.code, assignment.group.number)
    try:
        home.prepare()
        opened = open_assignment(
            offer.path,
            out,
            home,
            digits=None if offer.organizer == "known" else assignment.trusted.digits,
            unlock=(lambda: unlock(home, passphrase or None)) if with_names else None,
        )
    except Fault as fault:
        return fault
    return OpenedGroup(out, len(opened.persons))


def _offer(path: Path, home: Home) -> Offer:
    from facilitator.script.catalogues import load_catalogues  # noqa: PLC0415
    from facilitator.script.rules import check_group  # noqa: PLC0415
    from facilitator.storage.glance import group_in  # noqa: PLC0415

    _check_form(path)
    assignment, organizer = _inspect(path, home)
    catalogues = load_catalogues()
    if assignment.event.district not in catalogues.sessions:
        raise UserFault("district-unknown", district=assignment.event.district)
    check_group(assignment.group, catalogues)
    recent = (each for each, _title in home.recent())
    former = next((each for each in recent if group_in(each) == assignment.group.id), None)
    return Offer(path, assignment, organizer, _names(assignment, home), former)


def _inspect(path: Path, home: Home) -> "tuple[Assignment, Organizer]":
    """Verify an assignment and tell who has signed it. Raises as ``inspect_assignment`` does."""
    from facilitator.services.assignments import inspect_assignment  # noqa: PLC0415

    try:
        assignment = inspect_assignment(path, home)
    except UserFault as fault:
        if fault.code != "organizer-changed":
            raise
        return inspect_assignment(path, home, digits=str(fault.facts["digits"])), "changed"
    return assignment, "new" if assignment.trusted.first_use else "known"


def _check_form(path: Path) -> None:
    """Say of a package that is no assignment what it is.

    Raises ``UserFault`` ``package-is-...``, ``Refused`` as the reader does.
    """
    from facilitator.packages.age import is_encrypted  # noqa: PLC0415
    from facilitator.packages.bag import unpack  # noqa: PLC0415
    from facilitator.packages.reader import open_package  # noqa: PLC0415

    with open_package(path) as source:
        source.seek(0)
        if is_encrypted(source.read(START)):
            raise UserFault("package-is-encrypted", path=path)
        form = unpack(source).form
    if form == "plain":
        raise UserFault("package-is-group", path=path)
    if form == "collection":
        raise UserFault("package-is-collection", path=path)
    if form == "roster":
        raise UserFault("package-is-roster", path=path)


def _names(assignment: "Assignment", home: Home) -> Names:
    from facilitator.services.identity import unlock  # noqa: PLC0415

    if assignment.names is None:
        return "none"
    try:
        unlock(home)
    except UserFault as fault:
        return "locked" if fault.code in PASSPHRASE_CODES else "no-key"
    return "open"
