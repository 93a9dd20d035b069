"""The mission has versions with what changed; personal missions are published by recorded agreement only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from facilitator.room.versions import changed_words
from facilitator.services.commands import AddCards, ChangeCards, OpenRound
from tests.desktop.sheets import Room
from tests.desktop.statements import refuse_writing
from ui.desktop.printing import paper
from ui.desktop.printing.mission_page import mission_page
from ui.desktop.printing.paper import document_of
from ui.desktop.steps.texts import TextsPage
from ui.desktop.widgets.text_versions import difference_html, difference_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER = Qt.Key.Key_Return


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> TextsPage:
    page = TextsPage(room.context, room.session.script.step("mission"))
    room.session.changed.connect(page.refresh)
    room.show(page)
    page.focus_entry()
    return page


def retype(room: Room, page: TextsPage, words: str) -> None:
    page.agreed[0].setFocus()
    page.agreed[0].selectAll()
    room.type(words)


def versions(room: Room) -> list[str]:
    return [each.text for each in room.session.room.versions("mission").versions]


def test_leaving_the_text_keeps_a_version_when_it_differs(room: Room, page: TextsPage) -> None:
    first = page.agreed[0].toPlainText()
    page.personal[0].line.setFocus()
    retype(room, page, "Помощь находит человека сама")
    assert versions(room) == [first]
    for _twice in range(2):
        page.personal[0].line.setFocus()
        page.agreed[0].setFocus()
    room.settle()
    assert versions(room) == [first, "Помощь находит человека сама"]
    assert room.session.undo_name is not None
    assert room.session.undo_name.code == "text-written"  # a version is no act


def test_ctrl_s_keeps_a_version_and_the_text(room: Room, page: TextsPage) -> None:
    retype(room, page, "Рядом, когда трудно")
    room.qtbot.keyClick(page.agreed[0], Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert versions(room) == ["Рядом, когда трудно"]
    assert [card.text for card in room.cards("mission")] == ["Рядом, когда трудно"]


def test_a_vote_of_the_step_keeps_what_it_is_about(room: Room, page: TextsPage) -> None:
    room.perform(OpenRound("mission", "fist"))
    assert versions(room) == [page.agreed[0].toPlainText()]


def test_a_version_is_compared_with_the_one_before_and_brought_back(room: Room, page: TextsPage) -> None:
    first = page.agreed[0].toPlainText()
    page.keep_versions()
    retype(room, page, "Сделать так, чтобы всё было")
    page.keep_versions()
    room.settle()
    shown = page.versions[0]
    shown.toggle.click()
    assert shown.choice.hasFocus()
    assert not shown.restore_button.isEnabled()
    assert "<s>−" in shown.difference.text()
    assert "<u>+" in shown.difference.text()
    room.press(Qt.Key.Key_Down)
    assert shown.choice.currentData() == 0
    assert "+" not in shown.difference.text()
    shown.restore_button.click()
    room.settle()
    assert page.agreed[0].toPlainText() == first
    assert not shown.restore_button.isEnabled()
    room.session.undo()
    room.settle()
    assert page.agreed[0].toPlainText() == "Сделать так, чтобы всё было"


def test_what_changed_is_told_by_signs_and_shape_and_never_as_markup() -> None:
    pieces = changed_words("мы <b>рядом</b> всегда", "мы сами всегда")
    assert difference_words(pieces) == "мы −<b>рядом</b> +сами всегда"
    assert difference_html(pieces) == "мы <s>−&lt;b&gt;рядом&lt;/b&gt;</s> <b><u>+сами</u></b> всегда"


def test_agreement_is_recorded_in_the_authors_name(room: Room, page: TextsPage) -> None:
    personal = page.personal[0]
    card = next(card for card in room.cards("personal-mission") if card.private)
    author = room.session.snapshot.participants[card.author or ""].label
    personal.list.show_card(card.id)
    assert author in personal.publish.text()
    for agreed, code in ((True, "publishing-agreed"), (False, "publishing-withdrawn")):
        personal.publish.click()
        room.settle()
        assert room.session.snapshot.cards[card.id].private != agreed
        assert room.session.undo_name is not None
        assert (room.session.undo_name.code, room.session.undo_name.subject) == (code, author)


def test_other_words_are_agreed_to_anew(room: Room, page: TextsPage) -> None:
    personal = page.personal[0]
    published = next(card for card in room.cards("personal-mission") if not card.private)
    author = room.session.snapshot.participants[published.author or ""].label
    personal.list.show_card(published.id)
    assert personal.publish.isChecked()
    room.perform(ChangeCards((published.id,), {"text": "Звоню бабушке"}))
    assert not personal.publish.isChecked()
    assert personal._answer.text() == (
        f"Private again: the agreement was to something else. Ask for it anew: {author}."
    )
    assert personal._answer.isVisible()
    room.session.undo()
    room.settle()
    assert room.session.snapshot.cards[published.id] == published
    assert personal.publish.isChecked()
    assert not personal._answer.isVisible()
    room.perform(ChangeCards((published.id,), {"author": None}))
    assert "nobody stands as the author" in personal._answer.text()


def test_where_nobody_is_the_author_nobody_can_agree(room: Room, page: TextsPage) -> None:
    personal = page.personal[0]
    room.perform(AddCards("personal-mission", ("Звоню матери",)))
    card = room.cards("personal-mission")[-1]
    personal.list.show_card(card.id)
    assert not personal.publish.isEnabled()
    assert not personal.name_author.isEnabled()
    personal.author.setFocus()
    room.type("5")
    room.press(ENTER)
    assert personal.name_author.isEnabled()
    personal.name_author.click()
    room.settle()
    author = room.session.snapshot.cards[card.id].author
    assert room.session.snapshot.participants[author or ""].label == "Участник 5"
    assert personal.publish.isEnabled()


def test_the_next_who_has_not_written_is_proposed_and_all_of_them_are_named(
    room: Room, page: TextsPage
) -> None:
    personal = page.personal[0]
    assert personal.written.text().startswith("2 of 12 have written one. Not yet: Участник 1, 2, 4,")
    for words, label in (("Звоню", "Участник 1"), ("Пишу", "Участник 2")):
        personal.line.setFocus()
        room.type(words)
        if label == "Участник 1":
            personal.author.author = next(iter(person.id for person in personal._people()))
        assert label in personal.author.currentText()
        personal.line.setFocus()
        room.press(ENTER)
        room.settle()
    assert "Участник 4" in personal.author.currentText()  # 3 has written already
    assert personal.written.text().startswith("4 of 12 have written one. Not yet: Участник 4, 5,")


def test_words_that_could_not_be_kept_come_back_with_their_author(
    room: Room, page: TextsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    personal = page.personal[0]
    first = personal._people()[0]
    personal.author.author = first.id
    personal.line.setFocus()
    room.type("Звоню")
    refuse_writing(room, monkeypatch)
    room.press(ENTER)
    room.settle()
    assert personal.line.lines() == ("Звоню",)
    assert personal.author.author == first.id


def test_the_page_for_an_author_holds_their_own_words_alone(room: Room, page: TextsPage) -> None:
    one, other = room.cards("personal-mission")
    text = document_of(mission_page(room.context, page.step, one)).toPlainText()
    assert one.text in text
    assert room.cards("mission")[0].text in text
    assert room.session.snapshot.participants[one.author or ""].label in text
    assert other.text not in text


def test_without_a_printer_the_page_becomes_a_pdf(
    room: Room, page: TextsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "миссия"
    monkeypatch.setattr(paper, "has_printer", lambda: False)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    personal = page.personal[0]
    assert not personal.print_button.isEnabled()
    personal.list.show_card(room.cards("personal-mission")[0].id)
    personal.print_button.click()
    assert target.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    assert str(target) in personal._answer.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    personal.print_button.click()
    assert "Nothing was written" in personal._answer.text()
