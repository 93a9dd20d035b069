"""The plan of a day against the clock."""

from datetime import UTC, datetime, timedelta, timezone

from facilitator.domain.records import Step
from facilitator.room.agenda import Agenda, Slot, day_plan, drift
from facilitator.script.loader import bundled_script

SCRIPT = bundled_script("obraz-budushchego-2025")
DAY_ONE = [step for step in SCRIPT.steps if step.day == 1]
MOSCOW = timezone(timedelta(hours=3))
GROUP = "0190b3f0-0000-7000-8000-000000000002"


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2018-02-08T{clock}").replace(tzinfo=MOSCOW)


def step(name: str, started: str, finished: str | None = None) -> Step:
    times = [
        None if clock is None else at(clock).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for clock in (started, finished)
    ]
    return Step(
        id=f"{GROUP}/{name}",
        group=GROUP,
        step=name,
        state="done" if finished else "running",
        started=times[0],
        finished=times[1],
    )


def clocks(slots: tuple[Slot, ...]) -> list[tuple[str, str]]:
    return [(f"{slot.planned:%H:%M}", f"{slot.begins:%H:%M}") for slot in slots]


def test_the_minutes_add_up_from_the_start_of_the_day() -> None:
    slots = day_plan(DAY_ONE, Agenda(day=1), (), at("08:00"))
    assert clocks(slots) == [
        (clock, clock) for clock in ("10:00", "11:00", "12:00", "13:00", "13:45", "14:30")
    ]
    assert f"{slots[-1].planned_end:%H:%M}" == "15:30"
    assert drift(slots) == 0


def test_breaks_and_other_minutes_move_what_follows() -> None:
    agenda = Agenda(day=1, starts="09:30", minutes={"present": 45}, breaks={"mission": 60})
    slots = day_plan(DAY_ONE, agenda, (), at("08:00"))
    assert [f"{slot.planned:%H:%M}" for slot in slots] == [
        "09:30",
        "10:15",
        "11:15",
        "13:15",
        "14:00",
        "14:45",
    ]


def test_a_late_start_moves_what_is_expected_and_not_what_is_planned() -> None:
    slots = day_plan(DAY_ONE, Agenda(day=1), [step("present", "10:12")], at("10:30"))
    assert clocks(slots)[:2] == [("10:00", "10:12"), ("11:00", "11:12")]
    assert drift(slots) == 12


def test_a_step_that_overruns_drags_the_rest_along_minute_by_minute() -> None:
    running = [step("present", "10:00")]
    assert drift(day_plan(DAY_ONE, Agenda(day=1), running, at("10:59"))) == 0
    assert drift(day_plan(DAY_ONE, Agenda(day=1), running, at("11:20"))) == 20


def test_a_step_that_ends_early_wins_time_once_the_next_begins() -> None:
    done = [step("present", "10:00", "10:40"), step("future", "10:45")]
    slots = day_plan(DAY_ONE, Agenda(day=1), done, at("10:50"))
    assert drift(slots) == 0  # the third step waits for its planned time
    assert slots[1].ends == at("11:45")


def test_a_day_that_has_not_begun_by_its_hour_slides_with_the_clock() -> None:
    assert drift(day_plan(DAY_ONE, Agenda(day=1), (), at("10:07"))) == 7


def test_shifting_the_rest_makes_the_plan_what_is_expected() -> None:
    late = [step("present", "10:12", "11:12")]
    agenda = Agenda(day=1).shift("future", 10).shift("future", 2)
    slots = day_plan(DAY_ONE, agenda, late, at("11:12"))
    assert drift(slots) == 0
    assert f"{slots[1].planned:%H:%M}" == "11:12"


def test_a_plan_made_on_another_day_is_not_late() -> None:
    slots = day_plan(
        DAY_ONE, Agenda(day=1), [step("present", "10:00", "11:00")], at("11:00") + timedelta(days=3)
    )
    assert drift(slots) == 0


def test_a_day_without_steps_has_no_drift() -> None:
    assert drift(day_plan((), Agenda(day=9), (), at("10:00"))) == 0
