"""A lead settles conflicts, changes the choice, and hands a collection on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from facilitator.packages.keys import load_key
from facilitator.packages.requests import make_request, read_request
from facilitator.services.centre import CentreService
from facilitator.services.rosters import grant
from tests.desktop.lead_table import SECRET, Session, Table, choose
from tests.helpers.organizers import CODE
from tests.merge import laptops
from tests.merge.laptops import Laptop
from ui.desktop.lead.folded import Folded

ON_A, ON_B = "Школа приёмных родителей — «Ёлка»", "Бабушки читают детям"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(tmp_path, 1, 3)
    session.enrol(1, 3)
    return session


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path, session: Session) -> Iterator[Table]:
    table = Table(qtbot, tmp_path)
    table.begin(session.roster)
    yield table
    table.leave()


@pytest.fixture
def forked(table: Table, session: Session) -> Table:
    """A laptop was cloned, and both copies went on."""
    common = session.laptop(3).export()
    table.drop(
        session.save(common.write(ON_A).export(), "g3-a.fpkg"),
        session.save(common.write(ON_B).export(), "g3-b.fpkg"),
    )
    return table


def statements(centre: CentreService) -> set[str]:
    """What group 3 has said, as far as it counts."""
    (group,) = (each for each in centre.projection().groups if each.principal.endswith(".g3"))
    return {card.text for head in group.heads for card in head.group.cards.values()}


def cells(table: Table) -> list[list[str]]:
    grid = table.contest.findChild(QTableWidget)
    return [
        [grid.item(row, column).text() for column in range(grid.columnCount())]
        for row in range(grid.rowCount())
    ]


def test_a_fork_is_named_and_shown_record_by_record(forked: Table) -> None:
    assert "расходится с тем, что есть" in forked.outcomes.values()
    assert "редакция 2 пришла в 2 вариантах. Ноутбук клонировали или восстановили из копии" in forked.words
    assert "Группа 3. Содействуя будущему семьи: выберите пакет" in forked.words
    assert [each.title for each in forked.contest.contest.candidates] == ["Пакет 1", "Пакет 2"]
    assert "Подписал: moderator-3" in forked.words
    assert "Редакция 2 · 2 высказывания" in forked.words
    assert cells(forked) == [["Правило", ON_A, ON_B]]


def test_a_record_that_one_package_lacks_says_so(table: Table, session: Session) -> None:
    common = session.laptop(3).export()
    table.drop(
        session.save(common.export(base="one"), "g3-a.fpkg"),
        session.save(common.write(ON_B).export(), "g3-b.fpkg"),
    )
    assert cells(table) == [["Правило", "— в этом пакете нет —", ON_B]]


def test_packages_that_say_the_same_can_be_settled_too(table: Table, session: Session) -> None:
    common = session.laptop(3).export()
    later = common.export(created="2018-10-01T11:00:00Z")
    table.drop(session.save(common.export(), "g3-a.fpkg"), session.save(later, "g3-b.fpkg"))
    assert "Записи в этих пакетах одинаковы." in table.words
    table.click(table.contest.take_buttons[0])
    table.give(table.contest, SECRET)
    assert table.contest.contest.settled


def test_of_very_many_differences_the_rest_are_counted(table: Table, session: Session) -> None:
    common = session.laptop(3).export()
    many = [f"Высказывание {number}" for number in range(203)]
    table.drop(
        session.save(common.write(*many).export(), "g3-a.fpkg"),
        session.save(common.export(base="b"), "g3-b.fpkg"),
    )
    assert len(cells(table)) == 200
    assert "Отличаются ещё 3 записи" in table.words


def test_a_choice_is_signed_and_can_be_taken_back(forked: Table, session: Session) -> None:
    forked.click(forked.page.overview.contests_button)
    first, second = forked.contest.take_buttons
    assert first.hasFocus()
    forked.click(second)
    forked.give(forked.contest, SECRET)
    assert "✓ Группа 3. Содействуя будущему семьи: улажено" in forked.words
    assert [each.counts for each in forked.contest.contest.candidates] == [False, True]
    (again,) = forked.contest.take_buttons
    assert again.text() == "Вернуть этот"
    assert again.hasFocus()
    forked.click(again)  # the key is unlocked by now
    assert [each.counts for each in forked.contest.contest.candidates] == [True, False]
    forked.click(forked.contest.fold_button)
    assert cells(forked) == [["Правило", ON_A, ON_B]]
    assert forked.ask(statements) == {"Театр в каждом районе — «Ёлка»", ON_A}


def test_a_choice_bears_the_signature_of_the_lead(forked: Table) -> None:
    forked.click(forked.contest.take_buttons[0])
    forked.give(forked.contest, SECRET)
    origin = load_key(forked.home.key_path, SECRET).fingerprint
    origins = forked.ask(lambda centre: [each.origin for each, _ in centre.packages()])
    assert [each.startswith(origin) for each in origins] == [False, False, True]


def test_a_wrong_passphrase_asks_again_where_it_was_typed(forked: Table) -> None:
    forked.click(forked.contest.take_buttons[0])
    signing = forked.contest.signing
    assert signing.passphrase.line.hasFocus()
    assert not signing.passphrase.problem.isVisible()
    forked.give(forked.contest, "не то")
    assert signing.passphrase.problem.text() == "Пароль не подходит к ключу. Введите его ещё раз."
    assert signing.passphrase.line.selectedText()
    forked.give(forked.contest, SECRET)
    assert forked.contest.contest.settled


def test_a_choice_can_be_left_as_it_is(forked: Table) -> None:
    forked.click(forked.contest.take_buttons[0])
    forked.click(forked.contest.signing.cancel_button)
    assert not forked.contest.signing.isVisible()
    assert not forked.contest.contest.settled
    assert all(each.isEnabled() for each in forked.contest.take_buttons)


def test_without_a_key_the_way_to_one_is_told(forked: Table) -> None:
    forked.home.key_path.unlink()
    forked.click(forked.contest.take_buttons[0])
    assert "Сделайте его на начальном экране: «Ваш ключ»." in forked.contest.signing.problem.text()


def test_what_comes_after_a_choice_asks_for_another_one(forked: Table, session: Session) -> None:
    forked.click(forked.contest.take_buttons[0])
    forked.give(forked.contest, SECRET)
    later = session.laptop(3).export().write(ON_B).export().write("И дедушки").export()
    forked.drop(session.save(later, "g3-c.fpkg"))
    assert not forked.contest.contest.settled
    texts = {cell for row in cells(forked) for cell in row}
    assert {ON_A, ON_B, "И дедушки"} <= texts
    assert "Ключ" in forked.words


def test_records_that_vanished_are_counted_and_shown_on_demand(table: Table, session: Session) -> None:
    first = session.laptop(3, ON_A, ON_B).export()
    shorter = Laptop(session.keys[3], exports=first.exports).export()
    table.drop(session.save(first, "g3-1.fpkg"), session.save(shorter, "g3-2.fpkg"))
    (told,) = (each for each in table.page.overview.findChildren(Folded) if "исчезли" in each._words)
    assert told._words == (
        "! Группа 3. Содействуя будущему семьи: исчезли 2 записи, которые были в прежнем пакете"
    )
    assert not told.lines.isVisible()
    table.click(told.button)
    assert told.lines.text() == f"· Правило: {ON_A}\n· Правило: {ON_B}"
    assert told.button.text() == "Скрыть"


# The collection


def collected(table: Table, monkeypatch: pytest.MonkeyPatch, path: Path) -> Path:
    choose(monkeypatch, "getSaveFileName", path)
    table.click(table.page.cover.collect_button)
    if table.page.cover.signing.isVisible():
        table.page.cover.signing.passphrase.line.setText(SECRET)
        table.click(table.page.cover.signing.sign_button)
    return path


def test_a_collection_is_written_checked_and_taken_in_at_the_next_level(
    qtbot: QtBot, table: Table, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = load_key(table.home.key_path, SECRET)
    request = read_request(make_request("lead", lead, "2018-02-01T10:00:00Z"))
    grant(session.roster, request, [CODE], session.office.organizer)
    table.trust(session.roster)
    second = session.laptop(3).export().write(ON_A).export()
    table.drop(session.send(1), session.send(3), session.save(second, "g3-2.fpkg"))
    path = collected(table, monkeypatch, tmp_path / "округ.fpkg")
    assert table.page.cover.result.text() == f"✓ Записана и проверена: 2 группы, 3 пакета.\n{path}"
    assert not table.page.cover.stranger_note.isVisible()
    table.leave()
    nation = Table(qtbot, tmp_path / "nation")
    nation.begin(session.roster)
    nation.drop(path)
    head, *inner = nation.rows
    assert (head.name, head.word, head.group, head.inner) == ("округ.fpkg", "принят", "Обложка", False)
    assert all(row.inner for row in inner)
    assert sorted(row.group for row in inner) == [
        "Группа 1. Содействуя будущему семьи",
        "Группа 3. Содействуя будущему семьи",
        "Группа 3. Содействуя будущему семьи",
    ]
    assert "3 пакета · принят — 2 · старше того, что есть — 1 · обложек: 1" in nation.words
    assert "Пришли все, кого ждали" in nation.words
    assert nation.ask(statements) == {"Театр в каждом районе — «Ёлка»", ON_A}


def test_the_same_button_goes_on_with_the_passphrase_and_the_place(
    table: Table, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.drop(session.send(1))
    cover, path = table.page.cover, tmp_path / "округ.fpkg"
    choose(monkeypatch, "getSaveFileName", path)
    table.click(cover.collect_button)
    choose(monkeypatch, "getSaveFileName", tmp_path / "второй раз.fpkg")
    table.click(cover.collect_button)
    assert cover.signing.passphrase.problem.text() == "Введите пароль ключа."
    cover.signing.passphrase.line.setText(SECRET)
    table.click(cover.collect_button)
    assert cover.result.text().endswith(str(path))
    assert path.is_file()


def test_a_lead_whom_the_roster_does_not_name_is_told(
    table: Table, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.drop(session.send(1))
    assert table.page.cover.stranger_note.isVisible()
    path = collected(table, monkeypatch, tmp_path / "округ.fpkg")
    assert path.is_file()


def test_of_several_events_one_is_chosen(
    table: Table, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.drop(session.send(1))
    assert not table.page.cover.event_box.isVisible()
    other = replace(laptops.EVENT, code="pfo-2018", id=laptops.uid(9))
    monkeypatch.setattr(laptops, "EVENT", other)
    signers = tmp_path / "allowed_signers"
    signers.write_text(laptops.roster_line(session.keys[3], "pfo-2018.g3"))
    table.trust(signers)
    table.drop(session.save(session.laptop(3).export(), "pfo.fpkg"))
    assert table.rows[0].group == "Группа 3 · pfo-2018"
    box = table.page.cover.event_box
    assert [box.itemText(row) for row in range(box.count())] == ["pfo-2018", "skfo-2018"]
    box.setCurrentIndex(1)
    path = collected(table, monkeypatch, tmp_path / "округ.fpkg")
    assert b"skfo-2018.collection" in path.read_bytes()
    assert "1 группа, 1 пакет" in table.page.cover.result.text()


def test_a_folder_that_is_not_there_is_said_in_place(
    table: Table, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table.drop(session.send(1))
    collected(table, monkeypatch, tmp_path / "нигде" / "округ.fpkg")
    assert "Такой папки нет" in table.page.cover.signing.problem.text()
    assert table.page.cover.collect_button.isEnabled()
