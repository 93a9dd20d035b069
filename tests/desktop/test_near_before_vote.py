"""Near duplicates are joined before a vote is opened: by the keyboard alone, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.desktop.window import CONTROL, SHIFT, Desk
from ui.desktop.steps.collect import CollectPage

ENTER, BACKTAB, SPACE, ESC = Qt.Key.Key_Return, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Escape
ALIKE = {
    "ru": (
        "Районная больница не передаёт сведения о выписанных больных",
        "Районная больница не передаёт сведения о выписанных одиноких больных",
    ),
    "en": (
        "The district hospital does not pass on data about discharged patients",
        "The district hospitals do not pass on any data about patients discharged",
    ),
}
SAID = {
    "ru": ("Сначала объедините почти одинаковые", "Об одном и том же?", "Больше похожих нет."),
    "en": ("Join what is nearly the same", "Nearly the same?", "Nothing else is alike."),
}


@pytest.fixture(params=["ru", "en"])
def desk(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path, request.param)
    desk.open_practice()
    yield desk
    desk.leave()


def open_vote(desk: Desk) -> CollectPage:
    """Record two statements that say the same and go to the vote."""
    desk.workspace.go_to("step:barriers")
    desk.settle()
    page = next(each for each in desk.workspace.findChildren(CollectPage) if each.isVisible())
    page.focus_entry()
    for words in ALIKE[page.context.language]:
        desk.type(words)
        desk.press(ENTER)
        desk.settle()
    desk.press(Qt.Key.Key_3, CONTROL)
    return page


def ask(desk: Desk, page: CollectPage) -> None:
    desk.press(BACKTAB, SHIFT)
    assert page.dots.pairs.button.hasFocus()
    desk.press(SPACE)
    desk.wait(page.dots.pairs.isVisible)


def test_near_duplicates_are_joined_before_the_vote_by_the_keyboard(desk: Desk) -> None:
    page = open_vote(desk)
    hint, title, nothing = SAID[page.context.language]
    assert page.dots.bar.note.text().startswith(hint)
    one, other = desk.cards("barrier")[-2:]
    ask(desk, page)
    box = page.dots.pairs.box
    assert box.heading.text().startswith(title)
    assert box.list.hasFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(ENTER)
    desk.settle()
    cards = desk.session.snapshot.cards
    assert [cards[key].status for key in (one.id, other.id)] == ["parked", "open"]
    assert box.heading.text() == nothing
    desk.press(ESC)
    assert not page.dots.pairs.isVisible()
    assert page.dots.list.hasFocus()
    desk.press(ENTER)
    desk.settle()
    assert page.dots.ballot.state == "open"
    assert one.id not in [card.id for card in page.dots.list.cards.cards]


def test_what_is_proposed_goes_when_the_vote_is_opened(desk: Desk) -> None:
    page = open_vote(desk)
    ask(desk, page)
    desk.press(ENTER, CONTROL)
    desk.settle()
    assert page.dots.ballot.state == "open"
    assert not page.dots.pairs.isVisible()
    focus = QApplication.focusWidget()
    assert focus is page.dots.list
