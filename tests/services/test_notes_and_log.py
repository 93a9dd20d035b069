"""What a group's file keeps besides its records: notes of the room, and the log of acts."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.room.notes import DayEnd, Draft
from facilitator.room.timer import Timer
from facilitator.services.commands import (
    AddCards,
    AgreeToPublish,
    ChangeCards,
    ChangeGroup,
    CloseDay,
    NewPerson,
    RemoveCards,
    SetStepState,
)
from facilitator.services.doctor import examine
from facilitator.services.groups import open_group
from facilitator.storage.group_file import GROUP_KIND
from tests.helpers.schemas import take_back
from tests.helpers.sessions import begin


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "g.fgroup"


def test_a_note_is_kept_and_is_no_act(path: Path) -> None:
    timer = Timer(step="rules", seconds=300, began=1.5)
    with begin(path) as service:
        service.perform(AddCards("rule", ("Едем сами",)))
        service.keep(timer.extend(60))
        service.keep(timer)
        assert service.undo_name is not None
        assert service.undo_name.code == "card-added"
    with open_group(path) as service:
        assert service.room.timer(service.script.step("rules")) == timer
        service.undo()
        assert service.snapshot.cards == {}
        assert service.room.notes == {timer.key: timer}


@pytest.mark.parametrize("value", ["'другое'", "x'00'"])
def test_a_note_changed_past_the_program_is_passed_over_and_doctor_names_it(path: Path, value: str) -> None:
    with begin(path) as service:
        service.keep(DayEnd(day=1, closed="2018-02-08T15:00:00Z"))
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(f"UPDATE note SET value = {value}")
    assert [(each.code, each.facts["id"]) for each in examine(path).findings] == [("record-altered", "day/1")]
    with open_group(path) as service:
        assert service.room.notes == {}


def test_the_log_tells_every_act_who_led_then_and_when_it_was_taken_back(path: Path) -> None:
    with begin(path) as service:
        service.perform(AddCards("rule", ("Едем сами",)))
        service.perform(ChangeGroup({"moderator": "Борис"}))
        service.perform(AddCards("rule", ("Ищем вместе",)))
        service.undo()
        log = service.log()
    assert [(line.code, line.actor) for line in log] == [
        ("card-added", "Алёна «Первая»"),
        ("group-changed", "Борис"),
        ("card-added", "Борис"),
    ]
    assert [line.undone is not None for line in log] == [False, False, True]
    with open_group(path) as service:
        service.redo()
        assert [line.undone for line in service.log()] == [None] * 3


def test_a_file_of_an_earlier_schema_gets_its_notes_and_its_log(path: Path) -> None:
    with begin(path) as service:
        service.perform(AddCards("rule", ("Едем сами",)))
        service.keep(DayEnd(day=1))
    take_back(path, GROUP_KIND)
    with open_group(path) as service:
        assert service.room.notes == {}
        assert [(line.code, line.actor, line.undone) for line in service.log()] == [("card-added", "", None)]
        service.keep(DayEnd(day=2))


def test_closing_a_day_finishes_what_is_under_way_and_nothing_else(path: Path) -> None:
    with begin(path) as service:
        for step, state in (("present", "done"), ("future", "running"), ("effects", "running")):
            service.perform(SetStepState(step, state))  # type: ignore[arg-type]
        service.perform(CloseDay(1))
        states = {step.step: step.state for step in service.snapshot.steps.values()}
        assert states == {"present": "done", "future": "done", "effects": "running"}
        assert service.room.day_end(1).closed is not None
        service.undo()
        assert service.snapshot.steps[f"{service.snapshot.group.id}/future"].state == "running"
        assert service.room.day_end(1).closed is None
        service.redo()
        assert service.room.day_end(1).closed is not None


def test_a_day_in_which_nothing_is_under_way_is_closed_by_an_act_too(path: Path) -> None:
    with begin(path) as service:
        service.keep(DayEnd(day=1, gaps_seen="2018-02-08T15:00:00Z"))
        service.perform(CloseDay(1))
        assert [line.code for line in service.log()] == ["day-closed"]
    with open_group(path) as service:
        end = service.room.day_end(1)
        assert end.gaps_seen == "2018-02-08T15:00:00Z"
        assert end.closed is not None
        service.undo()
        assert service.room.day_end(1) == DayEnd(day=1, gaps_seen="2018-02-08T15:00:00Z")


def test_what_is_private_is_named_by_its_author_alone(path: Path) -> None:
    with begin(path, NewPerson("Анна")) as service:
        (author,) = service.snapshot.participants
        service.perform(AddCards("personal-mission", ("Звоню матери",), author=author))
        (card,) = service.snapshot.cards
        service.perform(AgreeToPublish(card))
        service.perform(AgreeToPublish(card, agreed=False))
        service.perform(ChangeCards((card,), {"author": None}))
        service.perform(RemoveCards((card,)))
        assert [(line.code, line.subject) for line in service.log()[1:]] == [
            ("card-added", "Участник 1: …"),
            ("publishing-agreed", "Участник 1"),
            ("publishing-withdrawn", "Участник 1"),
            ("card-author-set", "Участник 1: …"),
            ("card-removed", "…"),
        ]


def test_only_an_author_can_agree_and_only_to_what_is_personal(path: Path) -> None:
    with begin(path) as service:
        service.perform(AddCards("personal-mission", ("Звоню матери",)))
        service.perform(AddCards("rule", ("Едем сами",)))
        mission, rule = service.snapshot.cards
        with pytest.raises(UserFault, match="author-missing"):
            service.perform(AgreeToPublish(mission))
        with pytest.raises(UserFault, match="not-personal"):
            service.perform(AgreeToPublish(rule))
        assert service.snapshot.cards[mission].private


def test_a_text_that_was_being_typed_becomes_an_act_and_one_that_cannot_be_kept_stays(path: Path) -> None:
    with begin(path) as service:
        service.keep(Draft(kind="image", text="Наступил 2025 год"))
        service.keep(Draft(kind="mission", text="я" * 2_001))
    with open_group(path) as service:
        service.finish_drafts()
        assert [card.text for card in service.snapshot.cards.values()] == ["Наступил 2025 год"]
        assert [draft.kind for draft in service.room.drafts()] == ["mission"]
        service.undo()
        service.finish_drafts()
        assert service.snapshot.cards == {}
