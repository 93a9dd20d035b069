"""Whether the records of a group belong together: ids once, references to what is there."""

from collections.abc import Iterable

from facilitator.domain.records import (
    AnyRecord,
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Person,
    Record,
    Round,
    Step,
    Vote,
)
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault

_REFERENCES: dict[type[Record], tuple[tuple[str, type[Record]], ...]] = {
    Group: (("event", Event),),
    Person: (("id", Participant),),
    Card: (("author", Participant), ("cluster", Cluster)),
    Link: (("source", Card), ("target", Card)),
    Vote: (("round", Round), ("card", Card), ("participant", Participant)),
}


def check_references(record: AnyRecord, group: GroupSnapshot) -> None:
    """Check that a record belongs to the group and that all it refers to is there.

    Raises ``UserFault("reference-missing")`` with the ``field`` and the ``target`` it names,
    or ``UserFault("group-mismatch")`` with the ``field``.
    """
    owner = getattr(record, "group", None)
    if owner is not None and owner != group.group.id:
        raise UserFault("group-mismatch", field="group", target=owner)
    if isinstance(record, Step) and record.id != f"{record.group}/{record.step}":
        raise UserFault("group-mismatch", field="id", target=record.id)
    for name, kind in _REFERENCES.get(type(record), ()):
        target = getattr(record, name)
        if target is not None and group.find(kind, target) is None:
            raise UserFault("reference-missing", field=name, target=target)


def identity(record: AnyRecord) -> tuple[bool, str]:
    """Return what no two records of a group may share: the id, counted apart for people."""
    return isinstance(record, Person), record.id


def check_unique(records: Iterable[AnyRecord]) -> None:
    """Check that no two records are the same by :func:`identity`.

    Raises ``UserFault("id-repeated")`` with the ``id``.
    """
    seen: set[tuple[bool, str]] = set()
    for record in records:
        if identity(record) in seen:
            raise UserFault("id-repeated", field="id", id=record.id)
        seen.add(identity(record))


def check_whole(group: GroupSnapshot) -> None:
    """Check every record of a group against the others. Raises as :func:`check_references` does."""
    for record in group.records():
        check_references(record, group)
