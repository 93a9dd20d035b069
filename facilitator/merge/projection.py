"""The current state of a centre: of each group the package that stands, or all of those that do."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from facilitator.domain.records import AnyRecord
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.merge.lineage import Lineage, Version

_ENCODER = msgspec.json.Encoder(order="sorted")


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

    @property
    def cards(self) -> int:
        """How many distinct cards the groups hold; a card in several heads of a group counts once."""
        return sum(len({card for head in group.heads for card in head.group.cards}) for group in self.groups)


def project(lineage: Lineage, records_of: Callable[[str], Iterable[AnyRecord]]) -> Projection:
    """Return the state that a lineage stands for. ``records_of`` gives the records of a head by its id.

    Raises ``UserFault("group-incomplete")`` for records that are not those of one group.
    """

    def projected(version: Version) -> Head:
        return Head(version.id, GroupSnapshot.of(records_of(version.id)))

    families = lineage.heads.items()
    return Projection(tuple(ProjectedGroup(name, tuple(map(projected, heads))) for name, heads in families))


def state(projection: Projection) -> str:
    """Return the SHA-256, in hex, of the projection as JSON lines: each head, then its records, sorted."""
    digest = hashlib.sha256()
    for group in projection.groups:
        for head in group.heads:
            lines = sorted(map(_ENCODER.encode, head.group.records()))
            title = _ENCODER.encode({"package": head.id, "principal": group.principal})
            digest.update(b"".join(line + b"\n" for line in (title, *lines)))
    return digest.hexdigest()
