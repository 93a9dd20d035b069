"""Records belong together: each id once, each reference to a record that is there."""

import msgspec
import pytest
from hypothesis import given

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.integrity import check_references, check_unique, check_whole
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
)  # fmt: skip
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from tests.helpers.records import whole_groups

ID = "018f0000-0000-7000-8000-{:012x}".format
NOWHERE = ID(99)
EVENT = Event(
    id=ID(1), code="e", script="s", district="d", city="Пятигорск", starts="2018-02-08", ends="2018-02-09"
)
GROUP = Group(id=ID(2), event=ID(1), number=1, theme="family", moderator="Алёна")
PARTICIPANT = Participant(id=ID(3), group=ID(2), label="Участник 1")
PERSON = Person(id=ID(3), name="Ёлкина Алёна")
CLUSTER = Cluster(id=ID(4), group=ID(2), step="rules", title="Столбец")
CARD = Card(id=ID(5), group=ID(2), kind="rule", text="Правило", author=ID(3), cluster=ID(4))
BARRIER = Card(id=ID(6), group=ID(2), kind="barrier", text="Барьер")
LINK = Link(id=ID(7), group=ID(2), source=ID(5), target=ID(6), relation="overcomes")
ROUND = Round(id=ID(8), group=ID(2), step="rules", method="dots", state="revealed")
VOTE = Vote(id=ID(9), round=ID(8), card=ID(5), value=3, participant=ID(3))
STEP = Step(id=f"{ID(2)}/rules", group=ID(2), step="rules", state="done")
RECORDS = (EVENT, GROUP, PARTICIPANT, PERSON, CLUSTER, CARD, BARRIER, LINK, ROUND, VOTE, STEP)
WHOLE = GroupSnapshot.of(RECORDS)


@given(whole_groups())
def test_a_whole_group_is_sound(found: list[AnyRecord]) -> None:
    check_unique(found)
    check_whole(GroupSnapshot.of(found))


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (GROUP, "event"),
        (CARD, "author"),
        (CARD, "cluster"),
        (LINK, "source"),
        (LINK, "target"),
        (VOTE, "round"),
        (VOTE, "card"),
        (VOTE, "participant"),
        (PERSON, "id"),
    ],
)
def test_a_reference_to_nothing_is_named(record: AnyRecord, field: str) -> None:
    lost = msgspec.structs.replace(record, **{field: NOWHERE})
    with pytest.raises(UserFault) as caught:
        check_references(lost, WHOLE)
    assert caught.value.code == "reference-missing"
    assert caught.value.facts == {"field": field, "target": NOWHERE}


def test_a_reference_to_a_record_of_another_type_is_to_nothing() -> None:
    with pytest.raises(UserFault, match="reference-missing"):
        check_references(msgspec.structs.replace(CARD, author=CARD.id), WHOLE)


@pytest.mark.parametrize("record", [PARTICIPANT, CLUSTER, CARD, LINK, ROUND, STEP])
def test_a_record_of_another_group_is_named(record: AnyRecord) -> None:
    with pytest.raises(UserFault) as caught:
        check_references(msgspec.structs.replace(record, group=NOWHERE), WHOLE)
    assert caught.value.code == "group-mismatch"
    assert caught.value.facts == {"field": "group", "target": NOWHERE}


def test_the_id_of_a_step_is_made_of_its_group_and_its_name() -> None:
    with pytest.raises(UserFault) as caught:
        check_references(msgspec.structs.replace(STEP, step="image"), WHOLE)
    assert caught.value.code == "group-mismatch"
    assert caught.value.facts == {"field": "id", "target": STEP.id}


def test_what_may_be_absent_may_be_absent() -> None:
    check_references(msgspec.structs.replace(CARD, author=None, cluster=None), WHOLE)
    check_references(msgspec.structs.replace(VOTE, participant=None), WHOLE)


def test_an_unsound_group_is_found_out() -> None:
    check_whole(WHOLE)
    with pytest.raises(UserFault, match="reference-missing"):
        check_whole(WHOLE.apply(removed([CARD])))
    with pytest.raises(UserFault, match="reference-missing"):
        check_whole(WHOLE.apply([Edit(PARTICIPANT, None)]))
    other = msgspec.structs.replace(CARD, id=ID(10), group=NOWHERE)
    with pytest.raises(UserFault, match="group-mismatch"):
        check_whole(WHOLE.apply(added([other])))


def test_an_id_stands_once_but_a_person_bears_the_participants() -> None:
    check_unique(RECORDS)
    for again in (PERSON, CARD, msgspec.structs.replace(BARRIER, id=ROUND.id)):
        with pytest.raises(UserFault) as caught:
            check_unique([*RECORDS, again])
        assert caught.value.code == "id-repeated"
        assert caught.value.facts == {"field": "id", "id": again.id}
