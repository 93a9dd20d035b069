"""What the records of a package of each kind have to be, whoever made it and whoever reads it."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from facilitator.domain.integrity import check_unique, check_whole
from facilitator.domain.records import (
    RECORD_TYPES,
    AnyRecord,
    Card,
    Event,
    Group,
    Participant,
    Person,
    check_sense,
    decode_record,
    encode_record,
    record_type,
)
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.packages import canonical
from facilitator.packages.envelope import Envelope
from facilitator.packages.verdicts import Refused

FEWEST_RECIPIENTS = 2
"""Whom a package is encrypted to at least: one lost key must not lose what it holds."""

_decoder = msgspec.json.Decoder(AnyRecord)


def encode_records(records: Iterable[AnyRecord]) -> bytes:
    """Return ``data/records.jsonl``. Raises ``Refused`` as ``canonical.encode_lines`` does."""
    return canonical.encode_lines(encode_record(record) for record in records)


def count_records(records: Iterable[AnyRecord]) -> dict[str, int]:
    """Return the number of records by type, without zeros."""
    return dict(Counter(map(record_type, records)))


def decode_records(text: bytes, envelope: Envelope) -> tuple[AnyRecord, ...]:
    """Return the records of ``data/records.jsonl``, without the types only a newer minor schema knows.

    Raises ``Refused`` as ``canonical.decode_lines`` does, ``record-invalid`` with the ``line``,
    ``counts-mismatch``.
    """
    records = _decode_quickly(text)
    if records is not None and count_records(records) == envelope.counts:
        return tuple(records)
    records, counts = _decode_any(text, lenient=envelope.is_newer_minor)
    if counts != envelope.counts:
        raise Refused("counts-mismatch", counted=counts, stated=envelope.counts)
    return tuple(records)


def _decode_quickly(text: bytes) -> list[AnyRecord] | None:
    """Return the records of a sound text of this schema, or ``None`` where it takes the long way to tell."""
    records = canonical.decode_lines_as(text, _decoder)
    if records is None:
        return None
    try:
        for record in records:
            check_sense(record)
    except UserFault:
        return None
    return records


def _decode_any(text: bytes, *, lenient: bool) -> tuple[list[AnyRecord], dict[str, int]]:
    """Return the records that are known, and the number of all, known or not, by type."""
    counts: Counter[str] = Counter()
    records: list[AnyRecord] = []
    for number, source in enumerate(canonical.decode_lines(text), 1):
        kind = source.get("type") if isinstance(source, dict) else None
        if isinstance(kind, str):
            counts[kind] += 1
            if lenient and kind not in RECORD_TYPES:
                continue
        try:
            records.append(decode_record(source, lenient=lenient))
        except UserFault as fault:
            raise Refused("record-invalid", line=number, **fault.facts) from None
    return records, dict(counts)


def check_records(records: Iterable[AnyRecord], envelope: Envelope) -> None:
    """Check that the records are what a package of this kind holds.

    A group is the principal's and whole, without names or private cards; a persons package holds persons; an
    assignment holds a group before its first statement; the others hold none.
    Raises ``Refused`` as :func:`check_group` does, ``record-misplaced`` with the ``type``,
    ``recipients-too-few``.
    """
    records = tuple(records)
    match envelope.kind:
        case "group":
            check_group(records, envelope.principal)
        case "assignment":
            _check_types(records, Event, Group, Participant)
            check_group(records, envelope.principal)
        case "persons":
            _check_types(records, Person)
            _check_once(records)
            if len(envelope.recipients) < FEWEST_RECIPIENTS:
                raise Refused("recipients-too-few", fewest=FEWEST_RECIPIENTS)
        case _:
            _check_types(records)


def _check_types(records: Iterable[AnyRecord], *allowed: type[AnyRecord]) -> None:
    for record in records:
        if not isinstance(record, allowed):
            raise Refused("record-misplaced", type=record_type(record), id=record.id)


def _check_once(records: Iterable[AnyRecord]) -> None:
    try:
        check_unique(records)
    except UserFault as fault:
        raise Refused("group-unsound", problem=fault.code, **fault.facts) from None


def check_group(records: Iterable[AnyRecord], principal: str) -> GroupSnapshot:
    """Check that the records are those of one group, the principal's, and may leave its file.

    Raises ``Refused`` ``record-private``, ``principal-mismatch``, or ``group-unsound`` with the fault of
    ``facilitator.domain.integrity`` as the ``problem``.
    """
    records = tuple(records)
    for record in records:
        if isinstance(record, Person) or (isinstance(record, Card) and record.private):
            raise Refused("record-private", type=record_type(record), id=record.id)
    _check_once(records)
    try:
        group = GroupSnapshot.of(records)
        check_whole(group)
    except UserFault as fault:
        raise Refused("group-unsound", problem=fault.code, **fault.facts) from None
    if principal != group.principal:
        raise Refused("principal-mismatch", principal=principal, expected=group.principal)
    return group
