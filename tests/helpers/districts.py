"""A district as its organizer and its lead run it: a signed roster, a lead, groups with keys of their own."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from facilitator.domain.records import AnyRecord, Card, Event, Group
from facilitator.packages import (
    SCHEMA,
    BuiltPackage,
    Envelope,
    Origin,
    SigningKey,
    build_package,
    create_key,
    write_collection,
)
from facilitator.packages.keys import PublicKey
from facilitator.packages.requests import Request
from facilitator.services.centre import CentreService, MergeResult
from facilitator.services.home import Home
from facilitator.services.intake import Judge
from facilitator.services.rosters import EventPlan, Organizer, PlannedGroup, grant, start_roster
from facilitator.services.trust import Trust, TrustStore

CREATED = "2018-10-01T10:00:00Z"


@dataclass(frozen=True)
class District:
    """One event: its roster package, who may change it, the lead, and a moderator's key for each group."""

    roster: Path
    organizer: Organizer
    event: Event
    lead: SigningKey
    moderators: dict[int, SigningKey]

    def records(self, number: int, texts: Iterable[str]) -> tuple[AnyRecord, ...]:
        """Return the records of group ``number`` with a rule for each text."""
        group = Group(id=_id(number), event=self.event.id, number=number, theme="family", moderator="Алёна")
        rules = (
            Card(id=_id(1_000 * number + place), group=group.id, kind="rule", text=text)
            for place, text in enumerate(texts)
        )
        return (self.event, group, *rules)

    def package(
        self, number: int, *texts: str, key: SigningKey | None = None, **changes: object
    ) -> BuiltPackage:
        """Return the package of group ``number``, signed by its moderator or by another ``key``."""
        signer = key or self.moderators[number]
        named = {"kind": "group", "principal": f"{self.event.code}.g{number}"}
        envelope = self._envelope(signer, "laptop", **(named | changes))
        return build_package(envelope, self.records(number, texts), signer, base=f"g{number}")

    def bundle(self, packages: Mapping[str, bytes]) -> bytes:
        """Return a collection of the lead's, sound but for what is put into it under any ids."""
        envelope = self._envelope(
            self.lead, "lead", kind="collection", principal=f"{self.event.code}.collection"
        )
        loads = {name: data.__bytes__ for name, data in packages.items()}
        target = io.BytesIO()
        write_collection(target, envelope, loads, self.lead, base="collection")
        return target.getvalue()

    def _envelope(self, signer: SigningKey, replica: str, **values: object) -> Envelope:
        plain: dict[str, object] = {
            "schema": SCHEMA,
            "origin": Origin(key=signer.fingerprint, replica=replica),
            "rev": 1,
            "parents": (),
            "clock": {},
            "created": CREATED,
        }
        return Envelope(**(plain | values))  # type: ignore[arg-type]

    def enrol(self, key: PublicKey, *principals: str) -> None:
        """Write the next version of the roster, in which ``key`` may sign for ``principals``."""
        grant(self.roster, Request("Ведущая", key, CREATED), principals, self.organizer)


def found(folder: Path, code: str, *numbers: int) -> District:
    """Begin a district whose event expects these groups; their moderators and the lead are enrolled."""
    organizer = _organizer(folder)
    roster = folder / f"{code}.roster.fpkg"
    plan = EventPlan(
        code=code,
        script="obraz-budushchego-2025",
        district=code.partition("-")[0],
        city="Пятигорск",
        dates=("2018-09-30", "2018-10-02"),
        groups=tuple(PlannedGroup(number=number, theme="family") for number in numbers),
    )
    (event,) = start_roster(roster, [plan], organizer).files.roster.events
    keys = {number: create_key(folder / f"{code}.g{number}", None) for number in numbers}
    lead = create_key(folder / f"{code}.lead", None)
    district = District(roster, organizer, event, lead, keys)
    for number, key in keys.items():
        district.enrol(key.public, f"{code}.g{number}")
    district.enrol(lead.public, code)
    return district


def trust(folder: Path, *districts: District) -> Trust:
    """Return what the rosters say together to an installation that lives in ``folder``."""
    return TrustStore(Home(folder)).load([district.roster for district in districts])


def merge(centre: CentreService, trusted: Trust, *paths: Path) -> MergeResult:
    """Take files in, judged now."""
    return centre.merge(paths, Judge(trusted.signers, datetime.now(UTC)), trusted.expected)


def save(folder: Path, name: str, data: bytes) -> Path:
    """Write a package file."""
    path = folder / f"{name}.fpkg"
    path.write_bytes(data)
    return path


def gathered(centre: CentreService, district: District, folder: Path, *groups: bytes) -> CentreService:
    """Take packages of groups into a district's centre by its own roster."""
    paths = [save(folder, f"{district.event.code}-{place}", data) for place, data in enumerate(groups)]
    result = merge(centre, trust(folder / f"home-{district.event.code}", district), *paths)
    assert {each.outcome for each in result.packages} <= {"accepted", "superseded", "conflict"}
    return centre


def verdicts(result: MergeResult) -> dict[str | None, tuple[str, str | None]]:
    """Return what became of each package, and why, by its id."""
    return {each.id: (each.outcome, each.reason) for each in result.packages}


def _organizer(folder: Path) -> Organizer:
    folder.mkdir(parents=True, exist_ok=True)
    return Organizer(create_key(folder / "organizer", None), Home(folder / "home"))


def _id(number: int) -> str:
    return f"018f0000-0000-7000-8000-{number:012x}"
