"""The pages beside the group, and the ways a file takes to the window."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from facilitator.errors import EnvironmentFault
from tests.desktop.window import Desk
from tests.helpers.handing_out import hand_out, open_office
from tests.helpers.sessions import begin_closed
from ui.desktop.assignment_page import AssignmentPage
from ui.desktop.identity_page import IdentityPage
from ui.desktop.lead.page import LeadPage
from ui.desktop.new_group_page import NewGroupPage
from ui.desktop.organizer.page import OrganizerPage

ROOT = Path(__file__).parents[2]
ACTION = Qt.DropAction.CopyAction


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def button(page: QWidget, name: str) -> QAbstractButton:
    (found,) = [each for each in page.findChildren(QAbstractButton) if each.accessibleName() == name]
    return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Ваш ключ", IdentityPage), ("Подготовить сессию", OrganizerPage), ("Свести пакеты", LeadPage)],
)
def test_a_desk_is_reached_from_the_start_and_left_again(desk: Desk, name: str, kind: type[QWidget]) -> None:
    way = button(desk.window.start_page, name)
    way.setFocus()
    desk.press(Qt.Key.Key_Return)
    page = desk.window.desks.page
    assert isinstance(page, kind)
    page.left.emit()  # type: ignore[attr-defined]
    assert desk.window.desks.page is desk.window.start_page


def test_a_desk_is_left_for_the_open_group(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.identity_asked.emit()
    page = desk.window.desks.page
    assert isinstance(page, IdentityPage)
    page.left.emit()
    assert desk.window.desks.page is workspace


def test_trouble_on_a_desk_is_said_and_is_over_with_the_next_page(desk: Desk) -> None:
    desk.window.desks.show_identity()
    page = desk.window.desks.page
    assert isinstance(page, IdentityPage)
    page.failed.emit(EnvironmentFault("disk-full", path=desk.home.folder))
    assert "Диск заполнен" in desk.window.error_bar.text
    desk.window.desks.show_identity()
    assert not desk.window.error_bar.isVisible()


def test_a_desk_is_closed_when_it_is_left_and_when_the_window_closes(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    QApplication.processEvents()
    closed: list[str] = []
    for name in ("left", "window"):
        page = Passing(name, closed)
        desk.window._pages.show_page(page, passing=True)
        if name == "left":
            desk.window.show_home()
            assert closed == ["left"]
    desk.leave()
    assert closed == ["left", "window"]


class Passing(QWidget):
    """A page that notes its own end."""

    def __init__(self, name: str, closed: list[str]) -> None:
        super().__init__()
        self._name = name
        self._closed = closed

    def closeEvent(self, event: object) -> None:
        self._closed.append(self._name)


def test_the_ways_fit_where_everything_is_twice_as_large(desk: Desk) -> None:
    desk.window.resize(683, 384)
    QApplication.processEvents()
    start = desk.window.start_page
    for name in ("Ваш ключ", "Подготовить сессию", "Свести пакеты", "Сделать ключ", "Изменить настройки"):
        way = button(start, name)
        assert way.width() >= way.sizeHint().width(), name
        assert way.mapTo(start, QPoint(way.width(), 0)).x() <= start.width(), name


def drop(desk: Desk, path: Path, on: QWidget) -> bool:
    """Drag a file over a widget, drop it where it is taken, and tell whether it was."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(3, 3), ACTION, dragged, buttons, keys)
    QApplication.sendEvent(on, enter)
    if enter.isAccepted():
        QApplication.sendEvent(desk.window, QDropEvent(QPointF(3, 3), ACTION, dragged, buttons, keys))
    return enter.isAccepted()


def test_a_group_dropped_on_the_window_is_opened(desk: Desk, tmp_path: Path) -> None:
    path = begin_closed(tmp_path / "g.FGROUP")
    assert drop(desk, path, desk.window)
    desk.wait_for_workspace()
    assert desk.session.path == path


def test_an_assignment_dropped_on_a_field_is_no_text_in_it(desk: Desk, tmp_path: Path) -> None:
    path = hand_out(open_office(tmp_path / "office"), tmp_path / "a.fpkg")
    desk.window.show_new_group()
    page = desk.window.desks.page
    assert isinstance(page, NewGroupPage)
    for field in (page.moderator, page.people.viewport()):
        assert drop(desk, path, field)
    assert not page.moderator.text()
    assert not page.people.toPlainText()
    desk.wait(lambda: isinstance(desk.window.desks.page, AssignmentPage))


def test_a_file_of_another_program_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    assert not drop(desk, tmp_path / "people.xlsx", desk.window)


def test_words_can_still_be_dropped_on_a_field(desk: Desk) -> None:
    field = QLineEdit(desk.window)
    dragged = QMimeData()
    dragged.setText("Алёна")
    enter = QDragEnterEvent(
        QPoint(3, 3), ACTION, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(field, enter)
    assert enter.isAccepted()


PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.cli.main import main
from ui.desktop.main_window import MainWindow

def look():
    (window,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    shown = type(window.desks.page).__name__
    if shown == "StartPage" and not window.error_bar.isVisible():
        QTimer.singleShot(50, look)
        return
    print(shown, flush=True)
    window.close()

start = MainWindow.start
MainWindow.start = lambda window: (start(window), QTimer.singleShot(50, look))
print(main([sys.argv[1]]))
"""


@pytest.mark.parametrize(("name", "shown"), [("g.fgroup", "Workspace"), ("a.fpkg", "AssignmentPage")])
def test_a_double_click_opens_the_file_in_the_window(tmp_path: Path, name: str, shown: str) -> None:
    begin_closed(tmp_path / "g.fgroup")
    hand_out(open_office(tmp_path / "office"), tmp_path / "a.fpkg")
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "FACILITATOR_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, name],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert run.stdout.split() == [shown, "0"]


def test_an_argument_that_is_no_file_stays_a_command(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ui.cli", "gone.fgroup"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "FACILITATOR_HOME": str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr.startswith(b"error: usage: ")
