"""Which groups of a centre take a person's choice between packages, and what was chosen so far."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    lineage = centre.lineage()
    older: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in lineage.followed:
        older[new].add(old)
    return tuple(
        found
        for name, heads in lineage.heads.items()
        for found in _choice(centre, families[name], heads, older)
    )


def _choice(
    centre: CentreService,
    family: Sequence[KeptPackage],
    heads: Sequence[Version],
    older: Mapping[str, set[str]],
) -> Iterator[Choice]:
    parents = {package.id: older.get(package.id, set()).intersection(package.parents) for package in family}
    settling = _settling(family, parents, older)
    settled = len(heads) == 1
    if settled and heads[0].id not in settling:
        return
    records = {package.id: centre.records(package.id) for package in family}
    stands_for = _repeated(family, settling, records)
    counting = frozenset(stands_for[head.id] for head in heads)
    passed_over = {stands_for[followed] for key in settling for followed in parents[key]}
    candidates = tuple(package for package in family if package.id in counting | passed_over)
    compared = differences([records[package.id] for package in candidates])
    yield Choice(family[0].principal, candidates, counting, settled, compared)


def _settling(
    family: Sequence[KeptPackage], parents: Mapping[str, set[str]], older: Mapping[str, set[str]]
) -> frozenset[str]:
    """Return the ids of a lead's packages.

    They follow several that stood beside each other, or follow one of the lead's own. What they follow is
    taken from the lineage, which has judged what they say of it.
    """
    origins = {package.id: package.origin for package in family}
    found = {key for key, followed in parents.items() if len(followed - _before(followed, older)) > 1}
    while more := {
        package.id
        for package in family
        if package.id not in found
        and any(key in found and origins[key] == package.origin for key in parents[package.id])
    }:
        found |= more
    return frozenset(found)


def _before(packages: Iterable[str], older: Mapping[str, set[str]]) -> set[str]:
    """Return all that packages follow, directly or by way of others."""
    found: set[str] = set()
    frontier = list(packages)
    while frontier:
        more = older.get(frontier.pop(), set()) - found
        found |= more
        frontier += more
    return found


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
