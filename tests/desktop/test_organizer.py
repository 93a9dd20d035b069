"""An organizer begins a roster, enrols who asks, and says when a key no longer counts."""

import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from facilitator.packages.sshsig import ROSTER_NAMESPACE
from facilitator.packages.verdicts import Quarantined, Refused
from tests.desktop.organizing import (
    CODE,
    DISTRICT,
    SECRET,
    Dialogs,
    Visit,
    begin,
    check,
    enrol,
    guest,
    new_roster,
    read_request,
    roster_in,
)
from tests.desktop.window import Desk
from ui.desktop.identity_page import IdentityPage
from ui.desktop.organizer.intake_card import IntakeCard
from ui.desktop.organizer.new_roster_card import NewRosterCard
from ui.desktop.organizer.overview import Overview
from ui.desktop.organizer.page import OrganizerPage
from ui.desktop.organizer.recipients_card import RecipientsCard
from ui.desktop.organizer.request_card import RequestCard
from ui.desktop.organizer.start_card import StartCard

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)


@pytest.fixture
def visit(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> Visit:
    """A visit with a roster that has just been begun."""
    visit = Visit(qtbot, tmp_path)
    begin(visit, dialogs)
    return visit


# The roster


def test_without_a_key_the_way_to_one_is_shown_and_nothing_else(qtbot: QtBot, tmp_path: Path) -> None:
    visit = Visit(qtbot, tmp_path, key=False)
    start = visit.shown(StartCard)
    assert "Список подписывают ключом этого компьютера, а его ещё нет." in visit.words
    assert not start.new_button.isVisible()
    with qtbot.waitSignal(visit.page.identity_asked):
        visit.press(Qt.Key.Key_Return)


def test_the_way_to_a_key_leads_to_its_page(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, tmp_path)
    desk.window.start_page.organizer_asked.emit()
    page = desk.window._pages.currentWidget()
    assert isinstance(page, OrganizerPage)
    desk.wait(page.start.identity_button.isVisible)
    desk.press(Qt.Key.Key_Return)
    assert isinstance(desk.window._pages.currentWidget(), IdentityPage)
    desk.leave()


def test_a_key_that_cannot_be_read_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    key = tmp_path / "home" / "keys" / "id_ed25519"
    key.parent.mkdir(parents=True)
    key.write_text("не ключ")
    visit = Visit(qtbot, tmp_path)
    assert "Не удалось прочитать ключ" in visit.words
    assert visit.shown(StartCard).identity_button.isVisible()


def test_esc_and_the_button_lead_away(qtbot: QtBot, tmp_path: Path) -> None:
    visit = Visit(qtbot, tmp_path)
    new_roster(visit)
    visit.press(Qt.Key.Key_Escape)
    with qtbot.waitSignal(visit.page.left):
        visit.click(visit.shown(StartCard).leave_button)


def test_a_roster_is_begun_with_the_keyboard(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> None:
    visit = Visit(qtbot, tmp_path, passphrase=SECRET)
    visit.press(Qt.Key.Key_Return)
    card = visit.shown(NewRosterCard)
    card.session.setCurrentIndex(card.session.findData(DISTRICT))
    visit.click(card.groups.rows[5].remove)
    visit.click(card.groups.rows[4].remove)
    visit.click(card.groups.add_button)
    visit.type("7")
    dialogs.save(visit.roster)
    card.foot.passphrase.setFocus()
    visit.type("не то")
    visit.press(Qt.Key.Key_Return)
    assert card.foot.problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert not visit.roster.exists()
    assert card.foot.passphrase.hasFocus()
    visit.type(SECRET)
    visit.press(Qt.Key.Key_Return)
    overview = visit.shown(Overview)
    assert overview.result.text.startswith(f"✓ Версия 1 подписана и сохранена: {visit.roster}")
    roster = roster_in(visit.roster).roster
    assert (roster.version, roster.codes) == (1, (CODE,))
    assert sorted(group.number for group in roster.groups) == [1, 2, 3, 4, 7]
    assert "1. Социальная сплоченность" in visit.lines()[0]
    assert visit.lines()[0].endswith("никто не включён")
    assert dialogs.proposed[0].name == f"{CODE}.roster.fpkg"


def test_the_passphrase_is_asked_for_once(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> None:
    visit = Visit(qtbot, tmp_path, passphrase=SECRET)
    begin(visit, dialogs)
    card = read_request(visit, dialogs, guest(tmp_path, "Алёна").request)
    assert not card.foot.passphrase.isVisible()
    visit.click(card.foot.act_button)
    assert roster_in(visit.roster).roster.version == 2


def test_two_groups_of_one_number_are_said_before_anything_is_signed(qtbot: QtBot, tmp_path: Path) -> None:
    visit = Visit(qtbot, tmp_path)
    card = new_roster(visit)
    card.groups.rows[1].number.setValue(1)
    visit.click(card.foot.act_button)
    assert "Номер 1 стоит у двух групп." in visit.words
    card.groups.rows[1].number.setValue(2)
    assert not card.foot.problem.isVisible()


def test_one_group_is_left_at_least(qtbot: QtBot, tmp_path: Path) -> None:
    card = new_roster(Visit(qtbot, tmp_path))
    while len(card.groups.rows) > 1:
        card.groups.rows[0].remove.click()
    assert not card.groups.rows[0].remove.isEnabled()
    assert card.groups.rows[0].number.hasFocus()
    assert card.groups.value() == [(6, "social-worker")]


def test_pairs_for_names_are_made_here(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> None:
    visit = Visit(qtbot, tmp_path)
    card = new_roster(visit)
    lead, recovery = tmp_path / "lead.age", tmp_path / "recovery.age"
    dialogs.save(lead, recovery, visit.roster)
    visit.click(card.recipients.make_buttons[0])
    assert str(lead) in card.recipients.note.text()
    assert lead.read_text().splitlines()[-1].startswith("AGE-SECRET-KEY-1")
    if sys.platform != "win32":
        assert stat.S_IMODE(lead.stat().st_mode) == 0o600
    visit.click(card.recipients.make_buttons[1])
    visit.click(card.foot.act_button)
    named = {path.with_name(f"{path.name}.pub").read_text().strip() for path in (lead, recovery)}
    assert set(roster_in(visit.roster).roster.recipients) == named
    assert "Имена и контакты шифруются для 2 получателей." in visit.words


def test_one_recipient_is_too_few_and_a_wrong_one_is_marked(
    qtbot: QtBot, tmp_path: Path, dialogs: Dialogs
) -> None:
    visit = Visit(qtbot, tmp_path)
    card = new_roster(visit)
    lead = tmp_path / "lead.age"
    dialogs.save(lead)
    visit.click(card.recipients.make_buttons[0])
    visit.click(card.foot.act_button)
    assert "Назовите не менее 2 получателей" in card.foot.problem.text()
    assert card.recipients.fields[1].hasFocus()
    visit.type("age1неверно")
    visit.press(Qt.Key.Key_Return)
    assert "Это не получатель шифра: age1неверно" in card.foot.problem.text()
    assert card.recipients.fields[1].property("wrong") == "true"
    assert not visit.roster.exists()
    dialogs.save(lead)
    visit.click(card.recipients.make_buttons[1])
    assert "Такой файл уже есть" in card.recipients.note.text()


def test_a_second_roster_of_one_session_is_not_begun(visit: Visit) -> None:
    visit.click(visit.shown(Overview).other_button)
    card = new_roster(visit)
    assert "Список этой сессии здесь уже есть, версия 1." in visit.words
    visit.click(card.foot.act_button)
    assert visit.shown(NewRosterCard) is card
    assert card.session.hasFocus()


def test_who_can_read_names_can_be_said_later(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    assert "Не указано, кто прочтёт имена и контакты" in visit.words
    visit.click(visit.shown(Overview).recipients_button)
    card = visit.shown(RecipientsCard)
    dialogs.save(tmp_path / "lead.age", tmp_path / "recovery.age")
    for make in card.recipients.make_buttons:
        visit.click(make)
    visit.click(card.foot.act_button)
    assert len(roster_in(visit.roster).roster.recipients) == 2
    assert "выдайте все задания заново" in visit.shown(Overview).result.text


# Requests


def test_the_digits_are_compared_and_the_key_enrolled(visit: Visit, dialogs: Dialogs) -> None:
    asks = guest(visit.folder, "Алёна Первая")
    visit.choose_line("3. ")
    card = read_request(visit, dialogs, asks.request)
    assert "Алёна Первая" in visit.words
    assert card.digits.digits == asks.key.public.digits
    assert card.place.currentText().startswith("Группа 3 · ")
    assert card.place.hasFocus()
    visit.press(Qt.Key.Key_Return)
    overview = visit.shown(Overview)
    assert roster_in(visit.roster).roster.version == 2
    check(visit, asks, f"{CODE}.g3")
    with pytest.raises(Refused, match="principal-not-granted"):
        check(visit, asks, f"{CODE}.g4")
    assert "Версия 2 подписана" in overview.result.text
    assert "выдайте задание: Группа 3" in overview.result.text
    line = visit.lines()[2].split("|")
    assert line[1:] == ["Алёна Первая", asks.key.public.digits, "без срока", "✓ включён"]


def test_several_requests_come_one_after_the_other_and_a_bad_one_is_named(
    visit: Visit, dialogs: Dialogs, tmp_path: Path
) -> None:
    one, two, three = (guest(tmp_path, name) for name in ("Один", "Два", "Три"))
    bad = tmp_path / "плохой.json"
    bad.write_text("{}")
    card = read_request(visit, dialogs, one.request, bad, two.request, three.request)
    assert "плохой.json: Запрос не подходит: это не запрос на включение." in visit.words
    assert "Запрос 1 из 3" in visit.words
    visit.click(card.foot.act_button)
    assert "Версия 2 подписана" in card.result.text
    assert card.digits.digits == two.key.public.digits
    visit.click(card.foot.leave_button)
    assert card.digits.digits == three.key.public.digits
    visit.click(card.foot.act_button)
    visit.shown(Overview)
    check(visit, one, f"{CODE}.g1")
    check(visit, three, f"{CODE}.g2")
    with pytest.raises(Quarantined, match="key-unknown"):
        check(visit, two, f"{CODE}.g2")


def test_a_request_can_be_pasted_and_a_scanners_enter_does_no_harm(visit: Visit) -> None:
    asks = guest(visit.folder, "Алёна")
    text = asks.request.read_text("utf-8").strip()
    visit.click(visit.shown(Overview).request_button)
    card = visit.shown(IntakeCard)
    visit.click(card.foot.act_button)
    assert "Сначала вставьте запрос" in visit.words
    assert card.text.hasFocus()
    card.text.setPlainText(f"{text[:90]}\n{text[90:]}")
    visit.press(Qt.Key.Key_End, CONTROL)
    visit.press(Qt.Key.Key_Return)
    assert visit.shown(IntakeCard) is card
    visit.press(Qt.Key.Key_Return, CONTROL)
    assert visit.shown(RequestCard).digits.digits == asks.key.public.digits


def test_a_text_that_is_no_request_says_why(visit: Visit) -> None:
    visit.click(visit.shown(Overview).request_button)
    card = visit.shown(IntakeCard)
    changed = guest(visit.folder, "Алёна").request.read_text("utf-8").replace("Алёна", "Олена")
    card.text.setPlainText(changed)
    visit.click(card.foot.act_button)
    assert "Запрос не подходит: подпись не подходит" in visit.words
    visit.press(Qt.Key.Key_Escape)
    visit.shown(Overview)


def test_a_file_that_is_not_there_is_named(visit: Visit, dialogs: Dialogs) -> None:
    dialogs.open_several(visit.folder / "нет.json")
    visit.click(visit.shown(Overview).request_button)
    visit.click(visit.shown(IntakeCard).choose_button)
    assert "нет.json: Запрос не подходит" in visit.words


def test_a_lead_may_sign_for_all_groups_and_an_organizer_the_roster(visit: Visit, dialogs: Dialogs) -> None:
    lead, colleague = guest(visit.folder, "Лида Ведущая"), guest(visit.folder, "Оля Вторая")
    enrol(visit, dialogs, lead, "Ведущий")
    check(visit, lead, f"{CODE}.collection")
    check(visit, lead, f"{CODE}.g5")
    enrol(visit, dialogs, colleague, "Организатор")
    assert roster_in(visit.roster).signers.covers(colleague.key.public.raw, ROSTER_NAMESPACE)
    assert visit.lines()[-3].startswith("Организатор|вы|")
    assert visit.lines()[-2].startswith("Ведущий – все группы|Лида Ведущая|")
    assert visit.lines()[-1].startswith("Организатор|Оля Вторая|")


def test_a_key_that_is_known_already_is_told(visit: Visit, dialogs: Dialogs) -> None:
    asks = guest(visit.folder, "Алёна")
    enrol(visit, dialogs, asks)
    card = read_request(visit, dialogs, asks.request)
    assert card.place_note.text() == "Этот ключ уже включён: Группа 1."
    card.leave()
    read_request(visit, dialogs, guest(visit.folder, "Олег").request)
    card = visit.shown(RequestCard)
    card.place.setCurrentIndex(0)
    assert card.place_note.text() == "В группе уже есть: Алёна. Новый ключ встанет рядом."


def test_a_last_day_counts_whole(visit: Visit, dialogs: Dialogs) -> None:
    asks = guest(visit.folder, "Алёна")
    card = read_request(visit, dialogs, asks.request)
    card.validity.since_on.click()
    card.validity.until_on.click()
    card.validity.since.setDate(QDate(2031, 5, 9))
    card.validity.until.setDate(QDate(2031, 5, 8))
    visit.click(card.foot.act_button)
    assert "Последний день раньше первого." in visit.words
    assert roster_in(visit.roster).roster.version == 1
    card.validity.since.setDate(QDate(2031, 5, 8))
    visit.click(card.foot.act_button)
    last = datetime(2031, 5, 8, 23, 59, 59).astimezone()
    check(visit, asks, f"{CODE}.g1", last)
    check(visit, asks, f"{CODE}.g1", datetime(2031, 5, 8).astimezone())
    with pytest.raises(Quarantined, match="key-expired"):
        check(visit, asks, f"{CODE}.g1", last + timedelta(seconds=1))
    assert "с 8 мая 2031 по 8 мая 2031|ещё не действует" in visit.lines()[0]
