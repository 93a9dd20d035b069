"""Whom an installation trusts: the first organizer by their digits, the next versions by the one before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.packages.keys import create_key
from facilitator.packages.reader import read_package_file
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.home import Home
from facilitator.services.rosters import Organizer, grant, grant_organizer, revoke, start_roster
from facilitator.services.trust import TrustStore
from tests.helpers.organizers import CODE, Office, person, plan


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.open(tmp_path / "office")


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    return TrustStore(Home(tmp_path / "дом"))


def version(office: Office, number: int) -> bytes:
    """Return the bytes of the roster once it has reached a version."""
    while True:
        data = read_package_file(office.roster)
        trusted = TrustStore(office.organizer.home).admit(data)
        if trusted.files.roster.version == number:
            return data
        _, request = person(office.folder, f"Модератор {trusted.files.roster.version}")
        grant(office.roster, request, [f"{CODE}.g3"], office.organizer)


def test_the_first_roster_is_trusted_and_says_that_nobody_has_compared_it(
    office: Office, store: TrustStore
) -> None:
    data = read_package_file(office.roster)
    first = store.admit(data)
    assert first.first_use
    assert first.digits == office.organizer.key.public.digits
    assert not store.admit(data).first_use
    assert [each.id for each in store.rosters()] == [first.id]


def test_looking_trusts_nothing(office: Office, store: TrustStore) -> None:
    assert store.admit(read_package_file(office.roster), keep=False).first_use
    assert store.rosters() == ()
    assert not store.home.folder.exists()


def test_digits_that_were_heard_are_compared(office: Office, store: TrustStore) -> None:
    data = read_package_file(office.roster)
    heard = office.organizer.key.public.digits.replace(" ", "-")
    with pytest.raises(UserFault, match="digits-differ"):
        store.admit(data, digits="12345 " * 6)
    assert store.rosters() == ()
    assert not store.admit(data, digits=heard).first_use


def test_a_later_version_follows_and_a_lower_one_is_refused(office: Office, store: TrustStore) -> None:
    first, second, fourth = version(office, 1), version(office, 2), version(office, 4)
    store.admit(first)
    store.admit(fourth)
    for older in (first, second):
        with pytest.raises(UserFault, match="roster-older") as caught:
            store.admit(older)
        assert caught.value.facts["known"] == 4
        assert store.admit_known(older).files.roster.version == 4


def test_two_rosters_of_one_version_are_told(office: Office, store: TrustStore, tmp_path: Path) -> None:
    first = version(office, 1)
    for name in ("one", "two"):
        path = tmp_path / name / "ROSTER.fpkg"
        path.parent.mkdir()
        path.write_bytes(first)
        organizer = Organizer(office.organizer.key, Home(tmp_path / name / "home"))
        _, request = person(tmp_path / name, "Модератор")
        grant(path, request, [f"{CODE}.g3"], organizer)
        grant(path, request, [f"{CODE}.g4"], organizer)
    store.admit(read_package_file(tmp_path / "one" / "ROSTER.fpkg"))
    with pytest.raises(UserFault, match="roster-forked"):
        store.admit(read_package_file(tmp_path / "two" / "ROSTER.fpkg"))


def test_a_version_that_follows_another_one_is_told(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    store.admit(version(office, 1))
    other = Organizer(office.organizer.key, Home(tmp_path / "other"))
    path = tmp_path / "ROSTER.fpkg"
    start_roster(path, [plan()], other)
    _, request = person(tmp_path, "Модератор")
    grant(path, request, [f"{CODE}.g3"], other)
    with pytest.raises(UserFault, match="roster-forked"):
        store.admit(read_package_file(path))


def test_another_organizer_is_let_in_by_the_digits_alone(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    store.admit(version(office, 1))
    stranger = Office.open(tmp_path / "stranger")
    data = version(stranger, 2)
    with pytest.raises(UserFault, match="organizer-changed") as caught:
        store.admit(data)
    assert caught.value.facts["digits"] == stranger.organizer.key.public.digits
    assert store.rosters()[0].organizer == office.organizer.key.fingerprint
    store.admit(data, digits=stranger.organizer.key.public.digits)
    assert store.rosters()[0].organizer == stranger.organizer.key.fingerprint


def test_a_roster_of_another_name_does_not_slip_in_for_the_same_event(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    store.admit(version(office, 1))
    stranger = Office.open(tmp_path / "stranger", plan("other-2018"), plan(CODE))
    with pytest.raises(UserFault, match="organizer-changed"):
        store.admit(read_package_file(stranger.roster))


def test_a_new_key_of_the_organizer_is_vouched_for_by_the_old_one(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    store.admit(version(office, 1))
    key, request = person(tmp_path, "Организатор с новым ключом")
    grant_organizer(office.roster, request, office.organizer)
    store.admit(read_package_file(office.roster))
    renewed = Organizer(key, office.organizer.home)
    revoke(office.roster, office.organizer.key.fingerprint, renewed)
    assert store.admit(read_package_file(office.roster)).organizer == key.fingerprint
    with pytest.raises(UserFault, match="not-organizer"):
        grant(office.roster, request, [f"{CODE}.g3"], office.organizer)


def test_what_is_no_sound_roster_is_not_trusted(office: Office, store: TrustStore, tmp_path: Path) -> None:
    data = version(office, 2)
    for place in range(0, len(data), 97):
        with pytest.raises((Refused, Quarantined)):
            store.admit(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    assert store.rosters() == ()


def test_a_damaged_memory_is_named(office: Office, store: TrustStore) -> None:
    store.admit(version(office, 1))
    (kept,) = store.home.rosters_folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(UserFault, match="trust-damaged") as caught:
        store.admit(version(office, 2))
    assert caught.value.facts["path"] == kept


def test_rosters_and_lists_of_signers_are_read_together(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    key = create_key(tmp_path / "key", None)
    plain = tmp_path / "allowed_signers"
    plain.write_text(f"dfo-2018.g1,dfo-2018.* {key.public_line}\nufo-2018.g1 {key.public_line}\n")
    trust = store.load([office.roster, plain])
    assert trust.expected == {f"{CODE}.g3", f"{CODE}.g4", "dfo-2018.g1", "ufo-2018.g1"}
    assert {each.key for each in trust.signers.grants} == {office.organizer.key.public.raw, key.public.raw}
    with pytest.raises(UserFault, match="roster-missing"):
        store.load([tmp_path / "nothing"])


def test_a_trusted_roster_outlives_its_organizers_time_and_a_wrong_clock(
    office: Office, store: TrustStore
) -> None:
    first = store.admit(version(office, 1))
    for days in (-3650, 3650):
        then = TrustStore(store.home, store.at + timedelta(days=days))
        assert [each.id for each in then.rosters()] == [first.id]


def test_one_organizer_revokes_nothing_of_another(office: Office, tmp_path: Path) -> None:
    key, request = person(tmp_path, "Алёна")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    other = Office.open(tmp_path / "other", plan("dfo-2018", 1))
    grant(other.roster, request, ["dfo-2018.g1"], other.organizer)
    revoke(other.roster, key.fingerprint, other.organizer)
    signers = TrustStore(Home(tmp_path / "country")).load([office.roster, other.roster]).signers
    raw = key.public.raw
    signers.check_key(raw)
    signers.check_grant(raw, f"{CODE}.g3", PACKAGE_NAMESPACE, datetime.now(UTC))
    with pytest.raises(Refused, match="key-revoked"):
        signers.check_grant(raw, "dfo-2018.g1", PACKAGE_NAMESPACE, datetime.now(UTC))


def test_the_digits_of_several_organizers_are_given_together(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    other = Office.open(tmp_path / "other", plan("dfo-2018", 1))
    heard = [each.organizer.key.public.digits for each in (office, other)]
    with pytest.raises(UserFault, match="digits-differ"):
        store.load([office.roster, other.roster], digits=heard[0])
    assert store.rosters() == ()
    store.load([office.roster, other.roster], digits=",".join(heard))
    assert len(store.rosters()) == 2


def test_nobody_takes_the_place_of_an_organizer_by_beginning_a_roster_of_the_same_event(
    office: Office, tmp_path: Path
) -> None:
    TrustStore(office.organizer.home).admit(version(office, 1))
    usurper = Organizer(create_key(tmp_path / "usurper", None), office.organizer.home)
    with pytest.raises(UserFault, match="organizer-changed"):
        start_roster(tmp_path / "usurper.fpkg", [plan()], usurper)
    assert not (tmp_path / "usurper.fpkg").exists()
    assert TrustStore(office.organizer.home).rosters()[0].organizer == office.organizer.key.fingerprint


def test_an_organizer_of_one_event_begins_a_joint_roster_and_goes_on_with_it(office: Office) -> None:
    joint = office.folder / "joint.fpkg"
    start_roster(joint, [plan("ufo-2018", 1), plan()], office.organizer)
    _, request = person(office.folder, "Алёна")
    assert grant(joint, request, ["ufo-2018.g1"], office.organizer).files.roster.version == 2


def test_a_former_organizer_who_comes_back_does_not_come_back_with_an_older_version(
    office: Office, store: TrustStore, tmp_path: Path
) -> None:
    first, second = version(office, 1), version(office, 2)
    stranger = Office.open(tmp_path / "stranger")
    mine, theirs = (each.organizer.key.public.digits for each in (office, stranger))
    store.admit(second)
    store.admit(read_package_file(stranger.roster), digits=theirs)
    with pytest.raises(UserFault, match="roster-older"):
        store.admit(first, digits=mine)
    assert store.admit(second, digits=mine).files.roster.version == 2
    assert [each.digits for each in store.rosters()] == [mine]
