"""A lead settles what the program does not: by a package like any other, which a later choice can follow."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.errors import EnvironmentFault, UserFault
from facilitator.packages import Signers, SigningKey, read_package
from facilitator.services.centre import CentreService
from facilitator.services.doctor import examine
from facilitator.services.home import Home
from facilitator.services.intake import Judge, PackageOutcome
from facilitator.services.lead import collect, resolve
from tests.merge.laptops import Laptop, Sent, uid

NewCentre = Callable[[], CentreService]
GROUP = "skfo-2018.g3"


@pytest.fixture
def lead(other_key: SigningKey) -> SigningKey:
    return other_key


@pytest.fixture
def judge(signers: Signers) -> Judge:
    return Judge(signers, datetime.now(UTC))


@pytest.fixture
def sides(key: SigningKey) -> tuple[Sent, Sent]:
    """A laptop and its clone, which have gone on apart."""
    start = Laptop(key).export()
    return start.write("Здесь").export().sent, start.write("На клоне", "И ещё").export().sent


@pytest.fixture
def torn(centre: CentreService, judge: Judge, sides: tuple[Sent, Sent], tmp_path: Path) -> CentreService:
    """A centre that holds both sides."""
    centre.merge([sent.save(tmp_path) for sent in sides], judge)
    assert heads(centre) == {sent.id for sent in sides}
    return centre


def heads(centre: CentreService) -> set[str]:
    return {head.id for head in centre.lineage().heads[GROUP]}


def texts(centre: CentreService) -> set[str]:
    (group,) = centre.projection().groups
    (head,) = group.heads
    return {card.text for card in head.group.cards.values()}


def test_a_resolution_follows_all_heads_and_holds_what_was_chosen(
    torn: CentreService, sides: tuple[Sent, Sent], signers: Signers, lead: SigningKey
) -> None:
    mine, clone = sides
    outcome = resolve(torn, GROUP, clone.id, lead)
    package = read_package(torn.data(str(outcome.id)), signers, datetime.now(UTC))
    assert outcome == PackageOutcome(outcome.path, package.id, "accepted", kind="group", principal=GROUP)
    assert set(package.envelope.parents) == {mine.id, clone.id}
    assert (package.fingerprint, package.envelope.rev) == (lead.fingerprint, 1)
    assert package.records == torn.records(clone.id)
    assert heads(torn) == {package.id}
    assert "И ещё" in texts(torn)
    assert "Здесь" not in texts(torn)


def test_what_the_choice_leaves_out_is_told(
    torn: CentreService,
    sides: tuple[Sent, Sent],
    judge: Judge,
    lead: SigningKey,
    key: SigningKey,
    tmp_path: Path,
) -> None:
    mine, clone = sides
    made = resolve(torn, GROUP, mine.id, lead)
    news = Laptop(key, replica="another").write("Ещё одна версия").export().sent
    told = torn.merge([news.save(tmp_path)], judge).vanished
    assert [(loss.package, loss.followed, loss.keys) for loss in told] == [
        (made.id, clone.id, (("card", uid(3002)),))
    ]


def test_the_lead_may_think_again(torn: CentreService, sides: tuple[Sent, Sent], lead: SigningKey) -> None:
    mine, clone = sides
    first = resolve(torn, GROUP, mine.id, lead)
    second = resolve(torn, GROUP, clone.id, lead)
    third = resolve(torn, GROUP, str(first.id), lead)
    assert len({first.id, second.id, third.id}) == 3
    assert heads(torn) == {third.id}
    assert texts(torn) == {"Театр в каждом районе — «Ёлка»", "Здесь"}
    kept = {package.id: package for package, _ in torn.packages()}
    assert [kept[str(each.id)].rev for each in (first, second, third)] == [1, 2, 3]
    assert kept[str(third.id)].parents == (second.id,)


def test_a_later_package_of_the_group_stands_beside_the_choice_it_has_not_seen(
    torn: CentreService,
    sides: tuple[Sent, Sent],
    judge: Judge,
    lead: SigningKey,
    key: SigningKey,
    tmp_path: Path,
) -> None:
    mine, clone = sides
    made = resolve(torn, GROUP, clone.id, lead)
    gone_on = Laptop(key, exports=(mine,)).write("Здесь", "И назавтра").export().sent
    (outcome,) = torn.merge([gone_on.save(tmp_path)], judge).packages
    assert outcome.outcome == "conflict"
    assert heads(torn) == {made.id, gone_on.id}


def test_a_revision_forged_with_the_group_s_own_key_can_be_overruled(
    centre: CentreService, judge: Judge, lead: SigningKey, key: SigningKey, tmp_path: Path
) -> None:
    honest = Laptop(key).write("Сказано").export()
    forged = honest.export(rev=1_000_000, clock={}, parents=())
    forged_empty = Laptop(key, texts=()).export(rev=1_000_001, clock={}, parents=())
    paths = [each.sent.save(tmp_path) for each in (honest, forged, forged_empty)]
    centre.merge(paths, judge)
    assert heads(centre) == {forged_empty.sent.id}
    made = resolve(centre, GROUP, honest.sent.id, lead)
    assert heads(centre) == {made.id}
    assert "Сказано" in texts(centre)


def test_a_choice_survives_a_restart_and_passes_the_doctor(
    torn: CentreService, sides: tuple[Sent, Sent], lead: SigningKey
) -> None:
    made = resolve(torn, GROUP, sides[0].id, lead)
    torn.close()
    assert examine(torn.path).findings == ()
    with closing(CentreService.open(torn.path, create=False)) as again:
        assert heads(again) == {made.id}
        assert resolve(again, GROUP, sides[1].id, lead).outcome == "accepted"


def test_a_centre_made_anew_can_follow_what_the_lost_one_has_made(
    new_centre: NewCentre,
    torn: CentreService,
    sides: tuple[Sent, Sent],
    judge: Judge,
    lead: SigningKey,
    tmp_path: Path,
) -> None:
    """The file of the centre is lost, and all comes back from the collection made before."""
    mine, clone = sides
    first = resolve(torn, GROUP, mine.id, lead)
    before = collect(torn, tmp_path / "before.fpkg", lead)
    anew = new_centre()
    anew.merge([before.path], judge)
    assert heads(anew) == {first.id}

    second = resolve(anew, GROUP, clone.id, lead)
    after = collect(anew, tmp_path / "after.fpkg", lead)

    assert heads(anew) == {second.id}
    assert (before.rev, after.rev) == (2, 2)
    assert anew.replica != torn.replica
    assert anew.result().forks == torn.result().forks
    torn.merge([after.path], judge)
    assert heads(torn) == {second.id}


@pytest.mark.parametrize(
    ("principal", "take", "code"),
    [
        ("skfo-2018.g9", "mine", "group-not-here"),
        (GROUP, "nowhere", "package-not-here"),
        (GROUP, "neighbour", "package-not-here"),
    ],
)
def test_only_a_package_of_the_group_can_be_taken(
    torn: CentreService,
    sides: tuple[Sent, Sent],
    judge: Judge,
    lead: SigningKey,
    key: SigningKey,
    tmp_path: Path,
    principal: str,
    take: str,
    code: str,
) -> None:
    neighbour = Laptop(key, number=4).export().sent
    torn.merge([neighbour.save(tmp_path)], judge)
    ids = {"mine": sides[0].id, "nowhere": "0" * 64, "neighbour": neighbour.id}
    with pytest.raises(UserFault, match=code):
        resolve(torn, principal, ids[take], lead)
    assert heads(torn) == {sent.id for sent in sides}


def test_where_one_package_stands_there_is_nothing_to_settle(
    centre: CentreService, judge: Judge, lead: SigningKey, key: SigningKey, tmp_path: Path
) -> None:
    sent = Laptop(key).export().sent
    centre.merge([sent.save(tmp_path)], judge)
    with pytest.raises(UserFault, match="nothing-to-settle"):
        resolve(centre, GROUP, sent.id, lead)


def test_the_number_of_a_package_that_failed_is_never_used_again(
    torn: CentreService,
    sides: tuple[Sent, Sent],
    lead: SigningKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(EnvironmentFault, match="folder-missing"):
        collect(torn, tmp_path / "нет" / "1.fpkg", lead)
    with monkeypatch.context() as broken:
        broken.setattr(SigningKey, "sign", lambda _key, _namespace, _message: b"no signature")
        with pytest.raises(EnvironmentFault, match="package-not-sound"):
            resolve(torn, GROUP, sides[0].id, lead)
        with pytest.raises(EnvironmentFault, match="package-not-sound"):
            collect(torn, tmp_path / "broken.fpkg", lead)
    assert heads(torn) == {sent.id for sent in sides}
    assert not list(tmp_path.glob("*broken*"))
    torn.close()
    with closing(CentreService.open(torn.path, create=False)) as again:
        resolve(again, GROUP, sides[0].id, lead)
        made = collect(again, tmp_path / "3.fpkg", lead)
        (settled,) = (each for each, _ in again.packages() if each.origin.endswith(f"/{again.replica}"))
    assert (settled.rev, made.rev) == (4, 5)


def test_who_leads_a_group_with_the_same_key_hides_nothing_of_it(
    centre: CentreService, judge: Judge, key: SigningKey, tmp_path: Path
) -> None:
    """A group and a centre of one home count their packages apart."""
    laptop = Laptop(key, Home(tmp_path / "home").replica()).export()
    clone = Laptop(key, laptop.replica).write("На клоне").export()
    centre.merge([each.sent.save(tmp_path) for each in (laptop, clone)], judge)
    settled = resolve(centre, GROUP, clone.sent.id, key)
    assert heads(centre) == {settled.id}
    later = clone.write("Дальше").export()
    result = centre.merge([later.sent.save(tmp_path)], judge)
    assert heads(centre) == {settled.id, later.sent.id}
    assert {settled.id, later.sent.id}.isdisjoint({key for fork in result.forks for key in fork.ids})


def test_a_copied_centre_that_goes_on_in_both_places_shows_as_a_fork(
    new_centre: NewCentre,
    torn: CentreService,
    sides: tuple[Sent, Sent],
    judge: Judge,
    lead: SigningKey,
    tmp_path: Path,
) -> None:
    torn.close()
    copy = tmp_path / "copy.fcentre"
    shutil.copyfile(torn.path, copy)
    made = []
    nation = new_centre()
    for path, side in zip((torn.path, copy), sides, strict=True):
        with closing(CentreService.open(path, create=False)) as centre:
            made.append(resolve(centre, GROUP, side.id, lead).id)
            bundle = collect(centre, tmp_path / f"{side.id}.fpkg", lead).path
        result = nation.merge([bundle], judge)
    assert heads(nation) == set(made)
    assert set(made) in [set(fork.ids) for fork in result.forks]


def test_a_centre_that_has_lost_its_name_says_so(centre: CentreService) -> None:
    centre.close()
    with closing(sqlite3.connect(centre.path)) as raw, raw:
        raw.execute("DELETE FROM meta")
    assert [finding.code for finding in examine(centre.path).findings] == ["file-damaged"]
