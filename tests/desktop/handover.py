"""The page of the hand-over as a person uses it, in a group of their own or one that was assigned."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from facilitator.packages.age import parse_identities
from facilitator.packages.reader import Package, read_encrypted, read_package, read_package_file
from facilitator.packages.signers import Signers, parse_signers
from facilitator.services.assignments import assign, open_assignment
from facilitator.services.commands import NewPerson
from facilitator.services.home import Home
from facilitator.services.identity import own_key
from tests.desktop.window import Desk
from tests.helpers.organizers import Office, recipients
from ui.desktop.handover_page import HandoverPage

SECRET = "слово за слово"
NAMES = ("Ёлкина Алёна", "Ким Олег", "Хан Зара")


def page(desk: Desk) -> HandoverPage:
    found = desk.workspace._places["handover"]
    assert isinstance(found, HandoverPage)
    return found


def open_page(desk: Desk) -> HandoverPage:
    desk.workspace.go_to("handover")
    desk.settle()
    return page(desk)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Answer the next file dialogs with ``path``; return the names they suggest."""
    suggested: list[str] = []

    def answer(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        suggested.append(Path(name).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return suggested


def make_key(desk: Desk, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Write a first package to ``path``, which makes the key."""
    choose(monkeypatch, path)
    page(desk).key.passphrase.setText(SECRET)
    page(desk).key.again.setText(SECRET)
    page(desk).save_bar.file_button.click()
    desk.settle()


def open_assigned(desk: Desk, folder: Path) -> tuple[str, str]:
    """Open a group that an organizer has handed out; return the secrets of the lead and of recovery."""
    pairs = recipients()
    open_group_of(desk, Office.open(folder / "office", readers=tuple(public for public, _ in pairs)))
    return pairs[0][1], pairs[1][1]


def open_group_of(desk: Desk, office: Office) -> None:
    people = [NewPerson(name, contact=f"+7 900 000-00-0{number}") for number, name in enumerate(NAMES)]
    assignment, group = office.folder / "a3.fpkg", office.folder / "g3.fgroup"
    assign(office.roster, 3, assignment, office.organizer, moderator="Алёна", people=people)
    open_assignment(assignment, group, Home(office.folder / "moderator"))
    desk.window.open_group(group)
    desk.wait_for_workspace()


def signers(home: Home) -> Signers:
    """Return a list of signers that knows this installation's key alone."""
    return parse_signers(f"{own_key(home).signer_line('*')}\n".encode(), b"")


def read_clear(path: Path, home: Home) -> Package:
    return read_package(read_package_file(path), signers(home), datetime.now(UTC))


def read_with(secret: str, path: Path, home: Home) -> Package:
    return read_encrypted(path.read_bytes(), parse_identities(secret), signers(home), datetime.now(UTC))
