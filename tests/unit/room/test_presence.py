"""Who is in the room: checked in, late, gone, come back."""

from facilitator.domain.ids import new_id
from facilitator.domain.records import Participant
from facilitator.room.presence import Presence, present_people

PEOPLE = [Participant(id=new_id(), group=new_id(), label=f"Участник {number}") for number in (10, 2, 1)]
TEN, TWO, ONE = PEOPLE
NINE, NOON = "2018-02-08T06:00:00Z", "2018-02-08T09:00:00Z"


def test_before_the_first_check_in_everyone_counts_as_here() -> None:
    assert present_people(PEOPLE, Presence(day=1)) == (ONE, TWO, TEN)


def test_after_it_only_those_checked_in_do() -> None:
    presence = Presence(day=1).check_in([TEN.id], NINE).check_in([TEN.id, ONE.id], NOON)
    assert present_people(PEOPLE, presence) == (ONE, TEN)
    assert presence.came == {TEN.id: NINE, ONE.id: NOON}


def test_who_leaves_is_away_until_they_come_back() -> None:
    presence = Presence(day=1).check_in([ONE.id, TWO.id], NINE).check_out(TWO.id, NOON)
    assert present_people(PEOPLE, presence) == (ONE,)
    assert presence.check_in([TWO.id], NOON).is_here(TWO.id)
    assert Presence(day=1).check_out(TWO.id, NOON).is_here(ONE.id)


def test_a_check_in_by_mistake_is_forgotten() -> None:
    presence = Presence(day=2).check_in([ONE.id, TWO.id], NINE).check_out(ONE.id, NOON).forget(ONE.id)
    assert not presence.is_here(ONE.id)
    assert presence.left == {}


def test_a_label_without_a_number_stands_first() -> None:
    guest = Participant(id=new_id(), group=new_id(), label="Гость")
    assert present_people([ONE, guest], Presence(day=1)) == (guest, ONE)
