"""The practice session leads through the first five minutes, and can begin anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.services.commands import (
    AddCards,
    AddCluster,
    ChangeCards,
    GiveDots,
    OpenRound,
    SetRoundState,
)
from facilitator.services.home import Home
from tests.desktop.window import CONTROL, Desk
from tests.helpers.sessions import begin_closed
from ui.desktop.guide.hints import HINTS, Progress, hint_words
from ui.desktop.guide.practice import ACTS
from ui.desktop.guide.strip import GuideStrip
from ui.desktop.new_group_page import NewGroupPage

# The offscreen plugin has neither a front nor size hints, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def strip(desk: Desk) -> GuideStrip:
    assert desk.window.practice.strip is not None
    return desk.window.practice.strip


def place(desk: Desk) -> str:
    return strip(desk).place.text()


def test_every_hint_has_words() -> None:
    assert set(hint_words(str)) == {hint.id for hint in HINTS}


def test_a_hint_is_done_by_its_deeds_alone_and_in_any_order() -> None:
    progress = Progress()
    progress.note("card-added")
    progress.note("undone")
    assert progress.place == 1
    assert progress.marks.startswith("● ✓ ○")
    progress.note("card-added")
    progress.note("card-added")
    assert progress.place == 3
    progress.skip()
    assert progress.marks.startswith("✓ ✓ – ●")
    for _ in HINTS:
        progress.skip()
    assert progress.current is None
    assert progress.place == len(HINTS) + 1


def test_the_first_five_minutes_tick_as_they_are_lived(desk: Desk) -> None:
    workspace = desk.open_practice()
    line = QApplication.focusWidget()
    assert place(desk) == "Подсказка 1 из 8"
    for words in ("Очередь в пять утра", "Справка за справкой", "Звонок в никуда"):
        desk.type(words)
        desk.press(Qt.Key.Key_Return)
        desk.settle()
        assert QApplication.focusWidget() is line
    assert place(desk) == "Подсказка 2 из 8"
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.settle()
    assert place(desk) == "Подсказка 3 из 8"
    desk.press(Qt.Key.Key_F11)
    assert place(desk) == "Подсказка 4 из 8"
    workspace.close_projector()
    session = desk.session
    session.keep(session.room.timer(workspace.step).start(1.0))
    assert place(desk) == "Подсказка 5 из 8"
    card = desk.cards("present-norm")[-1]
    session.perform(AddCluster("present", "Ожидание"))
    desk.settle()
    assert place(desk) == "Подсказка 6 из 8"
    session.perform(OpenRound("present", "dots", 3))
    session.perform(GiveDots(card.id, 2))
    desk.settle()
    assert place(desk) == "Подсказка 7 из 8"
    (round_,) = session.snapshot.rounds_of("present", "dots")
    session.perform(SetRoundState(round_.id, "closed"))
    session.perform(SetRoundState(round_.id, "revealed"))
    desk.settle()
    assert place(desk) == "Подсказка 8 из 8"
    workspace.header.report_asked.disconnect()
    workspace.header.report_asked.connect(desk.window.practice._take_report)
    workspace.header.report_asked.emit()
    assert place(desk) == "Первые пять минут позади"
    assert strip(desk).start_button.isVisible()
    assert not strip(desk).skip_button.isVisible()
    strip(desk).start_button.click()
    assert isinstance(desk.window.desks.page, NewGroupPage)
    assert not strip(desk).isVisible()


def test_sorting_by_a_digit_counts(desk: Desk) -> None:
    desk.open_practice()
    session = desk.session
    session.perform(AddCards("present-norm", ("Одно", "Другое")))
    desk.settle()
    cluster = next(each for each in session.snapshot.clusters.values() if each.step == "present")
    card = desk.cards("present-norm")[-1]
    session.perform(ChangeCards((card.id,), {"cluster": cluster.id}))
    desk.settle()
    progress = desk.window.practice._progress
    assert progress.is_done(next(hint for hint in HINTS if hint.id == "sort"))


def test_a_hint_can_be_skipped_and_the_hints_closed_for_good(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    desk.open_practice()
    skip = strip(desk).skip_button
    skip.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert place(desk) == "Подсказка 2 из 8"
    assert QApplication.focusWidget() is skip
    strip(desk).close_button.click()
    assert desk.window.practice.strip is None
    desk.leave()
    again = Desk(qtbot, tmp_path)
    again.open_practice()
    assert again.window.practice.strip is None
    again.leave()


def test_another_language_goes_on_where_one_was(desk: Desk) -> None:
    desk.open_practice()
    strip(desk).skip_button.click()
    desk.window.desks.language_chosen.emit("en")
    assert place(desk) == "Hint 2 of 8"
    assert not strip(desk).isVisible()
    desk.window.show_home()
    QApplication.processEvents()
    assert strip(desk).isVisible()
    desk.session.undo()
    desk.settle()
    assert place(desk) == "Hint 3 of 8"


def test_a_group_of_ones_own_has_no_hints(desk: Desk, tmp_path: Path) -> None:
    desk.open_practice()
    desk.window.open_group(begin_closed(tmp_path / "g.fgroup"))
    desk.wait(lambda: desk.window.workspace is not None and desk.session.path.name == "g.fgroup")
    assert desk.window.practice.strip is None


def test_the_hints_leave_room_where_everything_is_twice_as_large(desk: Desk) -> None:
    desk.open_practice()
    desk.window.resize(683, 384)
    QApplication.processEvents()
    shown = strip(desk)
    assert shown.height() < 384 // 4
    for each in (shown.skip_button, shown.close_button):
        assert each.width() >= each.sizeHint().width()
        assert each.mapTo(desk.window, each.rect().bottomRight()).x() < desk.window.width()


def test_the_practice_session_begins_anew_while_it_is_open(desk: Desk) -> None:
    assert not desk.window.start_page.anew_button.isVisibleTo(desk.window.start_page)
    former = desk.open_practice()
    before = len(desk.cards("present-norm"))
    desk.session.perform(AddCards("present-norm", ("Моё высказывание",)))
    desk.settle()
    strip(desk).close_button.click()
    desk.window.help.show_topic("first-minutes")
    desk.window.help.act_asked.emit("practice-anew")
    desk.wait(lambda: desk.window.workspace not in (None, former))
    assert len(desk.cards("present-norm")) == before
    assert place(desk) == "Подсказка 1 из 8"
    (kept,) = desk.home.groups_folder.glob("practice.before-restart-*.fgroup")
    assert kept.name in desk.window.toast.text
    desk.window.open_group(kept)
    desk.wait(lambda: desk.window.workspace is not None and desk.session.path == kept)
    assert desk.cards("present-norm")[-1].text == "Моё высказывание"


def test_the_start_page_offers_to_begin_anew_once_there_is_something(desk: Desk) -> None:
    workspace = desk.open_practice()
    workspace.start_asked.emit()
    desk.wait(lambda: desk.window.workspace is None and desk.window.start_page.isVisible())
    assert desk.window.start_page.anew_button.isVisible()
    desk.window.start_page.anew_button.click()
    desk.wait_for_workspace()
    assert list(desk.home.groups_folder.glob("practice.before-restart-*.fgroup"))


def test_an_act_nobody_knows_is_passed_over(desk: Desk) -> None:
    desk.window.practice.carry_out("format-the-disk")
    assert set(ACTS) == {"practice", "practice-anew"}
    assert desk.window.workspace is None


def test_hints_that_cannot_be_kept_cost_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from facilitator.errors import EnvironmentFault

    def refuse(_home: Home, **_values: str) -> None:
        raise EnvironmentFault("disk-full", path="settings.json")

    desk.open_practice()
    monkeypatch.setattr(Home, "save_settings", refuse)
    strip(desk).close_button.click()
    assert desk.window.practice.strip is None


def test_asking_for_what_is_open_goes_to_it(desk: Desk) -> None:
    workspace = desk.open_practice()
    strip(desk).skip_button.click()
    desk.window.show_settings()
    desk.window.help.act_asked.emit("practice")
    assert desk.window.desks.page is workspace
    assert place(desk) == "Подсказка 2 из 8"
