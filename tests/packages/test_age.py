"""Age files: what we encrypt the program ``age`` opens, and no damaged one does more than be refused."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from facilitator.errors import UserFault
from facilitator.packages import Quarantined, Refused, age, create_key, load_key
from facilitator.packages.bag import MAX_PACKAGE
from tests.packages.age_forge import CHUNK, MAGIC, age_file, encoded, header, payload, stanza
from tests.packages.golden import LEAD_SECRET, OTHER_RECIPIENT, RECIPIENTS, RECOVERY_SECRET
from tests.packages.samples import KEY, OTHER_KEY, run

TEXT = "Иван Иванов\n".encode()
LONG = bytes(range(256)) * 512
LEAD = age.parse_identities(LEAD_SECRET)
OURS = stanza(RECIPIENTS[1])
SSH_STANZA = b"-> ssh-ed25519 " + b"A" * 6 + b" " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
MAC = b"--- " + b"A" * 43 + b"\n"


def scrypt(work: int) -> bytes:
    return b"-> scrypt " + b"A" * 22 + b" %d\n" % work + b"A" * 43 + b"\n"


def outcome(data: bytes) -> str:
    """What the lead gets out of an age file: the code of the fault, or ``opened``."""
    try:
        age.decrypt(data, LEAD)
    except (Refused, Quarantined) as fault:
        return fault.code
    return "opened"


def opened_by_age(folder: Path, data: bytes, *secrets: str) -> bytes | None:
    """What the program ``age`` gets out of it with secrets as they stand in a file, or ``None``."""
    (folder / "secrets").write_text("".join(f"{secret}\n" for secret in secrets))
    done = run("age", "-d", "-i", folder / "secrets", stdin=data)
    return done.stdout if done.returncode == 0 else None


@pytest.mark.parametrize("data", [b"", TEXT, LONG[:CHUNK], LONG], ids=len)
@pytest.mark.parametrize("secret", [LEAD_SECRET, RECOVERY_SECRET])
def test_each_recipient_can_open_it_here_and_there(tmp_path: Path, data: bytes, secret: str) -> None:
    for sealed in (age.encrypt(data, RECIPIENTS), age_file(data, RECIPIENTS)):
        assert age.is_encrypted(sealed)
        assert age.decrypt(sealed, age.parse_identities(f"# secret\n\n{secret}\n")) == data
        assert opened_by_age(tmp_path, sealed, secret) == data


@pytest.mark.parametrize("passphrase", [None, "верблюд-ёж"])
def test_a_signing_key_can_open_what_is_for_its_owner(tmp_path: Path, passphrase: str | None) -> None:
    create_key(tmp_path / "key", passphrase)
    key = load_key(tmp_path / "key", passphrase)
    sealed = age.encrypt(TEXT, RECIPIENTS, [OTHER_KEY.public, key.public])
    assert age.decrypt(sealed, [age.identity_of(key)]) == TEXT
    if passphrase is None:  # age asks for a passphrase at the terminal only
        assert run("age", "-d", "-i", tmp_path / "key", stdin=sealed).stdout == TEXT
    with pytest.raises(Quarantined, match="age-not-for-us"):
        age.decrypt(sealed, [age.identity_of(KEY)])


def test_what_age_encrypts_opens_here() -> None:
    command = ("age", "-r", RECIPIENTS[0], "-r", RECIPIENTS[1], "-r", KEY.public_line)
    sealed = run(*command, stdin=TEXT).stdout
    assert age.decrypt(sealed, LEAD) == TEXT
    assert age.decrypt(sealed, [age.identity_of(KEY)]) == TEXT


def test_a_new_pair_belongs_together(tmp_path: Path) -> None:
    recipient, secret = age.new_recipient()
    sealed = age.encrypt(TEXT, [recipient, RECIPIENTS[0]])
    assert age.decrypt(sealed, age.parse_identities(secret)) == TEXT
    assert opened_by_age(tmp_path, sealed, secret) == TEXT
    assert age.new_recipient() != (recipient, secret)


def test_recipients_are_native_and_two_at_least() -> None:
    assert age.check_recipients(RECIPIENTS[::-1]) == RECIPIENTS
    assert age.check_recipients([*RECIPIENTS, *RECIPIENTS]) == RECIPIENTS
    for few in ([], RECIPIENTS[:1], RECIPIENTS[:1] * 2, [RECIPIENTS[0], RECIPIENTS[0].upper()]):
        with pytest.raises(UserFault, match="recipients-too-few"):
            age.encrypt(TEXT, few)
    for strange in ("", "age1", RECIPIENTS[0].upper()[:-1], KEY.public_line):
        with pytest.raises(UserFault, match="recipient-invalid") as fault:
            age.check_recipients([*RECIPIENTS, strange])
        assert fault.value.facts["recipient"] == strange
    for secret in (LEAD_SECRET, LEAD_SECRET.lower()):
        with pytest.raises(UserFault, match="recipient-secret") as fault:
            age.encrypt(TEXT, [*RECIPIENTS, secret])
        assert secret not in str(fault.value.facts)


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", RECIPIENTS[0], LEAD_SECRET[:-1], f"{LEAD_SECRET}\nx", "\0"]
)
def test_what_is_no_secret_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="not an age identity"):
        age.parse_identities(text)


def test_what_is_for_others_is_put_aside() -> None:
    sealed = age_file(TEXT, [OTHER_RECIPIENT, OTHER_RECIPIENT])
    assert outcome(sealed) == "age-not-for-us"
    with pytest.raises(Quarantined, match="age-not-for-us"):
        age.decrypt(sealed, [])


def test_a_file_too_large_is_not_decrypted() -> None:
    with pytest.raises(Refused, match="package-too-large"):
        age.decrypt(MAGIC + bytes(MAX_PACKAGE + 1024 * 1024), LEAD)


@pytest.mark.parametrize(
    "text", [b"", MAGIC[:-1], MAGIC.replace(b"v1", b"v2"), b"PK\x03\x04", b"\xef\xbb\xbf" + MAGIC]
)
def test_other_files_are_not_taken_for_encrypted_ones(text: bytes) -> None:
    assert not age.is_encrypted(text)


ONLY_HERE = ("more stanzas than anybody needs", "a passphrase besides")
"""What the program ``age`` looks away from, in some of its versions."""
DAMAGED: dict[str, bytes] = {
    "nothing but the first line": MAGIC,
    "no stanza": header([]) + payload(TEXT),
    "a wrong MAC": MAGIC + OURS + MAC + payload(TEXT),
    "a MAC cut short": MAGIC + OURS + b"--- AAAA\n" + payload(TEXT),
    "no MAC": MAGIC + OURS + b"---\n" + payload(TEXT),
    "no line of the MAC": MAGIC + OURS + payload(TEXT),
    "a stanza more, under the former MAC": age_file(TEXT, RECIPIENTS).replace(OURS, OURS + OURS),
    "a stanza less, under the former MAC": age_file(TEXT, RECIPIENTS).replace(stanza(RECIPIENTS[0]), b""),
    "stanzas in another order": age_file(TEXT, RECIPIENTS)[: len(MAGIC)]
    + OURS
    + stanza(RECIPIENTS[0])
    + age_file(TEXT, RECIPIENTS)[len(MAGIC) + len(OURS) + len(stanza(RECIPIENTS[0])) :],
    "more stanzas than anybody needs": header([OURS] * 200) + payload(TEXT),
    "a passphrase besides": header([scrypt(10), OURS]) + payload(TEXT),
    "an empty share": header([b"-> X25519 \n" + OURS.split(b"\n")[1] + b"\n"]) + payload(TEXT),
    "a share of zeros": header([b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"]) + payload(TEXT),
    "a body too long": header([OURS.split(b"\n")[0] + b"\n" + b"A" * 64 + b"\n" + b"A" * 10 + b"\n"])
    + payload(TEXT),
    "no nonce": header([OURS]),
    "half a nonce": header([OURS]) + payload(TEXT)[:8],
    "no payload": header([OURS]) + payload(TEXT)[:16],
    "the first chunk only": header([OURS]) + payload(LONG)[: 16 + CHUNK + 16],
    "the last chunk twice": header([OURS]) + payload(LONG) + payload(LONG)[16 + CHUNK + 16 :],
    "chunks in another order": header([OURS])
    + payload(LONG)[:16]
    + payload(LONG)[16 + CHUNK + 16 :]
    + payload(LONG)[16 : 16 + CHUNK + 16],
    "bytes behind": age_file(TEXT, RECIPIENTS) + b"\0",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused_here_and_there(tmp_path: Path, name: str) -> None:
    assert outcome(DAMAGED[name]) in ("age-malformed", "age-not-for-us")
    if name not in ONLY_HERE:
        assert opened_by_age(tmp_path, DAMAGED[name], LEAD_SECRET) is None


@pytest.mark.parametrize("work", [0, 1, 18, 22, 60, 63, 64, 255, 10**30])
def test_a_file_under_a_passphrase_is_for_others_and_costs_nothing(work: int) -> None:
    assert outcome(header([scrypt(work)]) + payload(TEXT)) in ("age-malformed", "age-not-for-us")


def test_every_cut_of_a_file_of_two_chunks_is_refused() -> None:
    sealed = age_file(LONG[: CHUNK + 10], RECIPIENTS)
    begun = len(sealed) - CHUNK - 10 - 2 * 16
    ends = {
        *range(len(MAGIC), begun + 40),
        *range(begun, len(sealed), 997),
        *range(len(sealed) - 40, len(sealed)),
    }
    assert {outcome(sealed[:end]) for end in ends} == {"age-malformed"}


def noise(rng: Random) -> bytes:
    return encoded(rng.randbytes(rng.choice((0, 1, 16, 31, 32, 33, 48, 64, 100))))


STANZAS: tuple[Callable[[Random], bytes], ...] = (
    lambda rng: OURS,
    lambda rng: SSH_STANZA,
    lambda rng: scrypt(rng.randrange(70)),
    lambda rng: b"-> X25519 " + noise(rng) + b"\n" + noise(rng) + b"\n",
    lambda rng: b"-> ssh-ed25519 " + noise(rng) + b" " + noise(rng) + b"\n" + noise(rng) + b"\n",
    lambda rng: b"-> ssh-rsa " + noise(rng) + b"\n" + noise(rng) + b"\n",
    lambda rng: b"-> " + noise(rng) + b" " * rng.randrange(3) + noise(rng) + b"\n" + noise(rng) + b"\n",
    lambda rng: rng.randbytes(rng.randrange(20)),
    lambda rng: b"->\n",
    lambda rng: b"--- " + noise(rng) + b"\n",
    lambda rng: b"-> X25519 " + OURS[10:40] + b"\r\n" + OURS[40:],
)


@pytest.mark.parametrize("seed", range(4))
def test_of_stanzas_by_chance_nothing_comes_but_a_verdict(seed: int) -> None:
    rng = Random(seed)
    identities = [*LEAD, age.identity_of(KEY)]
    told = set()
    for _ in range(2_000):
        stanzas = [rng.choice(STANZAS)(rng) for _ in range(rng.randrange(1, 6))]
        data = (
            rng.choice((header(stanzas), MAGIC + b"".join(stanzas) + MAC))
            + payload(TEXT)[: rng.randrange(54)]
        )
        with pytest.raises((Refused, Quarantined)) as fault:
            age.decrypt(data, identities)
        told.add(fault.value.code)
    assert told == {"age-malformed", "age-not-for-us"}
