"""Files as heavy as they may be, by whoever could make them: none takes long or much memory."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.packages.bag import (
    ALLOWED_SIGNERS,
    ENVELOPE,
    MAX_PACKAGE,
    MAX_SMALL_FILE,
    RECORDS,
    ROSTER_PACKAGE,
    SCRIPT,
    SIGNATURE,
)
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from tests.packages.age_forge import MAGIC, age_file, stanza
from tests.packages.golden import GOLDENS, RECIPIENTS, STRANGER
from tests.packages.mutations import by_stranger, signed
from tests.packages.samples import KEY, archive_of, files_of

ROOT = Path(__file__).parents[2]
ROOM = MAX_PACKAGE - 4 * 1024 * 1024
SMALL = MAX_SMALL_FILE - 1_000
MOST_MEMORY = 256 * 1024
MOST_SECONDS = 2


def filled(pattern: bytes, size: int) -> bytes:
    return pattern * (size // len(pattern))


def group(records: bytes) -> bytes:
    """What an enrolled moderator could sign."""
    return signed(files_of(GOLDENS["group"].plain) | {RECORDS: records}, KEY, PACKAGE_NAMESPACE, "group")


def usurping(**changed: bytes) -> bytes:
    """A roster of a stranger's own, which the program looks into before it knows whose it is."""
    files = files_of(GOLDENS["roster"].plain) | {f"data/{name}": content for name, content in changed.items()}
    own = f"\n* {STRANGER.public_line}\n".encode()
    files |= {ALLOWED_SIGNERS: files[ALLOWED_SIGNERS] + own, ENVELOPE: by_stranger(files[ENVELOPE])}
    return signed(files, STRANGER, ROSTER_NAMESPACE, "roster")


def handed_out(script: bytes) -> bytes:
    """An assignment of a stranger's own."""
    files = files_of(GOLDENS["assignment"].plain) | {ROSTER_PACKAGE: usurping(), SCRIPT: script}
    return signed(files | {ENVELOPE: by_stranger(files[ENVELOPE])}, STRANGER, PACKAGE_NAMESPACE, "assignment")


def unsigned(**changed: bytes) -> bytes:
    return archive_of(files_of(GOLDENS["group"].plain) | changed, "group")


def headed(stanzas: bytes) -> bytes:
    """An age file with a header of these stanzas."""
    return MAGIC + stanzas + b"--- " + b"A" * 43 + b"\n" + bytes(100)


GRANT = f"* {STRANGER.public_line}\n".encode()
CARD = b'{"type":"card"}\n'
OURS = stanza(RECIPIENTS[1])
HEAVY: dict[str, Callable[[], bytes]] = {
    "records of empty lines": lambda: group(filled(b"\n", ROOM)),
    "records of numbers": lambda: group(filled(b"5\n", ROOM)),
    "records of nothing": lambda: group(filled(b"{}\n", ROOM)),
    "records that say no more than their type": lambda: group(filled(CARD, ROOM)),
    "records nested deeply": lambda: group(filled(b"[" * 1_000_000 + b"\n", ROOM)),
    "records of long lists": lambda: group(filled(b"[" + b"1," * 500_000 + b"1]\n", ROOM)),
    "one long record": lambda: group(filled(b"a", ROOM)),
    "a package of zeros nobody has signed": lambda: unsigned(**{RECORDS: bytes(ROOM)}),
    "a signature of empty lines": lambda: unsigned(**{SIGNATURE: filled(b"\n", SMALL)}),
    "a signature larger than that": lambda: unsigned(**{SIGNATURE: filled(b"\n", ROOM)}),
    "grants of one key": lambda: usurping(allowed_signers=filled(GRANT, SMALL)),
    "a grant of many patterns": lambda: usurping(allowed_signers=filled(b"*?a,", SMALL) + GRANT),
    "a grant of many stars": lambda: usurping(allowed_signers=filled(b"*s", SMALL) + b"x " + GRANT[2:]),
    "revoked keys": lambda: usurping(revoked_keys=filled(GRANT[2:], SMALL)),
    "a roster of empty lines": lambda: usurping(**{"roster.json": filled(b"\n", SMALL)}),
    "a roster nested deeply": lambda: usurping(**{"roster.json": filled(b"[", SMALL)}),
    "a script of keys": lambda: handed_out(b"\n".join(b"a%d=1" % number for number in range(50_000))),
    "a script of lists": lambda: handed_out(b"a=[" + filled(b"1,", SMALL) + b"]"),
    "a script nested deeply": lambda: handed_out(b"a=" + filled(b"[", SMALL)),
    "a script of dotted keys": lambda: handed_out(filled(b"a.", SMALL) + b"a=1"),
    "a script of many dotted keys": lambda: handed_out(
        b"\n".join(b"k%d." % number + b"a." * 48 + b"a=1" for number in range(4_500))
    ),
    "a script of a long number": lambda: handed_out(b"version = " + filled(b"9", SMALL)),
    "stanzas that fit": lambda: headed(filled(OURS, 16_000)),
    "stanzas": lambda: headed(filled(OURS, ROOM)),
    "a stanza without an end": lambda: MAGIC + b"-> X25519 " + filled(b"A", ROOM),
    "an age file of noise": lambda: headed(OURS) + bytes(ROOM),
    "an age file of zeros": lambda: age_file(bytes(ROOM), RECIPIENTS),
}


@pytest.mark.parametrize("name", HEAVY)
def test_it_is_refused_in_time_and_in_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / "heavy.fpkg"
    path.write_bytes(HEAVY[name]())
    command = (sys.executable, "-m", "tests.packages.weighed", path)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    path.unlink()
    assert done.returncode == 0, done.stderr.decode()
    verdict, seconds, memory = json.loads(done.stdout)
    assert verdict != "accepted"
    assert seconds <= MOST_SECONDS
    assert memory <= MOST_MEMORY
