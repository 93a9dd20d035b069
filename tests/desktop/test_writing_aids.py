"""Help with writing in the real window: words that no dictionary has, abbreviations, what is on the board."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from facilitator.services.abbreviations import Abbreviations
from tests.desktop.window import CONTROL, PLAIN, SHIFT, Desk
from ui.desktop.settings_page import SettingsPage
from ui.desktop.steps.collect import CollectPage
from ui.desktop.steps.entry_mode import EntryMode
from ui.desktop.widgets.near_cards import emphasised
from ui.desktop.widgets.spelling import SpellingHelp
from ui.desktop.writing_aids import WritingAids


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path, spelling=True)
    desk.open_practice()
    desk.workspace.go_to("step:rules")
    desk.workspace.focus_entry()
    yield desk
    desk.leave()


def entry(desk: Desk) -> EntryMode:
    page = desk.workspace.step_pages["rules"]
    assert isinstance(page, CollectPage)
    return page.entry


def aids(desk: Desk) -> WritingAids:
    return desk.workspace._context.aids


def waves(field: QPlainTextEdit) -> list[str]:
    """The words that are marked in a field's first line."""
    block = field.document().firstBlock()
    return [block.text()[each.start : each.start + each.length] for each in block.layout().formats()]


def menu_of(desk: Desk) -> QMenu:
    menus: list[QMenu] = []

    def opened() -> bool:
        menus[:] = [menu for menu in entry(desk).line.findChildren(QMenu) if menu.isVisible()]
        return bool(menus)

    desk.wait(opened)
    return menus[0]


def choose(desk: Desk, words: str, of: QPlainTextEdit | None = None) -> None:
    """Choose from the menu that is open, or about to be."""
    menus: list[QMenu] = []

    def opened() -> bool:
        menus[:] = [menu for menu in (of or entry(desk).line).findChildren(QMenu) if menu.isVisible()]
        return bool(menus)

    desk.wait(opened)
    next(action for action in menus[0].actions() if action.text() == words).trigger()
    menus[0].close()


def right_click(field: QPlainTextEdit, position: int) -> bool:
    """Click a place of a field with the right button; return whether the spelling help took it."""
    cursor = field.textCursor()
    cursor.setPosition(position)
    place = field.cursorRect(cursor).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, field.mapToGlobal(place))
    help_ = next(each for each in field.children() if isinstance(each, SpellingHelp))
    return help_.eventFilter(field, event)


def test_a_slip_gets_a_wave_once_the_word_is_finished_and_nothing_is_changed(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("Семье нужна помошь")
    desk.wait(lambda: bool(aids(desk).doubtful("помошь")))
    assert waves(line) == []
    desk.type(" сегодня, СЗФО ")
    desk.wait(lambda: waves(line) == ["помошь"])
    assert line.toPlainText() == "Семье нужна помошь сегодня, СЗФО "


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_key_leads_to_the_word_and_offers_what_may_have_been_meant(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("Семье нужна помошь сегодня ")
    desk.wait(lambda: waves(line) == ["помошь"])
    desk.press(Qt.Key.Key_F7, SHIFT)
    menu = menu_of(desk)
    assert line.textCursor().selectedText() == "помошь"
    choices = {action.text(): action for action in menu.actions()}
    choices["помощь"].trigger()
    menu.close()
    assert line.toPlainText() == "Семье нужна помощь сегодня "
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert line.toPlainText() == "Семье нужна помошь сегодня "


def test_a_word_is_learned_on_this_computer(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("Вайфай рядом ")
    desk.wait(lambda: waves(line) == ["Вайфай"])
    aids(desk).learn("Вайфай")
    desk.type("и вайфаем тоже ")
    desk.wait(lambda: not aids(desk)._asked and waves(line) == [])
    assert desk.home.learned_words_path.read_text("utf-8") == "Вайфай\n"


def test_checking_is_switched_off_and_on_with_one_click(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("помошь нужна ")
    desk.wait(lambda: waves(line) == ["помошь"])
    entry(desk).switches.checking.click()
    desk.wait(lambda: waves(line) == [])
    assert desk.home.settings()["spelling"] == "off"
    entry(desk).switches.checking.click()
    desk.wait(lambda: waves(line) == ["помошь"])


def test_abbreviations_change_nothing_until_there_are_any(desk: Desk) -> None:
    desk.type("Соцобс рядом ")
    assert entry(desk).line.toPlainText() == "Соцобс рядом "
    assert not entry(desk).switches.expanding.isVisible()


def test_an_abbreviation_is_expanded_on_typing_and_taken_back(desk: Desk) -> None:
    aids(desk).set_abbreviations(Abbreviations({"соцобс": "социальное обслуживание"}, on=True))
    line = entry(desk).line
    desk.type("Соцобс, наше соцобс")
    assert line.toPlainText() == "Социальное обслуживание, наше соцобс"
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.cards("rule")[-1].text == "Социальное обслуживание, наше социальное обслуживание"
    assert entry(desk).switches.expanding.isVisible()
    entry(desk).switches.expanding.click()
    desk.type("соцобс ")
    assert line.toPlainText() == "соцобс "


@pytest.mark.parametrize(("key", "modifiers"), [(Qt.Key.Key_Backspace, PLAIN), (Qt.Key.Key_Z, CONTROL)])
def test_an_expansion_is_taken_back_right_after(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    aids(desk).set_abbreviations(Abbreviations({"соцобс": "социальное обслуживание"}, on=True))
    line = entry(desk).line
    desk.type("Наше «соцобс ")
    assert line.toPlainText() == "Наше «социальное обслуживание "
    desk.press(key, modifiers)
    assert line.toPlainText() == "Наше «соцобс "
    desk.type("и соцобс-")
    assert line.toPlainText() == "Наше «соцобс и соцобс-"
    desk.press(Qt.Key.Key_Backspace)
    assert line.toPlainText() == "Наше «соцобс и соцобс"


def test_backspace_elsewhere_is_only_backspace(desk: Desk) -> None:
    aids(desk).set_abbreviations(Abbreviations({"мр": "район"}, on=True))
    line = entry(desk).line
    desk.type("мр ")
    line.moveCursor(line.textCursor().MoveOperation.Start)
    desk.press(Qt.Key.Key_Backspace)
    assert line.toPlainText() == "район "
    line.selectAll()
    desk.type("мр!")
    assert line.toPlainText() == "район!"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_word_is_left_alone_in_this_group_and_marked_in_another(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("Вайфай рядом ")
    desk.wait(lambda: waves(line) == ["Вайфай"])
    desk.press(Qt.Key.Key_F7, SHIFT)
    choose(desk, "Не отмечать в этой группе")
    desk.wait(lambda: waves(line) == [])
    desk.settle()
    assert desk.session.room.own_words().words == ("вайфай",)
    assert not desk.home.learned_words_path.exists()
    assert aids(desk).doubtful("вайфай рядом") or aids(desk).doubtful("Вайфай рядом")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_right_button_offers_on_a_marked_word_alone(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("помошь рядом ")
    desk.wait(lambda: waves(line) == ["помошь"])
    right_click(line, 2)
    choose(desk, "помощь")
    assert line.toPlainText() == "помощь рядом "
    assert not right_click(line, 2)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_where_nothing_is_like_it_the_menu_says_so_and_what_changes_meanwhile_opens_none(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("щзхъщзхъ рядом ")
    desk.wait(lambda: waves(line) == ["щзхъщзхъ"])
    desk.press(Qt.Key.Key_F7, SHIFT)
    menu = menu_of(desk)
    assert not menu.actions()[0].isEnabled()
    menu.close()
    desk.press(Qt.Key.Key_F7, SHIFT)
    line.clear()
    desk.wait(lambda: aids(desk).idle)
    assert not [menu for menu in line.findChildren(QMenu) if menu.isVisible()]


def test_the_word_under_the_cursor_has_no_wave_until_it_is_left(desk: Desk) -> None:
    line = entry(desk).line
    desk.type("помошь рядом ")
    desk.wait(lambda: waves(line) == ["помошь"])
    line.moveCursor(line.textCursor().MoveOperation.Start)
    desk.press(Qt.Key.Key_Right)
    desk.wait(lambda: waves(line) == [])
    entry(desk).author.setFocus()
    desk.wait(lambda: waves(line) == ["помошь"])


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_card_that_is_edited_in_its_place_is_helped_too(desk: Desk) -> None:
    aids(desk).set_abbreviations(Abbreviations({"мр": "район"}, on=True))
    desk.press(Qt.Key.Key_Up)
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    assert field is not entry(desk).line
    field.clear()
    desk.type("помошь мр ")
    assert field.toPlainText() == "помошь район "
    desk.wait(lambda: waves(field) == ["помошь"])
    desk.press(Qt.Key.Key_F7, SHIFT)
    choose(desk, "помощь", of=field)
    assert field.toPlainText() == "помощь район "
    desk.press(Qt.Key.Key_Escape)


def test_a_dictionary_that_cannot_be_read_is_noted_once_and_typing_goes_on(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise ValueError("PFX in the affix file")

    monkeypatch.setattr("facilitator.services.spelling.read_dictionary", broken)
    with qtbot.capture_exceptions() as mistakes:
        desk.type("помошь рядом ")
        desk.wait(lambda: bool(mistakes))
        desk.type("и помошь далеко ")
    assert len(mistakes) == 1
    assert not entry(desk).switches.checking.isChecked()
    assert desk.home.settings()["spelling"] == "on"
    assert entry(desk).line.toPlainText() == "помошь рядом и помошь далеко "
    assert waves(entry(desk).line) == []


def test_the_list_is_edited_in_the_settings_and_a_line_that_is_none_is_named(desk: Desk) -> None:
    desk.window.show_settings()
    page = desk.window.desks.page
    assert isinstance(page, SettingsPage)
    page.abbreviations.lines.setPlainText("мр = муниципальный район\nпросто слова")
    desk.wait(lambda: "2" in page.abbreviations.problem.text())
    assert page.switches.expanding.isVisible()
    assert aids(desk).abbreviations == Abbreviations({"мр": "муниципальный район"}, on=True)
    page.switches.expanding.click()
    page.abbreviations.lines.appendPlainText("соцобс = социальное обслуживание")
    desk.window.show_home()
    assert tuple(aids(desk).abbreviations.words) == ("мр", "соцобс")
    assert not aids(desk).abbreviations.on


def test_what_is_on_the_board_already_is_shown_beside_the_line_and_can_be_gone_to(desk: Desk) -> None:
    near = entry(desk).near
    rule = desk.cards("rule")[0]
    desk.type(rule.text[: len(rule.text) * 2 // 3])
    desk.wait(lambda: near.isVisible())
    assert near.cards[0] == rule.id
    typed = entry(desk).line.toPlainText()
    assert entry(desk).line.hasFocus()
    desk.press(Qt.Key.Key_Down, CONTROL)
    assert near.list.hasFocus()
    assert near.list.currentItem().text() == rule.text
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Up):
        desk.press(key)
        assert entry(desk).line.hasFocus()
        desk.press(Qt.Key.Key_Down, CONTROL)
    desk.press(Qt.Key.Key_Return)
    assert entry(desk).list.current == rule
    assert entry(desk).list.hasFocus()
    assert entry(desk).line.toPlainText() == typed
    assert not near.isVisible()


def test_what_is_near_goes_with_what_is_typed_and_moves_nothing(desk: Desk) -> None:
    near, rule = entry(desk).near, desk.cards("rule")[0]
    line, cards = entry(desk).line, entry(desk).list
    before = cards.height() + line.height()  # a line that grows takes from the list
    desk.type(rule.text)
    desk.wait(lambda: near.isVisible())
    assert cards.height() + line.height() == before
    strong = near.list.item(0).data(Qt.ItemDataRole.UserRole + 1)
    words = {strong.text[start:end] for start, end in strong.places}
    assert words <= set(re.findall(r"\w+", rule.text))
    assert len(words) > 2
    near.enter()
    entry(desk).line.clear()
    assert not near.isVisible()
    assert entry(desk).line.hasFocus()


@pytest.mark.parametrize(
    ("text", "places", "shown", "strong"),
    [
        ("Врач\nи дом", ((0, 4), (7, 10)), "≈ Врач и дом", ["Врач", "дом"]),
        ("Один", (), "≈ Один", []),
        (
            "Очень длинное начало говорит не о том врач",
            ((38, 42),),
            "≈ …начало говорит не о том врач",
            ["врач"],
        ),
    ],
)
def test_a_line_begins_near_the_first_word_that_both_have(
    text: str, places: tuple[tuple[int, int], ...], shown: str, strong: list[str]
) -> None:
    made = emphasised(text, places)
    assert made.text == shown
    assert [made.text[start:end] for start, end in made.places] == strong


def test_what_is_new_shows_nothing(desk: Desk) -> None:
    desk.type("Оркестр из бубнов играет по пятницам ")
    desk.qtbot.wait(600)
    assert not entry(desk).near.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_answer_that_comes_after_its_field_has_gone_is_passed_over(desk: Desk) -> None:
    desk.type("помошь рядом ")
    desk.wait(lambda: waves(entry(desk).line) == ["помошь"])
    helper = next(each for each in entry(desk).line.children() if isinstance(each, SpellingHelp))
    near = entry(desk).near
    near._look()
    helper.go_to_next()
    other, help_there = QPlainTextEdit("помошь"), aids(desk)
    gone = SpellingHelp(other, desk.workspace._context)
    gone.go_to_next()
    other.deleteLater()
    near.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    desk.wait(lambda: help_there.idle)
    menu_of(desk).close()
