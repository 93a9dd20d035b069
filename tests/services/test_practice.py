"""The practice session begins anew, and nothing of the former one is lost."""

from pathlib import Path

import pytest

from facilitator.errors import EnvironmentFault
from facilitator.services import demonstration
from facilitator.services.commands import AddCards
from facilitator.services.demonstration import record_practice, record_practice_anew
from facilitator.services.groups import open_group


def test_the_first_time_there_is_nothing_to_set_aside(tmp_path: Path) -> None:
    service, former = record_practice_anew(tmp_path / "groups" / "practice.fgroup")
    assert former is None
    assert len(service.snapshot.participants) == 12
    service.close()


def test_the_former_file_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "practice.fgroup"
    with record_practice(path) as service:
        service.perform(AddCards("present-norm", ("Моё",)))
        before = len(service.snapshot.cards)
    service, former = record_practice_anew(path)
    assert len(service.snapshot.cards) == before - 1
    service.close()
    assert former is not None
    with open_group(former) as kept:
        assert len(kept.snapshot.cards) == before
    again, second = record_practice_anew(path)
    again.close()
    assert {former, second} == set(tmp_path.glob("practice.before-restart-*.fgroup"))


def test_a_disk_that_refuses_leaves_the_former_file_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "practice.fgroup"
    record_practice(path).close()

    def refuse(path: Path) -> None:
        raise EnvironmentFault("disk-full", path=path)

    monkeypatch.setattr(demonstration, "record_practice", refuse)
    with pytest.raises(EnvironmentFault, match="disk-full"):
        record_practice_anew(path)
    (former,) = tmp_path.glob("practice.before-restart-*.fgroup")
    open_group(former).close()
