"""Assignments are handed out one by one or all at once, and a roster is found again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from facilitator.services.assignments import Assignment, inspect_assignment, open_assignment
from facilitator.services.groups import open_group
from facilitator.services.home import Home
from facilitator.services.identity import own_key
from tests.desktop.organizing import (
    CODE,
    SECRET,
    Dialogs,
    Guest,
    Visit,
    begin,
    enrol,
    guest,
    people_file,
    roster_in,
)
from ui.desktop.organizer.assign_all_card import AssignAllCard
from ui.desktop.organizer.assignment_card import AssignmentCard
from ui.desktop.organizer.line_cards import RevokeCard
from ui.desktop.organizer.overview import Overview
from ui.desktop.organizer.recipients_card import RecipientsCard
from ui.desktop.organizer.start_card import StartCard

MANY = tuple((number, f"Человек {number}", "", "") for number in range(1, 7))
PEOPLE = ((1, "Планта Именова", "Дагестан", "+7 900 111-22-33"), (2, "Иван Второй", "", ""))


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)


@pytest.fixture
def visit(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> Visit:
    """A visit with a roster that has just been begun."""
    visit = Visit(qtbot, tmp_path)
    begin(visit, dialogs)
    return visit


def name_recipients(visit: Visit, dialogs: Dialogs) -> None:
    visit.click(visit.shown(Overview).recipients_button)
    card = visit.shown(RecipientsCard)
    dialogs.save(visit.folder / "lead.age", visit.folder / "recovery.age")
    for make in card.recipients.make_buttons:
        visit.click(make)
    visit.click(card.foot.act_button)


def inspected(path: Path, folder: Path) -> Assignment:
    """Return what an assignment says, as a moderator sees it on a computer that has met nobody."""
    return inspect_assignment(path, Home(folder / "stranger"))


def test_a_group_is_handed_out_with_its_people(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    name_recipients(visit, dialogs)
    asks = guest(tmp_path, "Алёна Первая")
    enrol(visit, dialogs, asks, "Группа 3")
    visit.choose_line("Алёна")
    visit.shown(Overview).table.setFocus()
    visit.press(Qt.Key.Key_Return)
    card = visit.shown(AssignmentCard)
    assert card.moderator.text() == "Алёна Первая"
    dialogs.open(people_file(tmp_path / "группа 3.xlsx", *PEOPLE))
    visit.click(card.people_button)
    assert "✓ 2 участника · группа 3.xlsx" in visit.words
    assert "Планта Именова, Иван Второй" in visit.words
    out = tmp_path / "задание.fpkg"
    dialogs.save(out)
    visit.click(card.foot.act_button)
    names = tmp_path / "задание.persons.fpkg.age"
    assert dialogs.proposed[-1].name == f"{CODE}-g3-assignment.fpkg"
    result = visit.shown(Overview).result.text
    assert str(out) in result
    assert str(names) in result
    opened = open_assignment(out, tmp_path / "g3.fgroup", asks.home, unlock=lambda: asks.key)
    assert opened.participants == 2
    with open_group(tmp_path / "g3.fgroup") as service:
        assert service.snapshot.group.moderator == "Алёна Первая"
        assert {person.name for person in service.snapshot.persons.values()} == {
            "Планта Именова",
            "Иван Второй",
        }
    assert "Планта".encode() not in out.read_bytes()


def test_the_folder_of_what_was_made_is_shown(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    visit.click(visit.shown(Overview).result.folder_button)
    assert shown == [QUrl.fromLocalFile(str(tmp_path))]


def test_a_bad_row_is_named_and_nobody_is_taken(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    enrol(visit, dialogs, guest(tmp_path, "Алёна"))
    visit.click(visit.shown(Overview).assign_button)
    card = visit.shown(AssignmentCard)
    dialogs.open(people_file(tmp_path / "good.xlsx", *MANY))
    visit.click(card.people_button)
    assert "Человек 1, Человек 2, Человек 3, Человек 4 и ещё 2" in visit.words
    dialogs.open(people_file(tmp_path / "bad.xlsx", *PEOPLE, (3, "Олег", "Атлантида", "")))
    visit.click(card.people_button)
    assert card.people_note.text().startswith("строка 4: Нет такого региона: Атлантида. Никто не взят.")
    dialogs.save(tmp_path / "a.fpkg")
    visit.click(card.foot.act_button)
    assert inspected(tmp_path / "a.fpkg", tmp_path).participants == 0


def test_without_recipients_the_names_stay_and_that_is_said(
    visit: Visit, dialogs: Dialogs, tmp_path: Path
) -> None:
    enrol(visit, dialogs, guest(tmp_path, "Алёна"))
    visit.click(visit.shown(Overview).assign_button)
    card = visit.shown(AssignmentCard)
    assert not card.names_note.isVisible()
    dialogs.open(people_file(tmp_path / "people.xlsx", *PEOPLE))
    visit.click(card.people_button)
    assert "Имена останутся у вас" in visit.words
    dialogs.save(tmp_path / "a.fpkg")
    visit.click(card.foot.act_button)
    assert inspected(tmp_path / "a.fpkg", tmp_path).participants == 2
    assert not (tmp_path / "a.persons.fpkg.age").exists()
    assert "Передайте этот файл модератору." in visit.shown(Overview).result.text


def test_a_group_without_anyone_needs_a_moderators_name(
    visit: Visit, dialogs: Dialogs, tmp_path: Path
) -> None:
    visit.choose_line("2. ")
    visit.click(visit.shown(Overview).assign_button)
    card = visit.shown(AssignmentCard)
    assert "В эту группу ещё никто не включён" in visit.words
    visit.click(card.foot.act_button)
    assert "Введите имя модератора" in visit.words
    assert card.moderator.hasFocus()
    visit.type("Борис")
    dialogs.save(tmp_path / "без.расширения")
    visit.press(Qt.Key.Key_Return)
    assert inspected(tmp_path / "без.расширения.fpkg", tmp_path).group.moderator == "Борис"


def test_a_file_that_is_there_is_asked_about_again(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    enrol(visit, dialogs, guest(tmp_path, "Алёна"))
    visit.click(visit.shown(Overview).assign_button)
    dialogs.save(None)
    visit.click(visit.shown(AssignmentCard).foot.act_button)
    taken = tmp_path / "занято.fpkg"
    taken.write_text("чужое")
    dialogs.save(tmp_path / "занято", taken)
    visit.click(visit.shown(AssignmentCard).foot.act_button)
    assert dialogs.proposed[-1] == taken
    assert "Такой файл уже есть" in visit.words
    assert taken.read_text() == "чужое"


def test_whose_key_is_revoked_leads_no_group(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    enrol(visit, dialogs, guest(tmp_path, "Алёна"))
    enrol(visit, dialogs, guest(tmp_path, "Борис"), "Группа 1")
    visit.choose_line("Борис")
    visit.click(visit.shown(Overview).revoke_button)
    visit.click(visit.shown(RevokeCard).foot.act_button)
    visit.click(visit.shown(Overview).assign_button)
    assert visit.shown(AssignmentCard).moderator.text() == "Алёна"


def enrol_two(visit: Visit, dialogs: Dialogs) -> tuple[Guest, Guest]:
    people = guest(visit.folder, "Алёна"), guest(visit.folder, "Борис")
    for each in people:
        enrol(visit, dialogs, each)
    return people


def test_all_that_are_enrolled_are_handed_out_in_one_go(
    visit: Visit, dialogs: Dialogs, tmp_path: Path
) -> None:
    enrol_two(visit, dialogs)
    folder = tmp_path / "задания"
    folder.mkdir()
    (folder / f"{CODE}-g1-assignment.fpkg").write_text("чужое")
    dialogs.folder(folder)
    visit.click(visit.shown(Overview).assign_all_button)
    card = visit.shown(AssignAllCard)
    assert "Ещё никто не включён, задания не будет: Группа 3" in visit.words
    visit.press(Qt.Key.Key_Return)
    visit.qtbot.waitUntil(card.result.isVisible)
    first, second = card.lines.text().splitlines()
    assert first.startswith("! Группа 1: Такой файл уже есть")
    assert second == f"✓ Группа 2: {CODE}-g2-assignment.fpkg"
    assert card.result.text.startswith("! Готово заданий: 1 из 2")
    assert card.progress.value() == 2
    assert inspected(folder / f"{CODE}-g2-assignment.fpkg", tmp_path).group.moderator == "Борис"
    visit.press(Qt.Key.Key_Return)
    visit.shown(Overview)


def test_handing_out_can_be_stopped(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    enrol_two(visit, dialogs)
    dialogs.folder(tmp_path)
    visit.click(visit.shown(Overview).assign_all_button)
    card = visit.shown(AssignAllCard)
    card.foot.act_button.click()
    assert card.stop_button.hasFocus()
    card.stop_button.click()
    visit.qtbot.waitUntil(card.result.isVisible)
    assert card.result.text.startswith("! Готово заданий: 1 из 2")
    assert not (tmp_path / f"{CODE}-g2-assignment.fpkg").exists()


def test_with_nobody_enrolled_there_is_nothing_to_hand_out(visit: Visit) -> None:
    visit.click(visit.shown(Overview).assign_all_button)
    assert "Ещё никто не включён. Сначала примите запрос." in visit.words
    assert not visit.shown(AssignAllCard).foot.act_button.isEnabled()


# Coming back


def again(visit: Visit) -> Visit:
    """Come back to the same computer."""
    visit.page.close()
    return Visit(visit.qtbot, visit.folder)


def test_the_roster_is_offered_again_and_opened_with_enter(visit: Visit) -> None:
    visit = again(visit)
    assert "Северо-Кавказский федеральный округ" in visit.words
    assert str(visit.roster) in visit.words
    visit.press(Qt.Key.Key_Return)
    assert visit.shown(Overview).title.text().startswith("Северо-Кавказский федеральный округ")


def test_where_the_file_is_gone_its_copy_is_saved(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    kept = visit.roster.read_bytes()
    visit.roster.unlink()
    visit = again(visit)
    assert "Версия 1: файла нет на прежнем месте." in visit.words
    saved = tmp_path / "снова.fpkg"
    dialogs.save(saved)
    visit.press(Qt.Key.Key_Return)
    visit.shown(Overview)
    assert saved.read_bytes() == kept
    assert visit.home.roster_files() == {f"{CODE}.roster": saved}


def test_a_damaged_copy_of_a_roster_is_said_and_stops_nobody(visit: Visit, dialogs: Dialogs) -> None:
    (visit.home.rosters_folder / f"{CODE}.roster.fpkg").write_bytes(b"PK")
    visit = again(visit)
    assert "Список, которому здесь доверяют, повреждён" in visit.words
    assert visit.shown(StartCard).file_button.isVisible()


def test_a_file_that_is_no_roster_is_said(visit: Visit, dialogs: Dialogs, tmp_path: Path) -> None:
    visit = again(visit)
    other = tmp_path / "other.fpkg"
    other.write_text("не список")
    dialogs.open(other)
    visit.click(visit.shown(StartCard).file_button)
    assert "Пакет упакован не так, как должен быть" in visit.words


def test_a_roster_of_others_is_not_trusted_by_opening_it(
    visit: Visit, dialogs: Dialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    stranger = Visit(qtbot, tmp_path / "other")
    dialogs.open(visit.roster)
    stranger.click(stranger.shown(StartCard).file_button)
    assert "Ваш ключ не может менять этот список" in stranger.words
    assert not list(stranger.home.rosters_folder.glob("*.fpkg"))


def test_a_second_organizer_is_told_to_compare_the_digits(
    visit: Visit, dialogs: Dialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    colleague = guest(folder, "home")
    enrol(visit, dialogs, colleague, "Организатор")
    other = Visit(qtbot, folder)
    dialogs.open(visit.roster)
    other.click(other.shown(StartCard).file_button)
    assert "Этот список подписал другой организатор." in other.words
    assert own_key(visit.home).digits in other.words
    other.choose_line("Организатор")
    assert other.shown(Overview).revoke_button.isEnabled()
    enrol(other, dialogs, guest(folder, "Вера"), "Группа 6")
    assert roster_in(visit.roster).roster.version == 3


def test_a_wrong_passphrase_hands_nothing_out(qtbot: QtBot, tmp_path: Path, dialogs: Dialogs) -> None:
    visit = Visit(qtbot, tmp_path, passphrase=SECRET)
    begin(visit, dialogs)
    enrol(visit, dialogs, guest(tmp_path, "Алёна"))
    visit = again(visit)
    visit.press(Qt.Key.Key_Return)
    visit.click(visit.shown(Overview).assign_button)
    card = visit.shown(AssignmentCard)
    card.foot.passphrase.setText("почти")
    dialogs.open(people_file(tmp_path / "people.xlsx", *PEOPLE))
    visit.click(card.people_button)
    assert card.foot.passphrase.text() == "почти", "what was typed is kept while a file is read"
    visit.press(Qt.Key.Key_Escape)
    visit.click(visit.shown(Overview).assign_all_button)
    all_card = visit.shown(AssignAllCard)
    dialogs.folder(tmp_path)
    assert all_card.foot.passphrase.hasFocus()
    visit.type("не то")
    visit.press(Qt.Key.Key_Return)
    assert all_card.foot.passphrase.hasFocus()
    assert not all_card.stop_button.isVisible()
    visit.type(SECRET)
    visit.press(Qt.Key.Key_Return)
    visit.qtbot.waitUntil(all_card.result.isVisible)
    assert (tmp_path / f"{CODE}-g1-assignment.fpkg").is_file()
