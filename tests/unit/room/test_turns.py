"""The round robin: everyone in turn, with passing, coming back, and a fair beginning."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.room.turns import TURN_SECONDS, Turns, begin_turns

CIRCLE = ("a", "b", "c", "d")
NOON = 1_518_080_400.0


def begun() -> Turns:
    return begin_turns("present", CIRCLE, (), NOON)


def test_everyone_speaks_in_turn_and_each_turn_has_its_own_time() -> None:
    turns = begun()
    assert turns.speaker == "a"
    assert turns.left_at(NOON + 30) == TURN_SECONDS - 30
    turns = turns.next(NOON + 95)
    assert turns.speaker == "b"
    assert turns.spoken == ("a",)
    assert turns.left_at(NOON + 95 + 100) == -10


def test_who_passes_can_come_back_before_the_one_whose_turn_it_is() -> None:
    turns = begun().skip(NOON).next(NOON)
    assert turns.passed == ("a",)
    turns = turns.come_back("a", NOON)
    assert turns.queue == ("a", "c", "d")
    assert turns.passed == ()
    assert turns.come_back("d", NOON) == turns


def test_next_pressed_too_soon_is_taken_back() -> None:
    turns = begun().next(NOON).back(NOON + 1)
    assert turns.queue == CIRCLE
    assert turns.spoken == ()
    assert turns.back(NOON) == turns


def test_a_round_ends_and_stays_ended() -> None:
    turns = begun()
    for _ in CIRCLE:
        turns = turns.next(NOON)
    assert turns.over
    assert turns.speaker is None
    assert turns.next(NOON) == turns.skip(NOON) == turns
    assert begin_turns("present", (), (), NOON).over


def test_who_passed_too_soon_gets_the_word_back_as_well() -> None:
    turns = begun().next(NOON).skip(NOON).back(NOON + 1)
    assert turns.queue == ("b", "c", "d")
    assert turns.passed == ()
    assert turns.spoken == ("a",)


def test_who_leaves_is_not_waited_for_and_who_comes_late_speaks_last() -> None:
    turns = begun().follow(("b", "c", "d"), NOON + 10)
    assert turns.speaker == "b"
    assert turns.began == NOON + 10
    assert turns.follow(("b", "c"), NOON + 20).began == NOON + 10
    turns = turns.follow(("b", "c", "d", "e"), NOON + 20)
    assert turns.queue == ("b", "c", "d", "e")
    assert turns.order == (*CIRCLE, "e")
    assert turns.follow(("b", "c", "d", "e"), NOON + 30) == turns


def test_who_has_spoken_and_left_has_still_spoken_and_who_had_passed_is_forgotten() -> None:
    turns = begun().next(NOON).skip(NOON).follow(("c", "d"), NOON)
    assert turns.spoken == ("a",)
    assert turns.passed == ()
    assert turns.follow(CIRCLE, NOON).queue == ("c", "d", "b")
    assert turns.follow(CIRCLE, NOON).order == CIRCLE


def test_a_round_that_is_ended_waits_for_nobody() -> None:
    turns = begun().next(NOON).end()
    assert turns.over
    assert turns.spoken == ("a",)
    assert turns.back(NOON).speaker == "a"


def test_the_next_round_of_a_step_remembers_who_was_heard_in_it() -> None:
    first = begun().next(NOON).next(NOON)
    second = begin_turns("present", CIRCLE, [first, begin_turns("future", ("d",), (), NOON)], NOON).next(NOON)
    assert second.heard == ("a", "b")
    assert begin_turns("present", CIRCLE, [second], NOON).heard == ("a", "b", second.order[0])


def test_the_next_round_begins_with_who_has_waited_longest() -> None:
    first = begun()
    second = begin_turns("future", CIRCLE, [first], NOON)
    assert second.order == ("d", "a", "b", "c")
    third = begin_turns("barriers", CIRCLE, [first, second], NOON)
    assert third.order[0] == "c"
    assert begin_turns("present", CIRCLE, [first], NOON).number == 2
    assert second.number == 1


def test_a_turn_without_a_beginning_has_all_its_time() -> None:
    assert Turns(step="present", order=("a",), queue=("a",)).left_at(NOON) == TURN_SECONDS


@given(st.integers(2, 20), st.integers(2, 8))
def test_over_the_steps_nobody_begins_twice_before_others_have_begun_once(people: int, steps: int) -> None:
    circle = [str(number) for number in range(people)]
    rounds: list[Turns] = []
    for step in range(min(steps, people)):
        rounds.append(begin_turns(str(step), circle, rounds, NOON))
    firsts = [round_.order[0] for round_ in rounds]
    assert len(set(firsts)) == len(firsts)
