"""With a second screen the show fills it, and the keyboard stays with the moderator."""

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.screens import offscreen

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


def test_the_show_fills_the_second_screen(tmp_path: Path) -> None:
    with offscreen(tmp_path) as environment:
        shown = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path)],
            cwd=tmp_path,
            env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert shown.stdout.strip() == "True (1366, 0, 1920, 1080) True"
