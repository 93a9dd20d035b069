"""What the room sees: the question and the group's words, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenuBar
from pytestqt.qtbot import QtBot

from facilitator.room.presence import by_number
from facilitator.room.turns import begin_turns
from facilitator.services.commands import (
    AddCards,
    AddPeople,
    CastDots,
    ChangeCards,
    NewPerson,
    OpenRound,
    SetRoundState,
)
from tests.desktop.window import PLAIN, Desk
from ui.desktop.projector.fitting import LEAST_POINTS, SLIDE_HEIGHT, scale_of
from ui.desktop.projector.picture import paint_slide
from ui.desktop.projector.slide import Line, Slide, slide_of
from ui.desktop.projector.window import ProjectorWindow
from ui.desktop.theme.tokens import LIGHT


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


TWO_HUNDRED = ("Каждый получает помощь там, где живёт, и знает срок. " * 4)[:200]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1920, 1080), (683, 384), (3840, 2160)])
def test_two_hundred_characters_fit_in_type_the_last_row_reads(desk: Desk, size: tuple[int, int]) -> None:
    """Type is measured on the slide: a laptop that shows all at 200 % (683 × 384) changes nothing."""
    script = desk.session.script
    longest = max((step.question.ru for step in script.steps), key=len)
    said = Slide("2 · Нормы будущего", longest, (Line(TWO_HUNDRED), Line("Ещё одно")), "10:00", "Пауза")
    points = paint(said, *size)
    assert points >= LEAST_POINTS
    assert points * scale_of(QSize(*size)) >= size[1] * LEAST_POINTS / SLIDE_HEIGHT - 1


def paint(slide: Slide, width: int, height: int) -> int:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        return paint_slide(painter, image.size(), slide, LIGHT, QApplication.font())
    finally:
        painter.end()


def test_one_card_stands_alone_until_escape_or_another_step(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:present")
    card = desk.cards("present-norm")[0]
    page = workspace.step_pages["present"]
    page.spotlight_asked.emit(card.id)
    projector = workspace.projector
    assert projector is not None
    assert projector.accessibleDescription() == card.text
    desk.press(Qt.Key.Key_Escape, on=projector)
    assert workspace.projector is projector
    assert projector.accessibleDescription().startswith(workspace.step.question.ru)
    page.spotlight_asked.emit(card.id)
    page.spotlight_asked.emit(card.id)
    assert projector.slide.spotlight == ""
    page.spotlight_asked.emit(card.id)
    workspace.go_to("step:rules")
    assert projector.slide.spotlight == ""


def test_a_spotlight_follows_its_card_and_never_shows_a_private_one(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:present")
    card = desk.cards("present-norm")[0]
    workspace.step_pages["present"].spotlight_asked.emit(card.id)
    projector = workspace.projector
    assert projector is not None
    desk.session.perform(ChangeCards((card.id,), {"text": "Сказано точнее"}))
    desk.settle()
    assert projector.slide.spotlight == "Сказано точнее"
    desk.session.perform(ChangeCards((card.id,), {"private": True}))
    desk.settle()
    assert projector.slide.spotlight == ""


def test_the_timer_is_shown_with_words_once_it_was_started(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:rules")
    workspace.toggle_projector()
    projector = workspace.projector
    assert projector is not None
    assert projector.slide.clock == ""
    workspace.clock.begin(300)
    assert (projector.slide.clock, projector.slide.note, projector.slide.over) == ("5:00", "", False)
    began = workspace.clock.now()
    workspace.clock._now = lambda: began + 335
    workspace.clock._tick()
    assert (projector.slide.clock, projector.slide.note, projector.slide.over) == (
        "+0:35",
        "Время вышло",
        True,
    )


def test_the_room_sees_whose_turn_it_is_by_label(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:rules")
    workspace.toggle_projector()
    projector = workspace.projector
    assert projector is not None
    people = sorted(desk.session.snapshot.participants.values(), key=by_number)
    workspace.session.keep(begin_turns("rules", [each.id for each in people], (), workspace.clock.now()))
    (band,) = projector.slide.bands
    assert band.text == "Говорит Участник 1 · дальше Участник 2"
    assert band.counted == "1:30"


def test_a_vote_shows_how_many_have_voted_and_no_result(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:rules")
    workspace.toggle_projector()
    projector = workspace.projector
    assert projector is not None
    desk.session.perform(OpenRound("rules", "dots", 3))
    desk.settle()
    round_ = desk.session.snapshot.rounds_of("rules", "dots")[-1]
    person = next(iter(desk.session.snapshot.participants))
    card = desk.cards("rule")[0]
    desk.session.perform(CastDots(round_.id, card.id, person, 3))
    desk.settle()
    (band,) = projector.slide.bands
    assert band.counted == "проголосовали 1 из 12"
    assert not any(line.dots for line in projector.slide.lines)
    desk.session.perform(SetRoundState(round_.id, "closed"))
    desk.settle()
    assert not any(line.dots for line in projector.slide.lines)
    desk.session.perform(SetRoundState(round_.id, "revealed"))
    desk.settle()
    assert [(line.text, line.dots) for line in projector.slide.lines] == [(card.text, 3)]
    desk.session.perform(AddCards("rule", ("Сначала слушаем",)))
    desk.settle()
    assert projector.slide.lines[0].text == "Сначала слушаем"


def test_what_a_vote_came_to_goes_when_another_is_opened(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:rules")
    workspace.toggle_projector()
    projector = workspace.projector
    assert projector is not None
    card = desk.cards("rule")[0]
    person = next(iter(desk.session.snapshot.participants))
    for _twice in range(2):
        desk.session.perform(OpenRound("rules", "dots", 3))
        desk.settle()
        assert not any(line.dots for line in projector.slide.lines)
        round_ = desk.session.snapshot.rounds_of("rules", "dots")[-1]
        desk.session.perform(CastDots(round_.id, card.id, person, 3))
        desk.session.perform(SetRoundState(round_.id, "closed"))
        desk.settle()
        assert not any(line.dots for line in projector.slide.lines)
        desk.session.perform(SetRoundState(round_.id, "revealed"))
        desk.settle()
        assert [(line.text, line.dots) for line in projector.slide.lines] == [(card.text, 3)]
    desk.session.undo()
    desk.settle()
    assert not any(line.dots for line in projector.slide.lines)


def test_the_image_is_read_aloud_page_by_page(desk: Desk) -> None:
    workspace = desk.workspace
    workspace.go_to("step:image")
    image = desk.cards("image")[0]
    desk.session.perform(ChangeCards((image.id,), {"text": " ".join([image.text] * 4)}))
    desk.settle()
    workspace.show_for_room.read_aloud(image.id, workspace.step)
    projector = workspace.projector
    assert projector is not None
    projector.resize(640, 480)
    QApplication.processEvents()
    pages = projector.reading
    assert pages is not None
    assert pages.of > 1
    for number in range(1, pages.of + 1):
        assert projector.reading is not None
        assert projector.reading.number == number
        desk.press(Qt.Key.Key_PageDown, on=projector)
    desk.press(Qt.Key.Key_Left, on=projector)
    desk.press(Qt.Key.Key_Escape, on=projector)
    assert projector.reading is None
    assert workspace.projector is projector


def test_what_the_room_sees_is_shown_small_while_the_show_runs(desk: Desk) -> None:
    thumbnail = desk.workspace._thumbnail
    assert not thumbnail.isVisible()
    desk.workspace.toggle_projector()
    QApplication.processEvents()
    assert thumbnail.isVisible()
    desk.workspace.show_for_room.blank()
    assert thumbnail.grab().toImage().pixelColor(thumbnail.rect().center()).lightness() == 0
    desk.workspace.toggle_projector()
    assert not thumbnail.isVisible()
