"""This installation's key: made, brought, replaced, never thrown away; a keyring helps where there is one."""

import errno
import subprocess
from pathlib import Path

import keyring
import pytest

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages.requests import read_request
from facilitator.services import vault
from facilitator.services.home import Home
from facilitator.services.identity import (
    create_identity,
    enrolment_request,
    import_identity,
    own_key,
    unlock,
)
from tests.helpers.keyrings import Drawer, put_in

WORDS = "ёлка и снег"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "дом")


def test_a_key_is_made_once_and_kept_from_others(home: Home) -> None:
    key = create_identity(home, WORDS)
    assert own_key(home) == key.public
    assert home.key_path.stat().st_mode & 0o077 == 0
    with pytest.raises(UserFault, match="key-exists"):
        create_identity(home, WORDS)
    assert own_key(home) == key.public


def test_a_lost_key_is_replaced_and_the_former_is_kept(home: Home) -> None:
    former = create_identity(home, WORDS)
    text = home.key_path.read_bytes()
    new = create_identity(home, None, replace=True)
    assert own_key(home) == new.public != former.public
    (aside,) = (path for path in home.key_path.parent.iterdir() if path != home.key_path)
    assert aside.name.startswith("id_ed25519.before-")
    assert aside.read_bytes() == text


def test_a_key_that_cannot_be_written_leaves_the_former_in_its_place(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = create_identity(home, None)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(EnvironmentFault, match="disk-full"):
        create_identity(home, None, replace=True)
    monkeypatch.undo()
    assert own_key(home) == former.public
    assert [path.name for path in home.key_path.parent.iterdir()] == ["id_ed25519"]


@pytest.mark.parametrize("passphrase", ["", WORDS])
def test_a_key_of_ssh_keygen_is_taken_as_it_is(home: Home, tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "foreign"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", path], check=True)
    key = import_identity(home, path)
    assert path.with_suffix(".pub").read_text().startswith(key.line)
    assert home.key_path.read_bytes() == path.read_bytes()
    assert unlock(home, passphrase or None).public == key
    with pytest.raises(UserFault, match="key-exists"):
        import_identity(home, path)
    assert import_identity(home, path, replace=True) == key


@pytest.mark.parametrize(
    ("kind", "code"), [("rsa", "key-not-ed25519"), (None, "key-unreadable"), ("", "key-missing")]
)
def test_what_is_no_key_for_us_is_not_taken(home: Home, tmp_path: Path, kind: str | None, code: str) -> None:
    path = tmp_path / "foreign"
    if kind:
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-b", "2048", "-N", "", "-f", path], check=True)
    elif kind is None:
        path.write_text("слова")
    with pytest.raises(UserFault, match=code):
        import_identity(home, path)
    assert not home.key_path.exists()


def test_a_wrong_passphrase_is_told(home: Home) -> None:
    create_identity(home, WORDS)
    with pytest.raises(UserFault, match="key-passphrase-needed"):
        unlock(home)
    with pytest.raises(UserFault, match="key-passphrase-wrong"):
        unlock(home, "снег")
    assert unlock(home, WORDS).public == own_key(home)


def test_the_keyring_may_hold_the_passphrase(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = put_in(Drawer(), monkeypatch)
    key = create_identity(home, WORDS)
    assert vault.remember(key.fingerprint, WORDS)
    assert unlock(home).public == key.public
    vault.forget(key.fingerprint)
    assert drawer.kept == {}
    vault.forget(key.fingerprint)
    with pytest.raises(UserFault, match="key-passphrase-needed"):
        unlock(home)


def test_a_keyring_that_is_locked_or_not_there_falls_back_to_the_passphrase(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create_identity(home, WORDS)
    put_in(Drawer(locked=True), monkeypatch)
    assert not vault.remember(key.fingerprint, WORDS)
    assert vault.recall(key.fingerprint) is None
    vault.forget(key.fingerprint)
    assert unlock(home, WORDS).public == key.public
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())
    assert not vault.remember(key.fingerprint, WORDS)
    assert vault.recall(key.fingerprint) is None


def test_a_request_is_signed_by_the_key(home: Home) -> None:
    key = create_identity(home, None)
    request = read_request(enrolment_request(key, "  Алёна   Первая "))
    assert (request.name, request.key) == ("Алёна Первая", key.public)
