"""The pages around the steps: copies, settings, the start screen, the head of a step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards
from facilitator.storage.backup import backup_folder, list_backups
from tests.desktop.window import CONTROL, Desk
from ui.desktop.dates import days
from ui.desktop.settings_page import SettingsPage
from ui.desktop.theme.tokens import DARK, tokens_of


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def button(page: QWidget, name: str) -> QAbstractButton:
    """Find a button by the name a screen reader says."""
    found = [each for each in page.findChildren(QAbstractButton) if each.accessibleName().startswith(name)]
    assert found, name
    return found[0]


def words(page: QWidget) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel))


def test_a_copy_is_made_on_request_and_one_can_go_back_to_it(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.go_to("copies")
    desk.settle()
    assert "Копий пока нет" in words(workspace)
    button(workspace, "Сделать копию").click()
    desk.settle()
    desk.session.perform(AddCards("rule", ("Лишнее правило",)))
    desk.settle()
    button(workspace, "Вернуться к копии от").click()
    desk.wait(lambda: desk.window.workspace not in (None, workspace))
    assert "Лишнее правило" not in {card.text for card in desk.cards("rule")}


def test_a_damaged_copy_is_named_and_cannot_be_taken(desk: Desk) -> None:
    workspace = desk.open_practice()
    desk.session.run(lambda service: service.back_up(), lambda _path: None)
    desk.settle()
    (copy,) = list_backups(desk.session.path)
    copy.path.write_bytes(copy.path.read_bytes()[:-1])
    workspace.go_to("copies")
    desk.settle()
    assert "! повреждена" in words(workspace)
    assert not [
        each
        for each in workspace.findChildren(QAbstractButton)
        if each.accessibleName().startswith("Вернуться к копии от")
    ]


def test_what_has_changed_is_copied_by_the_clock(desk: Desk) -> None:
    desk.open_practice()
    desk.window._door.back_up()
    desk.settle()
    first = len(list_backups(desk.session.path))
    desk.session.perform(AddCards("rule", ("Слушать до конца",)))
    desk.window._door.back_up()
    desk.window._door.back_up()
    desk.settle()
    assert len(list_backups(desk.session.path)) == first + 1
    assert desk.window._door._backup_timer.interval() == 600_000
    assert desk.window._door._backup_timer.isActive()


def test_the_theme_changes_at_once_and_is_kept(desk: Desk) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style, palette = application.styleSheet(), application.palette()
    desk.press(Qt.Key.Key_Comma, CONTROL, on=desk.window)
    page = desk.window._pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.theme.setCurrentIndex(page.theme.findData("dark"))
    assert tokens_of(application.palette()) is DARK
    assert DARK.surface in application.styleSheet()
    page.scale.setCurrentIndex(page.scale.findData("150"))
    kept = desk.home.settings()
    assert (kept["theme"], kept["scale"]) == ("dark", "150")
    button(page, "Вернуться").click()
    assert desk.window._pages.currentWidget() is desk.window.start_page
    application.setStyleSheet(style)
    application.setPalette(palette)


def test_a_file_that_is_no_group_is_refused_in_words(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "письмо.fgroup"
    path.write_text("Уважаемые коллеги!", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.wait(desk.window.error_bar.isVisible)
    assert "Это не файл программы" in desk.window.error_bar.text
    button(desk.window.error_bar, "Скрыть").click()
    assert not desk.window.error_bar.isVisible()


def test_a_group_that_was_moved_can_be_found(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_practice()
    path = desk.session.path
    desk.workspace.start_asked.emit()
    desk.wait(lambda: desk.window.workspace is None and desk.window._door.session is None)
    moved = path.rename(tmp_path / "moved.fgroup")
    desk.window.show_home()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    button(desk.window.start_page, "Найти файл").click()
    desk.wait_for_workspace()
    assert [each for each, _title in desk.home.recent()] == [moved]
    assert not backup_folder(moved).exists()


def test_a_step_is_begun_finished_and_resumed(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.go_to("step:rules")
    page = workspace._places["step:rules"]
    for name, state in (("Начать шаг", "running"), ("Завершить шаг", "done"), ("Возобновить шаг", "running")):
        button(page, name).click()
        desk.settle()
        record = desk.session.snapshot.steps[f"{desk.session.snapshot.group.id}/rules"]
        assert record.state == state


def test_the_hint_and_the_methods_unfold(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.go_to("step:rules")
    page = workspace._places["step:rules"]
    step = workspace.step
    button(page, "Показать методы").click()
    method = desk.session.script.method(step.methods[0])
    assert method.say.ru in words(page)
    button(page, "Скрыть подсказку").click()
    hint = next(each for each in page.findChildren(QLabel) if each.text() == step.hint.ru)
    assert not hint.isVisible()
    workspace.go_to("step:barriers")
    assert button(workspace._places["step:barriers"], "Показать подсказку")


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2018-02-08", "2018-02-09", "8–9 февраля 2018"),
        ("2018-02-28", "2018-03-01", "28 февраля – 1 марта 2018"),
        ("2017-12-31", "2018-01-01", "31 декабря 2017 – 1 января 2018"),
        ("2018-02-08", "2018-02-08", "8 февраля 2018"),
    ],
)
def test_days_are_said_as_people_say_them(starts: str, ends: str, words: str) -> None:
    assert days(starts, ends, "ru") == words
