"""Signatures are the ones that ssh-keygen makes and accepts."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from facilitator.packages import Refused, SigningKey, create_key, load_key, sshsig
from tests.packages.samples import KEY, run

NAMESPACE = sshsig.PACKAGE_NAMESPACE
MESSAGE = "Слово, сказанное в зале\n".encode()
ARMORED = KEY.sign(NAMESPACE, MESSAGE)


@given(
    st.binary(min_size=32, max_size=32), st.text("abc.@-", min_size=1, max_size=80), st.binary(max_size=300)
)
def test_what_is_signed_verifies(seed: bytes, namespace: str, message: bytes) -> None:
    key = SigningKey(Ed25519PrivateKey.from_private_bytes(seed))
    assert (
        sshsig.fingerprint(sshsig.verify(key.sign(namespace, message), namespace, message)) == key.fingerprint
    )


@given(st.binary(max_size=300) | st.text("ab =-\n", max_size=100).map(str.encode))
def test_noise_is_no_signature(noise: bytes) -> None:
    with pytest.raises(Refused, match="signature-malformed"):
        sshsig.verify(noise, NAMESPACE, MESSAGE)


@pytest.mark.parametrize("passphrase", [None, "пароль с ё"])
def test_signing_gives_the_bytes_of_ssh_keygen(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "key"
    made = run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase or "", "-C", "comment", "-f", path)
    assert made.returncode == 0
    key = load_key(path, passphrase)
    if passphrase:
        assert run("ssh-keygen", "-q", "-p", "-P", passphrase, "-N", "", "-f", path).returncode == 0
    theirs = run("ssh-keygen", "-Y", "sign", "-f", path, "-n", NAMESPACE, stdin=MESSAGE)
    assert key.sign(NAMESPACE, MESSAGE) == theirs.stdout


def test_a_key_made_here_is_a_key_of_ssh_keygen(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = create_key(path, None)
    assert run("ssh-keygen", "-y", "-f", path).stdout.decode().strip() == key.public_line
    assert key.fingerprint in run("ssh-keygen", "-l", "-f", path).stdout.decode()
    assert run("ssh-keygen", "-Y", "sign", "-f", path, "-n", NAMESPACE, stdin=MESSAGE).stdout == key.sign(
        NAMESPACE, MESSAGE
    )


@pytest.mark.parametrize("place", range(len(ARMORED)))
def test_no_byte_of_the_armor_can_be_changed(place: int) -> None:
    for value in (ARMORED[place] ^ 1, ord(" "), ord("\n"), ord("A")):
        changed = ARMORED[:place] + bytes([value]) + ARMORED[place + 1 :]
        if changed != ARMORED:
            with pytest.raises(Refused):
                sshsig.verify(changed, NAMESPACE, MESSAGE)


@pytest.mark.parametrize(
    "respelled",
    [
        ARMORED + b"\n",
        b"\n" + ARMORED,
        ARMORED.replace(b"\n", b"\r\n"),
        ARMORED[:-1],
        ARMORED.replace(b"\n", b"\n\n", 1),
    ],
)
def test_another_spelling_of_the_same_signature_is_refused(respelled: bytes) -> None:
    with pytest.raises(Refused, match="signature-malformed"):
        sshsig.verify(respelled, NAMESPACE, MESSAGE)


def test_a_signature_counts_in_its_namespace_only() -> None:
    with pytest.raises(Refused, match="signature-malformed"):
        sshsig.verify(ARMORED, "fpkg-roster@facilitator", MESSAGE)


def test_a_signature_counts_for_its_message_only() -> None:
    with pytest.raises(Refused, match="signature-wrong"):
        sshsig.verify(ARMORED, NAMESPACE, MESSAGE + b" ")


def test_a_signature_by_another_type_of_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    run("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", path)
    theirs = run("ssh-keygen", "-Y", "sign", "-f", path, "-n", NAMESPACE, stdin=MESSAGE).stdout
    with pytest.raises(Refused, match="signature-malformed"):
        sshsig.verify(theirs, NAMESPACE, MESSAGE)


def test_a_signature_over_sha256_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_key(path, None)
    theirs = run(
        "ssh-keygen", "-Y", "sign", "-f", path, "-n", NAMESPACE, "-O", "hashalg=sha256", stdin=MESSAGE
    ).stdout
    assert b"sha256" in base64.b64decode(b"".join(theirs.split(b"\n")[1:-2]))
    with pytest.raises(Refused, match="signature-malformed"):
        sshsig.verify(theirs, NAMESPACE, MESSAGE)
