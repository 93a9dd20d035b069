"""Settings: a double click on a group or a package opens the window from then on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.window import Desk
from ui.desktop.settings_page import SettingsPage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def press(desk: Desk) -> SettingsPage:
    """Press the button in the settings and wait for what comes of it."""
    desk.window.show_settings()
    page = desk.window.findChild(SettingsPage)
    assert page is not None
    page.associate_button.click()
    assert not page.associate_button.isEnabled()
    desk.wait(page.associate_button.isEnabled)
    return page


def test_a_button_registers_the_program_for_its_files(desk: Desk, tmp_path: Path) -> None:
    assert press(desk).associated.text().startswith("✓")
    assert (tmp_path / "data" / "applications" / "facilitator.desktop").exists()


def test_a_folder_that_takes_nothing_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert press(desk).associated.text() == ""
    assert str(tmp_path / "data") in desk.window.error_bar.text
