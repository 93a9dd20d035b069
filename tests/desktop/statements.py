"""The page of a collect step as the tests work with it."""

import pytest
from PySide6.QtCore import Qt

from facilitator.errors import EnvironmentFault
from facilitator.services.commands import Command
from tests.desktop.sheets import Room
from ui.desktop.models.card_model import WORDS_ROLE, CardModel
from ui.desktop.models.card_words import CardWords
from ui.desktop.steps.collect import CollectPage
from ui.desktop.widgets.card_list import CardList

ENTER, TAB, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down


def open_page(room: Room, step: str) -> CollectPage:
    page = CollectPage(room.context, room.session.script.step(step))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()
    return page


def enter(room: Room, words: str) -> None:
    room.type(words)
    room.press(ENTER)
    room.settle()


def texts(model: CardModel) -> list[str]:
    return [card.text for card in model.cards]


def words(view: CardList, row: int) -> CardWords:
    said: CardWords = view.model().index(row, 0).data(WORDS_ROLE)
    return said


def refuse_writing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every act fail as it does when the disk is full."""

    def full(command: Command) -> None:
        raise EnvironmentFault("disk-full", path="d")

    monkeypatch.setattr(room.session._service, "perform", full)
