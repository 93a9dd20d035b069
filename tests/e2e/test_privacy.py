"""A whole session with planted names: they lie in the group's file, its copies and nowhere else in clear."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from facilitator.domain.records import Person
from facilitator.packages import age, load_signers
from facilitator.packages.reader import read_encrypted
from facilitator.services.commands import AddCards, ChangePerson, NewPerson, WithdrawConsent
from facilitator.services.groups import open_group
from tests.helpers.planted import found_in
from ui.cli import group_commands
from ui.cli.main import BUG, main

GROUP = "skfo-2018.g3"
FIRST = NewPerson("Плантова Именелла", "Планторг", "+7 900 111-22-33")
SECOND = NewPerson("Подсадков Тимур", "Посадстрой", "podsadkov@example.org")
WORDS = [word for each in (FIRST, SECOND) for word in (each.name, each.organization, each.contact)]
PASSPHRASE = "Секретная фраза 7391"
EVENT = {
    "code": "skfo-2018",
    "script": "obraz-budushchego-2025",
    "district": "skfo",
    "city": "Пятигорск",
    "starts": "2018-02-08",
    "ends": "2018-02-09",
    "groups": [{"number": 3, "theme": "family"}],
}


class Session:
    """The folder of a session, and its people at their command lines."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        self.said = ""

    def __call__(self, who: str, *command: object, code: int = 0) -> Any:
        """Let somebody run a command; return what it answered."""
        self._capsys.readouterr()
        ended = main([*map(str, command), "--home", str(self.root / who), "--json"])
        printed = self._capsys.readouterr()
        self.said += printed.out + printed.err
        assert ended == code, printed.err
        return json.loads(printed.out) if printed.out else None

    def file(self, name: str) -> Path:
        return self.root / name


def register(path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["ФИО", "Организация", "Телефон"])
    for each in (FIRST, SECOND):
        sheet.append([each.name, each.organization, each.contact])
    book.save(path)


@pytest.fixture
def session(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Session:
    """A group that was handed out with its people's names, opened by its moderator, at work."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    made = Session(tmp_path, capsys)
    made.file("event.json").write_text(json.dumps(EVENT), "utf-8")
    made.file("phrase").write_text(PASSPHRASE, "utf-8")
    register(made.file("people.xlsx"))
    secret = ("--passphrase-file", made.file("phrase"))
    roster, recipients = made.file("roster.fpkg"), [made.file(name) for name in ("lead.age", "recovery.age")]
    made("organizer", "identity", "new")
    made("moderator", "identity", "new", *secret)
    made("moderator", "identity", "request", made.file("moderator.json"), "--name", "Алёна Ведущая", *secret)
    made("lead", "identity", "new")
    made("lead", "identity", "request", made.file("lead.json"), "--name", "Лида Главная")
    for recipient in recipients:
        made("organizer", "keygen-recipient", recipient)
    to = [part for each in recipients for part in ("--recipient", each.with_name(f"{each.name}.pub"))]
    made("organizer", "roster", "new", roster, "--event", made.file("event.json"), *to)
    made("organizer", "roster", "grant", roster, made.file("moderator.json"), "--principal", GROUP)
    made("organizer", "roster", "grant", roster, made.file("lead.json"), "--principal", "skfo-2018.*")
    people = ("--participants", made.file("people.xlsx"))
    made("organizer", "assign", roster, "--group", 3, "--out", made.file("a3.fpkg"), *people)
    opened = made("moderator", "open", made.file("a3.fpkg"), "--out", made.file("g3.fgroup"), *secret)
    assert (opened["participants"], opened["names"]) == (2, 2)
    with open_group(made.file("g3.fgroup")) as service:
        for key, details in zip(service.snapshot.persons, (FIRST, SECOND), strict=True):
            service.perform(ChangePerson(key, details, consent=True))
        service.perform(AddCards("rule", ("Театр в каждом районе",), author=key))
    return made


def export(session: Session, name: str, *options: object) -> Path:
    secret = ("--passphrase-file", session.file("phrase"))
    session("moderator", "export", session.file("g3.fgroup"), session.file(name), *options, *secret)
    return session.file(name)


def names_in(session: Session, package: Path) -> list[str]:
    """Return the names in a persons package, opened with the lead's secret."""
    signers = session.file("allowed_signers")
    key = session("moderator", "identity", "show")["public"]
    signers.write_text(f'{GROUP} namespaces="fpkg@facilitator" {key}\n', "ascii")
    identities = age.parse_identities(session.file("lead.age").read_text("ascii"))
    opened = read_encrypted(package.read_bytes(), identities, load_signers(signers), datetime.now(UTC))
    return sorted(each.name for each in opened.records if isinstance(each, Person))


def provoke_a_crash(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> int:
        raise RuntimeError(" ".join(WORDS))

    with monkeypatch.context() as broken:
        broken.setattr(group_commands, "show", fail)
        session("moderator", "show", session.file("g3.fgroup"), code=BUG)
    assert "RuntimeError" in session.file("moderator/crash.log").read_text("utf-8")


def test_names_lie_nowhere_in_clear_but_in_the_group_s_file_and_its_copies(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = [part for name in ("lead", "recovery") for part in ("--encrypt-to", session.file(f"{name}.age.pub"))]
    work = export(session, "g3.fpkg")
    names = export(session, "g3.persons.fpkg.age", "--persons")
    sealed = export(session, "g3.sealed.fpkg.age", *to)
    centre, nation = session.file("skfo.fcentre"), session.file("nation.fcentre")
    roster = ("--roster", session.file("roster.fpkg"))
    everything = (work, names, sealed, session.file("a3.fpkg"), session.file("a3.persons.fpkg.age"))
    by_mistake = (session.file("g3.fgroup"), session.file("people.xlsx"))
    session("lead", "verify", work, *roster)
    session("lead", "merge", centre, *everything, *by_mistake, *roster, code=1)
    session("lead", "release", centre, *roster, "--identity", session.file("lead.age"))
    session("lead", "collect", centre, session.file("skfo.fpkg"))
    session("nation", "merge", nation, session.file("skfo.fpkg"), *roster)
    for kind, form, source in (
        ("group", "docx", session.file("g3.fgroup")),
        ("consolidated", "docx", nation),
        ("consolidated", "xlsx", nation),
    ):
        out = session.file(f"{kind}.{form}")
        session("lead", "report", source, "--kind", kind, "--format", form, "--out", out)
    session("moderator", "restore", session.file("g3.fgroup"))
    for path in (session.file("g3.fgroup"), centre, nation):
        session("lead", "doctor", path)
    provoke_a_crash(session, monkeypatch)

    assert names_in(session, names) == sorted((FIRST.name, SECOND.name))
    files = [path for path in session.root.rglob("*") if path.is_file()]
    holders = {str(path.relative_to(session.root)) for path in files if found_in(path, WORDS)}
    others = {name for name in holders if not name.endswith(".fgroup")}
    assert others == {"people.xlsx"}
    assert "g3.fgroup" in holders
    assert any("g3.fgroup.backups" in name for name in holders)
    assert len(files) > 40
    assert not any(word in session.said for word in WORDS)
    assert [path.name for path in files if found_in(path, [PASSPHRASE])] == ["phrase"]


def test_a_withdrawn_name_is_in_no_later_package_and_no_signature_breaks(session: Session) -> None:
    roster = ("--roster", session.file("roster.fpkg"))
    work = export(session, "g3.fpkg")
    before = export(session, "1.persons.fpkg.age", "--persons")
    said = work.read_bytes()
    with open_group(session.file("g3.fgroup")) as service:
        (first,) = (key for key, person in service.snapshot.persons.items() if person.name == FIRST.name)
        service.perform(WithdrawConsent(first))
        assert first in service.snapshot.participants

    after = export(session, "2.persons.fpkg.age", "--persons")
    again = export(session, "g3-again.fpkg")

    assert names_in(session, before) == sorted((FIRST.name, SECOND.name))
    assert names_in(session, after) == [SECOND.name]
    assert work.read_bytes() == said
    assert [session("lead", "verify", path, *roster)["outcome"] for path in (work, again)] == ["accepted"] * 2
    merged = session("lead", "merge", session.file("c.fcentre"), work, again, *roster)
    assert [each["outcome"] for each in merged["packages"]] == ["superseded", "accepted"]
    assert merged["vanished"] == []
