"""Every part of the organizer's page can be reached by key, in the order one reads, and says what it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.organizing import SECRET, Dialogs, Visit, begin, enrol, guest, new_roster, read_request
from ui.desktop.organizer.overview import Overview
from ui.desktop.organizer.start_card import StartCard

SAME_ROW = 12
SMALL = (683, 384)
"""What a screen of 1366×768 has at 200 %."""


@pytest.fixture
def visit(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A visit with a roster in which one group has somebody; the key has to be unlocked again."""
    dialogs = Dialogs(monkeypatch)
    visit = Visit(qtbot, tmp_path, passphrase=SECRET)
    begin(visit, dialogs)
    enrol(visit, dialogs, guest(tmp_path, "Алёна"))
    visit.page.close()
    return Visit(qtbot, tmp_path)


def reachable(page: QWidget) -> list[QWidget]:
    """Return what Tab leads to, in that order."""

    def along() -> Iterator[QWidget]:
        widget = page.nextInFocusChain()
        while widget is not page:
            yield widget
            widget = widget.nextInFocusChain()

    return [
        each
        for each in along()
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(each.parent(), QAbstractSpinBox | QComboBox)
        and not each.focusProxy()
    ]


def check_reach(page: QWidget) -> None:
    found = reachable(page)
    assert found
    for each in found:
        assert each.accessibleName() or each.text(), each  # type: ignore[attr-defined]
    places = [each.mapTo(page, QPoint()) for each in found]
    for former, latter, widget in zip(places, places[1:], found[1:], strict=False):
        below = latter.y() > former.y() + SAME_ROW
        beside = abs(latter.y() - former.y()) <= SAME_ROW and latter.x() > former.x()
        assert below or beside, f"Tab goes back up to {widget.accessibleName()}"


def check_width(page: QWidget) -> None:
    """Check that nothing sticks out to the side where there is little room."""
    area = page.findChild(QScrollArea)
    assert area is not None
    assert area.horizontalScrollBar().maximum() == 0


def ways(visit: Visit, dialogs: Dialogs) -> Iterator[QWidget]:
    """Go through all that the page can show."""
    yield visit.shown(StartCard)
    card = new_roster(visit)
    visit.click(card.groups.rows[2].remove)
    visit.click(card.groups.add_button)
    yield card
    card.leave()
    visit.settle()
    visit.click(visit.shown(StartCard).open_buttons[0])
    overview = visit.shown(Overview)
    yield overview
    acts: list[Callable[[], None]] = [
        overview.request_button.click,
        overview.assign_all_button.click,
        overview.recipients_button.click,
        overview.assign_button.click,
        overview.validity_button.click,
        overview.loss_button.click,
        overview.revoke_button.click,
    ]
    for act in acts:
        act()
        shown = visit.page.stack.currentWidget()
        assert shown is not overview
        yield shown
        visit.press(Qt.Key.Key_Escape)
    card = read_request(visit, dialogs, guest(visit.folder, "Борис").request)
    yield card


def test_tab_goes_in_the_order_one_reads_and_all_have_names(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shown in ways(visit, Dialogs(monkeypatch)):
        check_reach(shown)


def test_the_page_follows_the_line_that_is_chosen(visit: Visit) -> None:
    visit.page.resize(*SMALL)
    visit.press(Qt.Key.Key_Return)
    table = visit.shown(Overview).table
    table.setFocus()
    for _ in range(table.rowCount()):
        visit.press(Qt.Key.Key_Down)
        assert table.visibleRegion().boundingRect().contains(table.line_place())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_nothing_sticks_out_at_twice_the_size(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    visit.page.close()
    visit = Visit(visit.qtbot, visit.folder, language=language)
    visit.page.resize(*SMALL)
    for shown in ways(visit, Dialogs(monkeypatch)):
        visit.settle()
        check_width(shown)
