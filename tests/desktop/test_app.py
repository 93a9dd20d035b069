"""The program starts, paints, and notes its own mistakes without anyone's words."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from facilitator.services.home import Home
from ui.desktop.crashes import Crashes

ROOT = Path(__file__).parents[2]


def test_the_window_starts_and_with_the_self_check_ends(tmp_path: Path) -> None:
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "FACILITATOR_SELF_CHECK": "1",
        "FACILITATOR_HOME": str(tmp_path),
    }
    started = subprocess.run(
        [sys.executable, "-m", "ui.cli"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert started.returncode == 0
    assert b"Traceback" not in started.stderr


def test_a_broken_settings_file_costs_no_start(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"scale": "huge", "language": "fr", "theme"', "utf-8")
    test_the_window_starts_and_with_the_self_check_ends(tmp_path)


def test_a_crash_is_noted_where_it_happened_and_not_what_was_said(qtbot: QtBot, tmp_path: Path) -> None:
    crashes = Crashes(Home(tmp_path))
    with qtbot.waitSignal(crashes.noted) as noted:
        try:
            raise ValueError("Анна Петрова сказала")
        except ValueError as error:
            crashes.note(error)
    log = noted.args[0].read_text("utf-8")
    assert "ValueError" in log
    assert "test_app.py" in log
    assert "Анна" not in log
