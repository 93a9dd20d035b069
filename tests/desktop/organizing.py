"""An organizer at the page where a session is prepared, and the people who ask to be enrolled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from facilitator.packages.keys import SigningKey
from facilitator.packages.reader import read_package_file, read_roster
from facilitator.packages.roster import RosterFiles
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.services.home import Home
from facilitator.services.identity import create_identity, enrolment_request
from facilitator.texts import load_texts
from ui.desktop.organizer.intake_card import IntakeCard
from ui.desktop.organizer.new_roster_card import NewRosterCard
from ui.desktop.organizer.overview import Overview
from ui.desktop.organizer.page import OrganizerPage
from ui.desktop.organizer.request_card import RequestCard
from ui.desktop.organizer.start_card import StartCard

PLAIN = Qt.KeyboardModifier.NoModifier
SECRET = "слово за слово"
CODE = "skfo-2018"
DISTRICT = "skfo"

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Guest:
    """Somebody with a key of their own and a request to be enrolled."""

    home: Home
    key: SigningKey
    request: Path


def guest(folder: Path, name: str) -> Guest:
    home = Home(folder / name)
    key = create_identity(home, None)
    request = folder / f"{name}.json"
    request.write_bytes(enrolment_request(key, name))
    return Guest(home, key, request)


def people_file(path: Path, *rows: Sequence[object]) -> Path:
    """Write a register as an organizer keeps it."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (("№", "ФИО", "Регион", "Телефон"), *rows):
        sheet.append(tuple(row))
    workbook.save(path)
    return path


def roster_in(path: Path) -> RosterFiles:
    """Read a roster as anyone can."""
    files = read_roster(read_package_file(path), datetime.now(UTC)).roster
    assert files is not None
    return files


class Visit:
    """The page in a window of its own, and what a person does there."""

    def __init__(
        self,
        qtbot: QtBot,
        folder: Path,
        *,
        passphrase: str | None = None,
        key: bool = True,
        language: str = "ru",
    ) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.home = Home(folder / "home")
        self.roster = folder / f"{CODE}.roster.fpkg"
        self.passphrase = passphrase or ""
        if key and not self.home.key_path.exists():
            create_identity(self.home, passphrase)
        self.page = OrganizerPage(self.home, load_texts("desktop", language), language)
        qtbot.addWidget(self.page)
        self.page.setMinimumSize(640, 360)
        self.page.resize(1366, 768)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.page.focus_entry()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.office.idle, timeout=20_000)
        QApplication.processEvents()

    def shown(self, kind: type[W]) -> W:
        """Return the part of the page that is shown, which must be of this kind."""
        found = self.page.stack.currentWidget()
        assert isinstance(found, kind), type(found)
        return found

    def click(self, button: QAbstractButton) -> None:
        """Press a button with the mouse; it has to be one that a person could press."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        field = QApplication.focusWidget()
        assert field is not None, "nothing has the keyboard"
        QTest.keyClick(field, key, modifiers)
        self.settle()

    def type(self, words: str) -> None:
        field = QApplication.focusWidget()
        assert field is not None, "nothing has the keyboard"
        for letter in words:
            QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, PLAIN, letter))

    @property
    def words(self) -> str:
        """All that can be read on the page now."""
        labels = self.page.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def lines(self) -> list[str]:
        """What the lines of the table say, the cells separated by bars."""
        table = self.page.overview.table
        cells = [
            [
                item.text() if (item := table.item(row, column)) else ""
                for column in range(table.columnCount())
            ]
            for row in range(table.rowCount())
        ]
        return ["|".join(row) for row in cells]

    def choose_line(self, words: str) -> None:
        """Click on the first line of the table that says this."""
        table = self.page.overview.table
        row = next(row for row, line in enumerate(self.lines()) if words in line)
        item = table.item(row, 0)
        assert item is not None
        place = table.visualItemRect(item).topLeft() + QPoint(4, 4)
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()


class Dialogs:
    """Answers the dialogs that ask for files as a person would, in the order in which they come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.proposed: list[Path] = []

    def save(self, *answers: Path | None) -> None:
        given = iter(answers)

        def ask(_parent: QWidget, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
            self.proposed.append(Path(proposed))
            answer = next(given)
            return (str(answer) if answer else "", "")

        self._answer("getSaveFileName", ask)

    def open(self, path: Path | None) -> None:
        self._answer("getOpenFileName", lambda *_: (str(path) if path else "", ""))

    def open_several(self, *paths: Path) -> None:
        self._answer("getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))

    def folder(self, path: Path | None) -> None:
        self._answer("getExistingDirectory", lambda *_: str(path) if path else "")

    def _answer(self, name: str, answer: Callable[..., Any]) -> None:
        self._monkeypatch.setattr(QFileDialog, name, answer)


def new_roster(visit: Visit) -> NewRosterCard:
    visit.click(visit.shown(StartCard).new_button)
    card = visit.shown(NewRosterCard)
    card.session.setCurrentIndex(card.session.findData(DISTRICT))
    return card


def begin(visit: Visit, dialogs: Dialogs) -> None:
    dialogs.save(visit.roster)
    card = new_roster(visit)
    card.foot.passphrase.setText(visit.passphrase)
    visit.click(card.foot.act_button)
    visit.shown(Overview)


def read_request(visit: Visit, dialogs: Dialogs, *requests: Path) -> RequestCard:
    dialogs.open_several(*requests)
    visit.click(visit.shown(Overview).request_button)
    visit.click(visit.shown(IntakeCard).choose_button)
    return visit.shown(RequestCard)


def enrol(visit: Visit, dialogs: Dialogs, asks: Guest, place: str = "") -> None:
    card = read_request(visit, dialogs, asks.request)
    if place:
        card.place.setCurrentIndex(card.place.findText(place, Qt.MatchFlag.MatchStartsWith))
    visit.click(card.foot.act_button)
    visit.shown(Overview)


def check(visit: Visit, who: Guest, principal: str, at: datetime | None = None) -> None:
    """Check that a key may sign for a principal, as whoever takes a package in does."""
    signers = roster_in(visit.roster).signers
    signers.check_key(who.key.public.raw)
    signers.check_grant(who.key.public.raw, principal, PACKAGE_NAMESPACE, at or datetime.now(UTC))
