"""Two hundred packages, and what other programs say of them: the same as this one."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import get_args

import bagit
import pytest

from facilitator.packages import Quarantined, Refused, SigningKey, age, create_key, load_key, load_signers
from facilitator.packages.bag import ALLOWED_SIGNERS, MANIFEST, RECORDS, REVOKED_KEYS, SIGNATURE, SIGNED
from facilitator.packages.envelope import Kind
from facilitator.packages.reader import read_encrypted, read_package, read_package_file
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from facilitator.services.assignments import assign
from facilitator.services.commands import NewPerson
from facilitator.services.rosters import grant, revoke
from tests.helpers.organizers import CODE, Office, person
from tests.packages.age_forge import age_file
from tests.packages.golden import JUDGE, LEAD_SECRET, PRINCIPALS, RECIPIENTS, STRANGER, sound
from tests.packages.samples import AT, PRINCIPAL, archive_of, files_of, run

SIGNERS_FAULTS = {
    *("signature-malformed", "signature-wrong", "key-unknown", "key-revoked", "key-expired"),
    *("key-not-yet-valid", "namespace-not-granted", "principal-not-granted"),
}
"""What is wrong with the signature or with who made it: the part that ssh-keygen judges."""
MOMENT = AT.strftime("%Y%m%d%H%M%SZ")


@dataclass(frozen=True)
class Case:
    """A package of some kind, and the roster and the moment it is judged by.

    ``grants`` are lines without the key; ``change`` does something to the files in the bag, after which the
    ``broken`` manifests do not fit them any more.
    """

    code: str
    grants: tuple[str, ...] = ("{principal} {namespaces}",)
    revoked: tuple[str, ...] = ()
    seconds: int = 0
    signer: str = "key"
    namespace: str | None = None
    change: Callable[[dict[str, bytes]], object] = field(default=lambda files: None)
    broken: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        return AT + timedelta(seconds=self.seconds)


def flip(name: str) -> Callable[[dict[str, bytes]], object]:
    def change(files: dict[str, bytes]) -> None:
        content = files[name] or b"\n"
        files[name] = bytes([content[0] ^ 1]) + content[1:]

    return change


OWN = "{principal} {namespaces}"
CASES = {
    "sound": Case("accepted"),
    "any namespace": Case("accepted", ("{principal}",)),
    "a pattern": Case("accepted", ("skfo-2018.* {namespaces}",)),
    "a pattern that leaves it out": Case("principal-not-granted", ("!{principal},skfo-2018.* {namespaces}",)),
    "another principal": Case("principal-not-granted", ("skfo-2018.g9 {namespaces}",)),
    "another namespace in the roster": Case("namespace-not-granted", ('{principal} namespaces="file"',)),
    "another namespace in the signature": Case("signature-malformed", namespace="file"),
    "another key in the roster": Case("key-unknown", signer="stranger"),
    "revoked": Case("key-revoked", revoked=("key",)),
    "another key revoked": Case("accepted", revoked=("stranger",)),
    "before its time": Case("key-not-yet-valid", (f'{OWN},valid-after="{MOMENT}"',), seconds=-1),
    "in its first second": Case("accepted", (f'{OWN},valid-after="{MOMENT}"',)),
    "in its last second": Case("accepted", (f'{OWN},valid-before="{MOMENT}"',)),
    "after its time": Case("key-expired", (f'{OWN},valid-before="{MOMENT}"',), seconds=1),
    "one grant over, one not": Case("accepted", (f'{OWN},valid-before="20180101Z"', OWN)),
    "the records changed": Case("hash-mismatch", change=flip(RECORDS), broken=(MANIFEST,)),
    "a manifest changed": Case("hash-mismatch", change=flip(MANIFEST), broken=(MANIFEST, SIGNED)),
    "the signed bytes changed": Case("signature-wrong", change=flip(SIGNED), broken=(SIGNED,)),
    "the signature changed": Case("signature-malformed", change=flip(SIGNATURE)),
    "a file more": Case("file-unexpected", change=lambda files: files.update({"data/run.sh": b""})),
}
PASSPHRASES = ("", "верблюд-ёж")


@dataclass(frozen=True)
class Desk:
    """A moderator's key as ssh-keygen or the program made it, and a folder to try things in."""

    folder: Path
    key: SigningKey

    def judge(self, kind: Kind, case: Case) -> None:
        """Make the package of a case and compare what everyone says of it."""
        files = files_of(sound(kind, self.key))
        namespace = ROSTER_NAMESPACE if kind == "roster" else PACKAGE_NAMESPACE
        if case.namespace:
            files[SIGNATURE] = self.key.sign(case.namespace, files[SIGNED])
        case.change(files)
        plain = archive_of(files, "package")
        self._write_roster(kind, case, namespace)
        code = self._own_verdict(kind, plain, case)
        assert code == case.code
        bag = self._unpacked(kind, plain)
        principal = PRINCIPALS.get(kind, PRINCIPAL)
        assert self._ssh_accepts(bag, principal, namespace, case) == (code not in SIGNERS_FAULTS)
        for manifest in (MANIFEST, SIGNED):
            checked = run("sha256sum", "--strict", "-c", manifest, folder=bag).returncode == 0
            assert checked == (manifest not in case.broken)
        assert bagit_accepts(bag) == (not case.broken and code != "file-unexpected")

    def _write_roster(self, kind: Kind, case: Case, namespace: str) -> None:
        keys = {"key": self.key.public_line, "stranger": STRANGER.public_line}
        words = {"principal": PRINCIPALS.get(kind, PRINCIPAL), "namespaces": f'namespaces="{namespace}"'}
        lines = (f"{grant.format_map(words)} {keys[case.signer]}\n" for grant in case.grants)
        (self.folder / "allowed_signers").write_text("".join(lines))
        (self.folder / "revoked_keys").write_text("".join(f"{keys[name]}\n" for name in case.revoked))

    def _own_verdict(self, kind: Kind, plain: bytes, case: Case) -> str:
        signers = load_signers(self.folder / "allowed_signers")
        try:
            if kind == "persons":
                read_encrypted(age_file(plain, RECIPIENTS), JUDGE.identities, signers, case.at)
            else:
                read_package(plain, signers, case.at)
        except (Refused, Quarantined) as fault:
            return fault.code
        return "accepted"

    def _unpacked(self, kind: Kind, plain: bytes) -> Path:
        """Unpack a package by other programs: names are decrypted first."""
        package = self.folder / "package.fpkg"
        if kind == "persons":
            (self.folder / "secret").write_text(f"{LEAD_SECRET}\n")
            sealed = age.encrypt(plain, RECIPIENTS)
            package.write_bytes(run("age", "-d", "-i", self.folder / "secret", stdin=sealed).stdout)
        else:
            package.write_bytes(plain)
        assert run("unzip", "-q", "-o", package, "-d", self.folder).returncode == 0
        return self.folder / "package"

    def _ssh_accepts(self, bag: Path, principal: str, namespace: str, case: Case) -> bool:
        roster = ("-f", self.folder / "allowed_signers", "-r", self.folder / "revoked_keys")
        moment = f"-Overify-time={case.at:%Y%m%d%H%M%SZ}"
        claim = ("-I", principal, "-n", namespace, "-s", bag / SIGNATURE, moment)
        signed = (bag / SIGNED).read_bytes()
        return run("ssh-keygen", "-Y", "verify", *roster, *claim, stdin=signed).returncode == 0


def bagit_accepts(folder: Path) -> bool:
    try:
        return bool(bagit.Bag(str(folder)).is_valid())
    except bagit.BagError:
        return False


@pytest.fixture(params=["made by ssh-keygen", "made here"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    path = tmp_path / "key"
    if request.param == "made here":
        return Desk(tmp_path, create_key(path, PASSPHRASES[1]))
    assert run("ssh-keygen", "-q", "-t", "ed25519", "-N", PASSPHRASES[1], "-f", path).returncode == 0
    return Desk(tmp_path, load_key(path, PASSPHRASES[1]))


@pytest.mark.parametrize("kind", get_args(Kind))
def test_all_programs_agree_on_packages_of_every_kind(desk: Desk, kind: Kind) -> None:
    assert len(CASES) * len(get_args(Kind)) * 2 == 200
    for name, case in CASES.items():
        folder = desk.folder / name
        folder.mkdir()
        replace(desk, folder=folder).judge(kind, case)


@pytest.mark.parametrize("passphrase", PASSPHRASES)
@pytest.mark.parametrize("kind", get_args(Kind))
def test_ssh_keygen_signs_with_the_same_bytes(tmp_path: Path, kind: Kind, passphrase: str) -> None:
    path = tmp_path / "key"
    assert run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", path).returncode == 0
    files = files_of(sound(kind, load_key(path, passphrase)))
    if passphrase:
        assert run("ssh-keygen", "-q", "-p", "-P", passphrase, "-N", "", "-f", path).returncode == 0
    namespace = ROSTER_NAMESPACE if kind == "roster" else PACKAGE_NAMESPACE
    theirs = run("ssh-keygen", "-Y", "sign", "-f", path, "-n", namespace, stdin=files[SIGNED])
    assert theirs.stdout == files[SIGNATURE]


def verified_by_itself(roster: Path, folder: Path) -> bool:
    """Whether ssh-keygen finds a roster signed by an organizer whom its own lists name."""
    with zipfile.ZipFile(BytesIO(read_package_file(roster))) as archive:
        archive.extractall(folder)
    (bag,) = folder.iterdir()
    lists = ("-f", bag / ALLOWED_SIGNERS, "-r", bag / REVOKED_KEYS)
    claim = ("-I", f"{CODE}.roster", "-n", ROSTER_NAMESPACE, "-s", bag / SIGNATURE)
    command = ("ssh-keygen", "-Y", "verify", *lists, *claim)
    return run(*command, stdin=(bag / SIGNED).read_bytes()).returncode == 0


def test_a_roster_is_verified_by_its_own_lists(tmp_path: Path) -> None:
    office = Office.open(tmp_path / "office")
    assert verified_by_itself(office.roster, tmp_path / "v1")
    key, request = person(office.folder, "Алёна «Первая»")
    until = datetime(2030, 1, 1, tzinfo=UTC)
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer, until=until)
    assert verified_by_itself(office.roster, tmp_path / "v2")
    revoke(office.roster, key.fingerprint, office.organizer)
    assert verified_by_itself(office.roster, tmp_path / "v3")


def test_age_opens_the_names_of_an_assignment_by_the_moderators_key(tmp_path: Path) -> None:
    office = Office.open(tmp_path / "office", readers=RECIPIENTS)
    key, request = person(office.folder, "Алёна")
    stranger, _ = person(office.folder, "Чужой")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    handed_out = assign(
        office.roster, 3, tmp_path / "g3.fpkg", office.organizer, people=[NewPerson("Иван Второй")]
    )
    assert handed_out.names is not None
    sealed = handed_out.names.read_bytes()
    opened = run("age", "-d", "-i", office.folder / "Алёна.key", stdin=sealed)
    assert opened.stdout == age.decrypt(sealed, [age.identity_of(key)])
    assert "Иван Второй".encode() in files_of(opened.stdout)[RECORDS]
    assert run("age", "-d", "-i", office.folder / "Чужой.key", stdin=sealed).returncode != 0
    with pytest.raises(Quarantined, match="age-not-for-us"):
        age.decrypt(sealed, [age.identity_of(stranger)])
