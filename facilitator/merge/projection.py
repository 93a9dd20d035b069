"""The current state of a centre: of each group the package that stands, or all of those that do."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from facilitator.domain.records import AnyRecord
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.merge.lineage import Lineage, Version


@dataclass(frozen=True)
class Head:
    """A package that stands, by its id, and the group it holds."""

    id: str
    group: GroupSnapshot


@dataclass(frozen=True)
class ProjectedGroup:
    """What the centre knows of one principal: one head, or several that a person has to settle."""

    principal: str
    heads: tuple[Head, ...]

    @property
    def conflicting(self) -> bool:
        """Whether several packages stand beside each other."""
        return len(self.heads) > 1


@dataclass(frozen=True)
class Projection:
    """The groups of a centre in the order of their principals."""

    groups: tuple[ProjectedGroup, ...]


def project(lineage: Lineage, records_of: Callable[[str], Iterable[AnyRecord]]) -> Projection:
    """Return the state that a lineage stands for. ``records_of`` gives the records of a head by its id.

    Raises ``UserFault("group-incomplete")`` for records that are not those of one group.
    """

    def projected(version: Version) -> Head:
        return Head(version.id, GroupSnapshot.of(records_of(version.id)))

    families = lineage.heads.items()
    return Projection(tuple(ProjectedGroup(name, tuple(map(projected, heads))) for name, heads in families))


def state(lineage: Lineage) -> str:
    """Return the SHA-256, in hex, of what stands: a line for each head, its principal and its package id.

    The id is a hash of all that a package holds, so equal states mean equal records.
    """
    heads = ((principal, version.id) for principal, heads in lineage.heads.items() for version in heads)
    lines = "".join(f"{principal} {package}\n" for principal, package in sorted(heads))
    return hashlib.sha256(lines.encode()).hexdigest()
