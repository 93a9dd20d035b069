"""Nothing unsound is taken in, and each reason has its name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from facilitator.domain.records import Card, Vote, encode_record
from facilitator.errors import UserFault
from facilitator.packages import (
    Quarantined,
    QuarantineReason,
    RefusalReason,
    Refused,
    Signers,
    build_package,
    read_package,
    verdicts,
)
from facilitator.packages.archive import archive_bytes
from facilitator.packages.content import count_records
from facilitator.packages.envelope import encode_envelope
from tests.packages.samples import (
    AT,
    EVENT,
    KEY,
    OTHER_KEY,
    PRINCIPAL,
    RECORDS,
    archive_of,
    envelope,
    files_of,
    forge,
    roster,
    uid,
)

SOUND = build_package(envelope(), RECORDS, KEY, base="skfo-2018.g3").data
ENVELOPE = encode_envelope(envelope())
LINES = [encode_record(record) for record in RECORDS]
Change = Callable[[dict[str, bytes]], object]


@pytest.fixture
def signers(tmp_path: Path) -> Signers:
    return roster(tmp_path)


def verdict(data: bytes, signers: Signers, at: datetime = AT) -> str:
    """The code of the fault, or ``accepted``; a quarantine is marked."""
    try:
        read_package(data, signers, at)
    except Refused as refusal:
        return refusal.code if refusal.code in get_args(RefusalReason) else f"unlisted {refusal.code}"
    except Quarantined as quarantine:
        return f"quarantined {quarantine.code}"
    return "accepted"


def test_nothing_can_be_added_around_a_package(signers: Signers) -> None:
    for changed in (SOUND + b"\0", b"#!/bin/sh\n" + SOUND, SOUND + SOUND):
        assert verdict(changed, signers) == "archive-not-canonical"


def rezipped(change: Change) -> bytes:
    """Change the files of a sound package and wrap them in a sound archive again."""
    files = files_of(SOUND)
    change(files)
    return archive_of(files)


def replaced(name: str, old: bytes, new: bytes) -> Change:
    return lambda files: files.update({name: files[name].replace(old, new)})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda files: files.update({"data/run.sh": b""}), "file-unexpected"),
        (lambda files: files.update({"../../etc/passwd": b""}), "file-unexpected"),
        (lambda files: files.update({"fetch.txt": b""}), "file-unexpected"),
        (lambda files: files.pop("data/package.json"), "part-missing"),
        (lambda files: files.update({"bagit.txt": files.pop("bagit.txt")}), "archive-not-canonical"),
        (replaced("data/records.jsonl", b"skfo", b"ufo-"), "hash-mismatch"),
        (replaced("data/package.json", b'"rev":2', b'"rev":3'), "hash-mismatch"),
        (replaced("bag-info.txt", b"2018", b"2019"), "hash-mismatch"),
        (replaced("bagit.txt", b"UTF-8", b"UTF-7"), "hash-mismatch"),
        (replaced("manifest-sha256.txt", b"  ", b" *"), "hash-mismatch"),
        (replaced("tagmanifest-sha256.txt", b"  ", b" *"), "signature-wrong"),
        (replaced("tagmanifest-sha256.txt.sig", b"\n-----END", b"\n\n-----END"), "signature-malformed"),
    ],
)
def test_files_changed_inside_are_refused(signers: Signers, change: Change, code: str) -> None:
    assert verdict(rezipped(change), signers) == code


@pytest.mark.parametrize("base", ["", "..", "Base", "a" * 64])
def test_a_folder_name_out_of_form_is_refused(signers: Signers, base: str) -> None:
    assert verdict(archive_of(files_of(SOUND), base), signers) == "archive-not-canonical"
    assert verdict(archive_of({}), signers) == "archive-not-canonical"


def test_two_folders_are_refused(signers: Signers) -> None:
    moved = archive_bytes(
        (f"{'other' if name.startswith('data/') else 'skfo-2018.g3'}/{name}", content)
        for name, content in files_of(SOUND).items()
    )
    assert verdict(moved, signers) == "file-unexpected"


def test_the_signer_must_be_enrolled_for_the_principal(tmp_path: Path) -> None:
    line = KEY.public_line
    assert verdict(SOUND, roster(tmp_path, f"* {OTHER_KEY.public_line}")) == "quarantined key-unknown"
    assert verdict(SOUND, roster(tmp_path, revoked=[KEY])) == "key-revoked"
    assert verdict(SOUND, roster(tmp_path, f"skfo-2018.g4 {line}")) == "principal-not-granted"
    assert verdict(SOUND, roster(tmp_path, f'* namespaces="file" {line}')) == "namespace-not-granted"
    assert verdict(
        SOUND, roster(tmp_path, f'* valid-before="2018Z" {line}'.replace("2018Z", "20180901Z"))
    ) == ("quarantined key-expired")
    assert (
        verdict(SOUND, roster(tmp_path, f'* valid-after="20181101Z" {line}'))
        == "quarantined key-not-yet-valid"
    )


def test_a_signature_for_another_purpose_is_refused(signers: Signers) -> None:
    assert verdict(forge(ENVELOPE, namespace="fpkg-roster@facilitator"), signers) == "signature-malformed"


def test_what_the_forge_leaves_alone_is_accepted(signers: Signers) -> None:
    assert verdict(forge(ENVELOPE), signers) == "accepted"


def test_nobody_signs_in_the_name_of_another(tmp_path: Path) -> None:
    signers = roster(tmp_path, f"* {KEY.public_line}", f"* {OTHER_KEY.public_line}")
    assert verdict(forge(ENVELOPE, key=OTHER_KEY), signers) == "origin-not-signer"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": "fpkg/2.0"}, "quarantined schema-newer"),
        ({"schema": "fpkg/12.7", "kind": 5}, "quarantined schema-newer"),
        ({"schema": "fpkg/0.9"}, "schema-unknown"),
        ({"schema": "fpkg/1"}, "schema-unknown"),
        ({"schema": 1}, "schema-unknown"),
        ({"kind": "collection"}, "kind-mismatch"),
        ({"kind": "roster"}, "kind-mismatch"),
        ({"kind": "assignment"}, "kind-mismatch"),
        ({"kind": "persons"}, "persons-in-clear"),
        ({"kind": "letter"}, "kind-unsupported"),
        ({"kind": None}, "kind-unsupported"),
        ({"surprise": 1}, "envelope-invalid"),
        ({"rev": 0}, "envelope-invalid"),
        ({"rev": "2"}, "envelope-invalid"),
        ({"parents": ["../.."]}, "envelope-invalid"),
        ({"created": "2018-02-30T10:00:00Z"}, "envelope-invalid"),
        ({"origin": {"key": KEY.fingerprint, "replica": "a/b"}}, "envelope-invalid"),
        ({"rev": 3}, "bag-info-mismatch"),
        ({"created": "2018-10-02T10:00:00Z"}, "bag-info-mismatch"),
        ({"principal": "skfo-2018.g4"}, "bag-info-mismatch"),
        ({"clock": {f"{KEY.fingerprint}/b1946ac9": [2, "0" * 64]}}, "quarantined clock-inconsistent"),
        ({"counts": {}}, "counts-mismatch"),
        ({"counts": {"card": 3}}, "counts-mismatch"),
    ],
)
def test_an_envelope_that_makes_no_sense_is_not_taken(
    signers: Signers, changes: dict[str, Any], code: str
) -> None:
    assert verdict(forge(ENVELOPE | changes), signers) == code


def test_a_package_from_the_future_is_put_aside(signers: Signers) -> None:
    assert verdict(SOUND, signers, AT - timedelta(days=2)) == "quarantined created-in-future"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "envelope-invalid"),
        (b"{}\n{}\n", "envelope-invalid"),
        (b"[]\n", "envelope-invalid"),
        (b"{}", "json-not-canonical"),
        (b"{\n", "json-malformed"),
    ],
)
def test_an_envelope_is_one_line_of_canonical_json(signers: Signers, source: bytes, code: str) -> None:
    assert verdict(forge(source), signers) == code


def changed(index: int, **fields: object) -> list[dict[str, Any]]:
    lines = [dict(line) for line in LINES]
    lines[index] |= fields
    return lines


@pytest.mark.parametrize(
    ("records", "code"),
    [
        (b"{}\n{", "record-invalid"),
        (b"{", "json-not-canonical"),
        (b'{"type":"card"}\n', "record-invalid"),
        (b"5\n", "record-invalid"),
        ([*LINES, {"type": "surprise", "id": "x"}], "record-invalid"),
        (changed(3, surprise=1), "record-invalid"),
        (changed(3, text=""), "record-invalid"),
        (changed(1, number=4), "principal-mismatch"),
        (changed(0, code="dfo-2018"), "principal-mismatch"),
        (changed(3, id=LINES[4]["id"]), "group-unsound"),
        (changed(3, group=uid(99)), "group-unsound"),
        (changed(3, author=uid(99)), "group-unsound"),
        (changed(3, private=True), "record-private"),
        (changed(6, target=uid(99)), "group-unsound"),
        (changed(6, target=uid(3)), "group-unsound"),
        (changed(8, round=uid(99)), "group-unsound"),
        (changed(9, id="elsewhere/future"), "group-unsound"),
        (changed(1, event=uid(99)), "group-unsound"),
        ([*LINES, encode_record(EVENT) | {"id": uid(50)}], "group-unsound"),
        (LINES[1:], "group-unsound"),
        (LINES[:1], "group-unsound"),
        ([*LINES, {"type": "person", "id": uid(3), "name": "Имя"}], "record-private"),
    ],
)
def test_records_that_make_no_sense_are_refused(
    signers: Signers, records: bytes | list[dict[str, Any]], code: str
) -> None:
    counts: dict[str, int] = {}
    for line in records if isinstance(records, list) else ():
        counts[line["type"]] = counts.get(line["type"], 0) + 1
    assert verdict(forge(ENVELOPE | {"counts": counts}, records), signers) == code


def test_a_bad_record_is_named_by_line_and_field(signers: Signers) -> None:
    with pytest.raises(Refused) as refusal:
        read_package(forge(ENVELOPE, changed(3, status="lost")), signers, AT)
    assert (refusal.value.facts["line"], refusal.value.facts["field"]) == (4, "status")


def test_a_newer_minor_schema_is_read_as_far_as_it_is_known(signers: Signers) -> None:
    records = [*changed(3, mood="bright"), {"type": "surprise", "id": uid(60), "group": uid(2)}]
    newer = {
        "schema": "fpkg/1.3",
        "weather": {"sky": "clear"},
        "origin": {"key": KEY.fingerprint, "replica": "b1946ac9", "model": "x"},
        "counts": count_records(RECORDS) | {"surprise": 1},
    }
    package = read_package(forge(ENVELOPE | newer, records), signers, AT)
    assert package.records == RECORDS
    assert (
        verdict(forge(ENVELOPE | newer | {"counts": ENVELOPE["counts"]}, records), signers)
        == "counts-mismatch"
    )
    assert verdict(forge(ENVELOPE | newer | {"origin": 5}, records), signers) == "envelope-invalid"
    assert verdict(forge(ENVELOPE | newer, [*records, {"id": "no type"}]), signers) == "record-invalid"


def test_a_default_spelled_out_is_no_fault(signers: Signers) -> None:
    assert verdict(forge(ENVELOPE, changed(3, status="open", position=0)), signers) == "accepted"


def test_every_verdict_is_a_fault_of_theirs() -> None:
    assert issubclass(verdicts.Refused, UserFault)
    assert issubclass(verdicts.Quarantined, UserFault)
    assert not set(get_args(RefusalReason)) & set(get_args(QuarantineReason))


def test_votes_of_nobody_and_cards_of_nobody_are_sound(signers: Signers) -> None:
    card = Card(id=uid(20), group=uid(2), kind="rule", text="Правило")
    vote = Vote(id=uid(21), round=uid(8), card=uid(20), value=1)
    built = build_package(envelope(), [*RECORDS, card, vote], KEY, base="g3")
    assert verdict(built.data, signers) == "accepted"
    assert PRINCIPAL in read_package(built.data, signers, AT).envelope.identifier
