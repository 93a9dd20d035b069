"""An assignment: handed out by the organizer, opened by the moderator, who finds the group ready."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.errors import EnvironmentFault, Fault, UserFault
from facilitator.packages import Quarantined, Refused
from facilitator.packages.age import identity_of, parse_identities
from facilitator.packages.keys import SigningKey
from facilitator.packages.reader import read_assignment, read_encrypted, read_package_file
from facilitator.services.assignments import assign, inspect_assignment, names_path, open_assignment
from facilitator.services.commands import NewPerson
from facilitator.services.exporting import export_group
from facilitator.services.groups import open_group
from facilitator.services.home import Home
from facilitator.services.rosters import grant, load_roster, revoke, set_recipients
from facilitator.services.trust import TrustStore
from tests.helpers.disks import small_disk
from tests.helpers.organizers import CODE, Office, person, plan, recipients

PEOPLE = (
    NewPerson("Планта Именова", "ЦСО «Ёлка»", "+7 900 111-22-33", "05", "business"),
    NewPerson(region="26"),
    NewPerson("Иван Второй"),
)
SECRETS = recipients()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.open(tmp_path / "office", readers=(SECRETS[0][0], SECRETS[1][0]))


@pytest.fixture
def moderator(office: Office) -> SigningKey:
    key, request = person(office.folder, "Алёна «Первая»")
    grant(office.roster, request, [f"{CODE}.g3"], office.organizer)
    return key


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "дом модератора")


@pytest.fixture
def assignment(office: Office, moderator: SigningKey, tmp_path: Path) -> Path:
    path = tmp_path / "Группа 3.fpkg"
    assign(office.roster, 3, path, office.organizer, people=PEOPLE)
    return path


def test_the_moderator_finds_the_group_ready(
    assignment: Path, office: Office, moderator: SigningKey, home: Home, tmp_path: Path
) -> None:
    opened = open_assignment(assignment, tmp_path / "g.fgroup", home, unlock=lambda: moderator)
    assert (opened.event.code, opened.group.number, opened.participants) == (CODE, 3, 3)
    with open_group(tmp_path / "g.fgroup") as service:
        group = service.snapshot
        assert group.group.moderator == "Алёна «Первая»"
        assert [each.label for each in group.participants.values()] == [f"Участник {n}" for n in (1, 2, 3)]
        assert {each.name for each in group.persons.values()} == {"Планта Именова", "Иван Второй"}
        assert service.script.id == "obraz-budushchego-2025"
        assert service.roster is not None
        assert service.roster.organizer == office.organizer.key.fingerprint
        assert (service.roster.version, len(service.roster.recipients)) == (2, 2)
        made = export_group(service, tmp_path / "g.fpkg", moderator, home.replica())
    trust = TrustStore(home).load([office.roster])
    assert read_package_file(made.path)
    assert trust.rosters[0].files.roster.events[0].id == opened.event.id


def test_the_ids_handed_out_are_those_of_the_roster(
    assignment: Path, office: Office, moderator: SigningKey, home: Home, tmp_path: Path
) -> None:
    again = tmp_path / "again.fpkg"
    assign(office.roster, 3, again, office.organizer)
    one, two = (inspect_assignment(path, home) for path in (assignment, again))
    assert (one.event.id, one.group.id) == (two.event.id, two.group.id)


def test_names_are_read_by_the_lead_the_recovery_key_and_the_moderator_alone(
    assignment: Path, office: Office, moderator: SigningKey
) -> None:
    data = names_path(assignment).read_bytes()
    signers = load_roster(office.roster, office.organizer).files.signers
    other, _ = person(office.folder, "Чужой")
    for identities in (
        parse_identities(SECRETS[0][1]),
        parse_identities(SECRETS[1][1]),
        [identity_of(moderator)],
    ):
        package = read_encrypted(data, identities, signers, datetime.now(UTC))
        assert {record.name for record in package.records} == {"Планта Именова", "Иван Второй"}  # type: ignore[union-attr]
    with pytest.raises(Quarantined, match="age-not-for-us"):
        read_encrypted(data, [identity_of(other)], signers, datetime.now(UTC))
    for path in (assignment, names_path(assignment)):
        assert "Планта".encode() not in path.read_bytes()


def test_without_a_key_that_fits_the_group_opens_without_names(
    assignment: Path, office: Office, home: Home, tmp_path: Path
) -> None:
    other, _ = person(office.folder, "Чужой")
    for name, unlock in (("a", None), ("b", lambda: other)):
        opened = open_assignment(assignment, tmp_path / f"{name}.fgroup", home, unlock=unlock)
        assert opened.names
        assert opened.persons == ()
        with open_group(tmp_path / f"{name}.fgroup") as service:
            assert (len(service.snapshot.participants), len(service.snapshot.persons)) == (3, 0)


def test_without_recipients_names_stay_with_the_organizer(tmp_path: Path) -> None:
    office = Office.open(tmp_path / "office")
    made = assign(office.roster, 4, tmp_path / "a.fpkg", office.organizer, people=PEOPLE, moderator="Мария")
    assert (made.names, made.participants) == (None, 3)
    assert not names_path(made.path).exists()


def test_an_assignment_needs_somebody_to_lead_the_group(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="moderator-unknown"):
        assign(office.roster, 4, tmp_path / "a.fpkg", office.organizer)
    assert not (tmp_path / "a.fpkg").exists()


@pytest.mark.parametrize(("number", "event"), [(5, None), (3, "dfo-2018"), (3, None)])
def test_a_group_that_is_not_clear_is_asked_for(tmp_path: Path, number: int, event: str | None) -> None:
    office = Office.open(tmp_path / "office", plan(CODE, 3), plan("ufo-2018", 3))
    with pytest.raises(UserFault, match="group-not-expected"):
        assign(office.roster, number, tmp_path / "a.fpkg", office.organizer, event=event, moderator="М")


def test_the_event_is_named_where_there_are_several(tmp_path: Path, home: Home) -> None:
    office = Office.open(tmp_path / "office", plan(CODE, 3), plan("ufo-2018", 3))
    assign(office.roster, 3, tmp_path / "a.fpkg", office.organizer, event="ufo-2018", moderator="Мария")
    assert inspect_assignment(tmp_path / "a.fpkg", home).package.envelope.principal == "ufo-2018.g3"


def test_a_region_nobody_knows_hands_nothing_out(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="region-unknown"):
        assign(
            office.roster,
            3,
            tmp_path / "a.fpkg",
            office.organizer,
            people=[NewPerson("Имя", region="mars")],
            moderator="М",
        )
    assert not (tmp_path / "a.fpkg").exists()


def test_a_disk_that_is_full_gets_neither_the_assignment_nor_the_names(
    office: Office, moderator: SigningKey, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "16k") as disk:
        with pytest.raises(EnvironmentFault, match="disk-full"):
            assign(office.roster, 3, disk / "a.fpkg", office.organizer, people=PEOPLE)
        assert list(disk.iterdir()) == []


def test_nothing_is_opened_over_another_group(assignment: Path, home: Home, tmp_path: Path) -> None:
    taken = tmp_path / "g.fgroup"
    taken.write_bytes(b"words")
    with pytest.raises(UserFault, match="file-exists"):
        open_assignment(assignment, taken, home)
    assert taken.read_bytes() == b"words"
    assert TrustStore(home).rosters() == ()


def test_looking_at_an_assignment_trusts_nobody(assignment: Path, home: Home) -> None:
    assert inspect_assignment(assignment, home).trusted.first_use
    assert inspect_assignment(assignment, home).trusted.first_use
    assert TrustStore(home).rosters() == ()


def test_an_older_assignment_opens_by_the_newest_roster_and_not_when_its_signer_is_revoked(
    assignment: Path, office: Office, home: Home, tmp_path: Path
) -> None:
    set_recipients(office.roster, [SECRETS[0][0], SECRETS[1][0]], office.organizer)
    TrustStore(home).admit(read_package_file(office.roster))
    opened = open_assignment(assignment, tmp_path / "g.fgroup", home)
    assert opened.trusted.files.roster.version == 3


def test_digits_that_differ_open_nothing(assignment: Path, home: Home, tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="digits-differ"):
        open_assignment(assignment, tmp_path / "g.fgroup", home, digits="00000 " * 6)
    assert not (tmp_path / "g.fgroup").exists()
    assert TrustStore(home).rosters() == ()


def test_an_assignment_of_a_stranger_is_told(assignment: Path, home: Home, tmp_path: Path) -> None:
    open_assignment(assignment, tmp_path / "g.fgroup", home)
    stranger = Office.open(tmp_path / "stranger")
    assign(stranger.roster, 3, tmp_path / "s.fpkg", stranger.organizer, moderator="М")
    with pytest.raises(UserFault, match="organizer-changed"):
        open_assignment(tmp_path / "s.fpkg", tmp_path / "s.fgroup", home)
    assert not (tmp_path / "s.fgroup").exists()


def test_a_changed_assignment_is_refused(assignment: Path, home: Home, tmp_path: Path) -> None:
    data = assignment.read_bytes()
    for place in range(0, len(data), 997):
        assignment.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        with pytest.raises(Fault):
            open_assignment(assignment, tmp_path / "g.fgroup", home)
    assert not (tmp_path / "g.fgroup").exists()


def test_another_package_is_no_assignment(office: Office, home: Home) -> None:
    with pytest.raises(Refused, match="kind-mismatch"):
        inspect_assignment(office.roster, home)
    with pytest.raises(Refused, match="kind-mismatch"):
        read_assignment(office.roster.read_bytes(), datetime.now(UTC))


def test_names_that_were_damaged_keep_nobody_from_the_group(
    assignment: Path, moderator: SigningKey, home: Home, tmp_path: Path
) -> None:
    names = names_path(assignment)
    names.write_bytes(names.read_bytes()[:-1])
    opened = open_assignment(assignment, tmp_path / "g.fgroup", home, unlock=lambda: moderator)
    assert (opened.names, opened.persons) == (names, ())


def test_names_of_another_group_are_not_entered(
    assignment: Path, office: Office, moderator: SigningKey, home: Home, tmp_path: Path
) -> None:
    other = tmp_path / "other.fpkg"
    people = [NewPerson("Пётр Чужой")] * 3
    assign(office.roster, 4, other, office.organizer, people=people, moderator="М")
    names_path(assignment).write_bytes(names_path(other).read_bytes())
    assert open_assignment(assignment, tmp_path / "g.fgroup", home, unlock=lambda: moderator).persons == ()


def test_nobody_is_trusted_where_no_group_was_made(assignment: Path, home: Home, tmp_path: Path) -> None:
    with pytest.raises(Fault):
        open_assignment(assignment, tmp_path / "нет" / "g.fgroup", home)
    assert TrustStore(home).rosters() == ()


def test_a_revoked_moderator_reads_no_new_names(
    assignment: Path, office: Office, moderator: SigningKey, tmp_path: Path
) -> None:
    revoke(office.roster, moderator.fingerprint, office.organizer)
    again = tmp_path / "again.fpkg"
    assign(office.roster, 3, again, office.organizer, people=PEOPLE, moderator="Мария")
    signers = load_roster(office.roster, office.organizer).files.signers
    with pytest.raises(Quarantined, match="age-not-for-us"):
        read_encrypted(names_path(again).read_bytes(), [identity_of(moderator)], signers, datetime.now(UTC))
