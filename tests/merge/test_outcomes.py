"""What becomes of a package: one of six outcomes, and one bad file never stops the rest."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.errors import UserFault
from facilitator.packages import Signers, SigningKey, age, bag, load_signers
from facilitator.packages.bag import MAX_PACKAGE
from facilitator.services.centre import CentreService
from facilitator.services.intake import Judge, PackageOutcome
from tests.merge.laptops import AT, Laptop, roster_line

NewCentre = Callable[[], CentreService]
OPEN = """
import sys
from pathlib import Path
from facilitator.services.centre import CentreService
CentreService.open(Path(sys.argv[1]), create=False).close()
"""


def outcomes(centre: CentreService, signers: Signers, *paths: Path) -> list[str]:
    return [each.outcome for each in centre.merge(paths, Judge(signers, AT)).packages]


def outcome(centre: CentreService, signers: Signers, path: Path) -> PackageOutcome:
    (only,) = centre.merge([path], Judge(signers, AT)).packages
    return only


def test_a_package_is_accepted_and_its_words_are_there(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    sent = Laptop(key).write("Мы — «читаем»\u00a0детям").export().sent
    result = centre.merge([sent.save(tmp_path)], Judge(signers, AT))
    assert [(each.id, each.outcome, each.reason) for each in result.packages] == [(sent.id, "accepted", None)]
    assert (result.groups, result.cards) == (1, 2)
    (group,) = centre.projection().groups
    assert group.principal == "skfo-2018.g3"
    assert [head.id for head in group.heads] == [sent.id]
    texts = {card.text for card in group.heads[0].group.cards.values()}
    assert texts == {"Театр в каждом районе — «Ёлка»", "Мы — «читаем»\u00a0детям"}


def test_the_same_bytes_are_a_duplicate_whatever_the_roster_says_now(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    path = Laptop(key).export().sent.save(tmp_path)
    first = centre.merge([path, path], Judge(signers, AT))
    again = centre.merge([path], Judge(Signers({}, frozenset()), AT))
    assert [each.outcome for each in first.packages] == ["accepted", "duplicate"]
    assert [each.outcome for each in again.packages] == ["duplicate"]
    assert again.packages[0].id == first.packages[0].id
    assert again.state == first.state
    assert len(centre.packages()) == 1


def test_the_same_package_in_another_folder_is_verified_and_then_a_duplicate(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    one, two = Laptop(key).export(base="one").sent, Laptop(key).export(base="two").sent
    (tmp_path / "two.fpkg").write_bytes(two.data)
    assert one.id == two.id
    assert one.data != two.data
    assert outcomes(centre, signers, one.save(tmp_path)) == ["accepted"]
    assert outcomes(centre, Signers({}, frozenset()), tmp_path / "two.fpkg") == ["quarantined"]
    assert outcomes(centre, signers, tmp_path / "two.fpkg") == ["duplicate"]
    assert len(centre.packages()) == 1


def test_an_older_package_that_comes_late_is_superseded_and_kept(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    first = Laptop(key).export()
    second = first.write("Позже").export()
    paths = [second.sent.save(tmp_path), first.sent.save(tmp_path)]
    assert outcomes(centre, signers, *paths) == ["accepted", "superseded"]
    standing = {package.id: standing for package, standing in centre.packages()}
    assert standing == {second.sent.id: "accepted", first.sent.id: "superseded"}


def test_two_packages_of_one_revision_are_a_conflict_and_both_are_shown(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    one, two = Laptop(key).export(), Laptop(key).write("На клоне").export()
    paths = [one.sent.save(tmp_path), two.sent.save(tmp_path)]
    assert outcomes(centre, signers, *paths) == ["conflict", "conflict"]
    (group,) = centre.projection().groups
    assert group.conflicting
    assert {head.id for head in group.heads} == {one.sent.id, two.sent.id}
    assert {standing for _, standing in centre.packages()} == {"conflict"}
    assert centre.result().cards == 2


def test_a_quarantined_package_is_kept_aside_and_accepted_when_the_roster_has_caught_up(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    sent = Laptop(key).export().sent
    path = sent.save(tmp_path)
    early = centre.merge([path], Judge(Signers({}, frozenset()), AT))
    assert [(each.id, each.outcome, each.reason) for each in early.packages] == [
        (sent.id, "quarantined", "key-unknown")
    ]
    assert early.packages[0].facts == {"fingerprint": key.fingerprint}
    assert (early.groups, early.cards) == (0, 0)
    assert [(each.outcome, each.reason, each.name) for each in centre.aside()] == [
        ("quarantined", "key-unknown", path.name)
    ]
    assert outcomes(centre, signers, path) == ["accepted"]
    assert not centre.aside()


def test_an_expired_key_is_quarantined_and_a_revoked_one_refused(
    centre: CentreService, key: SigningKey, tmp_path: Path
) -> None:
    path = Laptop(key).export().sent.save(tmp_path)
    roster = tmp_path / "allowed_signers"
    ended = (AT - timedelta(hours=1)).strftime("%Y%m%d%H%M%SZ")
    roster.write_text(roster_line(key, options=f',valid-before="{ended}"'))
    expired = outcome(centre, load_signers(roster), path)
    (tmp_path / "revoked_keys").write_text(f"{key.public_line}\n")
    revoked = outcome(centre, load_signers(roster), path)
    assert (expired.outcome, expired.reason) == ("quarantined", "key-expired")
    assert (revoked.outcome, revoked.reason) == ("refused", "key-revoked")
    assert [(each.outcome, each.reason) for each in centre.aside()] == [("refused", "key-revoked")]


def test_a_group_that_the_roster_does_not_grant_is_refused(
    centre: CentreService, key: SigningKey, tmp_path: Path
) -> None:
    roster = tmp_path / "allowed_signers"
    roster.write_text(roster_line(key, "skfo-2018.g4"))
    refused = outcome(centre, load_signers(roster), Laptop(key).export().sent.save(tmp_path))
    assert (refused.outcome, refused.reason) == ("refused", "principal-not-granted")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_changed_bit_is_refused_and_the_rest_are_taken(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path, place: float, bit: int
) -> None:
    sound, other = Laptop(key).export().sent, Laptop(key, number=4).export().sent
    changed = bytearray(sound.data)
    changed[int(place * len(changed))] ^= 1 << bit
    damaged = tmp_path / "damaged.fpkg"
    damaged.write_bytes(changed)
    result = centre.merge([damaged, other.save(tmp_path)], Judge(signers, AT))
    assert result.packages[0].outcome == "refused"
    assert result.packages[1].outcome in ("accepted", "duplicate")
    assert [group.principal for group in centre.projection().groups] == ["skfo-2018.g4"]


def test_paths_that_cannot_be_read_are_refused_by_name_and_do_not_stop_the_rest(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    huge, folder = tmp_path / "huge.fpkg", tmp_path / "folder.fpkg"
    folder.mkdir()
    with huge.open("wb") as file:
        file.truncate(MAX_PACKAGE + 1)
    paths = [tmp_path / "missing.fpkg", folder, huge, Laptop(key).export().sent.save(tmp_path)]
    result = centre.merge(paths, Judge(signers, AT))
    assert [each.path for each in result.packages] == paths
    assert [(each.outcome, each.reason) for each in result.packages] == [
        ("refused", "package-missing"),
        ("refused", "package-unreadable"),
        ("refused", "archive-not-canonical"),
        ("accepted", None),
    ]
    assert not centre.aside()


def test_an_age_file_may_be_larger_than_what_is_in_it(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = Laptop(key).export().sent
    pairs = [age.new_recipient() for _ in range(2)]
    path = tmp_path / "largest.fpkg.age"
    path.write_bytes(age.encrypt(sent.data, [public for public, _ in pairs]))
    monkeypatch.setattr(bag, "MAX_PACKAGE", len(sent.data))
    monkeypatch.setattr(age, "MAX_ENCRYPTED", path.stat().st_size)
    (waiting,) = centre.merge([path], Judge(signers, AT)).packages
    assert (waiting.outcome, waiting.reason) == ("quarantined", "age-not-for-us")
    assert len(centre.aside()) == 1
    judge = Judge(signers, AT, age.parse_identities(pairs[0][1]))
    (taken,) = centre.merge([path], judge).packages
    assert (taken.outcome, taken.id) == ("accepted", sent.id)
    monkeypatch.setattr(age, "MAX_ENCRYPTED", path.stat().st_size - 1)
    (refused,) = centre.merge([path], judge).packages
    assert (refused.outcome, refused.reason) == ("refused", "package-too-large")


def test_the_centre_itself_is_refused_by_any_name_and_stays_locked(
    signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    path, linked = tmp_path / "c.fcentre", tmp_path / "linked.fpkg"
    with closing(CentreService.open(path)) as centre:
        linked.hardlink_to(path)
        result = centre.merge([path, linked, Laptop(key).export().sent.save(tmp_path)], Judge(signers, AT))
        other = subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, check=False)
    refused = ("refused", "package-unreadable", "the centre itself")
    assert [(each.outcome, each.reason, each.facts.get("problem")) for each in result.packages] == [
        refused,
        refused,
        ("accepted", None, None),
    ]
    assert b"file-in-use" in other.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep file names in Unicode")
def test_a_file_name_that_is_no_text_is_no_obstacle(
    centre: CentreService, signers: Signers, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xcf\xe0\xea\xe5\xf2.fpkg"))
    path.write_bytes(b"PK")
    assert outcomes(centre, signers, path) == ["refused"]
    assert [each.name for each in centre.aside()] == ["\ufffd\ufffd\ufffd\ufffd\ufffd.fpkg"]


def test_progress_is_told_and_may_end_the_merge_with_what_was_taken_in(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    paths = [Laptop(key, number=number).export().sent.save(tmp_path) for number in (1, 2, 3)]
    told: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        centre.merge(paths, Judge(signers, AT), progress=cancel)
    assert told == [(1, 3), (2, 3)]
    assert outcomes(centre, signers, *paths) == ["duplicate", "duplicate", "accepted"]


def test_a_centre_is_made_only_when_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="file-missing"):
        CentreService.open(tmp_path / "no.fcentre", create=False)
    CentreService.open(tmp_path / "yes.fcentre").close()
    assert [path.name for path in tmp_path.iterdir()] == ["yes.fcentre"]
