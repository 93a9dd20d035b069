"""Making, opening and restoring a group's file."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from facilitator.domain.records import AnyRecord, Event, Group, decode_record, encode_record
from facilitator.errors import EnvironmentFault, Fault
from facilitator.script.catalogues import Catalogues, load_catalogues
from facilitator.script.loader import bundled_script
from facilitator.script.model import Script
from facilitator.script.rules import check_event, check_group
from facilitator.services.commands import AddPeople, NewPerson
from facilitator.services.group_service import GroupService, RosterNote
from facilitator.storage.backup import Backup, restore_backup
from facilitator.storage.export_log import Export
from facilitator.storage.group_file import GROUP_KIND, GroupFile

SUFFIX = ".fgroup"


def create_group(
    path: Path, records: Iterable[AnyRecord], script: Script, roster: RosterNote | None = None
) -> None:
    """Make a group's file from its records, pinned to ``script`` and ``roster``; whole or not at all.

    Raises ``UserFault("file-exists")`` and what the disk refuses.
    """
    pinned = {"script": msgspec.json.encode(script).decode()}
    if roster:
        pinned["roster"] = msgspec.json.encode(roster).decode()
    GroupFile.create(path, records, pinned)


def start_group(path: Path, event: Event, group: Group, people: Iterable[NewPerson] = ()) -> GroupService:
    """Make a group's file, enter its people and leave it open.

    Raises ``UserFault`` ``script-unknown``, ``district-unknown``, ``theme-unknown``, ``record-invalid``,
    ``file-exists``.
    """
    catalogues = load_catalogues()
    check_event(event, catalogues)
    check_group(group, catalogues)
    records = [decode_record(encode_record(record)) for record in (event, group)]
    create_group(path, records, bundled_script(event.script))
    service = open_group(path, catalogues)
    try:
        entered = tuple(people)
        if entered:
            service.perform(AddPeople(entered))
    except BaseException:
        service.close()
        path.unlink()
        raise
    return service


def open_group(path: Path, catalogues: Catalogues | None = None) -> GroupService:
    """Open a group's file with the script it is pinned to.

    Raises what :meth:`GroupFile.open` raises.
    """
    file = GroupFile.open(path)
    try:
        return GroupService(file, pinned_script(file), catalogues or load_catalogues(), _pinned_roster(file))
    except BaseException:
        file.close()
        raise


def pinned_script(file: GroupFile) -> Script:
    """Return the script a group's file carries. Raises ``EnvironmentFault("file-damaged")``."""
    try:
        return msgspec.json.decode(file.meta()["script"], type=Script)
    except (KeyError, msgspec.DecodeError) as error:
        raise EnvironmentFault("file-damaged", path=file.path) from error


def _pinned_roster(file: GroupFile) -> RosterNote | None:
    """Return what a group knows of its roster, if it does. Raises ``EnvironmentFault("file-damaged")``."""
    text = file.meta().get("roster")
    try:
        return None if text is None else msgspec.json.decode(text, type=RosterNote)
    except msgspec.DecodeError as error:
        raise EnvironmentFault("file-damaged", path=file.path) from error


def restore_group(path: Path, name: str | None = None) -> tuple[Backup, Path | None]:
    """Put a copy in the place of a group's file that no one has open; the former file is kept beside it.

    Exports made since the copy stay known where the former file can still tell, so that the next package
    follows them instead of standing beside them. Raises ``EnvironmentFault("file-in-use")`` and what
    :func:`restore_backup` raises.
    """
    exports = _exports_so_far(path)
    restored = restore_backup(path, GROUP_KIND, name)
    if exports:
        file = GroupFile.open(path)
        try:
            with file.writing() as writer:
                writer.keep_exports(exports)
        finally:
            file.close()
    return restored


def _exports_so_far(path: Path) -> tuple[Export, ...]:
    """Return the exports a file knows of; none when it is gone or damaged.

    Raises ``EnvironmentFault("file-in-use")`` when another program has it open.
    """
    try:
        file = GroupFile.open(path)
    except Fault as fault:
        if fault.code == "file-in-use":
            raise
        return ()
    try:
        return file.exports()
    except Fault:
        return ()
    finally:
        file.close()
