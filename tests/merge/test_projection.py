"""The state is a function of what is held: neither order nor repetition nor what is superseded changes it."""

from collections.abc import Iterable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.records import AnyRecord, Card, Event, Group
from facilitator.errors import UserFault
from facilitator.merge.lineage import Lineage, Version, trace
from facilitator.merge.projection import Projection, project, state

Held = tuple[Version, tuple[AnyRecord, ...]]
EVENT = Event(
    id="00000000-0000-7000-8000-000000000000",
    code="skfo-2018",
    script="obraz-budushchego-2025",
    district="skfo",
    city="Пятигорск",
    starts="2018-05-11",
    ends="2018-05-12",
)


def uuid(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012x}"


def held(name: str, number: int, rev: int, texts: Iterable[str], origin: str = "laptop") -> Held:
    group = Group(id=uuid(number), event=EVENT.id, number=number, theme="teatr", moderator="Модератор")
    cards = (
        Card(id=uuid(number * 1000 + place), group=group.id, kind="rule", text=text)
        for place, text in enumerate(texts)
    )
    version = Version(name, f"skfo-2018.g{number}", origin, rev, frozenset(), {})
    return version, (EVENT, group, *cards)


def lineage(packages: Iterable[Held]) -> Lineage:
    return trace(version for version, _ in packages)


def projected(packages: Iterable[Held]) -> Projection:
    packages = list(packages)
    records = {version.id: records for version, records in packages}
    return project(lineage(packages), records.__getitem__)


SIX = [
    held("a1", 1, 1, ["Театр в каждом районе"]),
    held("a2", 1, 2, ["Театр в каждом районе", "Мы читаем детям вслух"]),
    held("b1", 2, 1, ["«Ёлка» для всех"]),
    held("b2", 2, 1, ["Ёлка для своих"], origin="tablet"),
    held("c1", 3, 1, ["Норма"]),
    held("c2", 3, 1, ["Норма — иначе"]),
]


def test_any_order_of_six_packages_gives_one_state() -> None:
    assert len({state(lineage(order)) for order in permutations(SIX)}) == 1


@given(st.lists(st.sampled_from(SIX)), st.data())
def test_repetition_and_order_change_nothing(packages: list[Held], data: st.DataObject) -> None:
    again = data.draw(st.permutations(packages + packages[:3]))
    assert projected(again) == projected(packages)
    assert state(lineage(again)) == state(lineage(packages))


def test_all_heads_of_a_group_are_shown() -> None:
    projection = projected(SIX)
    heads = {group.principal: [head.id for head in group.heads] for group in projection.groups}
    assert heads == {"skfo-2018.g1": ["a2"], "skfo-2018.g2": ["b1", "b2"], "skfo-2018.g3": ["c1", "c2"]}
    assert [group.conflicting for group in projection.groups] == [False, True, True]


def test_what_is_superseded_leaves_no_trace_in_the_state() -> None:
    assert state(lineage(SIX)) == state(lineage(SIX[1:]))


def test_records_come_in_any_order() -> None:
    version, records = SIX[1]
    assert projected([(version, records[::-1])]) == projected([SIX[1]])


@pytest.mark.parametrize(
    "other",
    [
        held("a3", 1, 2, ["Театр в каждом районе", "Мы читаем детям вслух"]),
        held("a2", 2, 2, ["Театр в каждом районе", "Мы читаем детям вслух"]),
    ],
    ids=["another package", "another group"],
)
def test_any_difference_is_another_state(other: Held) -> None:
    assert state(lineage([other])) != state(lineage([SIX[1]]))


def test_records_that_are_not_one_group_are_refused() -> None:
    version, records = SIX[0]
    with pytest.raises(UserFault, match="group-incomplete"):
        projected([(version, records[1:])])
