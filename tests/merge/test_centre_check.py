"""The doctor's eye on a centre: every byte that is kept is the byte that came."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from facilitator.errors import EnvironmentFault
from facilitator.packages import Signers, SigningKey
from facilitator.services.centre import CentreService
from facilitator.services.findings import Finding
from facilitator.services.intake import Judge
from tests.merge.laptops import AT, Laptop, Sent

PAGE = 4096


@pytest.fixture
def sent(key: SigningKey) -> Sent:
    return Laptop(key).export().sent


@pytest.fixture
def path(signers: Signers, sent: Sent, tmp_path: Path) -> Path:
    """A centre with one package and one refused file."""
    refused = tmp_path / "refused.fpkg"
    refused.write_bytes(sent.data[:-1])
    path = tmp_path / "check.fcentre"
    with closing(CentreService.open(path)) as centre:
        centre.merge([sent.save(tmp_path), refused], Judge(signers, AT))
    return path


@contextmanager
def tampered(path: Path, statement: str, *values: object) -> Iterator[CentreService]:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement, values)
    with closing(CentreService.open(path, create=False)) as centre:
        yield centre


def test_a_sound_centre_has_no_problems(path: Path) -> None:
    with closing(CentreService.open(path, create=False)) as centre:
        assert centre.check() == ()


def test_altered_bytes_of_a_package_are_found_and_never_shown(path: Path, sent: Sent) -> None:
    altered = sent.data.replace("Театр".encode(), "Топор".encode())
    with tampered(path, "UPDATE package SET data = ?", altered) as centre:
        assert centre.check() == (
            Finding("package-altered", {"id": sent.id}),
            Finding("package-invalid", {"id": sent.id}),
        )
        with pytest.raises(EnvironmentFault, match="file-damaged"):
            centre.projection()


def test_a_package_under_the_id_of_another_is_found(path: Path) -> None:
    with tampered(path, "UPDATE package SET id = ?", "0" * 64) as centre:
        assert centre.check() == (Finding("package-index-altered", {"id": "0" * 64}),)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("principal", "skfo-2018.g4"),
        ("origin", f"SHA256:{'A' * 43}/laptop"),
        ("rev", 7),
        ("parents", json.dumps(["a" * 64])),
        ("clock", json.dumps({f"SHA256:{'A' * 43}/laptop": [1, "a" * 64]})),
        ("created", "2018-10-01T10:00:01Z"),
    ],
)
def test_an_index_that_does_not_fit_its_package_is_found(
    path: Path, sent: Sent, column: str, value: object
) -> None:
    with tampered(path, f"UPDATE package SET {column} = ?", value) as centre:
        assert centre.check() == (Finding("package-index-altered", {"id": sent.id}),)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("clock", "{"),
        ("clock", "[]"),
        ("clock", '{"a": [1]}'),
        ("parents", "{"),
        ("parents", "7"),
        ("rev", "один"),
        ("principal", b"\xff"),
        ("data", "текст"),
    ],
)
def test_a_row_that_cannot_be_read_is_damage(
    path: Path, signers: Signers, tmp_path: Path, key: SigningKey, column: str, value: object
) -> None:
    with tampered(path, f"UPDATE package SET {column} = ?", value) as centre:
        assert centre.check() == (Finding("file-damaged", {"path": path}),)
        with pytest.raises(EnvironmentFault, match="file-damaged"):
            centre.projection()
        with pytest.raises(EnvironmentFault, match="file-damaged"):
            centre.merge([Laptop(key).write("Ещё").export().sent.save(tmp_path)], Judge(signers, AT))


@pytest.mark.parametrize(("column", "value"), [("facts", "{"), ("name", b"\xff"), ("data", "текст")])
def test_a_row_put_aside_that_cannot_be_read_is_damage(path: Path, column: str, value: object) -> None:
    with tampered(path, f"UPDATE aside SET {column} = ?", value) as centre:
        assert centre.check() == (Finding("file-damaged", {"path": path}),)


def test_altered_bytes_of_a_file_that_was_put_aside_are_found(path: Path) -> None:
    with tampered(path, "UPDATE aside SET data = x'00'") as centre:
        (finding,) = centre.check()
    assert finding.code == "file-aside-altered"
    assert len(str(finding.facts["sha256"])) == 64


def test_what_sqlite_finds_comes_first(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, '(principal)', '(created)')")
    with tampered(path, "UPDATE aside SET data = x'00'") as centre:
        codes = {finding.code for finding in centre.check()}
    assert codes == {"integrity-broken"}


def test_what_sqlite_cannot_even_check_is_told_as_damage(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    page = raw.rindex("Театр".encode()) // PAGE * PAGE
    raw[page : page + PAGE] = bytes(PAGE)
    path.write_bytes(raw)
    with closing(CentreService.open(path, create=False)) as centre:
        assert [finding.code for finding in centre.check()] == ["file-damaged"]
