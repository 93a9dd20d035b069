"""The timer of a step: exact, over pauses, restarts and a clock that is set back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.room.timer import LONGEST, Timer, clock_words

TEN_MINUTES = Timer(step="rules", seconds=600)
NOON = 1_518_080_400.0


def test_ten_minutes_are_ten_minutes() -> None:
    timer = TEN_MINUTES.start(NOON)
    moments = (0, 0.4, 1, 59.9, 60, 599, 599.5, 600)
    assert [clock_words(timer.left_at(NOON + passed)) for passed in moments] == [
        "10:00", "10:00", "9:59", "9:01", "9:00", "0:01", "0:01", "0:00",
    ]  # fmt: skip


def test_overtime_counts_up() -> None:
    timer = TEN_MINUTES.start(NOON)
    assert clock_words(timer.left_at(NOON + 635)) == "+0:35"
    assert clock_words(timer.left_at(NOON + 600.5)) == "+0:00"


def test_a_pause_keeps_what_has_run_and_a_start_goes_on() -> None:
    timer = TEN_MINUTES.toggle(NOON).toggle(NOON + 100.25)
    assert not timer.running
    assert timer.touched
    assert timer.left_at(NOON + 5_000) == 499.75
    assert timer.start(NOON + 5_000).left_at(NOON + 5_001) == 498.75


def test_starting_twice_changes_nothing() -> None:
    timer = TEN_MINUTES.start(NOON)
    assert timer.start(NOON + 50) == timer


def test_more_time_and_less_of_it_stay_within_bounds() -> None:
    assert TEN_MINUTES.extend(60).seconds == 660
    assert TEN_MINUTES.extend(-6_000).seconds == 1
    assert TEN_MINUTES.extend(LONGEST).seconds == LONGEST
    assert TEN_MINUTES.start(NOON).reset(0) == Timer(step="rules", seconds=1)


def test_a_clock_that_is_set_back_takes_no_time_away() -> None:
    assert TEN_MINUTES.start(NOON).left_at(NOON - 3_600) == 600
    assert not TEN_MINUTES.touched


def test_hours_are_shown_when_there_are_any() -> None:
    assert clock_words(3_720) == "1:02:00"


@given(st.lists(st.tuples(st.sampled_from(["toggle", "wait"]), st.floats(0, 900)), max_size=20))
def test_whatever_is_pressed_only_running_time_counts_and_a_restart_loses_none(
    acts: list[tuple[str, float]],
) -> None:
    timer, now, ran = TEN_MINUTES, NOON, 0.0
    for act, seconds in acts:
        if act == "toggle":
            timer = timer.toggle(now)
        ran += seconds if timer.running else 0
        now += seconds
        timer = msgspec.json.decode(msgspec.json.encode(timer), type=Timer)
    assert timer.left_at(now) == pytest.approx(600 - ran, abs=1e-3)


def test_silent_writing_begins_anew_and_another_reset_ends_it() -> None:
    timer = Timer(step="rules", seconds=60, spent=12).write_silently(300, 5.0)
    assert timer.silent
    assert timer.left_at(65.0) == 240
    assert not timer.reset(60).silent
