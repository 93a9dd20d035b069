"""A lead at the page «Сведение», and the packages that come to them."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from facilitator.packages import SigningKey, create_key
from facilitator.services.centre import CentreService
from facilitator.services.home import Home
from facilitator.services.rosters import grant
from facilitator.texts import load_texts
from tests.helpers.organizers import CODE, Office, person, plan
from tests.merge.laptops import Laptop
from ui.desktop.lead.contest_card import ContestCard
from ui.desktop.lead.page import LeadPage
from ui.desktop.lead.values import Row

T = TypeVar("T")
SECRET = "слово за слово"
_PLAIN = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton
_COPY = Qt.DropAction.CopyAction


class Session:
    """An organizer with a roster of some groups, and moderators with keys of their own."""

    def __init__(self, folder: Path, *numbers: int) -> None:
        self.folder = folder
        self.stick = folder / "stick"
        self.stick.mkdir(parents=True)
        self.office = Office.open(folder / "office", plan(CODE, *numbers))
        self.keys: dict[int, SigningKey] = {}

    @property
    def roster(self) -> Path:
        return self.office.roster

    def enrol(self, *numbers: int) -> None:
        """Grant groups to new keys; each makes the next version of the roster."""
        for number in numbers:
            self.keys[number], request = person(self.folder, f"moderator-{number}")
            grant(self.roster, request, [f"{CODE}.g{number}"], self.office.organizer)

    def laptop(self, number: int, *texts: str) -> Laptop:
        return Laptop(self.keys[number], number=number).write(*texts)

    def save(self, laptop: Laptop, name: str) -> Path:
        """Put the last package of a laptop on the stick."""
        path = self.stick / name
        path.write_bytes(laptop.sent.data)
        return path

    def send(self, number: int, *texts: str) -> Path:
        """Put the first package of a group on the stick."""
        return self.save(self.laptop(number, *texts).export(), f"g{number}.fpkg")


class Table:
    """One page in a window of its own."""

    def __init__(self, qtbot: QtBot, folder: Path, language: str = "ru") -> None:
        self._qtbot = qtbot
        self.home = Home(folder / "home")
        self.home.prepare()
        if not self.home.key_path.exists():
            create_key(self.home.key_path, SECRET)
        self.centre = folder / "skfo.fcentre"
        self.faults: list[str] = []
        self.page = LeadPage(self.home, load_texts("desktop", language), language)
        self.page.failed.connect(lambda fault: self.faults.append(fault.code))
        self.window = QMainWindow()
        self.window.setMinimumSize(640, 360)
        self.window.resize(1366, 768)
        self.window.setCentralWidget(self.page)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has nothing to do and the page shows what came of it."""
        self._qtbot.waitUntil(lambda: self.page.idle, timeout=20_000)
        for _ in range(3):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def begin(self, roster: Path) -> None:
        """Make a centre and trust a roster, as one does who has compared the digits."""
        self.page.open_centre(self.centre, True)
        self.trust(roster)

    def trust(self, roster: Path) -> None:
        self.page.open_roster(roster)
        self.settle()
        if self.page.stranger.isVisible():
            self.click(self.page.stranger.same_button)

    def drop(self, *paths: Path) -> None:
        """Drag files over the page and let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        QApplication.sendEvent(self.page, QDragEnterEvent(QPoint(9, 9), _COPY, data, _LEFT, _PLAIN))
        QApplication.sendEvent(self.page, QDropEvent(QPointF(9, 9), _COPY, data, _LEFT, _PLAIN))
        self.settle()

    def click(self, button: QWidget) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, _LEFT)
        self.settle()

    def press(self, key: Qt.Key, on: QWidget | None = None) -> None:
        QTest.keyClick(on or QApplication.focusWidget() or self.window, key)
        self.settle()

    def give(self, card: ContestCard, passphrase: str) -> None:
        """Type a passphrase where it is asked for and press Enter."""
        card.signing.passphrase.line.setText(passphrase)
        self.press(Qt.Key.Key_Return, card.signing.passphrase.line)

    @property
    def contest(self) -> ContestCard:
        """The only group of which packages stand or stood beside each other."""
        (card,) = self.page.contest_cards
        return card

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.page.news.rows

    @property
    def outcomes(self) -> dict[str, str]:
        """The one word for each file."""
        return {row.name: row.word for row in self.rows}

    @property
    def words(self) -> str:
        """All that can be seen in labels."""
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def ask(self, question: Callable[[CentreService], T]) -> T:
        """Leave the page and look into the centre's file."""
        self.leave()
        with closing(CentreService.open(self.centre, create=False)) as centre:
            return question(centre)

    def leave(self) -> None:
        """Close the page as the window does with one that passes, and wait until its thread has ended."""
        self.page.close()
        self.page._desk._worker._pool.shutdown(wait=True)
        self.window.close()
        QApplication.processEvents()


def choose(monkeypatch: pytest.MonkeyPatch, asks: str, answer: Path | Iterable[Path]) -> None:
    """Answer the file dialog that a button opens."""
    said = str(answer) if isinstance(answer, Path) else [str(path) for path in answer]
    reply = said if asks == "getExistingDirectory" else (said, "")
    monkeypatch.setattr(QFileDialog, asks, lambda *_, **__: reply)
