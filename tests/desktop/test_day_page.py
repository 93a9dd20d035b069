"""The end of a day: one page, in order, worked from the keyboard, closed only after a look at the gaps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from facilitator.domain.records import timestamp
from facilitator.script.kinds import OpenPoint
from facilitator.script.kinds.kind import points
from facilitator.services.commands import AddCards, RemoveCards, SetStepState, WriteText
from tests.desktop.sheets import Room
from ui.desktop.day_page import DayPage
from ui.desktop.day_words import open_words, point_words
from ui.desktop.printing import paper
from ui.desktop.printing.day_summary import day_summary
from ui.desktop.printing.paper import document_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTER = Qt.Key.Key_Return


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(qtbot, tmp_path)
    yield room
    room.leave()


@pytest.fixture
def page(room: Room) -> DayPage:
    page = DayPage(room.context)
    room.show(page)
    page.focus_entry()
    room.settle()
    return page


def test_a_day_is_not_closed_before_a_look_at_the_gaps(room: Room, page: DayPage) -> None:
    assert not page.close_part.button.isEnabled()
    assert page.close_part.state.text() == "First look at the gaps in the chain: point 2."
    assert page.gaps.state.text() == "3 gaps in the chain, not looked at yet"
    page.gaps.button.click()
    assert page.gap_list.isVisible()
    assert page.gaps.done
    assert page.close_part.button.isEnabled()


def test_looking_at_the_chain_itself_counts(room: Room, page: DayPage) -> None:
    page.gaps_looked_at()
    seen = room.session.room.day_end(1).gaps_seen
    page.gaps_looked_at()
    room.settle()
    assert seen is not None
    assert room.session.room.day_end(1).gaps_seen == seen
    assert page.close_part.button.isEnabled()


def test_enter_goes_down_the_list_and_closes_the_day(
    room: Room, page: DayPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "has_printer", lambda: False)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "day.pdf"), ""))
    room.perform(SetStepState("present", "running"))
    steps: list[str] = []
    handed: list[bool] = []
    page.step_asked.connect(steps.append)
    page.handover_asked.connect(lambda: handed.append(True))
    page.focus_entry()
    for part in (page.gaps, page.voices, page.copy, page.package, page.summary, page.close_part):
        assert part.button.hasFocus()
        room.press(ENTER)
        room.settle()
    assert steps == ["present"]  # where the round is led
    assert handed == [True]
    assert page.copy.done
    assert page.copy.state.text().startswith("Made at")
    assert (tmp_path / "day.pdf").exists()
    assert page.summary.done
    assert room.session.room.day_end(1).closed is not None
    assert "Tomorrow: step 7" in page.close_part.state.text()


def test_undo_opens_the_day_again_and_so_does_the_button(room: Room, page: DayPage) -> None:
    page.gaps_looked_at()
    for by_button in (False, True):
        page.close_part.button.click()
        room.settle()
        assert page.close_part.done
        if by_button:
            page.close_part.button.click()
        else:
            room.session.undo()
        room.settle()
        assert room.session.room.day_end(1).closed is None
        assert page.close_part.button.text() == "Close day 1"
        assert page.copy.done is False
    page.close_part.button.click()
    room.settle()
    room.perform(AddCards("rule", ("Поздняя карточка",)))
    page.close_part.button.click()
    room.settle()
    assert room.session.room.day_end(1).closed is None
    assert room.cards("rule")[-1].text == "Поздняя карточка"


def test_the_second_day_comes_when_it_has_begun(room: Room, page: DayPage) -> None:
    page.gaps_looked_at()
    page.close_part.button.click()
    room.settle()
    assert page.day == 1
    page.hide()
    room.perform(SetStepState("effects", "running"))
    page.show()
    room.settle()
    assert page.day == 2
    assert not page.close_part.button.isEnabled()
    page.gaps_looked_at()
    room.settle()
    page.close_part.button.click()
    room.settle()
    assert "This was the last day" in page.close_part.state.text()
    page.day_buttons.button(1).click()
    assert page.close_part.done
    assert DayPage(room.context).day == 2


def test_what_is_missing_leads_to_its_step(room: Room, page: DayPage) -> None:
    assert page.missing.done
    room.perform(RemoveCards(tuple(card.id for card in room.cards("rule"))))
    room.perform(WriteText("mission", ""))
    assert page.missing.state.text() == "2 steps are not complete"
    asked: list[str] = []
    page.step_asked.connect(asked.append)
    assert page.step_buttons["mission"].text() == "4. Миссия и личная миссия: the text is not written"
    page.step_buttons["rules"].click()
    page.missing.button.click()
    assert asked == ["rules", "mission"]
    room.session.undo()
    room.session.undo()
    room.settle()
    assert page.step_buttons["rules"].isHidden()


def test_a_gap_leads_to_its_card(room: Room, page: DayPage) -> None:
    page.gaps.button.click()
    asked: list[str] = []
    page.card_asked.connect(asked.append)
    row = next(row for row, line in enumerate(page.gap_model.lines) if line.card)
    page.gap_list.setCurrentIndex(page.gap_model.index(row))
    page.gap_list.setFocus()
    room.press(ENTER)
    assert asked == [page.gap_model.lines[row].card]
    page.gaps.button.click()
    assert not page.gap_list.isVisible()
    assert page.gaps.done


def test_arrows_go_up_and_down_the_buttons(room: Room, page: DayPage) -> None:
    page.copy.button.setFocus()
    room.press(Qt.Key.Key_Down)
    assert page.package.button.hasFocus()
    room.press(Qt.Key.Key_Up)
    assert page.copy.button.hasFocus()


def test_who_is_not_here_is_not_waited_for(room: Room, page: DayPage) -> None:
    quiet = page.voices.state.text()
    assert quiet.startswith("Участник ")
    presence = room.session.room.presence(1)
    speakers = [card.author for card in room.cards("present-norm") if card.author]
    room.session.keep(presence.check_in(speakers, timestamp(datetime.now(UTC))))
    room.settle()
    assert page.voices.done
    assert not page.voices.button.isEnabled()


def test_a_copy_grows_old_with_the_next_act(room: Room, page: DayPage) -> None:
    page.copy.button.click()
    room.settle()
    assert page.copy.done
    safe = page._safe
    assert safe.acted is not None
    assert not safe._replace(acted=safe.acted.replace(year=9999)).holds(safe.copied)
    page._show_safe(safe._replace(acted=safe.acted.replace(year=9999)))
    assert page.copy.state.text() == "Older than the last act"


def test_every_open_point_has_words(room: Room) -> None:
    texts = ("text-missing", "text-repeated", "sources-missing", "too-few-sentences", "too-many-sentences")
    codes = (*texts, "no-statements", "columns-empty", "no-actions", "rows-open", "cells-unlinked")
    steps = room.session.script.steps
    said = {point_words(room.context, step, OpenPoint(code, 2)) for code in codes for step in steps}
    assert len(said) >= len(codes)
    assert not any("{" in words for words in said)
    assert points(("rows-open", 0)) == ()
    assert not open_words(room.context, steps[0])


def test_the_summary_names_nobody_but_the_moderator(room: Room) -> None:
    text = document_of(day_summary(room.context, 1)).toPlainText()
    assert room.session.snapshot.group.moderator in text
    assert room.cards("mission")[0].text in text
    assert "12 of 12 here" in text
    private = next(card for card in room.cards("personal-mission") if card.private)
    assert private.text not in text
    assert "Участник" not in text


def test_tab_goes_down_the_page(room: Room, page: DayPage) -> None:
    room.perform(WriteText("mission", ""))
    page.gaps.button.click()
    stops = [page.missing.button, page.step_buttons["mission"], page.gaps.button, page.gap_list, page._chain]
    stops += [page.voices.button, page.copy.button, page.package.button, page.summary.button]
    stops[0].setFocus()
    for stop in stops:
        assert stop.hasFocus()
        room.press(Qt.Key.Key_Tab)
    assert page.close_part.button.hasFocus()


@pytest.mark.parametrize("agreed", [True, False])
def test_a_printer_is_asked_for_in_its_own_dialog(
    room: Room, page: DayPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    target = tmp_path / "printed.pdf"

    def answer(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(target))
        return int(agreed)

    monkeypatch.setattr(paper, "has_printer", lambda: True)
    monkeypatch.setattr(QPrintDialog, "exec", answer)
    page.summary.button.click()
    assert page.summary.done == agreed
    assert target.exists() == agreed
