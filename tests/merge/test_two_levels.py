"""Groups, their district, the nation: a collection is taken in package by package, each believed alone."""

import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitator.packages import (
    Origin,
    SigningKey,
    bag,
    claimed_id,
    create_key,
    load_signers,
    read_package,
)
from facilitator.packages.signer_files import joined
from facilitator.services.centre import CentreService
from facilitator.services.doctor import examine
from facilitator.services.home import Home
from facilitator.services.intake import Judge
from facilitator.services.lead import collect, resolve
from facilitator.services.trust import Trust, TrustStore
from tests.helpers.districts import District, found, gathered, merge, save, trust, verdicts

NewCentre = Callable[[], CentreService]


@pytest.fixture(scope="module")
def skfo(tmp_path_factory: pytest.TempPathFactory) -> District:
    return found(tmp_path_factory.mktemp("skfo"), "skfo-2018", 3, 4, 5)


@pytest.fixture(scope="module")
def cfo(tmp_path_factory: pytest.TempPathFactory) -> District:
    return found(tmp_path_factory.mktemp("cfo"), "cfo-2018", 3)


@pytest.fixture
def nation(tmp_path: Path, skfo: District, cfo: District) -> Trust:
    """What the rosters of both districts say at the national centre."""
    return trust(tmp_path / "nation", skfo, cfo)


def inner(path: Path, trusted: Trust) -> dict[str, bytes]:
    """Return the packages of a collection by their ids."""
    collection = read_package(path.read_bytes(), trusted.signers, datetime.now(UTC)).bag
    return {key: collection.read_inner(key) for key in collection.inner_ids}


def test_the_nation_holds_what_the_districts_held_byte_for_byte(
    new_centre: NewCentre, skfo: District, cfo: District, nation: Trust, tmp_path: Path
) -> None:
    first = skfo.package(3, "Театр в каждом районе")
    second = skfo.package(
        3,
        "Театр в каждом районе",
        "Ёлка",
        rev=2,
        parents=(first.id,),
        clock={first_origin(skfo): (1, first.id)},
    )
    theirs = cfo.package(3, "Каток")
    south = gathered(new_centre(), skfo, tmp_path, first.data, second.data, skfo.package(4, "Сад").data)
    middle = gathered(new_centre(), cfo, tmp_path, theirs.data)
    files = [collect(south, tmp_path / "skfo.fpkg", skfo.lead).path]
    files.append(collect(middle, tmp_path / "cfo.fpkg", cfo.lead).path)
    centre = new_centre()

    result = merge(centre, nation, *files)

    assert [each.outcome for each in result.packages if each.kind == "collection"] == ["accepted"] * 2
    assert (result.groups, result.cards, result.missing) == (3, 4, ("skfo-2018.g5",))
    assert {each.id for each, standing in centre.packages() if standing == "superseded"} == {first.id}
    assert centre.data(second.id) == second.data
    for district, before in ((skfo, files[0]), (cfo, files[1])):
        again = tmp_path / f"{district.event.code}-again.fpkg"
        collect(centre, again, district.lead, event=district.event.code)
        assert inner(again, nation) == inner(before, nation)
    assert [examine(path).findings for path in closed(centre, south, middle)] == [(), (), ()]


def first_origin(district: District) -> str:
    return Origin(key=district.moderators[3].fingerprint, replica="laptop").name


def closed(*centres: CentreService) -> list[Path]:
    for centre in centres:
        centre.close()
    return [centre.path for centre in centres]


def test_plain_lists_of_signers_serve_as_well_as_rosters(
    new_centre: NewCentre, skfo: District, tmp_path: Path
) -> None:
    lines = [skfo.lead.public.signer_line("skfo-2018.*")]
    lines += [key.public.signer_line(f"skfo-2018.g{number}") for number, key in skfo.moderators.items()]
    roster = tmp_path / "allowed_signers"
    roster.write_text("".join(f"{line}\n" for line in lines), "ascii")
    trusted = TrustStore(Home(tmp_path / "home")).load([roster])
    south = gathered(new_centre(), skfo, tmp_path, skfo.package(3, "Театр").data)
    path = collect(south, tmp_path / "skfo.fpkg", skfo.lead).path

    result = merge(new_centre(), trusted, path)

    assert [each.outcome for each in result.packages] == ["accepted", "accepted"]
    assert result.missing == ("skfo-2018.g4", "skfo-2018.g5")


def test_a_broken_package_in_a_sound_collection_is_refused_by_name_and_the_rest_is_taken(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    sound, other = skfo.package(3, "Театр"), skfo.package(4, "Сад")
    broken = other.data.replace("Сад".encode(), "Чад".encode())
    path = save(tmp_path, "forged", skfo.bundle({sound.id: sound.data, other.id: broken}))
    centre = new_centre()

    result = merge(centre, nation, path)

    assert verdicts(result) == {
        sound.id: ("accepted", None),
        other.id: ("refused", "archive-not-canonical"),
        claimed_id(io.BytesIO(path.read_bytes())): ("accepted", None),
    }
    assert result.groups == 1
    assert other.id in {each.id for each in result.packages}
    assert [(each.outcome, each.reason) for each in centre.aside()] == [("refused", "archive-not-canonical")]
    assert examine(*closed(centre)).findings == ()


def test_a_package_signed_by_the_lead_for_a_group_of_another_is_refused(
    new_centre: NewCentre, skfo: District, cfo: District, nation: Trust, tmp_path: Path
) -> None:
    """The lead of one district puts words into the mouth of another's group."""
    invented = cfo.package(3, "Выдумка", key=skfo.lead)
    path = save(tmp_path, "forged", skfo.bundle({invented.id: invented.data}))
    result = merge(new_centre(), nation, path)
    assert verdicts(result)[invented.id] == ("refused", "principal-not-granted")
    assert result.groups == 0


def test_a_key_the_nation_does_not_know_is_put_aside_until_its_roster_has_caught_up(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    late = create_key(tmp_path / "late", None)
    package = skfo.package(5, "Позже всех", key=late)
    known = skfo.package(3, "Театр")
    path = save(tmp_path, "early", skfo.bundle({known.id: known.data, package.id: package.data}))
    centre = new_centre()

    early = merge(centre, nation, path)
    again = merge(centre, nation, path)
    line = tmp_path / "allowed_signers"
    line.write_text(f"{late.public.signer_line('skfo-2018.g5')}\n", "ascii")
    released = centre.release(Judge(joined(nation.signers, load_signers(line)), datetime.now(UTC)))

    assert verdicts(early)[package.id] == ("quarantined", "key-unknown")
    assert verdicts(again)[package.id] == ("quarantined", "key-unknown")
    assert Counter(each.outcome for each in again.packages) == {"duplicate": 2, "quarantined": 1}
    assert [(each.id, each.outcome) for each in released.packages] == [(package.id, "accepted")]
    assert released.groups == 2
    assert centre.aside() == ()
    assert centre.data(package.id) == package.data


def test_a_collection_that_waits_beside_one_of_its_own_packages_is_released_with_it(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    package = skfo.package(3, "Театр")
    bundle = save(tmp_path, "bundle", skfo.bundle({package.id: package.data}))
    alone = save(tmp_path, "alone", package.data)
    centre = new_centre()
    nobody = Trust(load_signers(save(tmp_path, "nobody", b"")))
    assert {each.reason for each in merge(centre, nobody, bundle, alone).packages} == {"key-unknown"}

    released = centre.release(Judge(nation.signers, datetime.now(UTC)))

    assert [each.outcome for each in released.packages] == ["accepted", "accepted"]
    assert centre.aside() == ()


@pytest.mark.parametrize("large", [False, True])
def test_a_collection_given_again_brings_in_what_waited(
    new_centre: NewCentre,
    skfo: District,
    nation: Trust,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    large: bool,
) -> None:
    late = create_key(tmp_path / "late", None)
    package, known = skfo.package(5, "Позже всех", key=late), skfo.package(3, "Театр")
    path = save(tmp_path, "early", skfo.bundle({known.id: known.data, package.id: package.data}))
    if large:
        monkeypatch.setattr(bag, "MAX_PACKAGE", max(len(package.data), len(known.data)))
    centre = new_centre()
    assert verdicts(merge(centre, nation, path))[package.id] == ("quarantined", "key-unknown")
    line = save(tmp_path, "line", f"{late.public.signer_line('skfo-2018.g5')}\n".encode())

    again = merge(centre, Trust(joined(nation.signers, load_signers(line))), path)

    assert verdicts(again)[package.id] == ("accepted", None)
    assert Counter(each.outcome for each in again.packages) == {"duplicate": 2, "accepted": 1}
    assert centre.aside() == ()


def test_a_known_collection_stays_known_when_its_signer_is_trusted_no_longer(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    package = skfo.package(3, "Театр")
    path = save(tmp_path, "bundle", skfo.bundle({package.id: package.data}))
    centre = new_centre()
    merge(centre, nation, path)
    again = merge(centre, Trust(load_signers(save(tmp_path, "nobody", b""))), path)
    assert [each.outcome for each in again.packages] == ["duplicate"]
    assert centre.aside() == ()


def test_two_centres_of_one_lead_that_settle_differently_leave_the_choice_to_the_nation(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    """The later choice has the lower number: each centre counts what it makes from one."""
    one, two = skfo.package(3, "Театр"), skfo.package(3, "Театр", "На клоне")
    first, second = (gathered(new_centre(), skfo, tmp_path, one.data, two.data) for _ in range(2))
    collect(first, tmp_path / "before.fpkg", skfo.lead)
    chosen = [
        resolve(centre, "skfo-2018.g3", take.id, skfo.lead).id
        for centre, take in ((first, one), (second, two))
    ]
    bundles = [
        collect(centre, tmp_path / f"{name}.fpkg", skfo.lead).path
        for name, centre in (("first", first), ("second", second))
    ]
    centre = new_centre()

    result = merge(centre, nation, *bundles)

    assert centre.lineage().conflicts == ("skfo-2018.g3",)
    assert {head.id for head in centre.lineage().heads["skfo-2018.g3"]} == set(chosen)
    assert {verdicts(result)[key] for key in chosen} == {("conflict", None)}
    assert {each.outcome for each in result.packages if each.kind == "collection"} == {"accepted"}


@pytest.mark.parametrize("known", [False, True])
def test_a_package_under_a_foreign_id_is_refused_also_where_it_is_known(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path, known: bool
) -> None:
    package = skfo.package(3, "Театр")
    path = save(tmp_path, "forged", skfo.bundle({"0" * 64: package.data}))
    centre = new_centre()
    if known:
        merge(centre, nation, save(tmp_path, "honest", package.data))

    result = merge(centre, nation, path)

    assert verdicts(result)["0" * 64] == ("refused", "inner-mismatch")
    assert result.groups == known
    assert [examine(path).findings for path in closed(centre)] == [()]


def test_a_collection_holds_packages_of_groups_and_nothing_else(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    roster = skfo.roster.read_bytes()
    package = skfo.package(3, "Театр")
    nested = skfo.bundle({package.id: package.data})
    ids = {str(claimed_id(io.BytesIO(data))): data for data in (roster, nested)}
    result = merge(new_centre(), nation, save(tmp_path, "forged", skfo.bundle(ids)))
    assert {verdicts(result)[key] for key in ids} == {("refused", "kind-unsupported")}
    assert result.groups == 0


def test_a_group_taken_out_of_a_collection_is_missed(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    packages = {each.id: each.data for each in (skfo.package(number, "Сад") for number in (3, 4, 5))}
    whole = save(tmp_path, "whole", skfo.bundle(packages))
    (removed, _) = packages.popitem()
    short = save(tmp_path, "short", skfo.bundle(packages))
    assert "skfo-2018.g5" in merge(new_centre(), nation, short).missing
    assert merge(new_centre(), nation, whole).missing == ("cfo-2018.g3",)
    assert removed not in packages


def test_a_collection_that_comes_twice_changes_nothing(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    south = gathered(new_centre(), skfo, tmp_path, skfo.package(3, "Театр").data, skfo.package(4, "Сад").data)
    first = collect(south, tmp_path / "1.fpkg", skfo.lead)
    second = collect(south, tmp_path / "2.fpkg", skfo.lead)
    centre = new_centre()

    before = merge(centre, nation, first.path)
    held = [package for package, _ in centre.packages()]
    again = merge(centre, nation, first.path)
    newer = merge(centre, nation, second.path)

    assert {each.outcome for each in before.packages} == {"accepted"}
    assert {each.outcome for each in again.packages} == {"duplicate"}
    assert [package for package, _ in centre.packages()][: len(held)] == held
    assert [each.outcome for each in newer.packages] == ["duplicate", "duplicate", "accepted"]
    assert before.state == again.state == newer.state
    assert (first.rev, second.rev) == (1, 2)


def test_a_lead_settles_for_the_nation_only_what_the_roster_grants(
    new_centre: NewCentre, skfo: District, nation: Trust, tmp_path: Path
) -> None:
    one, two = skfo.package(3, "Театр"), skfo.package(3, "Театр", "На клоне")
    stranger = create_key(tmp_path / "stranger", None)
    standing = {}
    for name, lead in (("stranger", stranger), ("lead", skfo.lead)):
        south = gathered(new_centre(), skfo, tmp_path, one.data, two.data)
        settled = resolve(south, "skfo-2018.g3", two.id, lead)
        assert settled.outcome == "accepted"
        bundle = collect(south, tmp_path / f"{name}.fpkg", skfo.lead)
        centre = new_centre()
        _, reason = verdicts(merge(centre, nation, bundle.path))[settled.id]
        (group,) = centre.projection().groups
        standing[name] = (reason, {head.id for head in group.heads} - {settled.id})

    assert standing == {
        "stranger": ("key-unknown", {one.id, two.id}),
        "lead": (None, set()),
    }


def test_a_roster_speaks_for_its_own_events_only(
    new_centre: NewCentre, skfo: District, cfo: District, tmp_path: Path
) -> None:
    """An organizer enrols a friend for a group of another district, as far as a line of OpenSSH goes."""
    friend = create_key(tmp_path / "friend", None)
    lying = found(tmp_path / "lying", "ufo-2018", 3)
    overreach(lying, friend)
    trusted = trust(tmp_path / "home", skfo, lying)
    mine, theirs = (each.package(3, "Слово", key=friend) for each in (lying, skfo))
    paths = [save(tmp_path, name, each.data) for name, each in (("mine", mine), ("theirs", theirs))]

    result = merge(new_centre(), trusted, *paths)

    assert verdicts(result)[mine.id] == ("accepted", None)
    assert verdicts(result)[theirs.id] == ("refused", "principal-not-granted")


def overreach(district: District, friend: SigningKey) -> None:
    """Grant ``friend`` every group there is."""
    district.enrol(friend.public, "*.g3")
    granted = next(
        each
        for each in trust(district.roster.parent / "look", district).signers.grants
        if each.key == friend.public.raw
    )
    assert granted.principals == "*.g3"
