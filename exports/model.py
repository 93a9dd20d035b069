"""What a report is made from: values read once, so that the same input gives the same bytes."""

from dataclasses import dataclass

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.catalogues import Catalogues
from facilitator.script.chain import Gap
from facilitator.script.model import Script


@dataclass(frozen=True)
class PackageStamp:
    """The package a report can be checked against. ``created`` is UTC, RFC 3339."""

    package_id: str
    fingerprint: str
    rev: int
    created: str


@dataclass(frozen=True)
class GroupReport:
    """One group, the gaps in its chain, and its newest package, if there is one."""

    snapshot: GroupSnapshot
    script: Script
    catalogues: Catalogues
    gaps: tuple[Gap, ...]
    stamp: PackageStamp | None


@dataclass(frozen=True)
class ConsolidatedGroup:
    """One group at the centre. Of a ``conflicting`` group each version stands as a group of its own."""

    principal: str
    snapshot: GroupSnapshot
    stamp: PackageStamp
    gaps: tuple[Gap, ...]
    conflicting: bool


@dataclass(frozen=True)
class ConsolidatedReport:
    """Every group of a centre. ``state`` is the SHA-256 of its projection, in hexadecimal."""

    groups: tuple[ConsolidatedGroup, ...]
    script: Script
    catalogues: Catalogues
    state: str
