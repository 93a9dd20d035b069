"""``facilitator record``: statements from a file of records, one JSON object a line, all or nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from facilitator.domain.edits import Edit
from facilitator.domain.integrity import check_references, identity
from facilitator.domain.records import (
    AnyRecord,
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Round,
    Step,
    decode_record,
    record_type,
)
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.script.catalogues import Catalogues, load_catalogues
from facilitator.script.loader import bundled_script
from facilitator.script.model import Script
from facilitator.script.rules import (
    check_card,
    check_cluster,
    check_event,
    check_group,
    check_link,
    check_participant,
    check_step,
)
from facilitator.services.commands import TakeRecords
from facilitator.services.groups import create_group, open_group

Sources = list[tuple[int, object]]
Lines = list[tuple[int, AnyRecord]]


def record_file(path: Path, source: Path) -> int:
    """Take the records of ``source`` into the group at ``path``, which is made when it is not there.

    Returns how many were taken. Raises ``UserFault`` with the ``line`` and ``field`` at fault; then nothing
    has changed.
    """
    sources = _read(source)
    catalogues = load_catalogues()
    if path.exists():
        with open_group(path, catalogues) as service:
            lines = _decode(sources, service.script)
            _check_new(lines, service.snapshot)
            _check_all(lines, service.snapshot, service.script, catalogues)
            service.perform(TakeRecords(tuple(record for _, record in lines)))
    else:
        script = _script_of(sources)
        lines = _decode(sources, script)
        records = [record for _, record in lines]
        group = GroupSnapshot.of(record for record in records if isinstance(record, Event | Group))
        _check_new(lines, None)
        _check_all(lines, group, script, catalogues)
        create_group(path, records, script)
        with open_group(path, catalogues) as service:
            service.back_up()
    return len(sources)


def _read(source: Path) -> Sources:
    try:
        text = source.read_text("utf-8-sig")
    except FileNotFoundError:
        raise UserFault("file-missing", path=source) from None
    except UnicodeDecodeError as error:
        raise UserFault("not-utf8", path=source, position=error.start) from None
    except OSError as error:
        raise EnvironmentFault("cannot-open", path=source, reason=error.strerror) from error
    sources: Sources = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            with _at_line(number):
                sources.append((number, _parse(line)))
    if not sources:
        raise UserFault("no-records", path=source)
    return sources


def _parse(line: str) -> object:
    try:
        return json.loads(line, object_pairs_hook=_unrepeated)
    except (ValueError, RecursionError):
        raise UserFault("record-invalid", field="", problem="not JSON") from None


def _unrepeated(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise UserFault("record-invalid", field="", problem="a field stands twice")
    return value


def _decode(sources: Sources, script: Script) -> Lines:
    """Return the records; a card of a private kind is private unless its line says otherwise."""
    private = {kind.id for step in script.steps for kind in step.card_kinds if kind.private}
    lines: Lines = []
    for number, source in sources:
        with _at_line(number):
            record = _record(source)
            if isinstance(record, Card) and record.kind in private and not _says_private(source):
                record = msgspec.structs.replace(record, private=True)
            lines.append((number, record))
    return lines


def _record(source: object) -> AnyRecord:
    try:
        return decode_record(source)
    except RecursionError:
        raise UserFault("record-invalid", field="", problem="not JSON") from None


def _says_private(source: object) -> bool:
    return isinstance(source, dict) and "private" in source


def _check_new(lines: Lines, group: GroupSnapshot | None) -> None:
    """Check that no record is there already, nor a second event or group beside the one the file holds."""
    there = {identity(record) for record in group.records()} if group else set()
    for number, record in lines:
        with _at_line(number):
            if identity(record) in there:
                raise UserFault("id-repeated", field="id", id=record.id)
            if group and isinstance(record, Event | Group):
                raise UserFault("group-has-another", field="type", type=record_type(record))
            there.add(identity(record))


def _script_of(sources: Sources) -> Script:
    """Return the script that the event names.

    Raises ``UserFault("group-incomplete")`` when there is no event.
    """
    for number, source in sources:
        with _at_line(number):
            record = _record(source)
            if isinstance(record, Event):
                return bundled_script(record.script)
    raise UserFault("group-incomplete", events=0, groups=0)


def _check_all(lines: Lines, group: GroupSnapshot, script: Script, catalogues: Catalogues) -> None:
    """Check each record against the group as it will be, the script and the catalogues."""
    whole = group.apply(Edit(None, record) for _, record in lines)
    for number, record in lines:
        with _at_line(number):
            check_references(record, whole)
            _check(record, whole, script, catalogues)
    single = {kind.id for step in script.steps for kind in step.card_kinds if kind.single}
    for number, record in lines:
        with _at_line(number):
            if isinstance(record, Card) and record.kind in single and len(whole.cards_of(record.kind)) > 1:
                raise UserFault("card-single", field="kind", kind=record.kind)


def _check(record: AnyRecord, group: GroupSnapshot, script: Script, catalogues: Catalogues) -> None:
    match record:
        case Event():
            check_event(record, catalogues)
        case Group():
            check_group(record, catalogues)
        case Participant():
            check_participant(record, catalogues)
        case Card():
            check_card(record, script, catalogues)
            if record.cluster is not None:
                check_cluster(record, group.clusters[record.cluster], script)
        case Link():
            check_link(record, group.cards[record.source], group.cards[record.target], script)
        case Cluster() | Round() | Step():
            check_step(record, script)


@contextmanager
def _at_line(number: int) -> Iterator[None]:
    """Add the line to a fault that names a field."""
    try:
        yield
    except UserFault as fault:
        raise UserFault(fault.code, **{**fault.facts, "line": number}) from None
