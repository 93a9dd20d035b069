"""What was put aside comes in when the roster has caught up or a secret fits; the rest stays outside."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from facilitator.domain.records import Participant, Person, encode_record
from facilitator.packages import SigningKey, age, create_key
from facilitator.packages.envelope import encode_envelope
from facilitator.packages.requests import Request
from facilitator.packages.signers import Grant, Signers
from facilitator.services.centre import CentreService, MergeResult
from facilitator.services.commands import NewPerson
from facilitator.services.doctor import examine
from facilitator.services.intake import Judge
from facilitator.services.rosters import grant, revoke
from tests.helpers.districts import CREATED, District, found, trust
from tests.helpers.planted import found_in
from tests.helpers.sessions import begin
from tests.packages import samples

GROUP = "skfo-2018.g3"
NAME = "Планта Именова"


@pytest.fixture
def skfo(tmp_path: Path) -> District:
    return found(tmp_path / "skfo", "skfo-2018", 3, 4)


@pytest.fixture
def late(tmp_path: Path) -> SigningKey:
    """The key of a moderator who has not been enrolled yet."""
    return create_key(tmp_path / "late", None)


def judge(district: District, folder: Path, *identities: age.Identity) -> Judge:
    """Return what the centre believes by the roster as it is now."""
    return Judge(trust(folder / "home", district).signers, datetime.now(UTC), identities)


def merge(centre: CentreService, judged_by: Judge, folder: Path, data: bytes) -> tuple[str, str | None]:
    path = folder / "package.fpkg"
    path.write_bytes(data)
    (outcome,) = centre.merge([path], judged_by).packages
    return outcome.outcome, outcome.reason


def verdicts(result: MergeResult) -> list[tuple[str, str | None]]:
    return [(each.outcome, each.reason) for each in result.packages]


def test_an_unknown_key_waits_for_the_version_of_the_roster_that_grants_it(
    centre: CentreService, skfo: District, late: SigningKey, tmp_path: Path
) -> None:
    package = skfo.package(4, "Сад", key=late)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == ("quarantined", "key-unknown")
    assert verdicts(centre.release(judge(skfo, tmp_path))) == [("quarantined", "key-unknown")]
    assert len(centre.aside()) == 1

    skfo.enrol(late.public, "skfo-2018.g4")
    released = centre.release(judge(skfo, tmp_path), ["skfo-2018.g3", "skfo-2018.g4"])

    assert [(each.id, each.outcome) for each in released.packages] == [(package.id, "accepted")]
    assert (released.groups, released.missing) == (1, ("skfo-2018.g3",))
    assert centre.aside() == ()
    assert centre.data(package.id) == package.data
    assert verdicts(centre.release(judge(skfo, tmp_path))) == []


def test_a_group_the_roster_has_not_granted_yet_is_refused_and_released_when_it_has(
    centre: CentreService, skfo: District, tmp_path: Path
) -> None:
    moderator = skfo.moderators[3]
    package = skfo.package(4, "Сад", key=moderator)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == (
        "refused",
        "principal-not-granted",
    )
    skfo.enrol(moderator.public, "skfo-2018.g4")
    assert verdicts(centre.release(judge(skfo, tmp_path))) == [("accepted", None)]
    assert centre.aside() == ()


def test_an_expired_key_is_released_by_a_later_date_and_a_revoked_one_is_not(
    centre: CentreService, skfo: District, late: SigningKey, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    ask = Request("Опоздавшая", late.public, CREATED)
    grant(skfo.roster, ask, ["skfo-2018.g4"], skfo.organizer, until=now - timedelta(hours=1))
    package = skfo.package(4, "Сад", key=late)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == ("quarantined", "key-expired")
    grant(skfo.roster, ask, ["skfo-2018.g4"], skfo.organizer, since=now + timedelta(hours=1))
    assert verdicts(centre.release(judge(skfo, tmp_path))) == [("quarantined", "key-not-yet-valid")]
    grant(skfo.roster, ask, ["skfo-2018.g4"], skfo.organizer, until=now + timedelta(hours=1))
    assert verdicts(centre.release(judge(skfo, tmp_path))) == [("accepted", None)]

    another = skfo.package(4, "Сад", "Ещё", key=late)
    revoke(skfo.roster, late.fingerprint, skfo.organizer)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, another.data) == ("refused", "key-revoked")
    assert verdicts(centre.release(judge(skfo, tmp_path))) == [("refused", "key-revoked")]
    assert [each.reason for each in centre.aside()] == ["key-revoked"]


def test_an_encrypted_package_waits_for_the_secret_and_is_then_one_like_any_other(
    centre: CentreService, skfo: District, tmp_path: Path
) -> None:
    (recipient, secret), (recovery, _) = age.new_recipient(), age.new_recipient()
    package = skfo.package(3, "Театр", recipients=(recipient, recovery))
    sealed = age.encrypt(package.data, (recipient, recovery))
    identities = age.parse_identities(secret)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, sealed) == ("quarantined", "age-not-for-us")
    (stranger,) = age.parse_identities(age.new_recipient()[1])
    assert verdicts(centre.release(judge(skfo, tmp_path, stranger))) == [("quarantined", "age-not-for-us")]

    assert verdicts(centre.release(judge(skfo, tmp_path, *identities))) == [("accepted", None)]

    assert centre.aside() == ()
    assert centre.data(package.id) == package.data
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == ("duplicate", None)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, sealed) == ("duplicate", None)
    assert centre.aside() == ()
    centre.close()
    assert examine(centre.path).findings == ()


@pytest.mark.parametrize("given_again", [True, False])
def test_an_encrypted_file_waits_no_longer_than_its_content(
    centre: CentreService, skfo: District, tmp_path: Path, given_again: bool
) -> None:
    (recipient, secret), (recovery, _) = age.new_recipient(), age.new_recipient()
    package = skfo.package(3, "Театр", recipients=(recipient, recovery))
    sealed = age.encrypt(package.data, (recipient, recovery))
    merge(centre, judge(skfo, tmp_path), tmp_path, sealed)
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == ("accepted", None)
    opening = judge(skfo, tmp_path, *age.parse_identities(secret))
    if given_again:
        assert merge(centre, opening, tmp_path, sealed) == ("duplicate", None)
    else:
        assert verdicts(centre.release(opening)) == [("duplicate", None)]
    assert centre.aside() == ()


def test_a_package_waits_no_longer_when_it_has_come_encrypted(
    centre: CentreService, skfo: District, late: SigningKey, tmp_path: Path
) -> None:
    (recipient, secret), (recovery, _) = age.new_recipient(), age.new_recipient()
    package = skfo.package(4, "Сад", key=late, recipients=(recipient, recovery))
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == ("quarantined", "key-unknown")
    skfo.enrol(late.public, "skfo-2018.g4")
    opening = judge(skfo, tmp_path, *age.parse_identities(secret))
    sealed = age.encrypt(package.data, (recipient, recovery))
    assert merge(centre, opening, tmp_path, sealed) == ("accepted", None)
    assert centre.aside() == ()


def test_names_come_in_encrypted_and_stay_so(centre: CentreService, skfo: District, tmp_path: Path) -> None:
    (recipient, secret), (recovery, _) = age.new_recipient(), age.new_recipient()
    sealed = age.encrypt(persons_package(recipients=(recipient, recovery)), (recipient, recovery))
    merge(centre, samples_judge(), tmp_path, sealed)
    (opened,) = centre.release(samples_judge(*age.parse_identities(secret))).packages
    assert (opened.outcome, opened.kind) == ("accepted", "persons")
    assert centre.data(str(opened.id)) == sealed
    assert merge(centre, samples_judge(), tmp_path, sealed) == ("duplicate", None)
    assert centre.result().groups == 0
    centre.close()
    assert found_in(centre.path, [NAME]) == set()
    assert examine(centre.path).findings == ()


def test_a_file_that_holds_what_has_come_meanwhile_waits_no_longer(
    centre: CentreService, skfo: District, late: SigningKey, tmp_path: Path
) -> None:
    package = skfo.package(4, "Сад", key=late)
    renamed = samples.archive_of(samples.files_of(package.data), "another-name")
    assert merge(centre, judge(skfo, tmp_path), tmp_path, renamed) == ("quarantined", "key-unknown")
    skfo.enrol(late.public, "skfo-2018.g4")
    assert merge(centre, judge(skfo, tmp_path), tmp_path, package.data) == ("accepted", None)
    assert verdicts(centre.release(judge(skfo, tmp_path))) == [("duplicate", None)]
    assert centre.aside() == ()


def test_what_is_refused_for_good_stays_where_it_is(
    centre: CentreService, skfo: District, tmp_path: Path
) -> None:
    package = skfo.package(3, "Театр")
    broken = package.data.replace("Театр".encode(), "Топор".encode())
    assert merge(centre, judge(skfo, tmp_path), tmp_path, broken)[0] == "refused"
    before = centre.aside()
    assert len(before) == 1
    assert verdicts(centre.release(judge(skfo, tmp_path))) == []
    assert centre.aside() == before


def samples_judge(*identities: age.Identity) -> Judge:
    raw = samples.KEY.public.raw
    return Judge(Signers({raw: (Grant(raw, "skfo-2018.*"),)}, frozenset()), datetime.now(UTC), identities)


PARTICIPANT = next(each for each in samples.RECORDS if isinstance(each, Participant))
PERSON = Person(id=PARTICIPANT.id, name=NAME, contact="+7 900 111-22-33", consent=True)


def persons_package(recipients: tuple[str, ...] = ()) -> bytes:
    said = samples.envelope(kind="persons", counts={"person": 1}, recipients=recipients)
    return samples.forge(encode_envelope(said), [encode_record(PERSON)])


def group_package(**changes: object) -> bytes:
    """Return a package of a group with a person in it, which no program of ours would sign."""
    said = encode_envelope(samples.envelope(counts={**samples.envelope().counts, "person": 1}))
    records = sorted((*samples.RECORDS, PERSON), key=lambda record: record.id)
    return samples.forge(said | changes, [encode_record(each) for each in records])


def spaced_package() -> bytes:
    """Return the same in a JSON that is not canonical."""
    line = json.dumps(encode_record(PERSON), separators=(" ,  ", " : ")).encode()
    return samples.forge(encode_envelope(samples.envelope(kind="persons")), line + b"\n")


def workbook() -> bytes:
    book = Workbook()
    book.worksheets[0].append(["ФИО"])
    book.worksheets[0].append([NAME])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def group_file(folder: Path) -> bytes:
    with begin(folder / "g.fgroup", NewPerson(NAME)) as service:
        path = service.path
    return path.read_bytes()


HOLDERS: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "a package of a group": (lambda _: group_package(), "record-private"),
    "a package of a schema to come": (lambda _: group_package(schema="fpkg/2.0"), "schema-newer"),
    "a package that was damaged too": (lambda _: group_package()[:-1], "archive-not-canonical"),
    "persons in clear": (lambda _: persons_package(), "persons-in-clear"),
    "persons in another spelling": (lambda _: spaced_package(), "persons-in-clear"),
    "the group's own file": (group_file, "archive-not-canonical"),
    "the organizer's workbook": (lambda _: workbook(), "archive-not-canonical"),
    "a list of people": (lambda _: f"1;{NAME}\n".encode("utf-16"), "archive-not-canonical"),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_name_in_clear_is_never_copied_into_a_centre(
    centre: CentreService, tmp_path: Path, holder: str
) -> None:
    make, reason = HOLDERS[holder]
    data = make(tmp_path)
    source = tmp_path / "source"
    source.write_bytes(data)
    assert found_in(source, [NAME]) == {NAME}
    assert merge(centre, samples_judge(), tmp_path, data)[1] == reason
    assert merge(centre, Judge(Signers({}, frozenset()), datetime.now(UTC)), tmp_path, data)[0] != "accepted"
    centre.close()
    assert found_in(centre.path, [NAME]) == set()


def test_a_name_in_clear_is_not_copied_out_of_a_collection_either(
    centre: CentreService, skfo: District, tmp_path: Path
) -> None:
    sound, named = skfo.package(3, "Театр"), group_package()
    path = tmp_path / "bundle.fpkg"
    path.write_bytes(skfo.bundle({sound.id: sound.data, "0" * 64: named}))
    nobody = Judge(Signers({}, frozenset()), datetime.now(UTC))
    assert verdicts(centre.merge([path], nobody)) == [("quarantined", "key-unknown")]
    result = centre.merge([path], judge(skfo, tmp_path))
    assert verdicts(result) == [("quarantined", "key-unknown"), ("accepted", None), ("accepted", None)]
    centre.close()
    assert found_in(centre.path, [NAME]) == set()
