"""A small group whose every record is known, for reports that are compared letter by letter."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from exports.model import ConsolidatedGroup, ConsolidatedReport, GroupReport, PackageStamp
from facilitator.domain.records import (
    AnyRecord,
    Card,
    Cluster,
    Event,
    Group,
    Link,
    Participant,
    Person,
    Round,
    Step,
    Vote,
)
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.script.catalogues import load_catalogues
from facilitator.script.chain import find_gaps
from facilitator.script.loader import bundled_script

SCRIPT = bundled_script("obraz-budushchego-2025")
CATALOGUES = load_catalogues()
STAMP = PackageStamp(
    "5f" * 32, "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8", 3, "2018-02-09T15:42:10Z"
)
PRIVATE_TEXT = "Позвонить маме сегодня"
PERSON_NAME = "Мария Илларионовна"


def key(*parts: object) -> str:
    """Return an id that is the same in every run."""
    return str(uuid.uuid5(uuid.UUID(int=7), "/".join(map(str, parts))))


class Room:
    """Records of one group in the making."""

    def __init__(
        self, number: int = 3, theme: str = "rural", *, code: str = "skfo-2018", district: str = "skfo"
    ):
        self.name = f"{code}.g{number}"
        self.event = Event(
            id=key(code),
            code=code,
            script=SCRIPT.id,
            district=district,
            city="Ставрополь",
            starts="2018-02-08",
            ends="2018-02-09",
            venue="Дом культуры",
            title="Сессия «Юг»",
        )
        self.group = Group(
            id=key(self.name),
            event=self.event.id,
            number=number,
            theme=theme,
            moderator="Анна Ветрова",
            room="Зал 2",
        )
        self.records: list[AnyRecord] = [self.event, self.group]

    def id(self, *parts: object) -> str:
        return key(self.name, *parts)

    def people(self) -> None:
        for number, (region, category) in enumerate((("26", "executive"), ("05", "nko"), (None, None)), 1):
            participant = self.id("participant", number)
            self.records.append(
                Participant(
                    id=participant,
                    group=self.group.id,
                    label=f"Участник {number}",
                    region=region,
                    category=category,
                )
            )
            self.records.append(Person(id=participant, name=PERSON_NAME))

    def cluster(self, step: str, title: str) -> str:
        cluster = Cluster(
            id=self.id("cluster", step, title),
            group=self.group.id,
            step=step,
            title=title,
            position=len(self.records),
        )
        self.records.append(cluster)
        return cluster.id

    def card(
        self,
        name: str,
        kind: str,
        text: str,
        *,
        cluster: str | None = None,
        author: int | None = None,
        dots: int = 0,
        links: Mapping[str, tuple[str, ...]] | None = None,
        **more: object,
    ) -> None:
        card = Card(
            id=self.id("card", name),
            group=self.group.id,
            kind=kind,
            text=text,
            cluster=cluster,
            author=self.id("participant", author) if author else None,
            position=len(self.records),
            **more,  # type: ignore[arg-type]
        )
        self.records.append(card)
        if dots:
            step = SCRIPT.step_of_kind(kind).id
            self.vote(name, dots, self.round(step, "dots"))
        for relation, targets in (links or {}).items():
            for target in targets:
                self.records.append(
                    Link(
                        id=self.id("link", name, relation, target),
                        group=self.group.id,
                        source=card.id,
                        target=self.id("card", target),
                        relation=relation,
                    )
                )

    def round(self, step: str, method: str) -> str:
        made = Round(
            id=self.id("round", step, method, len(self.records)),
            group=self.group.id,
            step=step,
            method=method,  # type: ignore[arg-type]
            state="revealed",
        )
        self.records.append(made)
        return made.id

    def vote(self, card: str, value: int, round_id: str, objection: str | None = None) -> None:
        vote = Vote(
            id=self.id("vote", len(self.records)),
            round=round_id,
            card=self.id("card", card),
            value=value,
            objection=objection,
        )
        self.records.append(vote)

    def note(self, step: str, text: str) -> None:
        self.records.append(
            Step(id=f"{self.group.id}/{step}", group=self.group.id, step=step, state="done", note=text)
        )

    def snapshot(self) -> GroupSnapshot:
        return GroupSnapshot.of(self.records)


def told_room(number: int = 3, theme: str = "rural", **event: str) -> GroupSnapshot:
    """Return a group that went through all eight steps, with everything a report has to tell."""
    room = Room(number, theme, **event)
    room.people()
    room.note("present", "Начали на десять минут позже.")
    road = room.cluster("present", "Дорога до хутора")
    room.cluster("present", "Пустой столбец")
    room.card("p1", "present-norm", "Сейчас принято, что автобус ходит «по вторникам»", cluster=road, dots=9)
    room.card("p2", "present-norm", "Ёлка — раз в год", marks=("risk-zone", "law-federal"), status="rejected")
    room.card("f1", "future-norm", "Бригада приезжает по расписанию", links={"replaces": ("p1", "p2")})
    room.card("b1", "barrier", "На бензин заложено до июля", fields={"type": "financial"})
    room.card("m1", "mission", "Дорога в оба конца")
    fist = room.round("mission", "fist")
    room.vote("m1", 5, fist)
    room.vote("m1", 2, fist, objection="А кто поведёт?")
    room.card("pm1", "personal-mission", "Научу десять семей", author=1)
    room.card("pm2", "personal-mission", PRIVATE_TEXT, author=2, private=True, dots=7)
    room.card("r1", "rule", "Спрашиваем самого человека", links={"overcomes": ("b1",)}, status="parked")
    room.card(
        "i1", "image", "Дорога есть. По ней едут.\nИ возвращаются.", links={"draws-on": ("f1", "r1", "m1")}
    )
    room.card("c1", "counterparty", "Район")
    room.card("c2", "counterparty", "Край")
    room.card("c3", "counterparty", "Никто")
    room.card("d1", "product", "Маршрут", links={"by": ("c1", "c2")})
    room.card("d2", "product", "Машина")
    room.card(
        "e1",
        "effect",
        "Доехали",
        links={"of": ("d1",)},
        fields={"indicator": "Доля сёл: 90 %", "for": "жители сёл"},
    )
    room.card("e2", "effect", "Вернулись", links={"of": ("d1",)})
    room.card(
        "a1",
        "action",
        "Принять порядок",
        links={"delivers": ("d1",), "removes": ("b1",), "responsible": ("c1",)},
        fields={
            "start": "2018-04-02",
            "end": "2018-10",
            "level": "regional",
            "document": "Приказ",
            "result": "Порядок принят",
            "indicator": "Сёл на маршруте",
            "base": "0",
            "target": "12,5",
            "funding": "Не требуется",
            "coexecutors": "Больницы",
        },
        status="accepted",
        dots=2,
    )
    room.card("a2", "action", "Купить машину")
    return room.snapshot()


def report_of(snapshot: GroupSnapshot, stamp: PackageStamp | None = STAMP) -> GroupReport:
    return GroupReport(snapshot, SCRIPT, CATALOGUES, find_gaps(SCRIPT, snapshot), stamp)


def consolidated(*snapshots: GroupSnapshot, conflicting: bool = False) -> ConsolidatedReport:
    groups = tuple(
        ConsolidatedGroup(
            f"{snapshot.event.code}.g{snapshot.group.number}",
            snapshot,
            replace(STAMP, package_id=f"{place:02}" * 32),
            find_gaps(SCRIPT, snapshot),
            conflicting,
        )
        for place, snapshot in enumerate(snapshots)
    )
    return ConsolidatedReport(groups, SCRIPT, CATALOGUES, "ab" * 32)
