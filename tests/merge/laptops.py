"""Laptops that export packages of a group: alone, cloned, restored from a backup, handed over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from facilitator.domain.records import AnyRecord, Card, Event, Group
from facilitator.packages import SCHEMA, Envelope, Origin, SigningKey, build_package
from facilitator.packages.sshsig import PACKAGE_NAMESPACE

AT = datetime(2018, 10, 1, 18, tzinfo=UTC)
EVENT = Event(
    id="018f0000-0000-7000-8000-000000000000",
    code="skfo-2018",
    script="obraz-budushchego-2025",
    district="skfo",
    city="Пятигорск",
    starts="2018-09-30",
    ends="2018-10-02",
)


def uid(number: int) -> str:
    return f"018f0000-0000-7000-8000-{number:012x}"


def records(number: int, texts: Iterable[str]) -> tuple[AnyRecord, ...]:
    """Return the records of group ``number`` with one rule for each text."""
    group = Group(id=uid(number), event=EVENT.id, number=number, theme="family", moderator="Алёна")
    cards = (
        Card(id=uid(1000 * number + place), group=group.id, kind="rule", text=text)
        for place, text in enumerate(texts)
    )
    return (EVENT, group, *cards)


@dataclass(frozen=True)
class Sent:
    """A package as it leaves a laptop."""

    id: str
    data: bytes
    origin: str
    rev: int

    def save(self, folder: Path) -> Path:
        path = folder / f"{self.id}.fpkg"
        path.write_bytes(self.data)
        return path


@dataclass(frozen=True)
class Laptop:
    """A laptop with a group's file, which remembers its ``exports``; each act gives the laptop after it."""

    key: SigningKey
    replica: str = "laptop"
    number: int = 3
    exports: tuple[Sent, ...] = ()
    texts: tuple[str, ...] = ("Театр в каждом районе — «Ёлка»",)
    envelope: Mapping[str, object] = field(default_factory=dict)

    @property
    def sent(self) -> Sent:
        return self.exports[-1]

    def write(self, *texts: str) -> "Laptop":
        return replace(self, texts=self.texts + texts)

    def export(self, base: str = "package", **changes: object) -> "Laptop":
        origin = Origin(key=self.key.fingerprint, replica=self.replica)
        rev = 1 + max((each.rev for each in self.exports), default=0)
        values: dict[str, object] = {
            "schema": SCHEMA,
            "kind": "group",
            "principal": f"{EVENT.code}.g{self.number}",
            "origin": origin,
            "rev": rev,
            "parents": tuple(each.id for each in self.exports[-1:]),
            "clock": {each.origin: (each.rev, each.id) for each in self.exports},
            "created": "2018-10-01T10:00:00Z",
        }
        envelope = Envelope(**(values | changes))  # type: ignore[arg-type]
        built = build_package(envelope, records(self.number, self.texts), self.key, base=base)
        return replace(self, exports=(*self.exports, Sent(built.id, built.data, origin.name, envelope.rev)))

    def handed_to(self, key: SigningKey, replica: str) -> "Laptop":
        """Return another laptop with a copy of the file."""
        return replace(self, key=key, replica=replica)


def roster_line(key: SigningKey, principals: str = "skfo-2018.*", options: str = "") -> str:
    return f'{principals} namespaces="{PACKAGE_NAMESPACE}"{options} {key.public_line}\n'
