"""Undo and redo: 200 acts of it, by name, across openings of the file."""

from pathlib import Path

import pytest

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.services.commands import AddCards
from facilitator.services.group_service import ActName, GroupService
from facilitator.services.groups import open_group
from facilitator.storage.journal import UNDO_LIMIT
from tests.helpers.sessions import begin


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "g.fgroup"
    begin(path).close()
    return path


def add(service: GroupService, number: int) -> GroupSnapshot:
    service.perform(AddCards("rule", (f"Правило {number}",)))
    return service.snapshot


def undo_all(service: GroupService) -> int:
    count = 0
    while service.undo():
        count += 1
    return count


def test_a_new_group_has_nothing_to_undo(path: Path) -> None:
    with open_group(path) as service:
        assert service.undo_name is service.redo_name is service.undo() is service.redo() is None


def test_200_acts_are_undone_and_the_201st_is_not(path: Path) -> None:
    with open_group(path) as service:
        states = [add(service, number) for number in range(UNDO_LIMIT + 1)]
        for state in reversed(states[:-1]):
            assert service.undo()
            assert service.snapshot == state
        assert service.undo() is None
        assert service.undo_name is None
        assert service.snapshot == states[0]
        for state in states[1:]:
            assert service.redo()
            assert service.snapshot == state
        assert service.redo() is None


def test_200_acts_can_be_undone_however_many_were_undone_between(path: Path) -> None:
    with open_group(path) as service:
        for number in range(UNDO_LIMIT // 2):
            add(service, number)
            add(service, number)
            service.undo()
            add(service, number)
        assert undo_all(service) == UNDO_LIMIT


def test_undo_and_redo_outlive_the_program(path: Path) -> None:
    with open_group(path) as service:
        first, second = add(service, 1), add(service, 2)
        service.undo()
    with open_group(path) as service:
        assert service.snapshot == first
        assert service.undo_name == ActName("card-added", "Правило 1")
        assert service.redo_name == ActName("card-added", "Правило 2")
        service.redo()
        assert service.snapshot == second
    with open_group(path) as service:
        assert undo_all(service) == 2
        assert not service.snapshot.cards


def test_a_new_act_ends_what_could_be_done_again(path: Path) -> None:
    with open_group(path) as service:
        add(service, 1)
        service.undo()
        third = add(service, 3)
        assert service.redo_name is service.redo() is None
        service.undo()
        service.redo()
        assert service.snapshot == third


def test_the_time_of_the_last_act_is_known_at_the_next_opening(path: Path) -> None:
    with open_group(path) as service:
        assert service.acted_at is None
        at = service.perform(AddCards("rule", ("Правило",))).at
        assert service.acted_at == at
    with open_group(path) as service:
        assert service.acted_at == at
