"""Help: the same in both languages, opened where the keyboard is, and never a way into the network."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facilitator.paths import resource
from facilitator.texts import LANGUAGES
from tests.desktop.window import Desk
from ui.desktop.guide.practice import ACTS
from ui.desktop.help.history import History, Stop
from ui.desktop.help.place import topic_near
from ui.desktop.help.topics import TOPICS, find, load_topics, marks, topic_of_link
from ui.desktop.help.window import ACT, HelpWindow
from ui.desktop.steps.collect import CollectPage

ALT = Qt.KeyboardModifier.AltModifier


# The offscreen plugin has neither a front nor size hints, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_there_and_no_other(language: str) -> None:
    files = {path.stem for path in resource("help", language).iterdir()}
    assert files == set(TOPICS)
    topics = load_topics(language)
    assert list(topics) == list(TOPICS)
    assert all(topic.title and topic.text.startswith(f"# {topic.title}\n") for topic in topics.values())
    assert len({topic.title for topic in topics.values()}) == len(TOPICS)


@pytest.mark.parametrize("name", TOPICS)
def test_both_languages_have_the_same_headings_links_and_keys(name: str) -> None:
    ru, en = (load_topics(language)[name].text for language in ("ru", "en"))
    for pattern in (r"^#+(?= )", r"\]\(([^)]*)\)", r"`([^`]*)`", r"^\|", r"^\d\."):
        found = [sorted(re.findall(pattern, text, re.M)) for text in (ru, en)]
        translated = [["Space" if each == "Пробел" else each for each in side] for side in found]
        assert translated[0] == sorted(translated[1]), pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_topic_or_an_act(language: str) -> None:
    for topic in load_topics(language).values():
        for link in re.findall(r"\]\(([^)]*)\)", topic.text):
            assert topic_of_link(link) or link.removeprefix(ACT) in ACTS, f"{topic.id}: {link}"
        assert "http" not in topic.text


def test_a_word_is_found_with_another_ending_case_and_without_the_dots_of_yo() -> None:
    topics = load_topics("ru").values()
    assert find(topics, "кластерами")[0].id == "clusters"
    assert find(topics, "ПРОЕКТОР")[0].id == "projector"
    assert "chain" in {topic.id for topic in find(topics, "ее")}
    assert find(topics, "эскадрилья") == []
    assert list(find(topics, " ")) == list(topics)


def test_where_the_words_stand_is_marked() -> None:
    assert marks("Кластер и кластеры", "кластеры") == [(0, 6), (10, 6)]
    assert marks("Кластер", "") == []


def test_the_way_back_remembers_how_far_one_had_read() -> None:
    history = History(Stop("entry"))
    history.visit("dots", 40)
    history.visit("dots", 7)
    assert history.back(3)
    assert history.here == Stop("entry", 40)
    assert not history.back(0)
    assert history.forth(41)
    assert history.here == Stop("dots", 3)
    history.back(0)
    history.visit("chain", 0)
    assert not history.forth(0)


def open_help(desk: Desk) -> HelpWindow:
    desk.window.activateWindow()
    desk.wait(desk.window.isActiveWindow)
    desk.press(Qt.Key.Key_F1)
    assert desk.window.help.shown is not None
    return desk.window.help.shown


def test_f1_opens_the_topic_of_where_the_keyboard_is(desk: Desk) -> None:
    assert open_help(desk).topic == "first-minutes"
    workspace = desk.open_practice()
    for place, topic in (
        ("step:present", "entry"),
        ("step:mission", "mission"),
        ("step:image", "image"),
        ("step:effects", "effects"),
        ("step:roadmap", "roadmap"),
        ("people", "people"),
        ("handover", "day-end"),
        ("copies", "copies"),
    ):
        workspace.go_to(place)
        assert topic_near(workspace._centre) == topic, place
    workspace.go_to("step:present")
    workspace.focus_entry()
    page = workspace.step_pages["present"]
    assert isinstance(page, CollectPage)
    for number, topic in enumerate(("entry", "clusters", "dots")):
        page.tabs.setCurrentIndex(number)
        page.focus_entry()
        assert open_help(desk).topic == topic
    assert topic_near(workspace.chain_panel) == "chain"
    assert topic_near(workspace.header.undo_button) in TOPICS


def test_every_page_of_the_window_has_a_topic_that_is_there(desk: Desk) -> None:
    window, desks = desk.window, desk.window.desks
    for show in (
        window.show_home,
        window.show_settings,
        window.show_new_group,
        desks.show_identity,
        desks.show_organizer,
        desks.show_lead,
    ):
        show()
        assert desks.page is not None
        assert topic_near(desks.page) in TOPICS, show
    workspace = desk.open_practice()
    for key in workspace.steps_panel._items:
        workspace.go_to(key)
        assert topic_near(workspace._centre) in TOPICS, key
    named = {str(each.property("help")) for each in window.findChildren(QWidget) if each.property("help")}
    assert named <= set(TOPICS)


def test_help_stays_where_it_is_when_asked_again(desk: Desk) -> None:
    help_window = open_help(desk)
    help_window.resize(500, 300)
    bar = help_window.page.verticalScrollBar()
    bar.setValue(60)
    desk.press(Qt.Key.Key_F1, on=help_window.page)
    assert (help_window.topic, bar.value()) == ("first-minutes", 60)
    desk.window.help.show_topic("first-minutes")
    assert bar.value() == 60
    desk.press(Qt.Key.Key_Escape, on=help_window.page)
    assert not help_window.isVisible()
    assert open_help(desk) is help_window


def test_the_keyboard_alone_reads_help(desk: Desk) -> None:
    help_window = open_help(desk)
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, on=help_window.page)
    assert QApplication.focusWidget() is help_window.search
    desk.type("таймер")
    assert help_window.topic == "first-minutes"
    assert help_window.page.extraSelections()
    desk.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is help_window.contents
    desk.press(Qt.Key.Key_Home)
    assert help_window.topic == "round"
    desk.press(Qt.Key.Key_Left, ALT)
    assert help_window.topic == "first-minutes"
    desk.press(Qt.Key.Key_Right, ALT)
    assert help_window.topic == "round"
    help_window.search.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert help_window.isVisible()
    assert help_window.contents.count() == len(TOPICS)
    desk.type("эскадрилья")
    assert help_window.contents.count() == 0
    desk.press(Qt.Key.Key_Return)
    assert help_window.topic == "round"
    help_window.search.setText("копия")
    desk.press(Qt.Key.Key_Return)
    assert help_window.topic == "copies"
    assert QApplication.focusWidget() is help_window.page


def test_links_lead_to_topics_and_nowhere_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    help_window = open_help(desk)
    page = help_window.page
    page.moveCursor(QTextCursor.MoveOperation.Start)
    asked: list[str] = []
    desk.window.help.act_asked.connect(asked.append)
    desk.window.help.act_asked.disconnect(desk.window.practice.carry_out)
    desk.press(Qt.Key.Key_Tab, on=page)
    desk.press(Qt.Key.Key_Return, on=page)
    assert asked == ["practice"]
    for stranger in ("https://example.org/", "file:///etc/passwd", "strange.md"):
        help_window.follow(QUrl(stranger))
        assert help_window.topic == "first-minutes"
    help_window.follow(QUrl("keys.md"))
    assert help_window.topic == "keys"
    assert not opened


def test_help_speaks_the_language_of_the_window(desk: Desk) -> None:
    assert open_help(desk).windowTitle() == "Справка"
    desk.window.desks.language_chosen.emit("en")
    assert desk.window.help.shown is None
    assert open_help(desk).windowTitle() == "Help"


def test_help_is_offered_on_the_start_page_and_in_the_menu(desk: Desk) -> None:
    desk.window.start_page.help_asked.emit()
    assert desk.window.help.shown is not None
    desk.window.help.shown.close()
    workspace = desk.open_practice()
    (entry,) = [
        action
        for action in workspace.header._more.menu().actions()
        if action.text().startswith("Открыть справку")
    ]
    assert entry.text().endswith("F1")
    entry.trigger()
    assert desk.window.help.shown.isVisible()


def test_all_in_help_is_reachable_where_everything_is_twice_as_large(desk: Desk) -> None:
    help_window = open_help(desk)
    help_window.resize(683, 384)
    QApplication.processEvents()
    for each in (help_window.search, help_window.contents, help_window.page, help_window.back_button):
        assert each.isVisible()
        assert each.accessibleName()
        assert help_window.rect().contains(each.geometry().translated(each.parentWidget().pos()).center())
    assert help_window.page.horizontalScrollBar().maximum() == 0


def test_the_keys_in_help_are_those_of_the_window(desk: Desk) -> None:
    """Every key that works in more than one field stands in the table of all keys."""
    workspace = desk.open_practice()
    for place in workspace.steps_panel._items:
        workspace.go_to(place)
    pressed = [action.shortcut() for action in desk.window.actions()]
    pressed += [each.key() for each in desk.window.findChildren(QShortcut)]
    here = {_as_told(keys.toString()) for keys in pressed if not keys.isEmpty()}
    for language in LANGUAGES:
        told = set(re.findall(r"`([^`]+)`", load_topics(language)["keys"].text))
        assert here <= told, here - told


def _as_told(keys: str) -> str:
    """Return keys as people read them."""
    for name, said in (("Return", "Enter"), ("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        keys = keys.replace(name, said)
    return keys
