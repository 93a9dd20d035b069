"""Export: only what may leave the group, signed, read back, under a number that stands for it alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest
from hypothesis import given

from facilitator import files
from facilitator.domain.integrity import check_whole
from facilitator.domain.privacy import published
from facilitator.domain.records import AnyRecord, Card, Link, Person, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages import Refused, SigningKey, age, create_key, load_signers
from facilitator.packages.reader import Package, read_package, read_package_file
from facilitator.packages.sshsig import PACKAGE_NAMESPACE
from facilitator.services.commands import AddCards, GiveDots, NewPerson, SetLinks
from facilitator.services.exporting import export_group
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group, restore_group, start_group
from facilitator.storage.backup import list_backups
from tests.helpers.disks import contents, fill, small_disk
from tests.helpers.records import whole_groups
from tests.helpers.sessions import begin, new_event, new_group

REPLICA = "7d1f5f0e-1b53-4a44-9d6c-6b5cf2c7d0ad"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return create_key(tmp_path_factory.mktemp("keys") / "id_ed25519", None)


def read(path: Path, key: SigningKey) -> Package:
    roster = path.with_name("allowed_signers")
    roster.write_text(f'skfo-2018.* namespaces="{PACKAGE_NAMESPACE}" {key.public_line}\n', "ascii")
    return read_package(read_package_file(path), load_signers(roster), datetime.now(UTC))


@given(whole_groups())
def test_nothing_private_and_nothing_that_hangs_on_it_leaves_the_group(records: list[AnyRecord]) -> None:
    group = GroupSnapshot.of(records)
    private = {card.id for card in group.cards.values() if card.private}
    leaving = list(published(group).records())
    for record in leaving:
        assert not isinstance(record, Person)
        if isinstance(record, Card | Link | Vote):
            ends = {getattr(record, name, None) for name in ("id", "source", "target", "card")}
            assert not ends & private
    check_whole(GroupSnapshot.of(leaving))


@given(whole_groups())
def test_all_the_rest_leaves_the_group(records: list[AnyRecord]) -> None:
    group = GroupSnapshot.of(records)
    private = {card.id for card in group.cards.values() if card.private}
    leaving = list(published(group).records())
    kept = [record for record in group.records() if record not in leaving]
    for record in kept:
        hangs = {getattr(record, name, None) for name in ("id", "source", "target", "card")} & private
        assert isinstance(record, Person) or hangs


def test_a_package_holds_the_group_without_its_names_and_secrets(
    service: GroupService, tmp_path: Path, key: SigningKey
) -> None:
    mine = service.perform(AddCards("personal-mission", ("Моё личное",))).edits[0].record.id
    service.perform(AddCards("personal-mission", ("Согласованное",), private=False))
    service.perform(GiveDots(mine, 3))
    made = export_group(service, tmp_path / "g3.fpkg", key, REPLICA)
    package = read(made.path, key)
    assert (package.id, package.envelope.principal) == (made.id, made.principal)
    assert made.principal == service.snapshot.principal == "skfo-2018.g3"
    assert made.counts == package.envelope.counts
    assert made.counts["card"] == 1
    for secret in ("Ёлкина", "Моё личное"):
        assert secret.encode() not in made.path.read_bytes()


def test_each_package_names_the_one_before(service: GroupService, tmp_path: Path, key: SigningKey) -> None:
    first = export_group(service, tmp_path / "1.fpkg", key, REPLICA)
    service.perform(AddCards("rule", ("Правило",)))
    second = export_group(service, tmp_path / "2.fpkg", key, REPLICA)
    envelope = read(second.path, key).envelope
    assert (first.rev, second.rev, envelope.rev) == (1, 2, 2)
    assert envelope.parents == (first.id,)
    assert envelope.clock == {f"{key.fingerprint}/{REPLICA}": (1, first.id)}
    assert [export.package for export in service.exports()] == [first.id, second.id]


def test_a_restored_copy_follows_the_packages_made_since(
    service: GroupService, tmp_path: Path, key: SigningKey
) -> None:
    copy = service.back_up()
    first = export_group(service, tmp_path / "1.fpkg", key, REPLICA)
    service.close()
    restore_group(service.path, copy.stem)

    with open_group(service.path) as restored:
        second = export_group(restored, tmp_path / "2.fpkg", key, REPLICA)

    envelope = read(second.path, key).envelope
    assert (second.rev, envelope.parents) == (2, (first.id,))


def test_the_number_of_a_failed_export_is_never_used_again(
    service: GroupService, tmp_path: Path, key: SigningKey
) -> None:
    with pytest.raises(EnvironmentFault, match="folder-missing"):
        export_group(service, tmp_path / "нет" / "1.fpkg", key, REPLICA)
    assert service.exports() == ()
    path = service.path
    service.close()
    with open_group(path) as again:
        made = export_group(again, tmp_path / "2.fpkg", key, REPLICA)
        assert made.rev == 2
        assert read(made.path, key).envelope.parents == ()
        assert [export.rev for export in again.exports()] == [2]


def test_the_group_is_backed_up_before_it_is_exported(
    service: GroupService, tmp_path: Path, key: SigningKey
) -> None:
    before = len(list_backups(service.path))
    export_group(service, tmp_path / "1.fpkg", key, REPLICA)
    assert len(list_backups(service.path)) == before + 1


def test_a_disk_that_gives_back_something_else_leaves_the_former_package(
    service: GroupService, tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = export_group(service, tmp_path / "1.fpkg", key, REPLICA)
    before = former.path.read_bytes()

    def spoil(file: BinaryIO) -> None:
        file.seek(100)
        file.write(b"?")
        file.flush()

    monkeypatch.setattr(files, "to_disk", spoil)
    with pytest.raises(EnvironmentFault, match="written-otherwise"):
        export_group(service, former.path, key, REPLICA)
    assert former.path.read_bytes() == before
    assert [export.package for export in service.exports()] == [former.id]
    assert sorted(path.name for path in tmp_path.iterdir() if "1.fpkg" in path.name) == ["1.fpkg"]


def test_what_a_reader_would_not_accept_is_not_written(
    service: GroupService, tmp_path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SigningKey, "sign", lambda _key, _namespace, _message: b"no signature")
    with pytest.raises(EnvironmentFault, match="package-not-sound") as caught:
        export_group(service, tmp_path / "1.fpkg", key, REPLICA)
    assert isinstance(caught.value.__cause__, Refused)
    assert not (tmp_path / "1.fpkg").exists()
    assert service.exports() == ()


def test_a_full_disk_leaves_the_former_package(tmp_path: Path, key: SigningKey) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk, begin(tmp_path / "g.fgroup", NewPerson()) as service:
        export_group(service, disk / "g.fpkg", key, REPLICA)
        fill(disk)
        before = contents(disk)
        with pytest.raises(EnvironmentFault, match="disk-full"):
            export_group(service, disk / "g.fpkg", key, REPLICA)
        assert contents(disk) == before


def test_a_package_never_takes_the_place_of_the_group(service: GroupService, key: SigningKey) -> None:
    before = service.path.read_bytes()
    with pytest.raises(UserFault, match="file-exists"):
        export_group(service, service.path, key, REPLICA)
    assert service.path.read_bytes() == before
    assert service.snapshot == service._file.snapshot()


def test_links_between_open_cards_are_published(
    service: GroupService, tmp_path: Path, key: SigningKey
) -> None:
    rule, barrier = (
        service.perform(AddCards(kind, ("Текст",))).edits[0].record.id for kind in ("rule", "barrier")
    )
    service.perform(SetLinks(rule, "overcomes", (barrier,)))
    assert export_group(service, tmp_path / "1.fpkg", key, REPLICA).counts["link"] == 1


def test_the_code_of_an_event_may_begin_with_a_dash(tmp_path: Path, key: SigningKey) -> None:
    event = msgspec.structs.replace(new_event(), code="-2018")
    with start_group(tmp_path / "g.fgroup", event, new_group(event)) as service:
        made = export_group(service, tmp_path / "g.fpkg", key, REPLICA)
    assert made.principal == "-2018.g3"


def test_a_package_for_more_people_than_it_could_be_read_by_is_not_written(
    tmp_path: Path, key: SigningKey
) -> None:
    readers = [age.new_recipient()[0] for _ in range(250)]
    with begin(tmp_path / "g.fgroup") as service:
        with pytest.raises(EnvironmentFault, match="package-not-sound"):
            export_group(service, tmp_path / "g.fpkg.age", key, REPLICA, recipients=readers)
        export_group(service, tmp_path / "few.fpkg.age", key, REPLICA, recipients=readers[:50])
    assert not (tmp_path / "g.fpkg.age").exists()
