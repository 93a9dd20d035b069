"""The moderator's table: the window, the hands on its keyboard, and what was said by whom so far."""

import tomllib
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from facilitator.services.home import Home
from tests.helpers.two_days.hands import CONTROL, Hands, Watch
from ui.desktop.main_window import MainWindow
from ui.desktop.workspace import Workspace

SAID = tomllib.loads((Path(__file__).parent / "said.toml").read_text("utf-8"))
SECRET = "тихая вода"
Key = Qt.Key


class Table:
    """One window on a home in ``folder``; ``said`` holds each statement with the label of who said it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Home(folder / "home")
        self.watch = Watch()
        QApplication.instance().installEventFilter(self.watch)  # type: ignore[union-attr]
        self.said: dict[str, str | None] = {}
        self.room: list[str] = []
        self.keys = 0
        self.sit_down()

    def sit_down(self) -> None:
        """Open the program."""
        self.window = MainWindow(self.home, "ru")
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.hands = Hands(lambda: self.window.workspace is None or self.window.workspace.session.idle)
        self.hands.wait(self.window.isActiveWindow)

    def get_up(self) -> None:
        """Close the program as the system does when it is told to."""
        self.keys += self.hands.keys
        self.window.close()
        self.hands.wait(lambda: not self.window.isVisible())
        self.window.deleteLater()
        QApplication.processEvents()

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None, "no group is open"
        return self.window.workspace

    def go_to_step(self, number: int) -> None:
        """Walk to a step with F6 and F7."""
        steps = self.workspace.session.script.steps
        distance = number - 1 - steps.index(self.workspace.step)
        self.hands.press(Key.Key_F7 if distance > 0 else Key.Key_F6, times=abs(distance))

    def say(self, words: str, number: int | None = None) -> None:
        """Type a statement and, with Tab, who says it."""
        self.hands.type(words)
        if number is not None:
            self.hands.press(Key.Key_Tab)
            self.hands.type(str(number))
        self.hands.press(Key.Key_Return)
        self.said[words] = None if number is None else f"Участник {number}"

    def save_as(self, name: str) -> Path:
        """Answer the next question for a file by typing its name and Enter, as soon as it is asked."""
        path = self.folder / name

        def answer() -> None:
            if not isinstance(QApplication.activeModalWidget(), QFileDialog) or not isinstance(
                QApplication.focusWidget(), QLineEdit
            ):
                QTimer.singleShot(20, answer)
                return
            self.hands.press(Key.Key_A, CONTROL)
            self.hands.type(str(path))
            self.hands.press(Key.Key_Return)
            QTimer.singleShot(0, self.window.activateWindow)  # as a window manager does

        QTimer.singleShot(20, answer)
        return path

    @property
    def two_screens(self) -> bool:
        """Whether the room has a screen of its own; else the show covers the table while one looks."""
        return len(QApplication.screens()) > 1

    def look_at_room(self) -> str:
        """Return all the words that stand before the room, and note them."""
        if self.workspace.projector is None:
            self.hands.press(Key.Key_F11)
        shown = self._read_room()
        if not self.two_screens:
            self.end_show()
        return shown

    def end_show(self) -> None:
        """Press Esc until nothing stands before the room any more, and go on at the table."""
        while self.workspace.projector is not None:
            self.hands.press(Key.Key_Escape)
        self.window.activateWindow()  # as a window manager does
        self.hands.wait(self.window.isActiveWindow)

    def _read_room(self) -> str:
        projector = self.workspace.projector
        assert projector is not None, "nothing is shown to the room"
        slide, reading = projector.slide, projector.reading
        lines = [slide.where, slide.question, slide.spotlight, reading.text if reading is not None else ""]
        lines += [f"{line.text} {line.dots or line.count or ''}" for line in slide.lines]
        lines += [f"{band.text} {band.counted}" for band in slide.bands]
        self.room.append("\n".join(filter(None, lines)))
        return self.room[-1]
