"""Signing keys are loaded and made, and each way to fail has its name."""

import base64
import stat
from pathlib import Path

import pytest

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages import create_key, load_key, load_public_key, load_signers
from tests.packages.samples import run


def fault_of(path: Path, passphrase: str | None = None) -> str:
    with pytest.raises(UserFault) as fault:
        load_key(path, passphrase)
    assert fault.value.facts["path"] == path
    return fault.value.code


@pytest.mark.parametrize("passphrase", [None, "верблюд-ёж"])
def test_a_key_comes_back_from_its_file(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "key"
    made = create_key(path, passphrase)
    assert load_key(path, passphrase).fingerprint == made.fingerprint
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_keys_differ(tmp_path: Path) -> None:
    assert create_key(tmp_path / "a", None).fingerprint != create_key(tmp_path / "b", None).fingerprint


def test_a_passphrase_nobody_asked_for_does_no_harm(tmp_path: Path) -> None:
    made = create_key(tmp_path / "key", None)
    assert load_key(tmp_path / "key", "лишнее").fingerprint == made.fingerprint


def test_the_passphrase_is_asked_for_and_checked(tmp_path: Path) -> None:
    create_key(tmp_path / "key", "верно")
    assert fault_of(tmp_path / "key") == "key-passphrase-needed"
    assert fault_of(tmp_path / "key", "неверно") == "key-passphrase-wrong"
    assert fault_of(tmp_path / "key", "") == "key-passphrase-needed"


def test_the_public_half_is_read_without_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "key"
    made = create_key(path, "верно")
    public = load_public_key(path)
    assert public.fingerprint == made.fingerprint
    assert public.line == made.public_line
    assert (
        run("ssh-keygen", "-y", "-P", "верно", "-f", path).stdout.split()[:2] == public.line.encode().split()
    )


def test_the_line_for_the_list_of_signers_is_one_that_a_roster_takes(tmp_path: Path) -> None:
    create_key(tmp_path / "key", "верно")
    line = load_public_key(tmp_path / "key").signer_line("event.g1")
    assert line.startswith('event.g1 namespaces="fpkg@facilitator" ssh-ed25519 AAAA')
    roster = tmp_path / "signers"
    roster.write_text(line + "\n")
    load_signers(roster).check_key(load_public_key(tmp_path / "key").raw)


def test_a_file_without_a_public_half_of_ed25519_is_told_apart(tmp_path: Path) -> None:
    texts = {
        "text": b"no key",
        "base64": b"head\nAAAA\nfoot\n",
        "short": b"head\nb3BlbnNzaC1rZXktdjEA\nfoot\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text)
        with pytest.raises(UserFault, match="key-unreadable"):
            load_public_key(tmp_path / name)
    run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", tmp_path / "ecdsa")
    with pytest.raises(UserFault, match="key-not-ed25519"):
        load_public_key(tmp_path / "ecdsa")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key"
    made = create_key(path, None)
    with pytest.raises(UserFault, match="key-exists"):
        create_key(path, None)
    assert load_key(path, None).fingerprint == made.fingerprint


def test_a_missing_key_and_what_is_no_key_are_told_apart(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none") == "key-missing"
    assert fault_of(tmp_path) == "key-unreadable"
    (tmp_path / "text").write_text("не ключ")
    assert fault_of(tmp_path / "text") == "key-unreadable"


def test_only_ed25519_will_do(tmp_path: Path) -> None:
    path = tmp_path / "key"
    run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", path)
    assert fault_of(path) == "key-not-ed25519"


def test_a_form_of_key_the_library_does_not_know_is_not_ed25519(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_key(path, None)
    head, *lines, foot = path.read_text().split("\n")[:-1]
    blob = base64.b64decode("".join(lines)).replace(b"ssh-ed25519", b"ssh-ed25599")
    path.write_text("\n".join([head, base64.b64encode(blob).decode(), foot, ""]))
    assert fault_of(path) == "key-not-ed25519"


@pytest.mark.parametrize("cipher", ["aes256-gcm@openssh.com", "aes256-cbc", "aes256-ctr"])
def test_a_passphrase_is_checked_under_each_cipher_that_is_known(tmp_path: Path, cipher: str) -> None:
    path = tmp_path / "key"
    run("ssh-keygen", "-q", "-t", "ed25519", "-Z", cipher, "-N", "right", "-f", path)
    assert load_key(path, "right").fingerprint == load_public_key(path).fingerprint
    assert fault_of(path) == "key-passphrase-needed"
    assert fault_of(path, "wrong") == "key-passphrase-wrong"


@pytest.mark.parametrize("cipher", ["chacha20-poly1305@openssh.com", "aes128-ctr", "3des-cbc"])
def test_a_cipher_that_is_not_known_is_told_and_can_be_changed(tmp_path: Path, cipher: str) -> None:
    path = tmp_path / "key"
    run("ssh-keygen", "-q", "-t", "ed25519", "-Z", cipher, "-N", "right", "-f", path)
    assert fault_of(path) == fault_of(path, "right") == "key-cipher-unknown"
    run("ssh-keygen", "-q", "-p", "-Z", "aes256-ctr", "-P", "right", "-N", "right", "-f", path)
    assert load_key(path, "right").fingerprint == load_public_key(path).fingerprint


def test_a_key_needs_a_folder_to_lie_in(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="folder-missing"):
        create_key(tmp_path / "none" / "key", None)
