"""A roster means here what it means to ssh-keygen."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from facilitator.errors import UserFault
from facilitator.packages import Quarantined, Refused, Signers, load_signers, sshsig
from facilitator.packages.signers import matches
from tests.packages.samples import AT, KEY, OTHER_KEY, PRINCIPAL, roster, run

NAMESPACE = sshsig.PACKAGE_NAMESPACE
MESSAGE = b"message"
ARMORED = KEY.sign(NAMESPACE, MESSAGE)
RAW_KEY = sshsig.verify(ARMORED, NAMESPACE, MESSAGE)
LINE = KEY.public_line
MOMENT = 1_538_395_200  # AT


@pytest.fixture(params=["UTC0", "XXX-10"])
def local_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def verdict(signers: Signers, principal: str, seconds: int = MOMENT) -> str:
    """The code of the fault, or ``accepted``."""
    try:
        signers.check_key(RAW_KEY)
        signers.check_grant(RAW_KEY, principal, NAMESPACE, datetime.fromtimestamp(seconds, UTC))
    except (Refused, Quarantined) as fault:
        return fault.code
    return "accepted"


def accepted_by_ssh_keygen(folder: Path, principal: str, seconds: int = MOMENT) -> bool:
    (folder / "signature").write_bytes(ARMORED)
    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M%SZ")
    roster_options = ("-f", folder / "allowed_signers", "-r", folder / "revoked_keys")
    command = ("ssh-keygen", "-Y", "verify", *roster_options, "-I", principal, "-n", NAMESPACE)
    return run(*command, "-s", folder / "signature", f"-Overify-time={moment}", stdin=MESSAGE).returncode == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{PRINCIPAL} {LINE}", "accepted"),
        (f"{PRINCIPAL} {LINE} Алёна, с комментарием", "accepted"),
        (f"\t {PRINCIPAL}\t{LINE}\r", "accepted"),
        (f'"{PRINCIPAL},other" {LINE}', "accepted"),
        (f"* {LINE}", "accepted"),
        (f"skfo-201?.g* {LINE}", "accepted"),
        (f"a,b,*.g3 {LINE}", "accepted"),
        (f"SKFO-2018.g3 {LINE}", "principal-not-granted"),
        (f"skfo-2018.g {LINE}", "principal-not-granted"),
        (f"skfo-2018.g[0-9] {LINE}", "principal-not-granted"),
        (f"*,!{PRINCIPAL} {LINE}", "principal-not-granted"),
        (f"!*.g4,* {LINE}", "accepted"),
        (f"!*.g4 {LINE}", "principal-not-granted"),
        (f"{PRINCIPAL} {OTHER_KEY.public_line}", "key-unknown"),
        (f"# {PRINCIPAL} {LINE}", "key-unknown"),
        (f"{PRINCIPAL} cert-authority {LINE}", "key-unknown"),
        (f'{PRINCIPAL} namespaces="{NAMESPACE}" {LINE}', "accepted"),
        (f'{PRINCIPAL} NameSpaces="file,fpkg@*" {LINE}', "accepted"),
        (f'{PRINCIPAL} namespaces="file" {LINE}', "namespace-not-granted"),
        (f'{PRINCIPAL} namespaces="fpkg*,!{NAMESPACE}" {LINE}', "namespace-not-granted"),
        (f'{PRINCIPAL} namespaces="" {LINE}', "namespace-not-granted"),
        (f'{PRINCIPAL} valid-after="20181001120000Z" {LINE}', "accepted"),
        (f'{PRINCIPAL} valid-after="20181001120001Z" {LINE}', "key-not-yet-valid"),
        (f'{PRINCIPAL} valid-before="20181001120000Z" {LINE}', "accepted"),
        (f'{PRINCIPAL} valid-before="20181001115959Z" {LINE}', "key-expired"),
        (f'{PRINCIPAL} valid-before="20181001Z" {LINE}', "key-expired"),
        (f'{PRINCIPAL} valid-after="20180930z",valid-before="201810011300Z" {LINE}', "accepted"),
        (f'{PRINCIPAL} valid-before="20180101Z" {LINE}\n{PRINCIPAL} {LINE}', "accepted"),
        (
            f'{PRINCIPAL} valid-before="20180101Z" {LINE}\n{PRINCIPAL} valid-after="20190101Z" {LINE}',
            "key-expired",
        ),
        (f"other {LINE}\n{PRINCIPAL} {LINE}", "accepted"),
    ],
)
def test_a_roster_line_is_judged_as_ssh_keygen_does(tmp_path: Path, line: str, expected: str) -> None:
    signers = roster(tmp_path, line)
    assert verdict(signers, PRINCIPAL) == expected
    assert accepted_by_ssh_keygen(tmp_path, PRINCIPAL) == (expected == "accepted")


@pytest.mark.usefixtures("local_time")
@pytest.mark.parametrize("option", ["valid-after", "valid-before"])
@pytest.mark.parametrize("moment", ["20181001", "201810011300", "20181001120000", "20181001130000Z"])
def test_times_without_z_are_local(tmp_path: Path, option: str, moment: str) -> None:
    signers = roster(tmp_path, f'* {option}="{moment}" {LINE}')
    for hours in range(-14, 15):
        seconds = MOMENT + 3600 * hours
        assert (verdict(signers, PRINCIPAL, seconds) == "accepted") == accepted_by_ssh_keygen(
            tmp_path, PRINCIPAL, seconds
        )


def test_a_revoked_key_is_refused_here_and_there(tmp_path: Path) -> None:
    signers = roster(tmp_path, f"* {LINE}", revoked=[OTHER_KEY, KEY])
    assert verdict(signers, PRINCIPAL) == "key-revoked"
    assert not accepted_by_ssh_keygen(tmp_path, PRINCIPAL)
    assert verdict(roster(tmp_path, f"* {LINE}", revoked=[OTHER_KEY]), PRINCIPAL) == "accepted"
    assert accepted_by_ssh_keygen(tmp_path, PRINCIPAL)


def test_the_list_of_revoked_keys_can_lie_elsewhere(tmp_path: Path) -> None:
    roster(tmp_path, f"* {LINE}")
    (tmp_path / "elsewhere").write_text(f"# отозваны\n\n{LINE}\n", encoding="utf-8")
    assert (
        verdict(load_signers(tmp_path / "allowed_signers", tmp_path / "elsewhere"), PRINCIPAL)
        == "key-revoked"
    )


def test_a_roster_can_stand_alone_and_name_keys_of_other_types(tmp_path: Path) -> None:
    run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", tmp_path / "ecdsa")
    other = (tmp_path / "ecdsa.pub").read_text()
    path = tmp_path / "allowed_signers"
    path.write_text(f"* {other}* {LINE}\n")
    assert verdict(load_signers(path), PRINCIPAL) == "accepted"
    (tmp_path / "revoked_keys").write_text(other)
    assert verdict(load_signers(path), PRINCIPAL) == "accepted"


@given(st.text("ab*?!,", min_size=1, max_size=8), st.text("ab", min_size=1, max_size=5))
@example("!a,*", "a")
@example("a,,b", "b")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_patterns_match_as_in_ssh_keygen(tmp_path: Path, patterns: str, principal: str) -> None:
    roster(tmp_path, f"{patterns} {LINE}")
    assert matches(principal, patterns) == accepted_by_ssh_keygen(tmp_path, principal)


@pytest.mark.parametrize(
    "line",
    [
        PRINCIPAL,
        f'"{PRINCIPAL} {LINE}',
        f"{PRINCIPAL} no-such-option {LINE}",
        f"{PRINCIPAL} namespaces=file {LINE}",
        f'{PRINCIPAL} namespaces="file"{LINE}',
        f'{PRINCIPAL} namespaces="a",namespaces="b" {LINE}',
        f'{PRINCIPAL} valid-after="tomorrow" {LINE}',
        f'{PRINCIPAL} valid-after="20181301Z" {LINE}',
        f'{PRINCIPAL} valid-after="20180101Z",valid-before="20170101Z" {LINE}',
        f"{PRINCIPAL} ssh-ed25519 не-ключ",
        f"{PRINCIPAL} ssh-ed25519",
        f"{PRINCIPAL} ssh-ed25519 AAAAB3NzaC1yc2E=",
        f"{PRINCIPAL} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAA==",
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(UserFault, match="roster-unreadable") as fault:
        roster(tmp_path, "# ростер", line)
    assert (fault.value.facts["path"], fault.value.facts["line"]) == (tmp_path / "allowed_signers", 2)
    assert not accepted_by_ssh_keygen(tmp_path, PRINCIPAL)


def test_a_roster_in_another_encoding_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "allowed_signers"
    path.write_bytes("# ростер\n".encode("cp1251"))
    with pytest.raises(UserFault, match="roster-unreadable"):
        load_signers(path)


def test_a_missing_roster_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="roster-missing"):
        load_signers(tmp_path / "none")
    with pytest.raises(UserFault, match="roster-unreadable"):
        load_signers(tmp_path)


def test_a_list_of_revoked_keys_must_be_readable(tmp_path: Path) -> None:
    roster(tmp_path)
    (tmp_path / "revoked_keys").write_text("SSHKRL\n")
    with pytest.raises(UserFault, match="roster-unreadable") as fault:
        load_signers(tmp_path / "allowed_signers")
    assert fault.value.facts["path"] == tmp_path / "revoked_keys"
    with pytest.raises(UserFault, match="roster-missing"):
        load_signers(tmp_path / "allowed_signers", tmp_path / "none")


def test_fractions_of_a_second_do_not_expire_a_key(tmp_path: Path) -> None:
    signers = roster(tmp_path, f'* valid-before="20181001120000Z" {LINE}')
    signers.check_grant(RAW_KEY, PRINCIPAL, NAMESPACE, AT.replace(microsecond=999_999))


def test_a_folder_is_no_roster() -> None:
    for folder in (Path(), Path("/")):
        with pytest.raises(UserFault, match="roster-unreadable"):
            load_signers(folder)
