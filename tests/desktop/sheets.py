"""A practice group open in a session, and keys as a person presses them."""

import gettext
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Card
from facilitator.services.commands import Command
from facilitator.services.demonstration import record_practice
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group
from facilitator.services.home import Home
from ui.desktop.context import Context
from ui.desktop.session import GroupSession
from ui.desktop.tasks import Worker
from ui.desktop.writing_aids import WritingAids


class Room:
    """The practice group, open as the window has it open."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.worker = Worker()
        self.aids = WritingAids(Home(folder))
        self._open(lambda: record_practice(folder / "practice.fgroup"))

    def _open(self, how: Callable[[], GroupService]) -> None:
        opened: list[GroupService] = []
        self.worker.submit(how, opened.append)
        self.qtbot.waitUntil(lambda: bool(opened))
        self.session = GroupSession(opened[0], self.worker)
        self.context = Context(self.session, gettext.NullTranslations(), "ru", self.aids)

    def reopen(self) -> None:
        """Close the group and open its file again, as after a restart."""
        path = self.session.path
        self.session.close(lambda: None)
        self.settle()
        self._open(lambda: open_group(path))

    def leave(self) -> None:
        self.session.close(lambda: None)
        self.settle()
        self.worker.stop()
        self.aids.end()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.idle)
        QApplication.processEvents()

    def perform(self, command: Command) -> None:
        self.session.perform(command)
        self.settle()

    def cards(self, kind: str) -> tuple[Card, ...]:
        return self.session.snapshot.cards_of(kind)

    def targets(self, card: Card, relation: str) -> set[str]:
        return {link.target for link in self.session.snapshot.links_from(card.id, relation)}

    def show(self, page: QWidget) -> None:
        self.qtbot.addWidget(page)
        page.resize(800, 600)
        with self.qtbot.waitActive(page):
            page.show()
            page.activateWindow()

    def press(self, *keys: Qt.Key, shift: bool = False) -> None:
        """Press keys where the focus is."""
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self._send(key, modifiers, "\r" if key == Qt.Key.Key_Return else "")

    def type(self, words: str) -> None:
        """Type words where the focus is, letter by letter."""
        for letter in words:
            self._send(Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)

    def _send(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
        popup = QApplication.activePopupWidget()
        target = (popup and popup.focusWidget()) or popup or QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))
        QApplication.processEvents()
