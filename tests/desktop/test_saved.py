"""The window says from the start when the last act was saved."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards
from tests.desktop.sheets import Room
from ui.desktop.widgets.saved_label import SavedLabel


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


def test_a_group_with_acts_opens_with_the_time_of_its_last_act(room: Room) -> None:
    saved = SavedLabel(room.context)
    room.qtbot.addWidget(saved)
    assert room.session.saved_at is not None
    moment = datetime.fromisoformat(room.session.saved_at).astimezone()
    assert saved.text() == f"Saved {moment:%H:%M}"


def test_a_group_without_acts_says_that_all_is_saved(room: Room) -> None:
    room.session.saved_at = None
    saved = SavedLabel(room.context)
    room.qtbot.addWidget(saved)
    assert saved.text() == "All is saved"
    room.perform(AddCards("present-norm", ("Ждут полгода",)))
    assert saved.text().startswith("Saved ")
