"""What becomes of keys that are enrolled: other dates, the way out when one is lost, and revoking."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facilitator.packages.verdicts import Quarantined, Refused
from tests.desktop.organizing import (
    CODE,
    Dialogs,
    Visit,
    begin,
    check,
    enrol,
    guest,
    read_request,
    roster_in,
)
from ui.desktop.organizer import acts
from ui.desktop.organizer.line_cards import LossCard, RevokeCard, ValidityCard
from ui.desktop.organizer.overview import Overview
from ui.desktop.organizer.request_card import RequestCard


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)


@pytest.fixture
def visit(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> Visit:
    """A visit with a roster that has just been begun."""
    visit = Visit(qtbot, tmp_path)
    begin(visit, dialogs)
    return visit


def test_the_dates_of_a_key_are_changed(visit: Visit, dialogs: Dialogs) -> None:
    asks = guest(visit.folder, "Алёна")
    enrol(visit, dialogs, asks)
    visit.choose_line("Алёна")
    visit.click(visit.shown(Overview).validity_button)
    card = visit.shown(ValidityCard)
    card.validity.until_on.click()
    card.validity.until.setDate(QDate(2020, 1, 1))
    visit.click(card.foot.act_button)
    with pytest.raises(Quarantined, match="key-expired"):
        check(visit, asks, f"{CODE}.g1")
    assert visit.lines()[0].endswith("по 1 января 2020|✕ срок вышел")
    assert "Передайте новую версию списка ведущему." in visit.shown(Overview).result.text
    visit.click(visit.shown(Overview).validity_button)
    card = visit.shown(ValidityCard)
    assert card.validity.until.date() == QDate(2020, 1, 1)
    card.validity.since_on.click()
    visit.click(card.foot.act_button)
    assert "Последний день раньше первого." in visit.words
    card.validity.since.setDate(QDate(2019, 12, 31))
    card.validity.until_on.click()
    visit.press(Qt.Key.Key_Return)
    check(visit, asks, f"{CODE}.g1")
    assert visit.lines()[0].endswith("с 31 декабря 2019|✓ включён")


def test_a_lost_key_gets_a_last_day_and_a_new_one_beside_it(visit: Visit, dialogs: Dialogs) -> None:
    former = guest(visit.folder, "Алёна")
    enrol(visit, dialogs, former)
    visit.choose_line("Алёна")
    visit.click(visit.shown(Overview).loss_button)
    card = visit.shown(LossCard)
    assert "С ключом ничего не пропадёт" in visit.words
    assert card.validity.until.hasFocus()
    visit.press(Qt.Key.Key_Return)
    assert "примите запрос с новым ключом" in visit.shown(Overview).result.text
    now = datetime.now(UTC)
    check(visit, former, f"{CODE}.g1", now)
    with pytest.raises(Quarantined, match="key-expired"):
        check(visit, former, f"{CODE}.g1", now + timedelta(days=9))
    again = guest(visit.folder, "Алёна, новый ключ")
    enrol(visit, dialogs, again, "Группа 1")
    check(visit, again, f"{CODE}.g1", now)
    check(visit, former, f"{CODE}.g1", now)
    assert len([line for line in visit.lines() if line.startswith("1. ")]) == 2


def test_a_key_is_revoked_only_after_it_was_said_what_that_means(visit: Visit, dialogs: Dialogs) -> None:
    asks = guest(visit.folder, "Алёна")
    enrol(visit, dialogs, asks)
    visit.choose_line("Алёна")
    visit.click(visit.shown(Overview).loss_button)
    visit.click(visit.shown(LossCard).revoke_button)
    card = visit.shown(RevokeCard)
    assert "С этой версии не примут ничего, что подписано этим ключом" in visit.words
    assert card.foot.leave_button.hasFocus()
    visit.press(Qt.Key.Key_Return)
    assert roster_in(visit.roster).roster.version == 2
    visit.click(visit.shown(Overview).revoke_button)
    visit.click(visit.shown(RevokeCard).foot.act_button)
    with pytest.raises(Refused, match="key-revoked"):
        check(visit, asks, f"{CODE}.g1")
    assert visit.lines()[0].endswith("✕ отозван")
    overview = visit.shown(Overview)
    assert "пакеты отозванного ключа не принимаются" in overview.result.text
    assert not any(each.isEnabled() for each in (overview.validity_button, overview.revoke_button))
    card = read_request(visit, dialogs, asks.request)
    assert "Этот ключ отозван навсегда." in visit.words
    assert not card.foot.act_button.isEnabled()


def test_ones_own_key_is_not_to_be_revoked(visit: Visit) -> None:
    overview = visit.shown(Overview)
    overview.table.setFocus()
    for _ in range(6):
        visit.press(Qt.Key.Key_Down)
    assert overview.table.line == visit.page.office.roster.lines[-1]
    assert not overview.revoke_button.isEnabled()
    assert not overview.assign_button.isEnabled()
    assert not overview.validity_button.isEnabled()


def test_a_mistake_of_the_program_leaves_the_card_usable(
    visit: Visit, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a mistake")

    card = read_request(visit, dialogs, guest(visit.folder, "Алёна").request)
    monkeypatch.setattr(acts, "enrol", fail)
    with visit.qtbot.waitSignal(visit.page.bug):
        visit.qtbot.mouseClick(card.foot.act_button, Qt.MouseButton.LeftButton)
    assert card.foot.act_button.isEnabled()


def test_nothing_is_left_while_something_is_being_signed(visit: Visit, dialogs: Dialogs) -> None:
    card = read_request(visit, dialogs, guest(visit.folder, "Алёна").request)
    card.foot.act_button.click()
    assert not card.foot.act_button.isEnabled()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert visit.shown(RequestCard) is card
    card.act()
    visit.settle()
    visit.shown(Overview)
    assert roster_in(visit.roster).roster.version == 2
