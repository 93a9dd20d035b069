"""Six packages of one group's history, in all 720 orders they can come in."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from facilitator.merge.projection import state
from facilitator.packages import Signers, SigningKey, read_package
from facilitator.services.centre import CentreService
from facilitator.services.intake import Judge, family, kept_package
from facilitator.storage.centre_file import KeptPackage
from tests.merge.laptops import AT, Laptop, Sent

ORDERS = 720


@pytest.fixture
def history(key: SigningKey, other_key: SigningKey) -> list[Sent]:
    """A laptop that was cloned, its clone that went on, and a colleague who took a copy of the file over."""
    start = Laptop(key).export()
    mine = start.write("Здесь").export()
    clone = start.write("На клоне").export()
    later = clone.write("И дальше на клоне").export()
    taken = mine.handed_to(other_key, "second").write("У коллеги").export()
    restored = start.write("После поломки").export()
    return [laptop.sent for laptop in (start, mine, clone, later, taken, restored)]


@pytest.fixture
def kept(history: list[Sent], signers: Signers) -> list[KeptPackage]:
    """The same packages as a centre keeps them."""
    packages = [read_package(sent.data, signers, AT) for sent in history]
    return [kept_package(package.id, package.envelope, "2018-10-01T18:00:00Z") for package in packages]


def test_all_orders_give_one_lineage_and_one_state(kept: list[KeptPackage]) -> None:
    start, mine, clone, later, taken, restored = (package.id for package in kept)
    lineages = [family(order, "group") for order in permutations(kept)]
    assert len(lineages) == ORDERS
    assert len({state(lineage) for lineage in lineages}) == 1
    assert all(lineage == lineages[0] for lineage in lineages)
    (heads,) = lineages[0].heads.values()
    assert {head.id for head in heads} == {later, taken, restored}
    assert lineages[0].superseded == {start, mine, clone}
    (fork,) = lineages[0].forks
    assert set(fork.ids) == {mine, clone, restored}


def test_orders_with_repetitions_give_one_state_in_real_centres(
    new_centre: Callable[[], CentreService],
    history: list[Sent],
    kept: list[KeptPackage],
    signers: Signers,
    tmp_path: Path,
) -> None:
    expected = state(family(kept, "group"))
    paths = [sent.save(tmp_path) for sent in history]
    random = Random(720)
    for _ in range(6):
        order = random.sample(paths, len(paths))
        centre = new_centre()
        centre.merge(order[:4], Judge(signers, AT))
        assert centre.merge([*order[2:], *order], Judge(signers, AT)).state == expected
