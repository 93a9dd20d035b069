"""A snapshot is a value: edits give the next one, their inverse gives the former one back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.edits import Edit, added, inverse, removed
from facilitator.domain.records import RECORD_TYPES, AnyRecord, Card, Cluster, Event, Group, Link, Round, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from tests.helpers.records import cards, events, groups, records, whole_groups

whole = whole_groups()
ID = "018f0000-0000-7000-8000-{:012x}".format
EVENT = Event(
    id=ID(1), code="e", script="s", district="d", city="Пятигорск", starts="2018-02-08", ends="2018-02-09"
)
GROUP = Group(id=ID(2), event=ID(1), number=1, theme="family", moderator="Алёна")


def card(number: int, kind: str = "rule", position: int = 0) -> Card:
    return Card(id=ID(number), group=ID(2), kind=kind, text=f"Текст {number}", position=position)


def link(number: int, source: int, target: int, relation: str) -> Link:
    return Link(id=ID(number), group=ID(2), source=ID(source), target=ID(target), relation=relation)


@given(whole, st.randoms())
def test_a_snapshot_is_the_same_from_records_in_any_order(found: list[AnyRecord], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert GroupSnapshot.of(shuffled) == GroupSnapshot.of(found)


@given(whole)
def test_records_come_out_once_by_type_and_id(found: list[AnyRecord]) -> None:
    order = list(RECORD_TYPES.values())
    listed = list(GroupSnapshot.of(found).records())
    assert listed == sorted(found, key=lambda record: (order.index(type(record)), record.id))


@given(whole, st.lists(records, max_size=4), st.data())
def test_the_inverse_of_edits_gives_the_snapshot_back(
    found: list[AnyRecord], fresh: list[AnyRecord], data: st.DataObject
) -> None:
    group = GroupSnapshot.of(found)
    there = [record for record in group.records() if not isinstance(record, Event | Group)]
    gone = [record for record in there if data.draw(st.booleans())]
    new = [record for record in fresh if not isinstance(record, Event | Group)]
    new = [record for record in new if group.find(type(record), record.id) is None]
    renamed = Edit(group.group, data.draw(groups(st.just(group.event.id))))
    moved = Edit(group.event, data.draw(events))
    edits = (*removed(gone), *added({record.id: record for record in new}.values()), renamed, moved)
    after = group.apply(edits)
    assert after.group == renamed.after
    assert after.event == moved.after
    assert all(after.find(type(record), record.id) == record for record in new)
    assert after.apply(inverse(edits)) == group


def what_is_grouped(group: GroupSnapshot) -> list[object]:
    """Return all that a snapshot derives from its records, so that it knows it from now on."""
    kinds = sorted({each.kind for each in group.cards.values()})
    return [
        [(kind, group.cards_of(kind)) for kind in kinds],
        group.cards_of(*kinds),
        [(key, group.links_from(key), group.links_to(key)) for key in sorted(group.cards)],
        [(key, group.votes_in(key)) for key in sorted(group.rounds)],
        dict(group.dots),
    ]


@given(whole, whole, st.data())
def test_what_is_grouped_follows_every_act(
    found: list[AnyRecord], others: list[AnyRecord], data: st.DataObject
) -> None:
    group = GroupSnapshot.of(found)
    what_is_grouped(group)
    there = [record for record in group.records() if not isinstance(record, Event | Group)]
    gone = [record for record in there if data.draw(st.booleans())]
    come = [record for record in others if not isinstance(record, Event | Group)]
    after = group.apply([*removed(gone), *added(come)])
    assert what_is_grouped(after) == what_is_grouped(GroupSnapshot.of(after.records()))
    back = after.apply([*removed(come), *added(gone)])
    assert what_is_grouped(back) == what_is_grouped(group)


def test_a_card_that_moves_and_changes_its_kind_is_found_where_it_is_now() -> None:
    one, other = card(11, position=1), card(12, position=2)
    group = GroupSnapshot.of([EVENT, GROUP, one, other])
    assert group.cards_of("rule") == (one, other)
    assert group.has_cards("risk", "rule")
    last = msgspec.structs.replace(one, position=3)
    moved = group.apply([Edit(one, last)])
    assert moved.cards_of("rule") == (other, last)
    changed = moved.apply([Edit(other, msgspec.structs.replace(other, kind="risk"))])
    assert changed.cards_of("rule") == (last,)
    assert [each.id for each in changed.cards_of("risk", "rule")] == [other.id, last.id]
    assert not changed.apply(removed([last])).has_cards("rule")


@given(whole, cards())
def test_applying_edits_leaves_the_snapshot_itself_as_it_is(found: list[AnyRecord], new: Card) -> None:
    group = GroupSnapshot.of(found)
    before = list(group.records())
    group.apply([*removed(group.cards.values()), *added([new])])
    assert list(group.records()) == before


@pytest.mark.parametrize(
    ("found", "events_found", "groups_found"),
    [([], 0, 0), ([EVENT], 1, 0), ([GROUP], 0, 1), ([EVENT, EVENT, GROUP], 2, 1)],
)
def test_a_group_needs_one_event_and_one_group(
    found: list[AnyRecord], events_found: int, groups_found: int
) -> None:
    with pytest.raises(UserFault) as caught:
        GroupSnapshot.of(found)
    assert caught.value.code == "group-incomplete"
    assert caught.value.facts == {"events": events_found, "groups": groups_found}


def test_records_are_found_by_type_and_id() -> None:
    group = GroupSnapshot.of([EVENT, GROUP, card(3)])
    assert group.find(Event, ID(1)) == EVENT
    assert group.find(Group, ID(2)) == GROUP
    assert group.find(Card, ID(3)) == card(3)
    assert group.find(Event, ID(9)) is group.find(Group, ID(9)) is group.find(Card, ID(9)) is None


def test_cards_come_kind_by_kind_in_the_order_the_group_put_them() -> None:
    group = GroupSnapshot.of(
        [EVENT, GROUP, card(3, "rule", 1), card(4, "rule", 0), card(6, "barrier"), card(5, "rule", 0)]
    )
    assert [each.id for each in group.cards_of("barrier", "rule", "image")] == [ID(6), ID(4), ID(5), ID(3)]


def test_clusters_come_in_the_order_the_group_put_them() -> None:
    def cluster(number: int, step: str, position: int) -> Cluster:
        return Cluster(id=ID(number), group=ID(2), step=step, title="Столбец", position=position)

    group = GroupSnapshot.of(
        [EVENT, GROUP, cluster(3, "rules", 2), cluster(4, "rules", 1), cluster(5, "image", 0)]
    )
    assert [each.id for each in group.clusters_of("rules")] == [ID(4), ID(3)]


def test_links_are_found_from_both_ends_by_relation() -> None:
    found = [link(13, 4, 3, "overcomes"), link(12, 4, 5, "draws-on"), link(11, 5, 3, "overcomes")]
    group = GroupSnapshot.of([EVENT, GROUP, card(3), card(4), card(5), *found])
    assert [each.id for each in group.links_from(ID(4))] == [ID(12), ID(13)]
    assert [each.id for each in group.links_from(ID(4), "draws-on")] == [ID(12)]
    assert [each.id for each in group.links_to(ID(3))] == [ID(11), ID(13)]
    assert [each.id for each in group.links_to(ID(3), "draws-on")] == []
    assert group.links_from(ID(3)) == group.links_to(ID(4)) == ()


def test_dots_are_those_of_the_last_round_of_dots() -> None:
    def round_(number: int, method: str) -> Round:
        return Round(id=ID(number), group=ID(2), step="rules", method=method, state="revealed")  # type: ignore[arg-type]

    def vote(number: int, of: int, value: int) -> Vote:
        return Vote(id=ID(number), round=ID(of), card=ID(3), value=value)

    group = GroupSnapshot.of(
        [EVENT, GROUP, card(3), card(4), round_(5, "dots"), round_(6, "dots"), round_(7, "fist"),
         vote(8, 5, 2), vote(9, 6, 3), vote(10, 7, 5)]
    )  # fmt: skip
    assert group.dots[ID(3)] == 3
    assert ID(4) not in group.dots
