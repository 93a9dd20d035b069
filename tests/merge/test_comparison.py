"""How packages of one group differ: every record is accounted for, in whichever of them it stands."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.records import AnyRecord, Card, Participant, Person, record_type
from facilitator.merge.comparison import Difference, differences, vanished
from tests.merge.laptops import records, uid

GROUP = uid(3)


def card(number: int, text: str) -> Card:
    return Card(id=uid(number), group=GROUP, kind="rule", text=text)


packages = st.lists(
    st.dictionaries(st.integers(1, 6), st.sampled_from(("Театр", "Ёлка")), max_size=5).map(
        lambda texts: [card(number, text) for number, text in texts.items()]
    ),
    min_size=1,
    max_size=3,
)


def keys(found: list[AnyRecord]) -> set[str]:
    return {each.id for each in found}


def test_what_a_later_package_no_longer_has_in_any_form_has_vanished() -> None:
    before = records(3, ["Театр", "Ёлка", "Сад"])
    after = records(3, ["Театр", "Ёлка — иначе"])
    assert vanished(before, after) == (before[-1],)
    assert vanished(after, before) == ()
    assert vanished(before, before) == ()


def test_a_participant_and_the_person_behind_it_are_two_records() -> None:
    label = Participant(id=uid(1), group=GROUP, label="Участник 1")
    person = Person(id=uid(1), name="Алёна")
    assert vanished([label, person], [label]) == (person,)


def test_a_difference_shows_the_record_as_it_stands_in_each_package() -> None:
    same, mine, theirs, only = card(1, "Театр"), card(2, "Ёлка"), card(2, "Ёлка для всех"), card(3, "Сад")
    assert differences([(same, mine), (theirs, same, only)]) == (
        Difference("card", mine.id, (mine, theirs)),
        Difference("card", only.id, (None, only)),
    )
    assert differences([]) == differences([(same,)]) == differences([(same, mine), (mine, same)]) == ()


@given(packages)
def test_what_is_no_difference_is_the_same_in_all_packages(found: list[list[AnyRecord]]) -> None:
    rows = differences(found)
    told = {(row.type, row.id) for row in rows}
    for row in rows:
        assert any(version != row.versions[0] for version in row.versions)
        for version, package in zip(row.versions, found, strict=True):
            assert version == next((each for each in package if each.id == row.id), None)
    for package in found:
        for record in package:
            if (record_type(record), record.id) not in told:
                assert all(record in other for other in found)


@given(packages)
def test_what_vanishes_is_what_the_other_lacks(found: list[list[AnyRecord]]) -> None:
    before, after = found[0], found[-1]
    assert keys(list(vanished(before, after))) == keys(before) - keys(after)
