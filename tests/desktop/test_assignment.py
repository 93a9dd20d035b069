"""An assignment: one double click, the digits compared once, and the group is ready."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from facilitator.packages.keys import create_key
from facilitator.script import catalogues
from facilitator.services.centre import CentreService
from facilitator.services.commands import AddCards
from facilitator.services.delivery import only
from facilitator.services.exporting import export_group
from facilitator.services.identity import create_identity
from facilitator.services.intake import Judge
from facilitator.services.lead import collect
from facilitator.services.trust import TrustStore
from tests.desktop.window import CONTROL, Desk
from tests.helpers.handing_out import MODERATOR, PEOPLE, enrol, hand_out, open_office
from tests.helpers.organizers import CODE, Office
from tests.helpers.sessions import begin
from ui.desktop.assignment_page import AssignmentPage
from ui.desktop.lead.page import LeadPage

SECRET = "слово за слово"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path / "office")


@pytest.fixture
def handed_out(office: Office, tmp_path: Path) -> Path:
    """An assignment without names, for whoever opens it."""
    return hand_out(office, tmp_path / "Группа 3.fpkg")


@pytest.fixture
def with_names(desk: Desk, office: Office, tmp_path: Path) -> Path:
    """An assignment with names beside it, for the locked key of this computer."""
    enrol(office, create_identity(desk.home, SECRET))
    return hand_out(office, tmp_path / "Группа 3.fpkg", *PEOPLE)


def show(desk: Desk, path: Path) -> AssignmentPage:
    before = desk.window.desks.page
    desk.window.desks.open_file(path)
    desk.wait(lambda: desk.window.desks.page is not before)
    page = desk.window.desks.page
    assert isinstance(page, AssignmentPage)
    return page


def trust(desk: Desk, office: Office) -> None:
    TrustStore(desk.home).admit(office.roster.read_bytes(), digits=office.organizer.key.public.digits)


def words(part: QWidget) -> str:
    return "\n".join(each.text() for each in part.findChildren(QLabel))


def test_an_assignment_says_in_plain_words_what_it_hands_out(desk: Desk, with_names: Path) -> None:
    said = words(show(desk, with_names))
    for fact in (
        "Задание: группа 3",
        "Северо-Кавказский федеральный округ",
        "Пятигорск, 8–9 февраля 2018",
        "3. Содействуя будущему семьи",
        MODERATOR,
        "3 участника",
        "Рядом лежат имена участников, зашифрованные для вашего ключа.",
    ):
        assert fact in said


def test_digits_that_agree_open_the_group_and_are_not_asked_for_again(
    desk: Desk, office: Office, handed_out: Path
) -> None:
    page = show(desk, handed_out)
    assert page.digits.isVisible()
    assert page.digits.digits == office.organizer.key.public.digits
    page.open_button.click()
    desk.wait_for_workspace()
    assert desk.session.path == desk.home.groups_folder / f"{CODE}-g3.fgroup"
    assert desk.session.snapshot.group.moderator == MODERATOR
    assert desk.home.recent()[0][0] == desk.session.path
    page = show(desk, handed_out)
    assert not page.digits.isVisible()
    assert "чьи цифры здесь уже сверяли" in words(page)


def test_digits_that_differ_keep_nothing(desk: Desk, handed_out: Path) -> None:
    page = show(desk, handed_out)
    assert page.reject_button.hasFocus(), "Enter must not say that digits are the same"
    desk.press(Qt.Key.Key_Return)
    assert desk.window.desks.page is desk.window.start_page
    assert desk.window.toast.text.startswith("Ничего не сохранено.")
    assert not TrustStore(desk.home).rosters()
    assert not list(desk.home.folder.rglob("*.fgroup"))


def test_enter_opens_what_a_known_organizer_hands_out(desk: Desk, office: Office, handed_out: Path) -> None:
    trust(desk, office)
    page = show(desk, handed_out)
    assert page.open_button.text() == "Открыть группу"
    desk.press(Qt.Key.Key_Return)
    desk.wait_for_workspace()
    assert desk.session.snapshot.principal == f"{CODE}.g3"


def test_names_need_the_passphrase_until_it_fits(desk: Desk, office: Office, with_names: Path) -> None:
    trust(desk, office)
    page = show(desk, with_names)
    assert page.passphrase.line.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert page.passphrase.problem.text() == "Введите пароль или откройте группу без имён."
    desk.type("не то")
    desk.press(Qt.Key.Key_Return)
    desk.wait(page.passphrase.problem.isVisible)
    assert page.passphrase.problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert not list(desk.home.folder.rglob("*.fgroup"))
    desk.type(SECRET)
    desk.press(Qt.Key.Key_Return)
    desk.wait_for_workspace()
    assert {each.name for each in desk.session.snapshot.persons.values()} == {"Анна Петрова", "Иван Сидоров"}
    assert desk.window.toast.text == "Внесены 2 имени."


def test_after_the_passphrase_enter_leads_to_the_digits_and_says_nothing_of_them(
    desk: Desk, with_names: Path
) -> None:
    page = show(desk, with_names)
    desk.type(SECRET)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.desks.page is page
    assert page.open_button.hasFocus()


def test_a_group_can_be_opened_without_the_names(desk: Desk, with_names: Path) -> None:
    page = show(desk, with_names)
    page.with_names.setChecked(False)
    assert not page.passphrase.isVisible()
    page.open_button.click()
    desk.wait_for_workspace()
    assert not desk.session.snapshot.persons
    assert len(desk.session.snapshot.participants) == 3
    assert desk.window.toast.text.startswith("Группа открыта без имён.")


def test_a_key_without_a_passphrase_opens_the_names_by_itself(
    desk: Desk, office: Office, tmp_path: Path
) -> None:
    enrol(office, create_identity(desk.home, None))
    page = show(desk, hand_out(office, tmp_path / "a.fpkg", *PEOPLE))
    assert not page.passphrase.isVisible()
    page.open_button.click()
    desk.wait_for_workspace()
    assert len(desk.session.snapshot.persons) == 2


def test_without_a_key_it_is_said_that_names_stay_closed(desk: Desk, office: Office, tmp_path: Path) -> None:
    enrol(office, create_key(tmp_path / "another", None))
    page = show(desk, hand_out(office, tmp_path / "a.fpkg", *PEOPLE))
    assert "группа откроется без имён" in words(page)
    assert not page.with_names.isVisible()
    page.open_button.click()
    desk.wait_for_workspace()
    assert not desk.session.snapshot.persons


def test_a_group_that_was_opened_before_is_offered_again(desk: Desk, handed_out: Path) -> None:
    show(desk, handed_out).open_button.click()
    desk.wait_for_workspace()
    first = desk.session.path
    desk.session.perform(AddCards("rule", ("Слушать до конца",)))
    desk.settle()
    workspace = desk.workspace
    page = show(desk, handed_out)
    assert str(first) in words(page)
    assert page.former_button.hasFocus()
    desk.press(Qt.Key.Key_Return)
    desk.wait(workspace.isVisible)
    assert desk.window.workspace is workspace
    assert [card.text for card in desk.cards("rule")] == ["Слушать до конца"]


def test_a_second_file_of_a_group_takes_the_next_name(desk: Desk, handed_out: Path) -> None:
    show(desk, handed_out).open_button.click()
    first = desk.wait_for_workspace()
    page = show(desk, handed_out)
    assert page.open_button.text() == "Сделать второй файл группы"
    page.open_button.click()
    desk.wait(lambda: desk.window.workspace not in (None, first))
    assert desk.session.path.name == f"{CODE}-g3-2.fgroup"


def test_the_open_group_stays_open_until_another_is_ready(desk: Desk, handed_out: Path) -> None:
    workspace = desk.open_practice()
    page = show(desk, handed_out)
    assert desk.window.workspace is workspace
    page.left.emit()
    assert desk.window.desks.page is workspace
    show(desk, handed_out).open_button.click()
    desk.wait(lambda: desk.window.workspace not in (None, workspace))
    assert desk.session.snapshot.principal == f"{CODE}.g3"


def refused(desk: Desk, path: Path) -> str:
    """Open a file and return what is said of it; nothing may have changed."""
    before = desk.window.desks.page
    desk.window.error_bar.hide()
    desk.window.desks.open_file(path)
    desk.wait(desk.window.error_bar.isVisible)
    assert desk.window.desks.page is before
    assert not list(desk.home.groups_folder.glob("*"))
    return desk.window.error_bar.text


def test_a_changed_assignment_is_refused_in_words(desk: Desk, handed_out: Path) -> None:
    content = bytearray(handed_out.read_bytes())
    content[len(content) // 2] ^= 1
    handed_out.write_bytes(content)
    assert "изменён" in refused(desk, handed_out)
    assert not TrustStore(desk.home).rosters()


def test_a_file_that_is_gone_is_said(desk: Desk, tmp_path: Path) -> None:
    assert "Такого пакета нет" in refused(desk, tmp_path / "нет.fpkg")


@pytest.fixture
def stranger(desk: Desk, office: Office, tmp_path: Path) -> Office:
    """Somebody else's roster for the session whose organizer is known here."""
    trust(desk, office)
    stranger = open_office(tmp_path / "stranger")
    for name in ("one", "two"):
        enrol(stranger, create_key(tmp_path / name, None))
    return stranger


def test_another_organizer_is_shown_with_a_warning_and_not_believed_by_enter(
    desk: Desk, office: Office, stranger: Office, tmp_path: Path
) -> None:
    page = show(desk, hand_out(stranger, tmp_path / "a.fpkg"))
    assert page.digits.isVisible()
    assert page.reject_button.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert TrustStore(desk.home).rosters()[0].organizer == office.organizer.key.fingerprint
    assert not list(desk.home.folder.rglob("*.fgroup"))


def test_a_new_key_of_the_organizer_is_let_in_by_its_digits(
    desk: Desk, stranger: Office, tmp_path: Path
) -> None:
    page = show(desk, hand_out(stranger, tmp_path / "a.fpkg"))
    page.open_button.click()
    desk.wait_for_workspace()
    assert TrustStore(desk.home).rosters()[0].organizer == stranger.organizer.key.fingerprint


def test_a_file_that_was_swapped_after_the_digits_were_shown_opens_nothing(
    desk: Desk, handed_out: Path, tmp_path: Path
) -> None:
    page = show(desk, handed_out)
    stranger = open_office(tmp_path / "stranger")
    shutil.copyfile(hand_out(stranger, tmp_path / "stranger.fpkg"), handed_out)
    page.open_button.click()
    desk.wait(page.problem.isVisible)
    assert "Цифры не совпадают" in page.problem.text()
    assert page.open_button.isEnabled()
    assert not TrustStore(desk.home).rosters()
    assert not list(desk.home.groups_folder.glob("*"))


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [("themes", "Нет такой темы: family."), ("sessions", "Нет такого федерального округа: skfo.")],
)
def test_what_this_program_does_not_know_is_said_before_anything_is_made(
    desk: Desk, handed_out: Path, monkeypatch: pytest.MonkeyPatch, catalogue: str, said: str
) -> None:
    without = replace(catalogues.load_catalogues(), **{catalogue: {}})
    monkeypatch.setattr(catalogues, "load_catalogues", lambda: without)
    assert refused(desk, handed_out) == said


def packages(office: Office, folder: Path) -> tuple[Path, Path]:
    """Return the package of a group, and a collection with that in it."""
    key = office.organizer.key
    with begin(folder / "g.fgroup") as service:
        package = export_group(service, folder / "g.fpkg", key, "one").path
    with closing(CentreService.open(folder / "c.fcentre")) as centre:
        centre.merge([package], Judge(only(key, f"{CODE}.g3"), datetime.now(UTC)))
        return package, collect(centre, folder / "c.fpkg", key).path


def test_other_packages_are_named_and_lead_to_the_page_that_takes_them(
    desk: Desk, office: Office, with_names: Path, tmp_path: Path
) -> None:
    bar = desk.window.error_bar
    package, collection = packages(office, tmp_path)
    assert "Это пакет, который передала группа" in refused(desk, package)
    assert bar._action.text() == "Свести пакеты"
    assert "Это обложка округа" in refused(desk, collection)
    assert bar._action.text() == "Свести пакеты"
    assert "Это список ключей от организатора" in refused(desk, office.roster)
    assert bar._action.text() == "Подготовить сессию"
    assert "Этот пакет зашифрован" in refused(desk, with_names.with_suffix(".persons.fpkg.age"))
    bar._action.click()
    assert isinstance(desk.window.desks.page, LeadPage)
    assert not bar.isVisible()


def test_the_menu_of_files_offers_assignments_too(
    desk: Desk, handed_out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        asked.append(str(given[-1]))
        return str(handed_out), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    desk.press(Qt.Key.Key_O, CONTROL)
    desk.wait(lambda: isinstance(desk.window.desks.page, AssignmentPage))
    assert asked == ["Группы и задания (*.fgroup *.fpkg)"]


def test_every_stop_of_the_page_has_a_name(desk: Desk, with_names: Path) -> None:
    page = show(desk, with_names)
    QApplication.processEvents()
    stops = [
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]
    assert len(stops) == 5
    assert all(each.accessibleName() for each in stops)
