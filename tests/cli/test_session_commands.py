"""A session by the command line alone: keys, roster, assignments, hand-over, collection, conflicts."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from facilitator.packages.age import is_encrypted
from tests.cli.conftest import Answer, Run
from tests.cli.lines import card, write
from tests.cli.test_wrong_input import THEIRS, check_told
from tests.helpers.organizers import CODE, plan, save_plan


@pytest.fixture
def as_(run: Run, folder: Path) -> Run:
    """Run a command as one of several people, each in a home of their own."""

    def run_as(who: str, *arguments: object) -> Answer:
        return run("--home", folder / f"home-{who}", "--lang", "en", *arguments)

    return run_as


def enrol(as_: Run, folder: Path, who: str) -> Path:
    """Make somebody's key and request."""
    assert as_(who, "identity", "new").code == 0
    request = folder / f"{who}.json"
    assert as_(who, "identity", "request", request, "--name", f"{who.title()} Первая").code == 0
    return request


@pytest.fixture
def roster(as_: Run, folder: Path) -> Path:
    """A roster in which a moderator leads group 3 and a lead may sign for all."""
    assert as_("organizer", "identity", "new").code == 0
    for name in ("lead.age", "recovery.age"):
        assert as_("lead", "keygen-recipient", folder / name).code == 0
    event = save_plan(folder / "event.json", plan())
    path = folder / "ROSTER.fpkg"
    readers = [each for name in ("lead", "recovery") for each in ("--recipient", folder / f"{name}.age.pub")]
    assert as_("organizer", "roster", "new", path, "--event", event, *readers).code == 0
    moderator, lead = enrol(as_, folder, "moderator"), enrol(as_, folder, "lead")
    assert as_("organizer", "roster", "grant", path, moderator, "--principal", f"{CODE}.g3").code == 0
    assert as_("organizer", "roster", "grant", path, lead, "--principal", CODE).code == 0
    return path


@pytest.fixture
def register(folder: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Список участников"])
    sheet.append(["№", "ФИО", "Субъект РФ", "Категория", "Организация", "Телефон"])
    sheet.append([1, "Планта Именова", "Дагестан", "Бизнес", "ЦСО", "+7 900 111-22-33"])
    sheet.append([None] * 6)
    sheet.append([2, "Иван Второй", None, None, None, None])
    path = folder / "PEOPLE.xlsx"
    workbook.save(path)
    return path


@pytest.fixture
def group(as_: Run, folder: Path, roster: Path, register: Path) -> Path:
    """The moderator's group, opened from the assignment, with a statement in it."""
    made = as_(
        "organizer", "assign", roster, "--group", 3, "--out", folder / "a3.fpkg", "--participants", register
    )
    assert made.code == 0, made
    path = folder / "g3.fgroup"
    assert as_("moderator", "open", folder / "a3.fpkg", "--out", path).code == 0
    owner = as_("moderator", "show", path, "--json").json["group"]["id"]
    record = write(folder / "r.jsonl", card(31, "Молодёжь уезжает", group=owner))
    assert as_("moderator", "record", path, record).code == 0
    return path


def test_the_key_is_made_shown_and_enrolled(as_: Run, folder: Path) -> None:
    check_told(as_("moderator", "identity", "show"), "key-missing")
    made = as_("moderator", "identity", "new", "--json").json
    assert made.keys() == {"fingerprint", "digits", "public", "path"}
    assert as_("moderator", "identity", "show", "--json").json == made
    check_told(as_("moderator", "identity", "new"), "key-exists")
    check_told(as_("moderator", "identity", "request", "--name", " "), "name-missing")
    assert as_("moderator", "identity", "request", folder / "account.json").code == 0
    printed = as_("moderator", "identity", "request", "--name", "Алёна").out
    assert json.loads(printed)["name"] == "Алёна"
    written = as_("moderator", "identity", "request", folder / "r.json", "--name", "Алёна", "--json").json
    assert written["digits"] == made["digits"]
    check_told(as_("moderator", "identity", "request", folder / "r.json"), "file-exists")
    assert as_("moderator", "identity", "request", folder / "again.json").code == 0
    assert as_("moderator", "identity", "new", "--replace", "--json").json["digits"] != made["digits"]


def test_a_locked_key_needs_its_passphrase(as_: Run, folder: Path) -> None:
    for name, words in (("right", "ёлка\n"), ("wrong", "снег\n")):
        (folder / name).write_text(words, "utf-8")
    assert as_("moderator", "identity", "new", "--passphrase-file", folder / "right").code == 0
    ask = ("identity", "request", folder / "r.json", "--name", "Алёна")
    check_told(as_("moderator", *ask), "key-passphrase-needed")
    check_told(as_("moderator", *ask, "--passphrase-file", folder / "wrong"), "key-passphrase-wrong")
    assert not (folder / "r.json").exists()
    assert as_("moderator", *ask, "--passphrase-file", folder / "right").code == 0


def test_a_foreign_key_is_brought(as_: Run, folder: Path) -> None:
    as_("other", "identity", "new")
    source = folder / "home-other" / "keys" / "id_ed25519"
    brought = as_("moderator", "identity", "import", source, "--json").json
    assert brought["digits"] == as_("other", "identity", "show", "--json").json["digits"]
    check_told(as_("moderator", "identity", "import", folder / "нет", "--replace"), "key-missing")


def test_a_pair_for_encryption_never_takes_the_place_of_another(as_: Run, folder: Path) -> None:
    pair = as_("lead", "keygen-recipient", folder / "lead.age", "--json").json
    assert pair["recipient"].startswith("age1")
    assert (folder / "lead.age").stat().st_mode & 0o077 == 0
    before = (folder / "lead.age").read_bytes()
    check_told(as_("lead", "keygen-recipient", folder / "lead.age"), "file-exists")
    assert (folder / "lead.age").read_bytes() == before


def test_the_roster_says_who_may_sign(as_: Run, folder: Path, roster: Path) -> None:
    shown = as_("organizer", "roster", "show", roster, "--json").json
    assert (shown["version"], shown["groups"]) == (3, [f"{CODE}.g3", f"{CODE}.g4"])
    assert [each["principals"] for each in shown["grants"]] == [[f"{CODE}.*"], [f"{CODE}.g3"], [f"{CODE}.*"]]
    assert not shown["organizer"]["first_use"]
    assert as_("stranger", "roster", "show", roster, "--json").json["organizer"]["first_use"]
    words = as_("stranger", "roster", "show", roster).out
    assert f"Nobody is enrolled yet for: {CODE}.g4" in words
    assert "for the first time" in words


def test_dates_and_revocation_are_versions_too(as_: Run, folder: Path, roster: Path) -> None:
    moderator = folder / "moderator.json"
    dated = as_(
        *("organizer", "roster", "grant", roster, moderator, "--principal", f"{CODE}.g3"),
        *("--since", "2018-02-08", "--until", "2018-02-09", "--json"),
    ).json
    (line,) = (each for each in dated["grants"] if each["principals"] == [f"{CODE}.g3"])
    assert line["valid_before"] - line["valid_after"] == 2 * 86_400 - 1
    revoked = as_("organizer", "roster", "revoke", roster, moderator, "--json").json
    assert (revoked["version"], [each["revoked"] for each in revoked["grants"]].count(True)) == (5, 1)
    assert "revoked" in as_("organizer", "roster", "show", roster).out


def test_all_keys_of_one_group_are_revoked_by_its_name(as_: Run, folder: Path, roster: Path) -> None:
    by_name = ("organizer", "roster", "revoke", roster, "--principal")
    revoked = as_(*by_name, f"{CODE}.g3", "--json").json["grants"]
    assert [each["principals"] for each in revoked if each["revoked"]] == [[f"{CODE}.g3"]]
    check_told(as_(*by_name, f"{CODE}.g4"), "key-not-granted")
    check_told(as_("organizer", "roster", "revoke", roster), "usage", 2)


def test_a_grant_says_for_whom(as_: Run, folder: Path, roster: Path) -> None:
    grant = ("organizer", "roster", "grant", roster, folder / "moderator.json")
    check_told(as_(*grant), "grant-unclear")
    check_told(as_(*grant, "--principal", CODE, "--organizer"), "grant-unclear")
    grants = as_(*grant, "--organizer", "--json").json["grants"]
    assert sum("fpkg-roster@facilitator" in each["namespaces"] for each in grants) == 2
    check_told(as_("organizer", "roster", "grant", roster, folder / "нет", "--organizer"), "file-missing")
    check_told(as_("organizer", "roster", "grant", roster, folder, "--organizer"), "request-unsound")


def test_recipients_are_named_by_file_or_by_word(as_: Run, folder: Path, roster: Path) -> None:
    word = (folder / "lead.age.pub").read_text().strip()
    said = as_("organizer", "roster", "recipients", roster, word, folder / "recovery.age.pub", "--json").json
    assert word in said["recipients"]
    check_told(as_("organizer", "roster", "recipients", roster, word), "recipients-too-few")
    check_told(as_("organizer", "roster", "recipients", roster, folder / "нет"), "file-missing")


def test_the_assignment_brings_the_group_with_its_names(as_: Run, folder: Path, group: Path) -> None:
    shown = as_("moderator", "show", group, "--json").json
    assert (shown["event"]["code"], shown["group"]["number"]) == (CODE, 3)
    assert shown["group"]["moderator"] == "Moderator Первая"
    assert is_encrypted((folder / "a3.persons.fpkg.age").read_bytes())
    check_told(as_("moderator", "open", folder / "a3.fpkg", "--out", group), "file-exists")
    again = as_("moderator", "open", folder / "a3.fpkg", "--out", folder / "b.fgroup", "--json").json
    assert (again["participants"], again["names"], again["roster_version"]) == (2, 2, 3)
    assert not again["organizer"]["first_use"]
    stranger = as_("stranger", "open", folder / "a3.fpkg", "--out", folder / "c.fgroup", "--json").json
    assert (stranger["names"], stranger["organizer"]["first_use"]) == (0, True)
    words = as_("another", "open", folder / "a3.fpkg", "--out", folder / "d.fgroup").out
    assert stranger["organizer"]["digits"] in words


def test_the_digits_that_were_heard_are_compared(as_: Run, folder: Path, group: Path) -> None:
    digits = as_("organizer", "identity", "show", "--json").json["digits"]
    opened = ("open", folder / "a3.fpkg", "--out", folder / "n.fgroup", "--organizer")
    check_told(as_("new", *opened, "12345"), "digits-differ")
    assert not (folder / "n.fgroup").exists()
    assert "first time" not in as_("new", *opened, digits.replace(" ", "")).out


def test_a_register_that_cannot_be_read_hands_nothing_out(as_: Run, folder: Path, roster: Path) -> None:
    bad = folder / "bad.xlsx"
    bad.write_bytes(b"PK no workbook")
    assigned = ("assign", roster, "--group", 3, "--out", folder / "a.fpkg", "--participants")
    check_told(as_("organizer", *assigned, bad), "register-unreadable")
    check_told(as_("organizer", *assigned, folder / "нет.xlsx"), "file-missing")
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["ФИО", "Регион"])
    sheet.append(["Имя", "Марс"])
    workbook.save(bad)
    assert "line 2" in check_told(as_("organizer", *assigned, bad), "region-unknown")
    assert not (folder / "a.fpkg").exists()


def export(as_: Run, folder: Path, group: Path, name: str, *options: object) -> Any:
    answer = as_("moderator", "export", group, folder / name, *options, "--json")
    assert answer.code == 0, answer
    return answer.json


def merge(as_: Run, who: str, folder: Path, roster: Path, *packages: object) -> Any:
    return as_(who, "merge", folder / f"{who}.fcentre", *packages, "--roster", roster, "--json").json


def test_an_encrypted_package_waits_for_its_secret(as_: Run, folder: Path, roster: Path, group: Path) -> None:
    readers = [each for name in ("lead", "recovery") for each in ("--encrypt-to", folder / f"{name}.age.pub")]
    made = export(as_, folder, group, "g3.fpkg.age", *readers)
    assert len(made["recipients"]) == 2
    check_told(
        as_("moderator", "export", group, folder / "x", "--encrypt-to", folder / "lead.age.pub"),
        "recipients-too-few",
    )
    verify = ("verify", folder / "g3.fpkg.age", "--roster", roster, "--json")
    assert as_("lead", *verify).json["code"] == "age-not-for-us"
    secret = ("--identity", folder / "lead.age")
    assert as_("lead", *verify, *secret).json["outcome"] == "accepted"
    (waiting,) = merge(as_, "lead", folder, roster, folder / "g3.fpkg.age")["packages"]
    assert waiting["outcome"] == "quarantined"
    released = as_("lead", "release", folder / "lead.fcentre", "--roster", roster, *secret, "--json")
    assert (released.code, [each["outcome"] for each in released.json["packages"]]) == (0, ["accepted"])
    assert released.json["missing"] == [f"{CODE}.g4"]
    check_told(as_("lead", *verify, "--identity", folder / "lead.age.pub"), "recipient-unreadable")


def test_names_leave_only_encrypted_and_only_of_those_who_agreed(
    as_: Run, folder: Path, roster: Path, group: Path
) -> None:
    check_told(as_("moderator", "export", group, folder / "p.age", "--persons"), "persons-none")
    assert not (folder / "p.age").exists()


def test_a_collection_is_verified_again_at_the_next_level(
    as_: Run, folder: Path, roster: Path, group: Path
) -> None:
    export(as_, folder, group, "g3.fpkg")
    merge(as_, "lead", folder, roster, folder / "g3.fpkg")
    made = as_("lead", "collect", folder / "lead.fcentre", folder / "skfo.fpkg", "--json").json
    assert (made["principal"], made["packages"]) == (f"{CODE}.collection", {f"{CODE}.g3": 1})
    verified = as_("country", "verify", folder / "skfo.fpkg", "--roster", roster, "--json").json
    assert verified["kind"] == "collection"
    assert [each["outcome"] for each in verified["packages"]] == ["accepted"]
    merged = merge(as_, "country", folder, roster, folder / "skfo.fpkg")
    assert [(each["kind"], each["outcome"]) for each in merged["packages"]] == [
        ("group", "accepted"),
        ("collection", "accepted"),
    ]
    assert (merged["groups"], merged["cards"], merged["missing"]) == (1, 1, [f"{CODE}.g4"])
    assert as_("country", "doctor", folder / "country.fcentre").code == 0
    check_told(
        as_("lead", "collect", folder / "lead.fcentre", folder / "x", "--event", "нет"), "centre-empty"
    )


def test_a_conflict_is_shown_and_settled_by_the_lead(
    as_: Run, folder: Path, roster: Path, group: Path
) -> None:
    copy = folder / "clone.fgroup"
    copy.write_bytes(group.read_bytes())
    one = export(as_, folder, group, "one.fpkg")["id"]
    owner = as_("moderator", "show", copy, "--json").json["group"]["id"]
    as_("moderator", "record", copy, write(folder / "more.jsonl", card(32, "На клоне", group=owner)))
    two = export(as_, folder, copy, "two.fpkg")["id"]
    merged = merge(as_, "lead", folder, roster, folder / "one.fpkg", folder / "two.fpkg")
    assert [each["outcome"] for each in merged["packages"]] == ["conflict", "conflict"]
    assert [set(each["ids"]) for each in merged["forks"]] == [{one, two}]
    resolve = ("resolve", folder / "lead.fcentre", "--principal", f"{CODE}.g3")
    shown = as_("lead", *resolve, "--json")
    assert (shown.code, {head["id"] for head in shown.json["heads"]}) == (1, {one, two})
    (row,) = shown.json["differences"]
    assert {version and version["text"] for version in row["versions"]} == {None, "На клоне"}
    assert "«На клоне»" in as_("lead", *resolve).out
    settled = as_("lead", *resolve, "--take", two, "--json").json
    assert (settled["outcome"], settled["taken"]) == ("accepted", two)
    assert as_("lead", *resolve).code == 0
    back = as_("lead", *resolve, "--take", one, "--json").json
    assert back["outcome"] == "accepted"
    check_told(as_("lead", *resolve, "--take", back["id"]), "nothing-to-settle")
    check_told(as_("lead", *resolve, "--take", "0" * 64), "package-not-here")
    check_told(as_("lead", "resolve", folder / "lead.fcentre", "--principal", f"{CODE}.g4"), "group-not-here")
    as_("lead", "collect", folder / "lead.fcentre", folder / "skfo.fpkg")
    country = merge(as_, "country", folder, roster, folder / "skfo.fpkg")
    assert (country["groups"], country["cards"]) == (1, 1)


def test_what_vanished_is_told(as_: Run, folder: Path, roster: Path, group: Path) -> None:
    copies = as_("moderator", "restore", group, "--list", "--json").json["backups"]
    export(as_, folder, group, "one.fpkg")
    as_("moderator", "restore", group, "--backup", copies[-1]["name"])
    export(as_, folder, group, "two.fpkg")
    merged = merge(as_, "lead", folder, roster, folder / "one.fpkg", folder / "two.fpkg")
    (loss,) = merged["vanished"]
    assert (loss["principal"], [each["type"] for each in loss["records"]]) == (f"{CODE}.g3", ["card"])
    packages = (folder / "two.fpkg", folder / "one.fpkg")
    words = as_("other", "merge", folder / "w.fcentre", *packages, "--roster", roster).out
    assert "1 record is no longer there" in words


def test_a_lower_version_of_the_roster_is_refused(as_: Run, folder: Path, roster: Path, group: Path) -> None:
    export(as_, folder, group, "g3.fpkg")
    old = folder / "old.fpkg"
    old.write_bytes(roster.read_bytes())
    as_("organizer", "roster", "revoke", roster, folder / "moderator.json")
    assert merge(as_, "lead", folder, roster, folder / "g3.fpkg")["packages"][0]["code"] == "key-revoked"
    check_told(
        as_("lead", "merge", folder / "lead.fcentre", folder / "g3.fpkg", "--roster", old), "roster-older"
    )


def test_who_was_taken_in_by_a_key_that_is_revoked_since_is_told(
    as_: Run, folder: Path, roster: Path, group: Path
) -> None:
    export(as_, folder, group, "g3.fpkg")
    assert merge(as_, "lead", folder, roster, folder / "g3.fpkg")["revoked"] == []
    as_("organizer", "roster", "revoke", roster, folder / "moderator.json")
    again = ("merge", folder / "lead.fcentre", folder / "g3.fpkg", "--roster", roster)
    assert as_("lead", *again, "--json").json["revoked"] == [f"{CODE}.g3"]
    assert "revoked since" in as_("lead", *again).out


def test_events_are_corrected_by_their_file(as_: Run, folder: Path, roster: Path) -> None:
    event = save_plan(folder / "event.json", plan(CODE, 3, 4, 7))
    said = as_("organizer", "roster", "events", roster, "--event", event, "--json").json
    assert (said["version"], said["groups"]) == (4, [f"{CODE}.g3", f"{CODE}.g4", f"{CODE}.g7"])


def test_names_that_cannot_be_read_are_told(as_: Run, folder: Path, group: Path) -> None:
    assert as_("lead", "identity", "show").code == 0
    said = as_("lead", "open", folder / "a3.fpkg", "--out", folder / "l.fgroup").out
    assert "for another key" in said
    (folder / "words").write_text("ёлка", "utf-8")
    as_("locked", "identity", "new", "--passphrase-file", folder / "words")
    locked = as_("locked", "open", folder / "a3.fpkg", "--out", folder / "k.fgroup", "--json")
    assert (locked.code, locked.json["participants"], locked.json["names"]) == (0, 2, 0)


def test_several_rosters_are_read_together(as_: Run, folder: Path, roster: Path, group: Path) -> None:
    export(as_, folder, group, "g3.fpkg")
    plain = folder / "allowed_signers"
    key = as_("organizer", "identity", "show", "--json").json["public"]
    plain.write_text(f"dfo-2018.g1 {key}\n")
    answer = as_(
        *("lead", "merge", folder / "c.fcentre", folder / "g3.fpkg"),
        *("--roster", roster, "--roster", plain, "--json"),
    )
    assert answer.json["missing"] == ["dfo-2018.g1", f"{CODE}.g4"]


def test_a_locked_terminal_is_not_asked(as_: Run, folder: Path, group: Path) -> None:
    (folder / "words").write_text("ёлка", "utf-8")
    as_("locked", "identity", "new", "--passphrase-file", folder / "words")
    answer = as_("locked", "export", group, folder / "x.fpkg")
    assert answer.code == THEIRS
    check_told(answer, "key-passphrase-needed")
