"""With a second screen the show fills it, and the keyboard stays with the moderator."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from facilitator.services.home import Home
from tests.helpers.screenshots import settle, wait
from ui.desktop.main_window import MainWindow

app = QApplication([])
window = MainWindow(Home(Path(sys.argv[1])), "ru")
window.show()
window.open_practice()
wait(lambda: window.workspace is not None)
window.workspace.toggle_projector()
settle()
projector = window.workspace.projector
print(projector.isFullScreen(), projector.geometry().getRect(), app.activeWindow() is window)
window.close()
wait(lambda: not window.isVisible())
"""


def screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    return {"name": name, "x": x, "y": 0, "width": width, "height": height} | {
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }


def test_the_show_fills_the_second_screen(tmp_path: Path) -> None:
    screens = {"screens": [screen("laptop", 0, 1366, 768), screen("projector", 1366, 1920, 1080)]}
    # The path must be relative: Qt takes a colon in it for the next option.
    (tmp_path / "screens.json").write_text(json.dumps(screens), "ascii")
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen:configfile=screens.json",
        "PYTHONPATH": str(ROOT),
    }
    shown = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert shown.stdout.strip() == "True (1366, 0, 1920, 1080) True"
