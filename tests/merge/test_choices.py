"""What a lead can choose between, and what was chosen: read from the packages alone."""

from pathlib import Path

import pytest

from facilitator.packages import Signers, SigningKey, create_key
from facilitator.packages.signer_files import joined
from facilitator.services import delivery
from facilitator.services.centre import CentreService
from facilitator.services.choices import Choice, choices
from facilitator.services.intake import Judge
from facilitator.services.lead import resolve
from tests.merge.laptops import AT, Laptop, Sent

GROUP = "skfo-2018.g3"


@pytest.fixture
def lead(tmp_path: Path) -> SigningKey:
    return create_key(tmp_path / "lead", None)


def take_in(centre: CentreService, signers: Signers, folder: Path, *sent: Sent) -> None:
    centre.merge([each.save(folder) for each in sent], Judge(signers, AT))


def only(centre: CentreService) -> Choice:
    (choice,) = choices(centre)
    return choice


@pytest.fixture
def clones(key: SigningKey) -> tuple[Sent, Sent]:
    common = Laptop(key).export()
    return common.write("А").export().sent, common.write("Б").export().sent


def test_a_group_whose_packages_follow_each_other_asks_for_nothing(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path
) -> None:
    first = Laptop(key).export()
    take_in(centre, signers, tmp_path, first.sent, first.export().sent)
    assert choices(centre) == ()


@pytest.mark.parametrize("named", [(0, 0), (0, 1), (0, 2)])
def test_a_moderator_who_names_more_than_the_last_package_has_settled_nothing(
    centre: CentreService, signers: Signers, key: SigningKey, tmp_path: Path, named: tuple[int, int]
) -> None:
    third = Laptop(key).export().export().export()
    parents = tuple(third.exports[place].id for place in named)
    fourth = third.export(parents=parents)
    take_in(centre, signers, tmp_path, *fourth.exports)
    assert choices(centre) == ()


def test_packages_that_stand_beside_each_other_ask_for_a_choice(
    centre: CentreService, signers: Signers, clones: tuple[Sent, Sent], tmp_path: Path
) -> None:
    take_in(centre, signers, tmp_path, *clones)
    choice = only(centre)
    assert (choice.principal, choice.settled) == (GROUP, False)
    assert [each.id for each in choice.candidates] == [each.id for each in clones]
    assert choice.counting == {each.id for each in clones}
    assert [each.versions.count(None) for each in choice.differences] == [0]


def test_each_choice_can_be_followed_by_another(
    centre: CentreService, signers: Signers, clones: tuple[Sent, Sent], lead: SigningKey, tmp_path: Path
) -> None:
    one, two = clones
    take_in(centre, signers, tmp_path, one, two)
    for chosen in (one, two, one):
        resolve(centre, GROUP, chosen.id, lead)
        choice = only(centre)
        assert choice.settled
        assert choice.counting == {chosen.id}
        assert {each.id for each in choice.candidates} == {one.id, two.id}


def test_what_comes_after_a_choice_stands_beside_what_was_chosen(
    centre: CentreService,
    signers: Signers,
    key: SigningKey,
    other_key: SigningKey,
    clones: tuple[Sent, Sent],
    lead: SigningKey,
    tmp_path: Path,
) -> None:
    one, two = clones
    take_in(centre, signers, tmp_path, one, two)
    resolve(centre, GROUP, two.id, lead)
    late = Laptop(other_key, replica="third").write("В").export().sent
    take_in(centre, signers, tmp_path, late)
    choice = only(centre)
    assert not choice.settled
    assert choice.counting == {two.id, late.id}
    assert [each.id for each in choice.candidates] == [one.id, two.id, late.id]


def test_the_order_of_arrival_changes_no_choice(
    centre: CentreService, signers: Signers, clones: tuple[Sent, Sent], lead: SigningKey, tmp_path: Path
) -> None:
    one, two = clones
    take_in(centre, signers, tmp_path, one, two)
    resolve(centre, GROUP, one.id, lead)
    resolve(centre, GROUP, two.id, lead)
    own = [centre.data(each.id) for each, _ in centre.packages()][2:]
    trusting = Judge(joined(signers, delivery.only(lead, GROUP)), AT.replace(year=2100))
    elsewhere = CentreService.open(tmp_path / "elsewhere.fcentre")
    for data in (*reversed(own), two.data, one.data):
        elsewhere.take_bytes("package", data, trusting)
    choice = only(elsewhere)
    elsewhere.close()
    assert choice.settled
    assert choice.counting == {two.id}
