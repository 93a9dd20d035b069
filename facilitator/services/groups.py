"""Making, opening and restoring a group's file."""

import hashlib
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
from facilitator.services.group_service import GroupService
from facilitator.storage.backup import Backup, restore_backup
from facilitator.storage.engine import Database
from facilitator.storage.group_file import GROUP_KIND, GroupFile

SUFFIX = ".fgroup"


def create_group(path: Path, records: Iterable[AnyRecord], script: Script) -> None:
    """Make a group's file from its records, pinned to ``script``; whole or not at all.

    Raises ``UserFault("file-exists")`` and what the disk refuses.
    """
    pinned = msgspec.json.encode(script)
    digest = hashlib.sha256(pinned).hexdigest()
    GroupFile.create(path, records, {"script": pinned.decode(), "script-sha256": digest})


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
        return GroupService(file, pinned_script(file), catalogues or load_catalogues())
    except BaseException:
        file.close()
        raise


def pinned_script(file: GroupFile) -> Script:
    """Return the script a group's file carries. Raises ``EnvironmentFault("file-damaged")``."""
    meta = file.meta()
    try:
        pinned = meta["script"].encode()
        if hashlib.sha256(pinned).hexdigest() != meta["script-sha256"]:
            raise EnvironmentFault("file-damaged", path=file.path)
        return msgspec.json.decode(pinned, type=Script)
    except (KeyError, msgspec.DecodeError) as error:
        raise EnvironmentFault("file-damaged", path=file.path) from error


def restore_group(path: Path, name: str | None = None) -> tuple[Backup, Path | None]:
    """Put a copy in the place of a group's file that no one has open; the former file is kept beside it.

    Raises ``EnvironmentFault("file-in-use")`` and what :func:`restore_backup` raises.
    """
    if path.exists():
        _check_free(path)
    return restore_backup(path, GROUP_KIND, name)


def _check_free(path: Path) -> None:
    """Raise ``EnvironmentFault("file-in-use")`` when another program has the file open; a damaged one is
    free."""
    try:
        Database(path).close()
    except Fault as fault:
        if fault.code == "file-in-use":
            raise
