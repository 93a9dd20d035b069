"""Who can read what leaves: everyone, or those the organizer has named; names never leave in the clear."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facilitator.domain.records import Person
from facilitator.packages.age import new_recipient
from facilitator.packages.content import FEWEST_RECIPIENTS
from facilitator.services.commands import ChangePerson, NewPerson, WithdrawConsent
from tests.desktop.handover import (
    NAMES,
    SECRET,
    choose,
    make_key,
    open_assigned,
    open_group_of,
    open_page,
    read_clear,
    read_with,
)
from tests.desktop.window import Desk
from tests.helpers.organizers import Office
from ui.desktop.handover import readers


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.leave()


def name_people(desk: Desk, *agree: str) -> dict[str, str]:
    """Enter names behind the labels; return the participants by name."""
    participants = sorted(desk.session.snapshot.participants.values(), key=lambda each: each.label)
    for participant, name in zip(participants, NAMES, strict=True):
        details = NewPerson(name, contact=f"{name}@example.org")
        desk.session.perform(ChangePerson(participant.id, details, consent=name in agree))
    desk.settle()
    return {name: participant.id for participant, name in zip(participants, NAMES, strict=True)}


def test_the_program_agrees_with_the_format_on_how_few_may_read() -> None:
    assert readers.FEWEST == FEWEST_RECIPIENTS


def test_without_an_assignment_everyone_can_read_and_names_stay(desk: Desk) -> None:
    desk.open_practice()
    shown = open_page(desk)
    assert shown.readers.text() == "Прочитать сможет каждый, у кого есть файл: имён в нём нет."
    assert not shown.encrypt.isVisible()
    assert "Имена остаются на этом компьютере" in shown.names_card.readers.text()
    assert not shown.names_card.write_button.isVisible()


def test_without_recipients_in_the_roster_names_stay_too(desk: Desk, tmp_path: Path) -> None:
    open_group_of(desk, Office.open(tmp_path / "office"))
    shown = open_page(desk)
    assert not shown.encrypt.isVisible()
    assert "Имена остаются на этом компьютере" in shown.names_card.readers.text()


def test_more_recipients_are_counted(desk: Desk, tmp_path: Path) -> None:
    named = tuple(new_recipient()[0] for _ in range(3))
    open_group_of(desk, Office.open(tmp_path / "office", readers=named))
    shown = open_page(desk)
    assert shown.encrypt.text() == "Зашифровать для тех, кого назвал организатор (3 получателя)"
    assert "прочитают только названные организатором (3 получателя)" in shown.names_card.readers.text()


def test_a_package_can_be_for_the_lead_and_the_recovery_key_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = open_assigned(desk, tmp_path)
    shown = open_page(desk)
    assert shown.encrypt.text() == "Зашифровать для ведущего и запасного ключа (2 получателя)"
    shown.encrypt.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert shown.readers.text().startswith("Для всех остальных файл закрыт")
    make_key(desk, monkeypatch, tmp_path / "secret.fpkg.age")
    assert "Зашифровано: прочитают только ведущий" in shown.package.outcome.text
    for secret in secrets:
        assert read_with(secret, tmp_path / "secret.fpkg.age", desk.home).envelope.kind == "group"
    assert not (tmp_path / "secret.fpkg.age").read_bytes().startswith(b"PK")


def test_names_of_those_who_agreed_go_to_the_recipients_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = open_assigned(desk, tmp_path)
    people = name_people(desk, NAMES[0], NAMES[1])
    shown = open_page(desk)
    make_key(desk, monkeypatch, tmp_path / "work.fpkg")
    assert shown.names_card.agreed.text() == "Передать свои имена согласны 2 из 3 названных в списке."
    names = tmp_path / "names.fpkg.age"
    suggested = choose(monkeypatch, names)
    shown.key.passphrase.setText(SECRET)
    shown.names_card.write_button.click()
    desk.settle()
    assert suggested == ["skfo-2018.g3.persons.fpkg.age"]
    assert shown.names.outcome.head.text() == "✓ Имена зашифрованы, записаны и проверены."
    for secret in secrets:
        package = read_with(secret, names, desk.home)
        assert package.envelope.kind == "persons"
        assert {each.id for each in package.records} == {people[NAMES[0]], people[NAMES[1]]}
    for name in NAMES:
        assert name.encode() not in names.read_bytes()
        assert name.encode() not in (tmp_path / "work.fpkg").read_bytes()
    assert not any(isinstance(each, Person) for each in read_clear(tmp_path / "work.fpkg", desk.home).records)


def test_the_next_package_of_names_is_without_who_has_withdrawn(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, _ = open_assigned(desk, tmp_path)
    people = name_people(desk, NAMES[0], NAMES[1])
    desk.session.perform(WithdrawConsent(people[NAMES[0]]))
    shown = open_page(desk)
    names = tmp_path / "names.fpkg.age"
    choose(monkeypatch, names)
    shown.key.passphrase.setText(SECRET)
    shown.key.again.setText(SECRET)
    shown.names_card.write_button.click()
    desk.settle()
    assert [each.id for each in read_with(secret, names, desk.home).records] == [people[NAMES[1]]]


def test_where_nobody_agreed_there_is_nothing_to_write(desk: Desk, tmp_path: Path) -> None:
    open_assigned(desk, tmp_path)
    people = name_people(desk)
    card = open_page(desk).names_card
    assert card.agreed.text() == "Передать свои имена согласны 0 из 3 названных в списке."
    assert not card.write_button.isEnabled()
    assert "Согласие отмечают на странице «Участники»" in card.readers.text()
    desk.session.perform(ChangePerson(people[NAMES[2]], NewPerson(NAMES[2]), consent=True))
    desk.settle()
    assert card.write_button.isEnabled()


def test_the_page_shows_no_name(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_assigned(desk, tmp_path)
    name_people(desk, *NAMES)
    shown = open_page(desk)
    choose(monkeypatch, tmp_path / "names.fpkg.age")
    shown.key.passphrase.setText(SECRET)
    shown.key.again.setText(SECRET)
    shown.names_card.write_button.click()
    desk.settle()
    words = "\n".join(label.text() for label in shown.findChildren(QLabel))
    assert "Имена зашифрованы" in words
    assert not any(name in words for name in NAMES)


def test_a_place_that_refuses_the_names_is_said_below_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_assigned(desk, tmp_path)
    name_people(desk, *NAMES)
    shown = open_page(desk)
    choose(monkeypatch, tmp_path / "nowhere" / "names.fpkg.age")
    shown.key.passphrase.setText(SECRET)
    shown.key.again.setText(SECRET)
    shown.names_card.write_button.click()
    desk.settle()
    assert shown.names.outcome.text.startswith("Такой папки нет")
    assert shown.names.outcome.elsewhere_button.hasFocus()
    assert not shown.package.outcome.isVisible()
