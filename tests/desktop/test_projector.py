"""What the room sees: the question and the group's words, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QMenuBar
from pytestqt.qtbot import QtBot

from facilitator.services.commands import AddCards, AddPeople, ChangeCards, NewPerson
from tests.desktop.window import PLAIN, Desk
from ui.desktop.projector.fitting import LEAST_POINTS, PIXELS_PER_POINT, fit, height_of
from ui.desktop.projector.slide import Slide, slide_of
from ui.desktop.projector.window import LINE_SIZES, ProjectorWindow


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    yield desk
    desk.leave()


def slide(desk: Desk, step: str) -> Slide:
    script = desk.session.script
    return slide_of(script, desk.session.snapshot, script.step(step), "ru")


def everything(shown: Slide) -> str:
    return "\n".join((shown.where, shown.question, *(line.text for line in shown.lines)))


def test_no_name_is_shown(desk: Desk) -> None:
    desk.session.perform(AddPeople((NewPerson("Анна Петрова", contact="+7 900 000-00-00"),)))
    desk.settle()
    person = next(iter(desk.session.snapshot.persons))
    desk.session.perform(AddCards("rule", ("Слушать до конца",), author=person))
    desk.settle()
    for step in desk.session.script.steps:
        shown = everything(slide(desk, step.id))
        assert "Анна" not in shown
        assert "Участник" not in shown
        assert "900" not in shown
    assert "Слушать до конца" in everything(slide(desk, "rules"))


def test_nothing_private_is_shown(desk: Desk) -> None:
    private = [card for card in desk.session.snapshot.cards.values() if card.private]
    assert private
    shown = "\n".join(everything(slide(desk, step.id)) for step in desk.session.script.steps)
    assert not [card for card in private if card.text in shown]


def test_what_was_put_off_is_not_shown(desk: Desk) -> None:
    desk.session.perform(AddCards("rule", ("Отложенное правило",)))
    desk.settle()
    card = desk.cards("rule")[-1]
    desk.session.perform(ChangeCards((card.id,), {"status": "parked"}))
    desk.settle()
    assert "Отложенное правило" not in everything(slide(desk, "rules"))


def test_a_step_with_clusters_shows_them_with_their_counts(desk: Desk) -> None:
    clusters = desk.session.snapshot.clusters_of("future")
    assert [line.text for line in slide(desk, "future").lines] == [cluster.title for cluster in clusters]
    assert sum(line.count for line in slide(desk, "future").lines) == len(desk.cards("future-norm"))


def test_the_show_follows_the_moderator_and_what_is_recorded(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:rules")
    desk.press(Qt.Key.Key_F11, on=desk.window)
    projector = workspace.projector
    assert projector is not None
    assert not projector.findChildren(QMenuBar)
    desk.session.perform(AddCards("rule", ("Сначала слушаем",)))
    desk.settle()
    assert "Сначала слушаем" in projector.accessibleDescription()
    workspace.go_to("step:image")
    assert projector.slide.where.endswith("Образ будущего")
    workspace.toggle_projector()
    assert workspace.projector is None


@pytest.mark.parametrize("letter", ["b", "и"])
def test_b_darkens_on_either_layout_and_escape_ends_the_show(desk: Desk, letter: str) -> None:
    desk.workspace.toggle_projector()
    projector = desk.workspace.projector
    assert projector is not None
    with desk.qtbot.waitActive(projector):
        projector.activateWindow()
    projector.setFocus()
    desk.type(letter)
    assert projector.blank
    assert projector.accessibleDescription() == ""
    assert projector.grab().toImage().pixelColor(200, 200).lightness() == 0
    desk.press(Qt.Key.Key_Escape, PLAIN, projector)
    assert desk.workspace.projector is None


def test_with_one_screen_the_show_is_in_front_and_has_the_keyboard(desk: Desk) -> None:
    button = desk.workspace.header.projector_button
    desk.press(Qt.Key.Key_F11, on=desk.window)
    projector = desk.workspace.projector
    assert projector is not None
    desk.wait(projector.hasFocus)
    assert projector.isFullScreen()
    assert (button.text(), button.isChecked()) == ("Закончить показ", True)
    desk.press(Qt.Key.Key_Escape)
    assert desk.workspace.projector is None
    assert (button.text(), button.isChecked()) == ("Показать залу", False)
    desk.wait(desk.window.isActiveWindow)


def test_escape_at_the_desk_ends_the_show(desk: Desk) -> None:
    desk.workspace.toggle_projector()
    desk.workspace.focus_entry()
    desk.press(Qt.Key.Key_Escape, on=desk.workspace.steps_panel._list)
    assert desk.workspace.projector is None


def test_a_lost_screen_ends_the_show_and_keeps_the_session(desk: Desk) -> None:
    desk.workspace.toggle_projector()
    projector = desk.workspace.projector
    assert isinstance(projector, ProjectorWindow)
    projector._screen = desk.window.screen()
    projector._lose_screen(desk.window.screen())
    assert desk.workspace.projector is None
    assert desk.window.toast.text.startswith("Второй экран отключён")
    assert desk.window.workspace is not None


def test_two_hundred_characters_fit_in_type_the_last_row_reads(qtbot: QtBot) -> None:
    text = ("Каждый получает помощь там, где живёт, и знает срок. " * 4)[:200]
    width, height = 1024 - 120, 768 - 380  # an old projector, without the margins and the question
    font = fit(text, QFont(), width, height, LINE_SIZES)
    assert font.pixelSize() >= LEAST_POINTS * PIXELS_PER_POINT - 1
    assert height_of(text, font, width) <= height
