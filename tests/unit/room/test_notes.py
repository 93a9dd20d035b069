"""The notes of the room: kept by key, read back, and passed over when they are of a kind not known."""

import pytest

from facilitator.room.agenda import Agenda
from facilitator.room.notes import (
    DayEnd,
    Draft,
    FistSubject,
    Methods,
    Note,
    OwnWords,
    Room,
    encode_note,
    read_room,
)
from facilitator.room.presence import Presence
from facilitator.room.timer import Timer
from facilitator.room.turns import begin_turns
from facilitator.room.versions import MOST_VERSIONS, Versions, changed_words
from facilitator.script.loader import bundled_script

SCRIPT = bundled_script("obraz-budushchego-2025")
RULES = SCRIPT.step("rules")
NOTES: tuple[Note, ...] = (
    Timer(step="rules", seconds=300, spent=1.5, began=7.25),
    begin_turns("rules", ("a", "b"), (), 5.0),
    Presence(day=1, came={"a": "2018-02-08T06:00:00Z"}),
    Agenda(day=1, starts="09:30"),
    Versions(kind="mission").with_text("Ради чего", "2018-02-08T06:00:00Z"),
    Methods(step="rules", methods=("dot-voting",)),
    DayEnd(day=1, gaps_seen="2018-02-08T15:00:00Z"),
    Draft(kind="image", text="Наступил"),
    OwnWords(words=("тьютор",)),
    FistSubject(step="rules", card="a"),
)


def test_what_is_kept_is_read_back() -> None:
    room = read_room(map(encode_note, NOTES))
    assert room.notes == {note.key: note for note in NOTES}
    assert room.timer(RULES) == NOTES[0]
    assert room.turns("rules") == NOTES[1]
    assert room.all_turns() == (NOTES[1],)
    assert room.presence(1) == NOTES[2]
    assert room.agenda(1) == NOTES[3]
    assert room.versions("mission") == NOTES[4]
    assert room.methods(RULES) == ("dot-voting",)
    assert room.day_end(1) == NOTES[6]
    assert room.drafts() == (NOTES[7],)
    assert room.own_words() == NOTES[8]
    assert room.fist_subject("rules") == "a"
    assert room.keep(Draft(kind="image", text=" ")).drafts() == ()


def test_an_empty_room_answers_with_what_the_script_proposes() -> None:
    room = Room()
    assert room.timer(RULES) == Timer(step="rules", seconds=45 * 60)
    assert room.turns("rules") is None
    assert room.presence(1).is_here("anybody")
    assert room.agenda(2) == Agenda(day=2)
    assert room.versions("mission").versions == ()
    assert room.methods(RULES) == RULES.methods
    assert room.day_end(2) == DayEnd(day=2)
    assert room.fist_subject("rules") is None


def test_the_timer_follows_the_minutes_of_the_agenda() -> None:
    assert Room().keep(Agenda(day=1, minutes={"rules": 20})).timer(RULES).seconds == 1_200


@pytest.mark.parametrize("text", ["", "[]", '{"type": "weather"}', '{"type": "timer"}'])
def test_a_note_of_a_kind_not_known_is_passed_over(text: str) -> None:
    assert read_room([text, encode_note(NOTES[0])]).notes == {NOTES[0].key: NOTES[0]}


def test_a_later_note_takes_the_place_of_the_former() -> None:
    room = Room().keep(DayEnd(day=1)).keep(DayEnd(day=1, closed="2018-02-08T15:00:00Z"))
    assert room.day_end(1).closed
    assert len(room.notes) == 1


def test_days_end_in_turn() -> None:
    room = Room()
    assert room.open_day((1, 2)) == 1
    room = room.keep(DayEnd(day=1, closed="2018-02-08T15:00:00Z"))
    assert room.open_day((1, 2)) == 2
    assert room.keep(DayEnd(day=2, closed="2018-02-09T15:00:00Z")).open_day((1, 2)) == 2


def test_a_text_is_a_version_when_it_says_something_new() -> None:
    versions = Versions(kind="mission")
    for text in ("Мы вместе", " Мы вместе ", "", "Мы вместе ради семей"):
        versions = versions.with_text(text, "2018-02-08T06:00:00Z")
    assert [each.text for each in versions.versions] == ["Мы вместе", "Мы вместе ради семей"]
    for number in range(MOST_VERSIONS + 5):
        versions = versions.with_text(str(number), "2018-02-08T06:00:00Z")
    assert len(versions.versions) == MOST_VERSIONS


def test_what_changed_is_told_word_by_word() -> None:
    pieces = changed_words("Мы помогаем всем семьям", "Мы вместе помогаем семьям")
    assert [tuple(piece) for piece in pieces] == [
        ("same", "Мы"), ("added", "вместе"), ("same", "помогаем"), ("removed", "всем"), ("same", "семьям"),
    ]  # fmt: skip
    assert changed_words("", "") == ()


def test_the_end_of_a_day_is_seen_once_closed_and_opened_again() -> None:
    end = DayEnd(day=1).see_gaps("2018-02-08T15:00:00Z")
    assert end.see_gaps("2018-02-08T16:00:00Z") == end
    closed = end.close("2018-02-08T17:00:00Z")
    assert closed.closed == "2018-02-08T17:00:00Z"
    assert closed.open_again() == end


def test_a_word_of_the_group_is_taken_in_once_whatever_its_capitals() -> None:
    words = Room().own_words().take("Усть-Луга").take("усть-луга")
    assert words.has("УСТЬ-Луга")
    assert not words.has("луга")
    assert words.words == ("усть-луга",)
