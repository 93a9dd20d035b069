"""An organizer's acts: each is a version of its own, signed, naming the one before, all or nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.packages.keys import create_key
from facilitator.packages.reader import read_package_file, read_roster
from facilitator.packages.requests import Request
from facilitator.packages.sshsig import PACKAGE_NAMESPACE, ROSTER_NAMESPACE
from facilitator.packages.verdicts import Quarantined, Refused
from facilitator.services.home import Home
from facilitator.services.rosters import (
    EventPlan,
    Organizer,
    PlannedGroup,
    grant,
    grant_organizer,
    load_roster,
    read_plan,
    revoke,
    set_events,
    set_recipients,
    start_roster,
)
from facilitator.services.trust import TrustStore
from tests.helpers.organizers import CODE, Office, person, plan, recipients, save_plan

AT = datetime(2018, 2, 8, 12, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.open(tmp_path / "office")


def verdict(office: Office, key: bytes, principal: str, at: datetime = AT) -> str:
    """What the roster says of a key that signs a package for a group."""
    signers = load_roster(office.roster, office.organizer).files.signers
    try:
        signers.check_key(key)
        signers.check_grant(key, principal, PACKAGE_NAMESPACE, at)
    except (Refused, Quarantined) as fault:
        return fault.code
    return "granted"


def test_a_roster_begins_with_its_events_groups_and_its_organizer(office: Office) -> None:
    trusted = load_roster(office.roster, office.organizer)
    roster = trusted.files.roster
    assert (roster.version, roster.previous, roster.codes) == (1, None, (CODE,))
    assert list(roster.principals) == [f"{CODE}.g3", f"{CODE}.g4"]
    (own,) = trusted.files.signers.grants
    assert own.key == office.organizer.key.public.raw
    assert own.covers(ROSTER_NAMESPACE)
    assert not trusted.first_use


def test_a_grant_lets_a_key_sign_for_its_group_and_no_other(office: Office) -> None:
    before = load_roster(office.roster, office.organizer)
    key, request = person(office.folder, "Алёна")
    after = grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    assert (after.files.roster.version, after.files.roster.previous) == (2, before.id)
    assert verdict(office, key.public.raw, f"{CODE}.g3") == "granted"
    assert verdict(office, key.public.raw, f"{CODE}.g4") == "principal-not-granted"
    assert not after.files.signers.covers(key.public.raw, ROSTER_NAMESPACE)


def test_the_code_of_an_event_means_all_its_groups_and_what_a_lead_signs(office: Office) -> None:
    key, request = person(office.folder, "Ведущая")
    grant(office.roster, request, [CODE], office.organizer)
    for principal in (f"{CODE}.g3", f"{CODE}.g4", f"{CODE}.collection"):
        assert verdict(office, key.public.raw, principal) == "granted"
    assert verdict(office, key.public.raw, "dfo-2018.g3") == "principal-not-granted"


def test_a_roster_speaks_for_its_own_events_only(office: Office) -> None:
    key, request = person(office.folder, "Всюду")
    grant(office.roster, request, ["*"], office.organizer)
    assert verdict(office, key.public.raw, f"{CODE}.g3") == "granted"
    assert verdict(office, key.public.raw, "dfo-2018.g3") == "principal-not-granted"


def test_dates_bound_a_grant_and_a_new_grant_replaces_it(office: Office) -> None:
    key, request = person(office.folder, "Алёна")
    since, until = datetime(2018, 2, 8, tzinfo=UTC), datetime(2018, 2, 9, tzinfo=UTC)
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer, since=since, until=until)
    raw = key.public.raw
    assert verdict(office, raw, f"{CODE}.g3") == "granted"
    assert verdict(office, raw, f"{CODE}.g3", datetime(2018, 2, 7, tzinfo=UTC)) == "key-not-yet-valid"
    assert verdict(office, raw, f"{CODE}.g3", datetime(2018, 2, 10, tzinfo=UTC)) == "key-expired"
    again = grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    assert verdict(office, raw, f"{CODE}.g3", datetime(2018, 2, 10, tzinfo=UTC)) == "granted"
    assert sum(each.key == raw for each in again.files.signers.grants) == 1


def test_a_grant_in_another_order_replaces_it_too_and_leaves_the_rest(office: Office) -> None:
    key, request = person(office.folder, "Алёна")
    grant(office.roster, request, [f"{CODE}.g3", f"{CODE}.g4"], office.organizer)
    after = grant(office.roster, request, [f"{CODE}.g4"], office.organizer, until=AT)
    lines = [each for each in after.files.signers.grants if each.key == key.public.raw]
    assert [(each.principals, each.valid_before is None) for each in lines] == [
        (f"{CODE}.g3", True),
        (f"{CODE}.g4", False),
    ]
    again = grant(office.roster, request, [f"{CODE}.g4", f"{CODE}.g3"], office.organizer, until=AT)
    assert sum(each.key == key.public.raw for each in again.files.signers.grants) == 1


def test_a_lost_key_ends_and_a_new_one_goes_on(office: Office) -> None:
    """The old packages stay valid at their time; the new key signs from then on."""
    old, request = person(office.folder, "Алёна")
    new, renewed = person(office.folder, "Алёна, новый ключ")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer, until=AT)
    grant(office.roster, renewed, [f"{CODE}.g3"], office.organizer)
    assert verdict(office, old.public.raw, f"{CODE}.g3", AT) == "granted"
    assert verdict(office, new.public.raw, f"{CODE}.g3") == "granted"


def test_what_a_revoked_key_signs_is_refused_for_good(office: Office) -> None:
    key, request = person(office.folder, "Алёна")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    revoke(office.roster, key.fingerprint, office.organizer)
    assert verdict(office, key.public.raw, f"{CODE}.g3") == "key-revoked"
    with pytest.raises(UserFault, match="key-revoked-before"):
        grant(office.roster, request, [f"{CODE}.g4"], office.organizer)
    assert revoke(office.roster, key.fingerprint, office.organizer).files.revoked_keys.count(b"\n") == 1


def test_recipients_are_two_at_least(office: Office) -> None:
    (lead, _), (recovery, _) = recipients()
    assert set_recipients(
        office.roster, [lead, recovery, lead], office.organizer
    ).files.roster.recipients == tuple(sorted((lead, recovery)))
    with pytest.raises(UserFault, match="recipients-too-few"):
        set_recipients(office.roster, [lead, lead], office.organizer)
    with pytest.raises(UserFault, match="recipient-invalid"):
        set_recipients(office.roster, [lead, f"{recovery}x"], office.organizer)


Act = Callable[[Path, Request, Organizer], object]
REFUSED: list[tuple[str, Act]] = [
    (
        "principal-invalid",
        lambda roster, request, organizer: grant(roster, request, [f"{CODE}.g5"], organizer),
    ),
    ("principal-invalid", lambda roster, request, organizer: grant(roster, request, ['*"'], organizer)),
    (
        "validity-reversed",
        lambda roster, request, organizer: grant(
            roster, request, [f"{CODE}.g3"], organizer, since=AT, until=AT
        ),
    ),
    ("key-not-granted", lambda roster, _request, organizer: revoke(roster, "SHA256:unknown", organizer)),
    ("own-key", lambda roster, _request, organizer: revoke(roster, organizer.key.fingerprint, organizer)),
    ("recipients-too-few", lambda roster, _request, organizer: set_recipients(roster, [], organizer)),
    ("file-exists", lambda roster, _request, organizer: start_roster(roster, [plan()], organizer)),
]


@pytest.mark.parametrize(("code", "act"), REFUSED)
def test_an_act_that_is_refused_leaves_the_roster_as_it_was(office: Office, code: str, act: Act) -> None:
    _, request = person(office.folder, "Алёна")
    before = office.roster.read_bytes()
    with pytest.raises(UserFault, match=code):
        act(office.roster, request, office.organizer)
    assert office.roster.read_bytes() == before


def test_only_an_organizer_changes_a_roster(office: Office) -> None:
    key, request = person(office.folder, "Алёна")
    stranger = Organizer(key, Home(office.folder / "stranger"))
    before = office.roster.read_bytes()
    with pytest.raises(UserFault, match="not-organizer"):
        grant(office.roster, request, [f"{CODE}.g3"], stranger)
    assert office.roster.read_bytes() == before
    assert TrustStore(stranger.home).rosters() == ()


def test_an_old_version_is_not_changed_past_the_newest(office: Office) -> None:
    before = office.roster.read_bytes()
    _, request = person(office.folder, "Алёна")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    office.roster.write_bytes(before)
    with pytest.raises(UserFault, match="roster-older"):
        grant(office.roster, request, [f"{CODE}.g4"], office.organizer)


def test_two_organizers_work_on_one_roster(office: Office) -> None:
    key, request = person(office.folder, "Вторая")
    grant_organizer(office.roster, request, office.organizer)
    second = Organizer(key, Home(office.folder / "second"))
    _, moderator = person(office.folder, "Алёна")
    after = grant(office.roster, moderator, [f"{CODE}.g3"], second)
    assert (after.files.roster.version, after.organizer) == (3, key.fingerprint)
    assert load_roster(office.roster, office.organizer).id == after.id


def test_a_roster_is_written_whole_or_not_at_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = office.roster.read_bytes()
    _, request = person(office.folder, "Алёна")
    monkeypatch.setattr(
        "os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(EnvironmentFault, match="disk-full"):
        grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    monkeypatch.undo()
    assert office.roster.read_bytes() == before
    assert grant(office.roster, request, [f"{CODE}.g3"], office.organizer).files.roster.version == 2


def test_a_second_roster_of_the_same_event_is_not_begun(office: Office) -> None:
    _, request = person(office.folder, "Алёна")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    with pytest.raises(UserFault, match="roster-older"):
        start_roster(office.folder / "second.fpkg", [plan()], office.organizer)
    assert not (office.folder / "second.fpkg").exists()


def test_several_events_stand_in_one_roster(tmp_path: Path) -> None:
    office = Office.open(tmp_path / "office", plan(), plan("dfo-2018", 1))
    roster = load_roster(office.roster, office.organizer).files.roster
    assert list(roster.principals) == [f"{CODE}.g3", f"{CODE}.g4", "dfo-2018.g1"]
    assert (
        read_roster(read_package_file(office.roster), datetime.now(UTC)).envelope.principal
        == f"{CODE}.roster"
    )


def test_the_file_of_an_event_is_read_as_people_write_it(tmp_path: Path) -> None:
    path = save_plan(tmp_path / "event.json", plan())
    assert read_plan(path) == plan()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_plan(path) == plan()
    path.write_text(
        '{"code": "skfo-2018", "script": "obraz-budushchego-2025", "district": "skfo", "city": "Пятигорск",'
        ' "dates": ["2018-02-08", "2018-02-09"], "groups": [{"number": 3, "theme": "family"}]}'
    )
    organizer = Organizer(create_key(tmp_path / "key", None), Home(tmp_path / "home"))
    (event,) = start_roster(tmp_path / "r.fpkg", [read_plan(path)], organizer).files.roster.events
    assert (event.starts, event.ends) == ("2018-02-08", "2018-02-09")


def broken(**changes: object) -> EventPlan:
    values = {name: getattr(plan(), name) for name in plan().__struct_fields__}
    return EventPlan(**(values | changes))


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        (broken(code="SKFO 2018"), "event-field-invalid"),
        (broken(starts=None), "event-field-invalid"),
        (broken(starts="2018-02-10"), "dates-reversed"),
        (broken(script="chess"), "script-unknown"),
        (broken(district="mars"), "district-unknown"),
        (broken(groups=(PlannedGroup(number=3, theme="chess"),)), "theme-unknown"),
        (broken(groups=(PlannedGroup(number=100, theme="family"),)), "event-field-invalid"),
        (broken(groups=()), "event-invalid"),
        (broken(groups=(PlannedGroup(number=3, theme="family"),) * 2), "event-invalid"),
    ],
)
def test_an_event_that_makes_no_sense_begins_no_roster(tmp_path: Path, planned: EventPlan, code: str) -> None:
    organizer = Organizer(create_key(tmp_path / "key", None), Home(tmp_path / "home"))
    with pytest.raises(UserFault, match=code):
        start_roster(tmp_path / "r.fpkg", [planned], organizer)
    assert not (tmp_path / "r.fpkg").exists()


def test_a_file_in_another_alphabet_is_told(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_bytes('{"city": "Пятигорск"}'.encode("cp1251"))
    with pytest.raises(UserFault, match="not-utf8"):
        read_plan(path)


def test_events_and_groups_are_corrected_and_keep_their_ids(office: Office) -> None:
    _, request = person(office.folder, "Алёна")
    before = grant(office.roster, request, [f"{CODE}.g3"], office.organizer).files.roster
    corrected = msgspec.structs.replace(plan(CODE, 3, 4, 7), city="Ставрополь")
    after = set_events(office.roster, [corrected], office.organizer)
    roster = after.files.roster
    assert (roster.version, roster.events[0].city) == (3, "Ставрополь")
    assert roster.events[0].id == before.events[0].id
    assert list(roster.principals) == [f"{CODE}.g3", f"{CODE}.g4", f"{CODE}.g7"]
    for name, group in before.principals.items():
        assert roster.principals[name].id == group.id
    assert after.files.allowed_signers.decode().count("\n") == 2
    with pytest.raises(UserFault, match="event-invalid"):
        set_events(office.roster, [plan("dfo-2018", 1)], office.organizer)


def test_after_a_lost_key_a_roster_is_begun_anew_by_the_digits_of_the_new_one(office: Office) -> None:
    key, _ = person(office.folder, "Организатор")
    renewed, path = Organizer(key, office.organizer.home), office.folder / "anew.fpkg"
    with pytest.raises(UserFault, match="organizer-changed"):
        start_roster(path, [plan()], renewed)
    assert start_roster(path, [plan()], renewed, digits=key.public.digits).organizer == key.fingerprint


def test_a_secret_is_no_recipient_and_is_not_repeated(office: Office) -> None:
    (lead, secret), (recovery, _) = recipients()
    with pytest.raises(UserFault, match="recipient-secret") as caught:
        set_recipients(office.roster, [lead, recovery, secret], office.organizer)
    assert secret not in str(caught.value.facts)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"code": 5}', '{"surprise": 1}', "\ud800"])
def test_a_file_that_is_no_event_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "event.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UserFault, match="event-invalid"):
        read_plan(path)


def test_a_missing_event_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(Fault):
            read_plan(path)
