"""record, show, export, restore, doctor: what each does and says, in words and in JSON."""

from pathlib import Path
from unicodedata import normalize

import pytest

from facilitator.domain.records import Card
from facilitator.packages import create_key
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.services.groups import open_group
from facilitator.storage.backup import list_backups
from tests.cli.conftest import Run
from tests.cli.lines import EVENT, GROUP, ID, card, link, write


@pytest.fixture
def group(run: Run, folder: Path) -> Path:
    """A group with a rule that overcomes one of two barriers."""
    path = folder / "группа 3.fgroup"
    records = [EVENT, GROUP, card(3), card(4, "Нет денег"), card(5, "Учить своих", "rule"), link(6, 5, 3)]
    assert run("record", path, write(folder.parent / "first.jsonl", *records)).code == 0
    return path


def cards(path: Path) -> dict[str, Card]:
    with open_group(path) as service:
        return dict(service.snapshot.cards)


def texts(path: Path) -> list[str]:
    return [each.text for _, each in sorted(cards(path).items())]


def test_record_makes_a_group(run: Run, folder: Path) -> None:
    path = folder / "g.fgroup"
    answer = run("record", path, write(folder / "r.jsonl", card(3), GROUP, EVENT))
    assert (answer.code, answer.out, answer.err) == (0, "Внесены 3 записи.\n", "")
    assert texts(path) == ["Молодёжь уезжает"]


def test_record_adds_to_a_group(run: Run, folder: Path, group: Path) -> None:
    source = write(folder / "more.jsonl", link(8, 7, 3), card(7, "Платить больше", "rule"))
    answer = run("record", group, source, "--json")
    assert answer.json == {"recorded": 2, "path": str(group)}
    assert texts(group) == ["Молодёжь уезжает", "Нет денег", "Учить своих", "Платить больше"]
    with open_group(group) as service:
        assert service.undo_name is not None
        assert (service.undo_name.code, service.undo_name.subject) == ("records-taken", "2")


@pytest.mark.parametrize(
    ("before", "end"), [("\ufeff", "\n"), ("", "\r\n"), ("\n  \n", "\n\n\n"), ("\ufeff\r\n", "\r\n\t\r\n")]
)
def test_record_takes_files_as_editors_write_them(run: Run, folder: Path, before: str, end: str) -> None:
    source = write(folder / "r.jsonl", EVENT, GROUP, card(3))
    source.write_bytes((before + source.read_text("utf-8").replace("\n", end)).encode())
    assert run("record", folder / "g.fgroup", source).code == 0
    assert texts(folder / "g.fgroup") == ["Молодёжь уезжает"]


def test_record_keeps_peoples_words(run: Run, folder: Path) -> None:
    said = "Ёлка – «да»…\u2028\nи\u00a0нет"
    source = write(folder / "r.jsonl", EVENT, GROUP, card(3, normalize("NFD", said)))
    assert run("record", folder / "g.fgroup", source).code == 0
    assert texts(folder / "g.fgroup") == [said]


def test_show_tells_what_is_there_and_what_is_missing(run: Run, group: Path) -> None:
    shown = run("--json", "show", group).json
    assert shown.keys() == {"event", "group", "counts", "steps", "gaps"}
    assert shown["event"] == {name: value for name, value in EVENT.items() if name != "type"}
    assert shown["group"] == {name: value for name, value in GROUP.items() if name != "type"}
    assert shown["counts"] == {"barrier": 2, "rule": 1}
    assert len(shown["steps"]) == 8
    assert {"step": "barriers", "state": "waiting", "cards": 2} in shown["steps"]
    open_barriers = [gap["card"] for gap in shown["gaps"] if "overcomes" in gap["missing"]]
    assert open_barriers == [ID(4)]
    assert all(gap.keys() == {"card", "kind", "missing"} for gap in shown["gaps"])


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "Пятигорск, 2018-02-08: группа 3, «"), ("en", "Пятигорск, 2018-02-08: group 3, “")],
)
def test_show_says_it_in_words(run: Run, group: Path, language: str, said: str) -> None:
    answer = run("show", group, "--lang", language)
    assert answer.out.startswith(said)
    assert "«Нет денег» — " in answer.out
    assert len(answer.out.splitlines()) > 10


def test_export_writes_a_package(run: Run, folder: Path, group: Path) -> None:
    create_key(folder / "key", None)
    package = folder / "g3.fpkg"
    made = run("export", group, package, "--key", folder / "key", "--json").json
    assert made.keys() == {"id", "principal", "rev", "path", "counts", "recipients"}
    assert (made["principal"], made["rev"], made["path"]) == ("skfo-2018.g3", 1, str(package))
    assert made["counts"]["card"] == 3
    again = run("export", group, package, "--key", folder / "key")
    assert again.out == f"Пакет skfo-2018.g3, редакция 2: записан и проверен. {package}\n"


def test_export_unlocks_the_key_by_its_passphrase(run: Run, folder: Path, group: Path) -> None:
    create_key(folder / "key", " ёлка и снег ")
    (folder / "words").write_bytes(" ёлка и снег \r\nзаметка\r\n".encode())
    options = ("--key", folder / "key", "--passphrase-file", folder / "words", "--json")
    assert run("export", group, folder / "g.fpkg", *options).json["rev"] == 1


def test_verify_says_whether_a_package_would_be_accepted(run: Run, folder: Path, group: Path) -> None:
    key = create_key(folder / "key", None)
    package, roster = folder / "g.fpkg", folder / "allowed_signers"
    made = run("export", group, package, "--key", folder / "key", "--json").json
    roster.write_text(f'skfo-2018.g3 namespaces="{PACKAGE_NAMESPACE}" {key.public_line}\n')
    answer = run("verify", package, "--roster", roster, "--json")
    assert answer.code == 0
    expected = {
        "outcome": "accepted",
        "code": None,
        "reason": None,
        "id": made["id"],
        "kind": "group",
        "principal": "skfo-2018.g3",
        "rev": 1,
        "recipients": [],
        "packages": [],
    }
    assert answer.json == expected
    package.write_bytes(package.read_bytes()[:-1])
    answer = run("verify", package, "--roster", roster, "--json")
    assert (answer.code, answer.json["outcome"]) == (1, "refused")
    assert answer.json["reason"]


def test_restore_lists_the_copies_and_puts_one_back(run: Run, folder: Path, group: Path) -> None:
    assert run("restore", folder / "нет.fgroup", "--list").out == "Копий этого файла нет.\n"
    for number in (7, 8):
        run("record", group, write(folder / "more.jsonl", card(number, f"Барьер {number}")))
    listed = run("restore", group, "--list", "--json").json["backups"]
    assert [each["sound"] for each in listed] == [True, True, True]
    newest, older, _ = list_backups(group)
    newest.path.write_bytes(b"spoiled")
    assert run("restore", group, "--list").out.splitlines()[0].split()[:2] == [newest.name, "ПОВРЕЖДЕНА"]
    restored = run("restore", group, "--json").json
    assert restored["restored"] == older.name
    assert Path(restored["former"]).exists()
    assert "Барьер 8" not in texts(group)
    answer = run("restore", group, "--backup", older.name)
    assert answer.out.startswith(f"Восстановлено из копии {older.name}.\nПрежний файл сохранён: ")


def test_doctor_finds_a_sound_group_sound(run: Run, folder: Path, group: Path) -> None:
    answer = run("doctor", group)
    assert (answer.code, answer.out) == (0, "Всё исправно. 6 записей, 1 копия.\n")
    run("record", group, write(folder / "more.jsonl", card(7)))
    found = run("doctor", group, "--json").json
    assert found == {
        "sound": True, "findings": [], "records": 7,
        "backups": [{"name": copy.name, "sound": True} for copy in list_backups(group)],
    }  # fmt: skip


def test_doctor_names_a_damaged_copy(run: Run, folder: Path, group: Path) -> None:
    (copy,) = list_backups(group)
    copy.path.write_bytes(b"spoiled")
    answer = run("doctor", group, "--lang", "en", "--json")
    assert answer.code == 1
    assert [each["code"] for each in answer.json["findings"]] == ["backup-damaged"]
    assert copy.name in answer.json["findings"][0]["sentence"]
    assert answer.json["backups"] == [{"name": copy.name, "sound": False}]
