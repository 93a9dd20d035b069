"""The demonstration and the practice session are recorded like any other, and hold together."""

from pathlib import Path

import pytest

from facilitator.domain.integrity import check_whole
from facilitator.script.chain import find_gaps
from facilitator.services.demonstration import (
    demonstration_event,
    demonstration_groups,
    record_group,
    record_practice,
)
from facilitator.services.doctor import examine
from facilitator.services.group_service import GroupService


def is_full(service: GroupService) -> bool:
    """Tell whether every step of the script has cards."""
    kinds = [[kind.id for kind in step.card_kinds] for step in service.script.steps]
    return all(service.snapshot.cards_of(*each) for each in kinds)


def test_there_are_eight_stories() -> None:
    assert len(demonstration_groups()) == 8


@pytest.mark.parametrize("story", demonstration_groups(), ids=lambda story: story.stem)
def test_a_story_is_recorded_whole(tmp_path: Path, story: Path) -> None:
    path = tmp_path / "g.fgroup"
    event = demonstration_event()
    with record_group(path, story, event, 5) as service:
        assert (service.snapshot.event, service.snapshot.group.number) == (event, 5)
        assert is_full(service)
        assert {step.state for step in service.snapshot.steps.values()} == {"done"}
        check_whole(service.snapshot)
        recorded = sum(1 for _ in service.snapshot.records())
    examination = examine(path)
    assert (examination.findings, examination.records) == ((), recorded)
    assert [copy.sound for copy in examination.backups] == [True]


def test_the_practice_session_shows_every_step_and_a_gap_to_find(tmp_path: Path) -> None:
    with record_practice(tmp_path / "g.fgroup") as service:
        assert is_full(service)
        assert find_gaps(service.script, service.snapshot)
        assert service.undo_name is not None
