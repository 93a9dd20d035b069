"""A package comes back as it was made, and anyone can check it with tools that are not ours."""

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import bagit
import msgspec
import pytest
from hypothesis import given

from facilitator.domain.records import Card, Person
from facilitator.packages import (
    Refused,
    build_package,
    claimed_id,
    read_package,
    read_package_file,
)
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from tests.packages.samples import (
    AT,
    CARD,
    EVENT,
    GROUP,
    KEY,
    OTHER_KEY,
    PRINCIPAL,
    RECORDS,
    envelope,
    roster,
    run,
    texts,
    uid,
)

BUILT = build_package(envelope(), RECORDS, KEY, base="skfo-2018.g3")


def test_a_package_comes_back_as_it_was_made(tmp_path: Path) -> None:
    package = read_package(BUILT.data, roster(tmp_path), AT)
    assert package.records == RECORDS
    assert package.envelope == envelope()
    assert (package.id, package.fingerprint) == (BUILT.id, KEY.fingerprint)
    assert package.bag.archive_bytes() == BUILT.data


def test_the_same_content_gives_the_same_bytes() -> None:
    assert build_package(envelope(), reversed(RECORDS), KEY, base="skfo-2018.g3") == BUILT


def test_the_counts_are_those_of_the_records(tmp_path: Path) -> None:
    built = build_package(envelope(counts={"card": 99}), RECORDS, KEY, base="skfo-2018.g3")
    assert built == BUILT


def test_the_id_is_found_without_a_roster() -> None:
    assert claimed_id(BytesIO(BUILT.data)) == BUILT.id
    assert claimed_id(BytesIO(BUILT.data[:-1])) is None


def test_the_name_of_the_folder_is_no_part_of_the_id() -> None:
    assert build_package(envelope(), RECORDS, KEY, base="other").id == BUILT.id


@given(texts.filter(str.strip))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    card = Card(id=uid(4), group=uid(2), kind="present-norm", text=text)
    records = (EVENT, GROUP, card)
    plain = envelope(parents=(), clock={})
    built = build_package(plain, records, KEY, base="words")
    assert read_package(built.data, roster(tmp_path_factory.mktemp("roster")), AT).records[2] == card


def test_other_programs_find_every_part_sound(tmp_path: Path) -> None:
    path = tmp_path / "any name.fpkg"
    path.write_bytes(BUILT.data)
    roster(tmp_path)
    assert run("unzip", "-q", path, "-d", tmp_path).returncode == 0
    folder = tmp_path / "skfo-2018.g3"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert run("sha256sum", "--strict", "-c", manifest, folder=folder).returncode == 0
    assert bagit.Bag(str(folder)).validate()
    assert bagit.Bag(str(folder)).info["Bagging-Date"] == "2018-10-01"
    assert run("sha256sum", folder / "tagmanifest-sha256.txt").stdout.split()[0].decode() == BUILT.id
    roster_options = ("-f", tmp_path / "allowed_signers", "-I", PRINCIPAL, "-n", PACKAGE_NAMESPACE)
    signature = folder / "tagmanifest-sha256.txt.sig"
    signed = (folder / "tagmanifest-sha256.txt").read_bytes()
    verified = run("ssh-keygen", "-Y", "verify", *roster_options, "-s", signature, stdin=signed)
    assert verified.returncode == 0
    assert (folder / "data" / "records.jsonl").read_text(encoding="utf-8").count("\n") == len(RECORDS)


def test_names_and_private_cards_never_leave() -> None:
    person = Person(id=uid(3), name="Иван Иванов", consent=True)
    private = Card(id=uid(10), group=uid(2), kind="personal-mission", text="Моё", private=True)
    for record in (person, private):
        with pytest.raises(Refused, match="record-private") as refusal:
            build_package(envelope(), [*RECORDS, record], KEY, base="private")
        assert "Иван" not in str(refusal.value.facts)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " "}, "record-invalid"),
        ({"kind": "Норма"}, "record-invalid"),
        ({"text": "е\u0308"}, "json-not-canonical"),
        ({"text": "а\u202e"}, "json-not-canonical"),
        ({"author": uid(99)}, "group-unsound"),
    ],
)
def test_a_record_nobody_could_read_is_not_signed(changes: dict[str, Any], code: str) -> None:
    card = msgspec.structs.replace(CARD, **changes)
    with pytest.raises(Refused, match=code):
        build_package(envelope(), [EVENT, GROUP, RECORDS[2], card], KEY, base="skfo-2018.g3")


def test_only_the_origin_signs() -> None:
    with pytest.raises(Refused, match="origin-not-signer"):
        build_package(envelope(), RECORDS, OTHER_KEY, base="other")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "roster"}, "record-misplaced"),
        ({"schema": "fpkg/0.9"}, "schema-unknown"),
        ({"rev": 0}, "envelope-invalid"),
        ({"created": "2018-13-01T00:00:00Z"}, "envelope-invalid"),
        ({"clock": {"someone": (1, "0" * 64)}}, "envelope-invalid"),
        ({"principal": "skfo-2018.g4"}, "principal-mismatch"),
    ],
)
def test_an_envelope_that_would_be_refused_is_not_signed(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        build_package(envelope(**changes), RECORDS, KEY, base="skfo-2018.g3")
    assert refusal.value.code == code


@pytest.mark.parametrize("base", ["", "Группа", "-g3", "a/b", "..", "a" * 64])
def test_a_folder_name_out_of_form_is_a_bug(base: str) -> None:
    with pytest.raises(ValueError, match="base"):
        build_package(envelope(), RECORDS, KEY, base=base)


def test_a_package_too_large_is_neither_made_nor_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facilitator.packages.bag.MAX_PACKAGE", len(BUILT.data) - 1)
    path = tmp_path / "large.fpkg"
    path.write_bytes(BUILT.data)
    with pytest.raises(Refused, match="package-too-large"):
        build_package(envelope(), RECORDS, KEY, base="skfo-2018.g3")
    with pytest.raises(Refused, match="package-too-large"):
        read_package(BUILT.data, roster(tmp_path), AT)
    with pytest.raises(Refused, match="package-too-large"):
        read_package_file(path)


def test_a_file_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "hole.fpkg"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(Refused, match="package-too-large"):
        read_package_file(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="package-missing"):
        read_package_file(tmp_path / "none.fpkg")
    with pytest.raises(Refused, match="package-unreadable"):
        read_package_file(tmp_path)
    with pytest.raises(Refused, match="package-unreadable"):
        read_package_file(tmp_path / ("x" * 5_000))
    subprocess.run(["mkfifo", tmp_path / "pipe"], check=True)
    with pytest.raises(Refused, match="package-unreadable"):
        read_package_file(tmp_path / "pipe")


def test_a_clock_a_little_ahead_is_no_oddity(tmp_path: Path) -> None:
    signers = roster(tmp_path)
    assert read_package(BUILT.data, signers, AT - timedelta(hours=25)).records
    assert CARD in read_package(BUILT.data, signers, AT + timedelta(days=3650)).records
