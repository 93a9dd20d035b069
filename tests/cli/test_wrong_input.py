"""Wrong input: one line on stderr, the right exit code, no traceback, and nothing changed."""

import shutil
import struct
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from facilitator.packages import create_key
from facilitator.services.groups import open_group
from facilitator.storage.backup import backup_folder
from tests.cli.conftest import Answer, Run
from tests.cli.lines import EVENT, GROUP, ID, card, link, write
from tests.helpers.disks import contents, fill, public_folder, read_only, small_disk

USAGE, THEIRS = 2, 3


@pytest.fixture
def group(run: Run, folder: Path) -> Path:
    path = folder / "g.fgroup"
    assert (
        run("record", path, write(folder / "first.jsonl", EVENT, GROUP, card(3), card(4, kind="rule"))).code
        == 0
    )
    return path


def check_told(answer: Answer, code: str, exit_code: int = THEIRS) -> str:
    """Check that an answer is one line ``error: <code>: <sentence>``; return the sentence."""
    assert (answer.code, answer.out) == (exit_code, ""), answer
    (line,) = answer.err.splitlines()
    assert line.startswith(f"error: {code}: ")
    assert "Traceback" not in line
    sentence = line.removeprefix(f"error: {code}: ")
    assert len(sentence) > 10
    assert "{" not in sentence
    return sentence


DEEP = 5_000
RECORDS: dict[str, tuple[Any, str, str]] = {
    "not JSON": ("{", "record-invalid", ""),
    "not an object": ("[1, 2]", "record-invalid", ""),
    "a bare word": ("Правило", "record-invalid", ""),
    "an unknown type": ({**card(9), "type": "deed"}, "record-invalid", "type"),
    "an unknown field": (card(9, colour="red"), "record-invalid", "colour"),
    "an unknown kind": (card(9, kind="deed"), "kind-unknown", "kind"),
    "a text of 0 characters": (card(9, ""), "record-invalid", "text"),
    "a text of spaces": (card(9, " \u00a0"), "record-invalid", "text"),
    "a text of 2,001 characters": (card(9, "а" * 2_001), "text-too-long", "text"),
    "a text of 5,001 characters": (card(9, "а" * 5_001, "image"), "record-invalid", "text"),
    "a text with a half character": (card(9, "а").__repr__().replace("'", '"').replace("а", "\\ud800"),
                                     "record-invalid", "text"),
    "a text with control characters": (card(9, "а\x07"), "record-invalid", "text"),
    "a text that is a number": (card(9, 7), "record-invalid", "text"),  # type: ignore[arg-type]
    "no text": ({key: value for key, value in card(9).items() if key != "text"}, "record-invalid", "text"),
    "a link to nowhere": (link(9, 4, 99), "reference-missing", "target"),
    "a link from nowhere": (link(9, 99, 3), "reference-missing", "source"),
    "a link the wrong way": (link(9, 3, 4), "relation-mismatch", "source"),
    "an unknown relation": (link(9, 4, 3, "loves"), "relation-unknown", "relation"),
    "another group's card": (card(9, group=ID(77)), "group-mismatch", "group"),
    "an id that stands twice": (card(3), "id-repeated", "id"),
    "an id that is none": (card(9, id="9"), "record-invalid", "id"),
    "a second event": ({**EVENT, "id": ID(9)}, "group-has-another", "type"),
    "a second group": ({**GROUP, "id": ID(9)}, "group-has-another", "type"),
    "an unknown region": (
        {"type": "participant", "id": ID(9), "group": ID(2), "label": "Участник 1", "region": "99"},
        "region-unknown", "region"),
    "an unknown category": (
        {"type": "participant", "id": ID(9), "group": ID(2), "label": "Участник 1", "category": "cats"},
        "category-unknown", "category"),
    "a person of no participant": (
        {"type": "person", "id": ID(9), "name": "Пётр"}, "reference-missing", "id"),
    "an unknown step": (
        {"type": "cluster", "id": ID(9), "group": ID(2), "step": "lunch", "title": "Обед"},
        "step-unknown", "step"),
    "an unknown field of the kind": (card(9, fields={"mood": "good"}), "field-unknown", "fields.mood"),
    "an unknown choice": (card(9, fields={"type": "magical"}), "field-invalid", "fields.type"),
    "an unknown mark": (card(9, marks=["vip"]), "mark-unknown", "marks"),
    "a field that stands twice": ('{"type": "card", "type": "card"}', "record-invalid", ""),
    "a huge integer": (card(9, position=10**30), "record-invalid", "position"),
    "an integer of 10,000 digits": (
        '{"type": "card", "position": ' + "9" * 10_000 + "}", "record-invalid", ""),
    "NaN": (card(9, position=float("nan")), "record-invalid", "position"),
    "infinity": (card(9, fields={"type": float("inf")}), "record-invalid", "fields"),
    "deep lists": (card(9, fields={"type": 0}).__repr__().replace("'", '"').replace(
        "0}", "[" * DEEP + "]" * DEEP + "}"), "record-invalid", ""),
    "less deep lists": ('{"type": "card", "marks": ' + "[" * 600 + "]" * 600 + "}", "record-invalid", ""),
    "less deep objects": (
        '{"type": "card", "marks": ' + '{"a":' * 700 + "1" + "}" * 700 + "}", "record-invalid", ""),
}  # fmt: skip


@pytest.mark.parametrize(("record", "code", "field"), RECORDS.values(), ids=RECORDS)
def test_a_record_that_does_not_fit_is_told_by_line_and_field(
    run: Run, folder: Path, group: Path, record: Any, code: str, field: str
) -> None:
    source = write(folder / "r.jsonl", card(8, "Впереди"), "", record, card(10, "Позади"))
    before = contents(folder)
    sentence = check_told(run("record", group, source), code)
    assert sentence.startswith(f"строка 3, поле «{field}" if field else "строка 3")
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("records", "code", "place"),
    [
        ([{**EVENT, "district": "atlantis"}, GROUP], "district-unknown", "строка 1, поле «district»: "),
        ([{**EVENT, "script": "nowhere"}, GROUP], "script-unknown", "строка 1, поле «script»: "),
        ([EVENT, {**GROUP, "theme": "weather"}], "theme-unknown", "строка 2, поле «theme»: "),
        ([EVENT, {**GROUP, "event": ID(9)}], "reference-missing", "строка 2, поле «event»: "),
        ([EVENT, GROUP, card(3), card(3)], "id-repeated", "строка 4, поле «id»: "),
        ([EVENT, GROUP, card(3, kind="mission"), card(4, kind="mission")], "card-single", "строка 3"),
        ([EVENT, card(3)], "group-incomplete", ""),
        ([GROUP, card(3)], "group-incomplete", ""),
        ([EVENT, EVENT, GROUP], "group-incomplete", ""),
        ([], "no-records", ""),
        (["", "  "], "no-records", ""),
    ],
)
def test_a_group_that_does_not_hold_together_is_not_made(
    run: Run, folder: Path, records: list[Any], code: str, place: str
) -> None:
    source = write(folder / "r.jsonl", *records)
    before = contents(folder)
    assert check_told(run("record", folder / "g.fgroup", source), code).startswith(place)
    assert contents(folder) == before


def test_a_file_that_is_not_utf8_is_named(run: Run, folder: Path, group: Path) -> None:
    source = folder / "r.jsonl"
    source.write_bytes('{"text": "Правило"}'.encode("cp1251"))
    before = contents(folder)
    assert "r.jsonl" in check_told(run("record", group, source), "not-utf8")
    assert contents(folder) == before


Act = Callable[[Path], tuple[object, ...]]
ACTS: dict[str, Act] = {
    "record": lambda path: ("record", path, path.with_name("more.jsonl")),
    "show": lambda path: ("show", path),
    "export": lambda path: ("export", path, path.with_name("g.fpkg"), "--key", path.with_name("key")),
    "doctor": lambda path: ("doctor", path),
    "restore": lambda path: ("restore", path),
    "report": lambda path: (
        "report", path, "--kind", "group", "--format", "docx", "--out", path.with_name("g.docx")
    ),
}  # fmt: skip
OPENING = [name for name in ACTS if name != "restore"]


@pytest.fixture
def beside(folder: Path) -> Path:
    """A folder with all that the acts need beside the group's file."""
    write(folder / "more.jsonl", card(9, "Ещё"))
    create_key(folder / "key", None)
    return folder


@pytest.mark.parametrize("act", [name for name in OPENING if name != "record"])
def test_a_missing_file_is_told(run: Run, beside: Path, act: str) -> None:
    before = contents(beside)
    assert "нет.fgroup" in check_told(run(*ACTS[act](beside / "нет.fgroup")), "file-missing")
    assert contents(beside) == before


@pytest.mark.parametrize("act", OPENING)
@pytest.mark.parametrize("data", [b"", b"{}\n", bytes(5_000)])
def test_a_file_that_is_not_ours_is_told(run: Run, beside: Path, act: str, data: bytes) -> None:
    path = beside / "g.fgroup"
    path.write_bytes(data)
    before = contents(beside)
    check_told(run(*ACTS[act](path)), "not-a-facilitator-file")
    assert contents(beside) == before


@pytest.mark.parametrize("act", OPENING)
def test_a_file_of_a_newer_version_is_told(run: Run, beside: Path, group: Path, act: str) -> None:
    data = bytearray(group.read_bytes())
    struct.pack_into(">I", data, 60, 99)
    group.write_bytes(data)
    before = contents(beside)
    assert "99" in check_told(run(*ACTS[act](group)), "file-newer")
    assert contents(beside) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_group_that_is_open_elsewhere_is_told(run: Run, beside: Path, group: Path, act: str) -> None:
    with open_group(group):
        check_told(run(*ACTS[act](group)), "file-in-use")


@pytest.mark.parametrize("act", ["record", "export", "report"])
def test_a_full_disk_is_told(run: Run, tmp_path: Path, act: str) -> None:
    with small_disk(tmp_path / "disk", "2m") as disk:
        path = disk / "g.fgroup"
        run("record", path, write(tmp_path / "first.jsonl", EVENT, GROUP, card(3)))
        more = [card(number, "Слово " * 300) for number in range(10, 60)]
        write(disk / "more.jsonl", *more)
        create_key(disk / "key", None)
        fill(disk)
        before = contents(disk)
        check_told(run(*ACTS[act](path)), "disk-full")
        assert contents(disk) == before


def test_a_new_group_on_a_full_disk_is_told(run: Run, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "128k") as disk:
        fill(disk)
        before = contents(disk)
        source = write(tmp_path / "r.jsonl", EVENT, GROUP)
        check_told(run("record", disk / "g.fgroup", source), "disk-full")
        assert contents(disk) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_read_only_folder_is_told(run: Run, tmp_path: Path, act: str) -> None:
    with public_folder() as folder, ExitStack() as closing:
        path = folder / "g.fgroup"
        run("record", path, write(folder / "first.jsonl", EVENT, GROUP, card(3)))
        write(folder / "more.jsonl", card(9, "Ещё"))
        create_key(folder / "key", None)
        run("record", path, write(folder / "again.jsonl", card(4)))
        for each in folder.iterdir():
            each.chmod(0o644)
        run(*ACTS[act](path))  # so that all it needs is imported while root may read it
        for each in folder.rglob("*"):
            each.chmod(0o755 if each.is_dir() else 0o644)
        before = contents(folder)
        closing.enter_context(read_only(folder))
        check_told(run("--home", folder, *ACTS[act](path)), "folder-read-only")
        closing.close()
        assert contents(folder) == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--key", "нет"), "key-missing"),
        (("--key", "more.jsonl"), "key-unreadable"),
        (("--key", "locked"), "key-passphrase-needed"),
        (("--key", "locked", "--passphrase-file", "more.jsonl"), "key-passphrase-wrong"),
        (("--key", "locked", "--passphrase-file", "нет"), "file-missing"),
        (("--key", "locked", "--passphrase-file", "."), "cannot-open"),
    ],
)
def test_a_key_that_does_not_serve_is_told(
    run: Run, beside: Path, group: Path, options: tuple[str, ...], code: str
) -> None:
    create_key(beside / "locked", "тайна")
    placed = [each if each.startswith("--") else beside / each for each in options]
    before = contents(beside)
    check_told(run("export", group, beside / "g.fpkg", *placed), code)
    assert contents(beside) == before


@pytest.mark.parametrize("out", ["g.fgroup", "нет/g.fpkg"])
def test_a_place_that_does_not_serve_is_told(run: Run, beside: Path, group: Path, out: str) -> None:
    with open_group(group) as service:
        before = service.snapshot
    code = "file-exists" if out == group.name else "folder-missing"
    check_told(run("export", group, beside / out, "--key", beside / "key"), code)
    report = ("report", group, "--kind", "group", "--format", "docx", "--out", beside / out)
    check_told(run(*report), code)
    with open_group(group) as service:
        assert service.snapshot == before


def test_a_copy_that_is_not_there_is_told(run: Run, beside: Path, group: Path) -> None:
    shutil.rmtree(backup_folder(group))
    before = contents(beside)
    check_told(run("restore", group), "backup-missing")
    check_told(run("restore", group, "--backup", "вчера"), "backup-missing")
    assert contents(beside) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("record",),
        ("record", "g.fgroup"),
        ("show", "g.fgroup", "extra"),
        ("show", "--depth", "3", "g.fgroup"),
        ("--lang", "de", "show", "g.fgroup"),
        ("--lang",),
        ("--home",),
        ("export", "g.fgroup"),
        ("restore", "g.fgroup", "--list", "--backup", "x"),
        ("verify", "g.fpkg", "--roster", "r", "--at", "вчера"),
        ("merge", "c.fcentre", "--roster", "r"),
        ("report", "g.fgroup", "--kind", "poem", "--format", "docx", "--out", "x"),
        ("report", "g.fgroup", "--kind", "group", "--format", "pdf", "--out", "x"),
        ("demo", "out", "--groups", "0"),
        ("demo", "out", "--groups", "сто"),
        ("demo", "out", "--groups", "²"),
    ],
)
def test_a_command_that_is_not_understood_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    assert "facilitator --help" in check_told(run(*arguments), "usage", USAGE)


def test_a_report_of_no_such_kind_is_told(run: Run, beside: Path, group: Path) -> None:
    before = contents(beside)
    answer = run("report", group, "--kind", "group", "--format", "xlsx", "--out", beside / "g.xlsx")
    check_told(answer, "report-unknown")
    assert contents(beside) == before
