"""Pictures of every screen: ``python -m tests.helpers.screenshots OUT [WORD]``.

Each screen in Russian and English, light and dark, at 1366×768, and at 200 % on the same screen. ``WORD``
limits them to names that contain it, such as ``ru-light-100``. ``docs/screenshot.png`` is
``ru-light-100-step-2-future.png``.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from facilitator.services.home import Home
from ui.desktop.main_window import MainWindow
from ui.desktop.theme.apply import apply_theme

WIDTH, HEIGHT = 1366, 768
SCALES = (100, 200)


def wait(condition: Callable[[], object]) -> None:
    """Let the window work until ``condition`` holds."""
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start(10)
    loop.exec()


def settle() -> None:
    """Let layouts and repaints come to rest."""
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def screens(window: MainWindow, home: Home) -> Iterator[tuple[str, QWidget]]:
    """Go through the program as a person would, and stop at each screen."""
    yield "start-first-time", window
    window.show_new_group()
    yield "new-group", window
    window.open_practice()
    wait(lambda: window.workspace is not None)
    workspace = window.workspace
    assert workspace is not None
    session = workspace.session
    for number, step in enumerate(session.script.steps, 1):
        workspace.go_to(f"step:{step.id}")
        workspace.focus_entry()
        yield f"step-{number}-{step.id}", window
    for place in ("people", "handover", "copies"):
        workspace.go_to(place)
        wait(lambda: session.idle)
        yield place, window
    workspace.go_to("step:future")
    workspace.header.chain_asked.emit()
    yield "chain", window
    workspace.header.chain_asked.emit()
    workspace.toggle_projector()
    for step_id in ("future", "image"):
        workspace.go_to(f"step:{step_id}")
        projector = workspace.projector
        assert projector is not None
        projector.resize(window.size())
        yield f"projector-{step_id}", projector
    workspace.close_projector()
    window.show_settings()
    yield "settings", window
    home.remember(home.folder / "gone.fgroup", "Группа 4. Долгосрочный уход")
    window.show_home()
    workspace.start_asked.emit()
    wait(lambda: window.workspace is None and window.start_page.isVisible())
    yield "start", window


def take(out: Path, scale: int, word: str) -> None:
    """Take every picture at one scale."""
    app = QApplication([])
    for language in ("ru", "en"):
        for theme in ("light", "dark"):
            name = f"{language}-{theme}-{scale}"
            if word and word not in name and not word.startswith(name):
                continue
            with tempfile.TemporaryDirectory() as folder:
                home = Home(Path(folder))
                home.save_settings(theme=theme)
                apply_theme(app, theme)
                window = MainWindow(home, language)
                window.resize(WIDTH * 100 // scale, HEIGHT * 100 // scale)
                window.show()
                for screen, widget in screens(window, home):
                    settle()
                    if word in f"{name}-{screen}":
                        widget.grab().save(str(out / f"{name}-{screen}.png"))
                window.close()
                wait(lambda window=window: not window.isVisible())
                window.deleteLater()
                settle()


def main(arguments: list[str]) -> None:
    """Take all pictures, a process for each scale, since Qt reads the scale once."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    word = arguments[1] if len(arguments) > 1 else ""
    for scale in SCALES:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": f"{scale / 100:g}"}
        program = "import sys; from pathlib import Path; from tests.helpers.screenshots import take;"
        program += f"take(Path(sys.argv[1]), {scale}, sys.argv[2])"
        subprocess.run([sys.executable, "-c", program, str(out), word], env=environment, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
