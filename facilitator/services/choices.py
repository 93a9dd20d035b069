"""Which groups of a centre take a person's choice between packages, and what was chosen so far."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from facilitator.domain.records import AnyRecord
from facilitator.merge.comparison import Difference, differences
from facilitator.merge.lineage import Version
from facilitator.services.centre import CentreService
from facilitator.storage.centre_file import KeptPackage


@dataclass(frozen=True)
class Choice:
    """A group of which packages stand beside each other, or stood so until a lead chose one of them.

    ``candidates`` are these packages in the order they came, ``counting`` the ids of those whose records
    count now, and ``differences`` what differs between all of them. ``settled``: a lead has chosen.
    """

    principal: str
    candidates: tuple[KeptPackage, ...]
    counting: frozenset[str]
    settled: bool
    differences: tuple[Difference, ...]


def choices(centre: CentreService) -> tuple[Choice, ...]:
    """Return the groups of a centre that wait for a lead's choice, and those that have had one.

    A lead's own packages repeat the records of one that came; that one is the candidate in their place.
    Raises ``EnvironmentFault("file-damaged")``.
    """
    families: defaultdict[str, list[KeptPackage]] = defaultdict(list)
    for package, _ in centre.packages():
        if package.kind == "group":
            families[package.principal].append(package)
    heads = centre.lineage().heads
    return tuple(found for name in heads for found in _choice(centre, families[name], heads[name]))


def _choice(
    centre: CentreService, family: Sequence[KeptPackage], heads: Sequence[Version]
) -> Iterator[Choice]:
    settling = _settling(family)
    settled = len(heads) == 1
    if settled and heads[0].id not in settling:
        return
    records = {package.id: centre.records(package.id) for package in family}
    stands_for = _repeated(family, settling, records)
    counting = frozenset(stands_for[head.id] for head in heads)
    passed_over = {
        stands_for[key]
        for package in family
        if package.id in settling
        for key in package.parents
        if key in records
    }
    candidates = tuple(package for package in family if package.id in counting | passed_over)
    compared = differences([records[package.id] for package in candidates])
    yield Choice(family[0].principal, candidates, counting, settled, compared)


def _settling(family: Sequence[KeptPackage]) -> frozenset[str]:
    """Return the ids of a lead's packages: they follow several others, or follow one of the lead's own."""
    held = {package.id: package for package in family}
    parents = {package.id: [held[key] for key in package.parents if key in held] for package in family}
    found = {key for key, followed in parents.items() if len(followed) > 1}
    while more := {
        package.id
        for package in family
        if package.id not in found
        and any(each.id in found and each.origin == package.origin for each in parents[package.id])
    }:
        found |= more
    return frozenset(found)


def _repeated(
    family: Sequence[KeptPackage],
    settling: frozenset[str],
    records: Mapping[str, tuple[AnyRecord, ...]],
) -> Mapping[str, str]:
    """Return for each package the one whose records it repeats by a lead's choice, or else itself."""
    came = [package.id for package in family if package.id not in settling]
    return {
        key: next((each for each in came if records[each] == records[key]), key) if key in settling else key
        for key in records
    }
