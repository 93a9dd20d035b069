"""An open group with two people in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.services.commands import NewPerson
from facilitator.services.group_service import GroupService
from tests.helpers.sessions import begin


@pytest.fixture
def service(tmp_path: Path) -> Iterator[GroupService]:
    people = (NewPerson("Ёлкина Алёна", region="26", category="business"), NewPerson())
    with begin(tmp_path / "группа 3.fgroup", *people) as service:
        yield service
