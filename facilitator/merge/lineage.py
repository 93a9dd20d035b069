"""Which packages supersede which, and where nobody but a person can tell.

Everything here is a function of the *set* of versions held: order of arrival and repetition change nothing.
A version only ever hides what its origin had demonstrably seen; whatever is in doubt stays in sight as one of
several heads.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Version:
    """What the lineage needs to know of a package.

    ``principal`` is the group it speaks for, ``origin`` the key and installation that made it, ``rev`` the
    origin's count of exports, ``parents`` the ids it follows, ``clock`` the newest package seen of each
    origin as (rev, id).
    """

    id: str
    principal: str
    origin: str
    rev: int
    parents: frozenset[str]
    clock: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Fork:
    """Several packages with one revision of one origin: a laptop that was cloned or restored."""

    principal: str
    origin: str
    rev: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Lineage:
    """The heads of each principal, in the order of their ids; the ids that are superseded; the forks.

    ``followed`` holds, sorted, each pair of ids of which the first is followed by the second.
    """

    heads: Mapping[str, tuple[Version, ...]]
    superseded: frozenset[str]
    forks: tuple[Fork, ...]
    followed: tuple[tuple[str, str], ...]

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The principals with several heads."""
        return tuple(principal for principal, heads in self.heads.items() if len(heads) > 1)


def trace(versions: Iterable[Version]) -> Lineage:
    """Return the lineage of all versions held."""
    held = {version.id: version for version in versions}
    families = _grouped(held[key] for key in sorted(held))
    heads: dict[str, tuple[Version, ...]] = {}
    forks: list[Fork] = []
    followed: set[tuple[str, str]] = set()
    for principal in sorted(families):
        family = families[principal]
        pairs = {*_by_name(family), *_by_revision(family)}
        heads[principal] = tuple(_heads(family, pairs))
        forks += _forks(family)
        followed |= pairs
    standing = {version.id for family in heads.values() for version in family}
    superseded = frozenset(held.keys() - standing)
    return Lineage(heads, superseded, tuple(forks), tuple(sorted(followed)))


def _grouped(versions: Iterable[Version]) -> dict[str, list[Version]]:
    families: defaultdict[str, list[Version]] = defaultdict(list)
    for version in versions:
        families[version.principal].append(version)
    return families


def _heads(family: list[Version], pairs: Iterable[tuple[str, str]]) -> list[Version]:
    """Return the versions of one principal that nothing supersedes.

    Where versions supersede each other in a circle, which takes a forged revision, all of them stand.
    """
    older: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in pairs:
        older[new].add(old)
    hidden = {old for olds in older.values() for old in olds}
    covered: set[str] = set()
    frontier = [version.id for version in family if version.id not in hidden]
    standing = set(frontier)
    while frontier:
        found = older[frontier.pop()] - covered
        covered |= found
        frontier += found
    return [version for version in family if version.id in standing or version.id not in covered]


def _by_name(family: list[Version]) -> Iterator[tuple[str, str]]:
    """Yield (older, newer) where the newer names the older by its id.

    A clock counts where the package it names is held and is what the clock says. A parent counts as far as
    such a clock reaches, so that a resolution can name all heads of a fork.
    """
    held = {version.id: version for version in family}
    for version in family:
        reach = {version.origin: version.rev - 1}
        for origin, (rev, key) in version.clock.items():
            seen = held.get(key)
            if seen and (seen.origin, seen.rev) == (origin, rev) and rev <= reach.get(origin, rev):
                reach.setdefault(origin, rev)
                yield key, version.id
        for key in version.parents:
            parent = held.get(key)
            if parent and parent.rev <= reach.get(parent.origin, 0):
                yield key, version.id


def _by_revision(family: list[Version]) -> Iterator[tuple[str, str]]:
    """Yield (older, newer) of the same origin by their revisions, up to where the origin has forked.

    From a fork on, the numbers of an origin are those of two laptops, and only names tell them apart.
    """
    forked: dict[str, int] = {}
    for (origin, rev), ids in _known_ids(family).items():
        if len(ids) > 1:
            forked[origin] = min(rev, forked.get(origin, rev))
    in_order = sorted(family, key=lambda version: (version.origin, version.rev))
    for old, new in pairwise(in_order):
        if old.origin == new.origin and old.rev < forked.get(old.origin, new.rev):
            yield old.id, new.id


def _known_ids(family: list[Version]) -> dict[tuple[str, int], set[str]]:
    """Return the ids each revision is known by: those held, and those the origin itself names."""
    known: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for version in family:
        known[version.origin, version.rev].add(version.id)
        if version.origin in version.clock:
            rev, key = version.clock[version.origin]
            known[version.origin, rev].add(key)
    return known


def _forks(family: list[Version]) -> Iterator[Fork]:
    revisions: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for version in family:
        revisions[version.origin, version.rev].append(version.id)
    for (origin, rev), ids in sorted(revisions.items()):
        if len(ids) > 1:
            yield Fork(family[0].principal, origin, rev, tuple(ids))
