"""A lead opens a centre, trusts a roster and takes packages in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.errors import EnvironmentFault
from facilitator.packages import create_key
from facilitator.packages.age import encrypt
from facilitator.services.centre import Stopped
from facilitator.services.rosters import grant
from facilitator.services.trust import TrustStore
from facilitator.storage.centre_file import CentreFile
from tests.desktop.lead_table import Session, Table, choose
from tests.helpers.organizers import CODE, Office, person, plan, recipients
from tests.merge.laptops import Laptop, roster_line
from ui.desktop.lead.finding import find_packages
from ui.desktop.lead.outcome_delegate import SIGNS
from ui.messages import outcome_words


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(tmp_path, 1, 2, 3)
    session.enrol(1, 2, 3)
    return session


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    table = Table(qtbot, tmp_path)
    yield table
    table.leave()


@pytest.fixture
def ready(table: Table, session: Session) -> Table:
    table.begin(session.roster)
    return table


# The centre and the roster


def test_an_empty_page_says_what_to_do(table: Table) -> None:
    assert "Сначала выберите вверху центр и список подписантов." in table.words
    assert not table.page.drop.files_button.isEnabled()
    assert table.page.focusWidget() is table.page.setup.create_button
    assert not table.page.overview.isVisible()


def test_a_centre_is_made_and_opened_by_name(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "getSaveFileName", tmp_path / "округ")
    table.click(table.page.setup.create_button)
    assert table.page.setup.centre.text() == f"округ.fcentre · {tmp_path}"
    choose(monkeypatch, "getSaveFileName", tmp_path / "страна")
    table.click(table.page.setup.create_button)
    choose(monkeypatch, "getOpenFileName", tmp_path / "округ.fcentre")
    table.click(table.page.setup.open_button)
    assert table.page.setup.centre.text().startswith("округ.fcentre")
    table.click(table.page.setup.open_button)
    assert table.faults == []
    assert table.home.last_centre() == tmp_path / "округ.fcentre"


def test_the_digits_of_a_new_organizer_are_compared_before_anything_is_trusted(
    table: Table, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "getOpenFileName", session.roster)
    table.click(table.page.setup.roster_button)
    assert table.page.stranger.digits.digits == session.office.organizer.key.public.digits
    assert "Версия 4 · skfo-2018 · Пятигорск, 8–9 февраля 2018" in table.words
    table.click(table.page.stranger.different_button)
    assert "Список не принят" in table.words
    assert TrustStore(table.home).rosters() == ()
    table.click(table.page.setup.roster_button)
    assert TrustStore(table.home).rosters() == ()
    table.page.open_centre(table.centre, True)
    table.settle()
    table.click(table.page.stranger.same_button)
    assert not table.page.stranger.isVisible()
    assert [each.files.roster.version for each in TrustStore(table.home).rosters()] == [4]


def test_a_roster_that_was_changed_between_looking_and_trusting_is_not_taken(
    table: Table, session: Session, tmp_path: Path
) -> None:
    table.page.open_roster(session.roster)
    table.settle()
    session.roster.write_bytes(Office.open(tmp_path / "other", plan()).roster.read_bytes())
    table.click(table.page.stranger.same_button)
    assert "Цифры не совпадают" in table.words
    assert TrustStore(table.home).rosters() == ()


def test_the_next_time_the_only_trusted_roster_is_in_use_and_the_last_centre_offered(
    qtbot: QtBot, ready: Table, session: Session, tmp_path: Path
) -> None:
    ready.leave()
    again = Table(qtbot, tmp_path)
    assert again.page.setup.rosters.currentText().startswith("Версия 4 · skfo-2018")
    assert again.page.focusWidget() is again.page.setup.again_button
    assert again.page.setup.last.text() == f"В прошлый раз: skfo.fcentre · {tmp_path}"
    again.click(again.page.setup.again_button)
    again.drop(session.send(1))
    assert again.outcomes == {"g1.fpkg": "принят"}
    again.leave()


def test_several_trusted_rosters_are_offered_by_event_and_version(
    qtbot: QtBot, ready: Table, tmp_path: Path
) -> None:
    other = Office.open(tmp_path / "other", plan("pfo-2018"))
    ready.page.open_roster(other.roster)
    ready.settle()
    ready.click(ready.page.stranger.same_button)
    box = ready.page.setup.rosters
    titles = [box.itemText(row) for row in range(box.count())]
    assert titles[0].startswith("Версия 1 · pfo-2018")
    assert titles[1].startswith("Версия 4 · skfo-2018")
    box.setFocus()
    ready.press(Qt.Key.Key_Down)
    assert box.currentIndex() == 1
    assert "ожидалось: 3" in ready.words


def test_a_roster_that_does_not_follow_is_refused_in_a_sentence(table: Table, session: Session) -> None:
    older = session.roster.read_bytes()
    grant(session.roster, person(session.folder, "lead")[1], [CODE], session.office.organizer)
    table.begin(session.roster)
    session.roster.write_bytes(older)
    table.trust(session.roster)
    assert "Это список версии 4, а здесь уже доверяют версии 5" in table.page.setup.problem.text()


def test_two_rosters_of_one_version_are_told_apart_in_a_sentence(table: Table, session: Session) -> None:
    common = session.roster.read_bytes()
    grant(session.roster, person(session.folder, "one")[1], [CODE], session.office.organizer)
    table.begin(session.roster)
    session.roster.write_bytes(common)
    shutil.rmtree(session.folder / "office" / "home")
    grant(session.roster, person(session.folder, "two")[1], [CODE], session.office.organizer)
    table.trust(session.roster)
    assert "Есть два разных списка версии 5" in table.page.setup.problem.text()


def test_another_organizer_is_let_in_only_by_their_digits(
    ready: Table, session: Session, tmp_path: Path
) -> None:
    other = Office.open(tmp_path / "other", plan(CODE, 1))
    ready.page.open_roster(other.roster)
    ready.settle()
    assert "Этот список подписан не тем ключом" in ready.words
    assert ready.page.stranger.digits.digits == other.organizer.key.public.digits
    ready.click(ready.page.stranger.different_button)
    (trusted,) = TrustStore(ready.home).rosters()
    assert trusted.digits == session.office.organizer.key.public.digits
    ready.page.open_roster(other.roster)
    ready.settle()
    ready.click(ready.page.stranger.same_button)
    (trusted,) = TrustStore(ready.home).rosters()
    assert trusted.digits == other.organizer.key.public.digits


def test_a_plain_list_of_signers_will_do(table: Table, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "allowed_signers"
    path.write_text(
        roster_line(session.keys[1], "skfo-2018.g1") + roster_line(session.keys[2], "skfo-2018.g2")
    )
    table.begin(path)
    assert table.page.setup.rosters.currentText() == "allowed_signers"
    table.drop(session.send(1))
    assert table.outcomes == {"g1.fpkg": "принят"}
    assert "Группа 2" in table.words


def test_a_file_that_is_no_centre_is_told_to_the_window(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "письмо.fcentre"
    path.write_text("Уважаемые коллеги!", "utf-8")
    table.page.open_centre(path, False)
    table.settle()
    assert table.faults == ["not-a-facilitator-file"]
    assert not table.page.overview.isVisible()


# Taking in


def test_a_stick_is_searched_and_a_bad_file_does_not_stop_the_rest(ready: Table, session: Session) -> None:
    session.send(1, "Театр в каждом районе")
    (session.stick / "._g1.fpkg").write_bytes(b"what a Mac leaves on sticks")
    (session.stick / "письмо.docx").write_bytes(b"PK")
    folder = session.stick / "второй день"
    folder.mkdir()
    session.send(2).rename(folder / "g2.FPKG")
    damaged = bytearray(session.send(3).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (session.stick / "g3.fpkg").write_bytes(damaged)
    stranger = Laptop(create_key(session.folder / "stranger", None), number=3).export()
    session.save(stranger, "g3 с чужого ноутбука.fpkg")
    ready.drop(session.stick)
    assert ready.outcomes == {
        "g1.fpkg": "принят",
        "g2.FPKG": "принят",
        "g3.fpkg": "отклонён",
        "g3 с чужого ноутбука.fpkg": "отложен",
    }
    groups = {row.name: row.group for row in ready.rows}
    assert groups["g1.fpkg"] == "Группа 1. Содействуя будущему семьи"
    reasons = {row.name: row.reason for row in ready.rows}
    assert "изменён или повреждён" in reasons["g3.fpkg"]
    assert "нет в списке" in reasons["g3 с чужого ноутбука.fpkg"]
    assert "4 пакета · принят — 2 · отложен — 1 · отклонён — 1" in ready.words
    assert "Групп здесь: 2 · ожидалось: 3 · высказываний: 3" in ready.words
    assert "· Группа 3. Содействуя будущему семьи" in ready.words
    assert ready.ask(lambda centre: centre.result().groups) == 2


def test_signs_stand_beside_the_colours_and_rows_are_read_aloud(ready: Table, session: Session) -> None:
    ready.drop(session.send(1), session.stick / "нет такого.fpkg")
    model = ready.page.news.list.outcomes
    spoken = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert spoken[0] == "g1.fpkg: принят. Группа 1. Содействуя будущему семьи"
    assert spoken[1].startswith("нет такого.fpkg: отклонён. Такого пакета нет")
    assert {SIGNS[row.outcome] for row in ready.rows} == {"✓", "×"}
    assert set(SIGNS) == set(outcome_words(str))


def test_the_same_stick_again_changes_nothing_and_is_told_once(ready: Table, session: Session) -> None:
    session.send(1)
    ready.drop(session.stick)
    ready.drop(session.stick)
    assert [(row.name, row.word, row.group) for row in ready.rows] == [
        ("g1.fpkg", "уже есть", "Группа 1. Содействуя будущему семьи")
    ]
    assert "Ничего не изменилось" in ready.rows[0].reason


def test_a_folder_without_packages_says_so(ready: Table, tmp_path: Path) -> None:
    empty = tmp_path / "пусто"
    empty.mkdir()
    ready.drop(empty)
    assert "Пакетов там нет" in ready.words
    assert not ready.page.news.list.isVisible()


def test_buttons_do_what_dropping_does(
    ready: Table, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, "getOpenFileNames", [session.send(1)])
    ready.click(ready.page.drop.files_button)
    session.send(2)
    choose(monkeypatch, "getExistingDirectory", session.stick)
    ready.click(ready.page.drop.folder_button)
    assert ready.outcomes == {"g1.fpkg": "уже есть", "g2.fpkg": "принят"}


def test_nothing_can_be_dropped_before_the_page_is_ready(table: Table, session: Session) -> None:
    table.drop(session.send(1))
    assert not table.rows


def test_taking_in_tells_how_far_it_is_and_stops_with_what_was_taken(ready: Table, session: Session) -> None:
    for number in (1, 2, 3):
        session.send(number)
    told: list[str] = []
    desk, count = ready.page._desk, ready.page.drop.count
    desk.progressed.connect(desk.stop, Qt.ConnectionType.DirectConnection)  # before the next file is read
    desk.progressed.connect(lambda: told.append(count.text()))
    ready.drop(session.stick)
    assert told == ["1 из 3"]
    assert ready.outcomes == {"g1.fpkg": "принят"}
    assert "Остановлено; файлы, до которых не дошло, не тронуты" in ready.words
    desk.progressed.disconnect(desk.stop)
    ready.drop(session.stick)
    assert ready.outcomes == {"g1.fpkg": "уже есть", "g2.fpkg": "принят", "g3.fpkg": "принят"}


def test_stop_is_heard_at_once(ready: Table, session: Session) -> None:
    ready.page.take_in([session.send(1)])
    stop = ready.page.drop.stop_button
    assert stop.hasFocus()
    QTest.keyClick(stop, Qt.Key.Key_Space)
    assert not stop.isEnabled()
    assert "Остановимся" in ready.page.drop.count.text()
    with pytest.raises(Stopped):
        ready.page._desk._tell(1, 9)
    assert "Остановимся" in ready.page.drop.count.text()
    ready.settle()
    assert ready.page.drop.files_button.isVisible()


def test_a_disk_that_gives_up_is_told_and_the_page_goes_on(
    ready: Table, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(*_: object) -> None:
        raise EnvironmentFault("disk-full", path=ready.centre)

    with monkeypatch.context() as patch:
        patch.setattr(CentreFile, "keep", give_up)
        ready.drop(session.send(1))
    assert ready.faults == ["disk-full"]
    assert ready.page.drop.files_button.isVisible()
    ready.drop(session.send(1))
    assert ready.outcomes == {"g1.fpkg": "принят"}


def test_a_mistake_of_the_program_is_handed_on_and_the_page_goes_on(
    ready: Table, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[object] = []
    ready.page.bug.connect(found.append)
    with monkeypatch.context() as patch:
        patch.setattr(CentreFile, "keep", lambda *_: 1 / 0)
        ready.drop(session.send(1))
    assert [type(each) for each in found] == [ZeroDivisionError]
    assert ready.page.drop.files_button.isVisible()


def test_what_is_dragged_away_again_is_not_taken(ready: Table, session: Session) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(session.send(1)))])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(ready.page, QDragEnterEvent(QPoint(9, 9), copy, data, left, plain))
    assert ready.page.drop.property("over") == "true"
    QApplication.sendEvent(ready.page, QDragLeaveEvent())
    assert ready.page.drop.property("over") == "false"
    assert ready.rows == ()


def test_a_search_ends_when_it_is_stopped(session: Session) -> None:
    path = session.send(1)
    assert find_packages([session.stick, path, path], lambda: True) == (path,)
    assert find_packages([session.stick], lambda: False) == ()


# What waits


def test_what_waits_is_taken_in_when_the_roster_has_caught_up(table: Table, session: Session) -> None:
    old = session.folder / "old.fpkg"
    old.write_bytes(session.roster.read_bytes())
    key, request = person(session.folder, "new-laptop")
    table.begin(old)
    table.drop(session.save(Laptop(key, number=2).export(), "g2 с нового ноутбука.fpkg"))
    assert "Ждут: 1" in table.words
    table.click(table.page.aside.release_button)
    assert table.outcomes == {"g2 с нового ноутбука.fpkg": "отложен"}
    grant(session.roster, request, [f"{CODE}.g2"], session.office.organizer)
    table.trust(session.roster)
    table.click(table.page.aside.release_button)
    assert table.outcomes == {"g2 с нового ноутбука.fpkg": "принят"}
    assert not table.page.aside.isVisible()


def test_encrypted_packages_are_opened_by_a_secret(
    ready: Table, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lead, secret), (recovery, _) = recipients()
    sealed = session.stick / "g1.fpkg.age"
    sealed.write_bytes(encrypt(session.laptop(1).export().sent.data, [lead, recovery]))
    (tmp_path / "lead.age").write_text(f"# the lead's\n{secret}\n")
    (tmp_path / "не секрет.txt").write_text("Уважаемые коллеги!", "utf-8")
    ready.drop(sealed)
    assert ready.outcomes == {"g1.fpkg.age": "отложен"}
    choose(monkeypatch, "getOpenFileName", tmp_path / "не секрет.txt")
    ready.click(ready.page.aside.secret_button)
    assert "нет секретного ключа age" in ready.page.aside.problem.text()
    choose(monkeypatch, "getOpenFileName", tmp_path / "lead.age")
    ready.click(ready.page.aside.secret_button)
    assert ready.outcomes == {"g1.fpkg.age": "принят"}
    assert ready.ask(lambda centre: centre.result().groups) == 1


def test_what_was_refused_can_be_looked_at_the_next_day(
    qtbot: QtBot, ready: Table, session: Session, tmp_path: Path
) -> None:
    bad = session.stick / "битый.fpkg"
    bad.write_bytes(b"PK")
    ready.drop(bad)
    ready.leave()
    again = Table(qtbot, tmp_path)
    again.click(again.page.setup.again_button)
    assert "Отклонено: 1" in again.words
    again.click(again.page.aside.refused_button)
    (row,) = again.page.aside.refused.outcomes.rows
    assert (row.name, row.word) == ("битый.fpkg", "отклонён")
    again.leave()
