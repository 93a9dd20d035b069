"""Who has not been heard yet: by statements and by rounds, of those in the room."""

from facilitator.domain.records import AnyRecord, Card, Event, Group, Participant
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.notes import Room
from facilitator.room.presence import Presence
from facilitator.room.turns import begin_turns
from facilitator.room.voices import unheard
from facilitator.script.loader import bundled_script

SCRIPT = bundled_script("obraz-budushchego-2025")
PRESENT, FUTURE = SCRIPT.step("present"), SCRIPT.step("future")
ID = "018f0000-0000-7000-8000-{:012x}".format
EVENT = Event(
    id=ID(1), code="e", script="s", district="d", city="Пятигорск", starts="2018-02-08", ends="2018-02-09"
)
GROUP = Group(id=ID(2), event=ID(1), number=1, theme="family", moderator="Алёна")
PEOPLE = tuple(Participant(id=ID(10 + n), group=ID(2), label=f"Участник {n}") for n in range(1, 13))


def group(*records: AnyRecord) -> GroupSnapshot:
    return GroupSnapshot.of([EVENT, GROUP, *PEOPLE, *records])


def said(number: int, by: int | None, kind: str = "present-norm") -> Card:
    author = None if by is None else ID(10 + by)
    return Card(id=ID(100 + number), group=ID(2), kind=kind, text="Ждут", author=author)


def labels(people: tuple[Participant, ...]) -> list[str]:
    return [person.label.removeprefix("Участник ") for person in people]


def test_who_has_no_statement_is_unheard_in_the_order_of_the_labels() -> None:
    found = unheard(group(said(1, 2), said(2, 10), said(3, None), said(4, 1, "rule")), Room(), PRESENT)
    assert labels(found) == ["1", "3", "4", "5", "6", "7", "8", "9", "11", "12"]


def test_who_spoke_in_the_round_is_heard_and_who_passed_is_not() -> None:
    circle = tuple(person.id for person in PEOPLE[:3])
    first = begin_turns("present", circle, (), 0.0).next(1.0).skip(2.0)
    assert "1" not in labels(unheard(group(), Room().keep(first), PRESENT))
    assert "2" in labels(unheard(group(), Room().keep(first), PRESENT))
    second = begin_turns("present", circle, [first], 3.0)
    assert "1" not in labels(unheard(group(), Room().keep(second), PRESENT))
    assert "1" in labels(unheard(group(), Room().keep(second), FUTURE))


def test_who_is_not_in_the_room_is_not_waited_for() -> None:
    here = Presence(day=1).check_in([ID(11), ID(13), ID(14)], "2018-02-08T06:00:00Z")
    room = Room().keep(here.check_out(ID(14), "2018-02-08T08:00:00Z"))
    assert labels(unheard(group(said(1, 1)), room, PRESENT)) == ["3"]


def test_over_several_steps_a_voice_in_one_of_them_is_enough() -> None:
    everyone = [
        said(number, number, "present-norm" if number % 2 else "future-norm") for number in range(1, 12)
    ]
    assert labels(unheard(group(*everyone), Room(), PRESENT, FUTURE)) == ["12"]
    assert unheard(group(), Room()) == ()
