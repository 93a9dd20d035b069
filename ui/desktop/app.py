"""Starts the window. Nothing slow is imported here: the start screen paints first, the rest follows."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from facilitator.services.home import Home
from facilitator.texts import LANGUAGES
from ui.desktop.crashes import Crashes
from ui.desktop.forward import come_forward
from ui.desktop.launches import Launch
from ui.desktop.main_window import MainWindow
from ui.desktop.theme.apply import apply_theme

SELF_CHECK = "FACILITATOR_SELF_CHECK"
SCALE = "QT_SCALE_FACTOR"


def run_window(home: Path, language: str | None, file: Path | None = None) -> int:
    """Show the window until it is closed and return its exit code.

    ``home`` is the installation's folder; ``language`` (``ru``, ``en``) goes before the one kept in settings;
    ``file`` is opened once the window has been painted; where a window of this home is open already, it is
    opened there, and this call returns at once.
    With ``FACILITATOR_SELF_CHECK`` set, the window closes itself after its first paint.
    """
    installation = Home(home)
    checked = bool(os.environ.get(SELF_CHECK))
    launch = Launch(installation)
    if not checked and launch.hand_over(file):
        return 0
    settings = installation.settings()
    if settings["scale"].isdecimal() and settings["scale"] != "100":
        os.environ.setdefault(SCALE, f"{int(settings['scale']) / 100:g}")
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Facilitator")
    apply_theme(app, settings["theme"])
    wanted = language or settings["language"]
    window = MainWindow(installation, wanted if wanted in LANGUAGES else LANGUAGES[0])
    crashes = Crashes(installation, app)
    crashes.noted.connect(window.show_bug)
    crashes.watch()
    window.start()
    if file is not None:
        window.painted.connect(lambda: window.desks.open_file(file))
    if checked:
        window.painted.connect(app.quit)
    else:
        window.painted.connect(lambda: QTimer.singleShot(0, lambda: _listen(launch, window)))
        window.painted.connect(lambda: QTimer.singleShot(0, window.warm_up))
    code = app.exec()
    launch.end()
    return code


def _listen(launch: Launch, window: MainWindow) -> None:
    """Hear from later launches, and on macOS from the system, until the window is gone."""
    from ui.desktop.launch_server import LaunchServer  # noqa: PLC0415  the first paint must not wait

    server = LaunchServer(launch, window)
    server.asked.connect(lambda file: _take_launch(window, file))
    if sys.platform == "darwin":
        QApplication.instance().installEventFilter(server)
    server.listen()


def _take_launch(window: MainWindow, file: Path | None) -> None:
    """Come to the front, with the file that somebody opened by starting the program again."""
    come_forward(window)
    if file is not None:
        window.desks.open_file(file)
