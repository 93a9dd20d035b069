"""The whole window on a home of its own, and what a person does with it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.home import Home
from ui.desktop.main_window import MainWindow
from ui.desktop.session import GroupSession
from ui.desktop.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Desk:
    """One window and its home. ``leave`` closes it as a person would."""

    def __init__(self, qtbot: QtBot, folder: Path, language: str = "ru", *, spelling: bool = False) -> None:
        self.qtbot = qtbot
        self.home = Home(folder / "home")
        if not spelling:  # reading the dictionary takes a tenth of a second of every test
            self.home.prepare()
            self.home.save_settings(spelling="off")
        self.window = MainWindow(self.home, language)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def session(self) -> GroupSession:
        return self.workspace.session

    def open_practice(self) -> Workspace:
        self.window.start_page.practice_button.click()
        return self.wait_for_workspace()

    def wait_for_workspace(self) -> Workspace:
        self.wait(lambda: self.window.workspace is not None)
        return self.workspace

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def settle(self) -> None:
        self.wait(lambda: self.session.idle)
        QApplication.processEvents()

    def cards(self, kind: str) -> tuple[Card, ...]:
        return self.session.snapshot.cards_of(kind)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, on: QWidget | None = None) -> None:
        """Press a key the way the system does: shortcuts see it before the widget."""
        QTest.keyClick(on or QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        field = QApplication.focusWidget()
        assert field is not None, "nothing has the focus"
        for letter in words:
            QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, PLAIN, letter))

    def leave(self) -> None:
        self.window.close()
        self.wait(lambda: not self.window.isVisible())
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
