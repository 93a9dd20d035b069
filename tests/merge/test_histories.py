"""Clones, restored backups, handed-over files, forgeries: any order, late and repeated, gives one state."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from facilitator.packages import Signers, SigningKey
from facilitator.services.centre import CentreService
from facilitator.services.intake import Judge
from tests.merge.laptops import AT, Laptop, Sent

NewCentre = Callable[[], CentreService]


def heads(centre: CentreService) -> set[str]:
    return {head.id for group in centre.projection().groups for head in group.heads}


def merge(centre: CentreService, signers: Signers, folder: Path, *sent: Sent) -> str:
    return centre.merge([each.save(folder) for each in sent], Judge(signers, AT)).state


@pytest.fixture
def history(key: SigningKey, other_key: SigningKey) -> list[Sent]:
    """A group with a clone, one whose file was handed over, one with a forger, one plain."""
    start = Laptop(key).export()
    mine, clone = start.write("Здесь").export(), start.write("На клоне").export()
    handed = Laptop(key, number=4).export()
    taken = handed.handed_to(other_key, "second").write("Дальше").export()
    honest = Laptop(key, number=5).export()
    forged = Laptop(other_key, number=5, texts=()).export(rev=1_000_000, parents=(honest.sent.id,))
    plain = Laptop(key, number=6).export()
    laptops = (start, mine, clone, handed, taken, honest, forged, plain)
    return [laptop.sent for laptop in laptops]


def test_any_order_and_repetition_give_one_state(
    new_centre: NewCentre, signers: Signers, history: list[Sent], tmp_path: Path
) -> None:
    expected = merge(new_centre(), signers, tmp_path, *history)
    random = Random(1)
    for _ in range(8):
        order = random.sample(history, len(history))
        centre = new_centre()
        merge(centre, signers, tmp_path, *order[:5])
        assert merge(centre, signers, tmp_path, *order[3:], *order) == expected


def test_only_what_was_seen_by_its_successor_is_hidden(
    centre: CentreService, signers: Signers, history: list[Sent], tmp_path: Path
) -> None:
    start, mine, clone, handed, taken, honest, forged, plain = history
    merge(centre, signers, tmp_path, *history)
    assert {each.id for each in (mine, clone, taken, honest, forged, plain)} == heads(centre)
    assert {package.id for package, standing in centre.packages() if standing == "superseded"} == {
        start.id,
        handed.id,
    }


def test_a_laptop_restored_from_a_backup_does_not_hide_what_it_has_forgotten(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    backup = Laptop(key).export()
    lost = backup.write("Сказано до поломки").export()
    restored = backup.write("Сказано после").export()
    later = restored.write("И ещё").export()
    merge(centre, signers, tmp_path, lost.sent, later.sent)
    assert heads(centre) == {lost.sent.id, later.sent.id}
    merge(centre, signers, tmp_path, restored.sent, backup.sent)
    assert heads(centre) == {lost.sent.id, later.sent.id}


def test_a_revision_that_was_never_handed_over_is_no_matter(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    first = Laptop(key).export()
    third = first.export(created="2018-10-01T11:00:00Z").export(created="2018-10-01T12:00:00Z")
    merge(centre, signers, tmp_path, third.sent, first.sent)
    assert heads(centre) == {third.sent.id}


def test_a_new_key_after_a_lost_one_carries_on(
    centre: CentreService, signers: Signers, key: SigningKey, other_key: SigningKey, tmp_path: Path
) -> None:
    before = Laptop(key).export()
    after = before.handed_to(other_key, "laptop").export()
    merge(centre, signers, tmp_path, after.sent, before.sent)
    assert heads(centre) == {after.sent.id}


def test_a_clone_is_settled_by_a_package_that_has_seen_both(
    centre: CentreService, signers: Signers, key: SigningKey, other_key: SigningKey, tmp_path: Path
) -> None:
    one, two = Laptop(key).export().sent, Laptop(key).write("На клоне").export().sent
    lead = Laptop(other_key, "lead").write("На клоне", "Итог")
    settled = lead.export(parents=(one.id, two.id), clock={one.origin: (one.rev, one.id)}).sent
    merge(centre, signers, tmp_path, settled, two, one)
    assert heads(centre) == {settled.id}
