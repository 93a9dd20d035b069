"""From the start screen to an open group and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facilitator.errors import EnvironmentFault
from facilitator.services.commands import AddCards, RemoveCards
from facilitator.services.groups import open_group
from facilitator.storage.backup import list_backups
from tests.desktop.window import CONTROL, SHIFT, Desk
from ui.desktop.new_group_page import NewGroupPage
from ui.desktop.reporting import documents_folder
from ui.desktop.settings_page import SettingsPage
from ui.desktop.steps.collect import CollectPage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def current_page(desk: Desk) -> QWidget:
    return desk.window._pages.currentWidget()


def test_one_click_opens_the_practice_session(desk: Desk) -> None:
    workspace = desk.open_practice()
    assert current_page(desk) is workspace
    assert len(desk.cards("present-norm")) >= 3
    assert desk.home.recent()[0][0] == desk.session.path


def test_opening_a_group_flashes_no_other_window(desk: Desk) -> None:
    shown = WindowWatch()
    QApplication.instance().installEventFilter(shown)
    workspace = desk.open_practice()
    for step in workspace.session.script.steps:
        workspace.go_to(f"step:{step.id}")
    QApplication.instance().removeEventFilter(shown)
    assert shown.windows == []


class WindowWatch(QObject):
    """Notes every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_each_step_has_a_page_and_f7_goes_through_them(desk: Desk) -> None:
    workspace = desk.open_practice()
    steps = workspace.session.script.steps
    workspace.go_to(f"step:{steps[0].id}")
    for step in steps[1:]:
        desk.press(Qt.Key.Key_F7, on=desk.window)
        assert workspace.step == step
    desk.press(Qt.Key.Key_F6, on=desk.window)
    assert workspace.step == steps[-2]


def test_a_click_on_a_step_puts_the_keyboard_where_one_types(desk: Desk) -> None:
    workspace = desk.open_practice()
    steps = workspace.steps_panel._list
    workspace.go_to("step:rules")
    item = workspace.steps_panel._items["step:present"]
    desk.qtbot.mouseClick(
        steps.viewport(), Qt.MouseButton.LeftButton, pos=steps.visualItemRect(item).center()
    )
    page = workspace.step_pages["present"]
    assert isinstance(page, CollectPage)
    assert page.isAncestorOf(QApplication.focusWidget())
    desk.press(Qt.Key.Key_2, CONTROL)
    assert page.tabs.currentIndex() == 1
    steps.setFocus()
    desk.press(Qt.Key.Key_Down)
    assert workspace.step.id != "present"
    assert steps.hasFocus()


def test_a_new_group_needs_only_the_moderators_name(desk: Desk) -> None:
    desk.press(Qt.Key.Key_N, CONTROL)
    page = current_page(desk)
    assert isinstance(page, NewGroupPage)
    page.create_button.click()
    assert page.moderator_error.isVisible()
    assert page.moderator.hasFocus()
    desk.type("Алёна «Первая»")
    page.people.setPlainText("Анна Петрова; Дагестан; бизнес\n\nИван Сидоров")
    page.create_button.click()
    desk.wait_for_workspace()
    group = desk.session.snapshot
    assert group.group.moderator == "Алёна «Первая»"
    assert [person.name for person in group.persons.values()] == ["Анна Петрова", "Иван Сидоров"]
    assert {each.region for each in group.participants.values()} == {"05", None}


def test_a_region_that_is_not_there_is_named_and_stops_nobody(desk: Desk) -> None:
    desk.window.show_new_group()
    page = current_page(desk)
    assert isinstance(page, NewGroupPage)
    page.moderator.setText("Ведущая")
    page.people.setPlainText("Анна; Атлантида")
    assert page.people_note.text().startswith("Строка 1: нет региона «Атлантида», он останется пустым.")
    page.create_button.click()
    desk.wait_for_workspace()
    group = desk.session.snapshot
    assert [person.name for person in group.persons.values()] == ["Анна"]
    assert [each.region for each in group.participants.values()] == [None]


def test_undo_works_from_a_field_that_has_nothing_to_undo(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.go_to("step:present")
    desk.session.perform(AddCards("present-norm", ("Очередь на год вперёд",)))
    desk.settle()
    before = len(desk.cards("present-norm"))
    workspace.focus_entry()
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert len(desk.cards("present-norm")) == before - 1
    assert desk.window.toast.text == "Отменено – запись: «Очередь на год вперёд»"
    desk.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    desk.settle()
    assert len(desk.cards("present-norm")) == before


def test_undo_in_a_field_with_typed_words_takes_back_the_words(desk: Desk) -> None:
    workspace = desk.open_practice()
    before = desk.session.snapshot
    workspace.go_to("people")
    page = workspace._places["people"]
    page.lines.setFocus()  # type: ignore[attr-defined]
    desk.type("Анна")
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert page.lines.toPlainText() == ""  # type: ignore[attr-defined]
    assert desk.session.snapshot is before


def test_a_deletion_offers_the_way_back(desk: Desk) -> None:
    desk.open_practice()
    card = desk.cards("barrier")[0]
    desk.session.perform(RemoveCards((card.id,)))
    desk.settle()
    assert desk.window.toast.isVisible()
    desk.window.toast._button.click()
    desk.settle()
    assert card in desk.cards("barrier")


def test_the_undo_button_names_the_act(desk: Desk) -> None:
    workspace = desk.open_practice()
    desk.session.perform(AddCards("rule", ("Слушать до конца",)))
    desk.settle()
    assert workspace.header.undo_button.toolTip() == "Отменить: запись: «Слушать до конца» (Ctrl+Z)"
    assert workspace.header._saved.text().startswith("Сохранено ")


def test_what_is_refused_is_said_and_changes_nothing(desk: Desk) -> None:
    desk.open_practice()
    before = desk.session.snapshot
    desk.session.perform(AddCards("rule", ("я" * 2_001,)))
    desk.settle()
    assert desk.window.error_bar.isVisible()
    assert "2001" in desk.window.error_bar.text
    assert desk.session.snapshot is before


def test_when_the_disk_is_full_a_copy_can_be_saved_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open_practice()
    copy = tmp_path / "other disk.fgroup"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    desk.session.refused.emit(EnvironmentFault("disk-full", path=desk.session.path), None)
    assert "Всё записанное раньше цело" in desk.window.error_bar.text
    desk.window.error_bar._action.click()
    desk.settle()
    with open_group(copy) as service:
        assert service.snapshot == desk.session.snapshot
    assert "сохранена" in desk.window.toast.text


def test_a_group_that_is_open_elsewhere_is_not_opened_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "group.fgroup"
    desk.window._door.open_practice(path)
    desk.wait_for_workspace()
    other = Desk(desk.qtbot, tmp_path / "other")
    other.window.open_group(path)
    desk.wait(other.window.error_bar.isVisible)
    assert "уже открыт в другом окне" in other.window.error_bar.text
    assert other.window.workspace is None
    other.leave()


def test_the_practice_session_is_marked_among_the_recent(desk: Desk) -> None:
    desk.open_practice()
    desk.window.start_page.refresh()
    texts = [each.text() for each in desk.window.start_page.findChildren(QLabel)]
    assert "Учебная сессия" in texts


def test_qt_speaks_the_windows_language(desk: Desk) -> None:
    box = QDialogButtonBox.StandardButton.Cancel
    assert QDialogButtonBox(box).button(box).text() == "Отмена"
    desk.window._change_language("en")
    assert "Cancel" in QDialogButtonBox(box).button(box).text()


def test_on_a_small_screen_the_window_starts_maximised(desk: Desk) -> None:
    desk.window.resize(desk.window.screen().size())
    desk.window.start()
    assert desk.window.isMaximized()


def test_without_a_documents_folder_files_are_offered_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "missing"))
    assert documents_folder() == Path.home()


def test_a_recent_group_that_is_gone_can_be_taken_off_the_list(desk: Desk) -> None:
    desk.home.remember(desk.home.folder / "gone.fgroup", "Группа 4. Долгосрочный уход")
    desk.window.show_home()
    buttons = {each.accessibleName(): each for each in desk.window.start_page.findChildren(QAbstractButton)}
    buttons["Убрать группу «Группа 4. Долгосрочный уход» из списка"].click()
    assert desk.home.recent() == []


def test_closing_backs_the_group_up_and_lets_go_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    desk.session.perform(AddCards("rule", ("Слушать до конца",)))
    path = desk.session.path
    desk.leave()
    assert [backup.sound for backup in list_backups(path)] == [True]
    with open_group(path) as service:
        assert "Слушать до конца" in {card.text for card in service.snapshot.cards_of("rule")}


def test_going_back_to_a_copy_opens_the_group_as_it_was(desk: Desk) -> None:
    workspace = desk.open_practice()
    desk.session.run(lambda service: service.back_up(), lambda _path: None)
    desk.session.perform(AddCards("rule", ("Лишнее правило",)))
    desk.settle()
    copy = list_backups(desk.session.path)[-1]
    workspace.restore_asked.emit(desk.session.path, copy.name)
    desk.wait(lambda: desk.window.workspace not in (None, workspace))
    assert desk.window.toast.text.startswith("Восстановлено из копии от ")
    former = Path(desk.window.toast.text.partition("прежний файл: ")[2])
    assert former.is_file()
    assert "Лишнее правило" not in {card.text for card in desk.cards("rule")}


def test_the_language_changes_at_once_and_the_group_stays_open(desk: Desk) -> None:
    desk.open_practice()
    session = desk.session
    desk.press(Qt.Key.Key_Comma, CONTROL, on=desk.window)
    page = current_page(desk)
    assert isinstance(page, SettingsPage)
    page.language.setCurrentIndex(page.language.findData("en"))
    desk.window.show_home()
    assert desk.session is session
    assert desk.workspace.header.title.text().startswith("Group 1")
    assert desk.home.settings()["language"] == "en"
    desk.session.perform(AddCards("rule", ("Listen to the end",)))
    desk.settle()
    assert desk.workspace.header.undo_button.accessibleName() == "Undo: recording “Listen to the end”"


def test_a_mistake_of_the_program_is_said_and_the_window_stays(desk: Desk) -> None:
    desk.open_practice()
    log = desk.home.folder / "crash.log"
    desk.window.show_bug(log)
    assert desk.window.error_bar.isVisible()
    assert "Всё записанное цело" in desk.window.error_bar.text
    desk.session.perform(AddCards("rule", ("Слушать до конца",)))
    desk.settle()
    assert not desk.window.error_bar.isVisible()


def test_with_little_room_one_part_is_shown_at_a_time(desk: Desk) -> None:
    workspace = desk.open_practice()
    desk.window.resize(683, 384)
    QApplication.processEvents()
    assert not workspace.steps_panel.isVisible()
    assert not workspace.chain_panel.isVisible()
    workspace.header.steps_button.click()
    assert workspace.steps_panel.isVisible()
    assert not workspace._centre.isVisible()
    workspace.go_to("step:rules")
    assert workspace._centre.isVisible()


def test_every_widget_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    def nameless() -> list[str]:
        return [
            f"{type(each).__name__} in {type(each.parent()).__name__}"
            for each in desk.window.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.isVisible()
            and not is_inside_a_field(each)
            and not each.accessibleName()
        ]

    desk.window.show_new_group()
    assert not nameless()
    desk.window.show_settings()
    assert not nameless()
    desk.window.show_home()
    assert not nameless()
    workspace = desk.open_practice()
    places = [f"step:{step.id}" for step in workspace.session.script.steps] + ["people", "handover", "copies"]
    for place in places:
        workspace.go_to(place)
        desk.settle()
        assert not nameless(), place


def test_a_look_at_the_chain_counts_for_the_day_that_ends_next(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.go_to("step:roadmap")
    workspace.enter_place("chain")
    desk.settle()
    assert desk.session.room.day_end(1).gaps_seen is not None
    assert desk.session.room.day_end(2).gaps_seen is None


def test_what_is_said_of_a_group_goes_with_it(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.undo()
    desk.settle()
    assert desk.window.toast.isVisible()
    workspace.start_asked.emit()
    desk.wait(lambda: desk.window.workspace is None)
    assert not desk.window.toast.isVisible()


def is_inside_a_field(widget: QWidget) -> bool:
    """Say whether a widget is Qt's own part of a field, such as the line of a spin box."""
    return (isinstance(widget, QLineEdit) and widget.objectName().startswith("qt_spinbox")) or isinstance(
        widget.parent(), QComboBox
    )
