"""How the packages of one group differ, record by record: nothing disappears unseen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from facilitator.domain.records import AnyRecord, record_type


@dataclass(frozen=True)
class Difference:
    """One record that is not the same everywhere: how it stands in each package, ``None`` for not at all."""

    type: str
    id: str
    versions: tuple[AnyRecord | None, ...]


def vanished(before: Iterable[AnyRecord], after: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """Return the records of ``before`` that ``after`` no longer has in any form."""
    there = set(map(_key, after))
    return tuple(record for record in before if _key(record) not in there)


def differences(packages: Sequence[Iterable[AnyRecord]]) -> tuple[Difference, ...]:
    """Return the records that differ between packages, in the order they are first met."""
    indexed: list[Mapping[tuple[str, str], AnyRecord]] = [
        {_key(record): record for record in package} for package in packages
    ]
    keys = dict.fromkeys(key for index in indexed for key in index)
    rows = ((key, tuple(index.get(key) for index in indexed)) for key in keys)
    return tuple(
        Difference(*key, versions) for key, versions in rows if versions.count(versions[0]) != len(versions)
    )


def _key(record: AnyRecord) -> tuple[str, str]:
    return record_type(record), record.id
