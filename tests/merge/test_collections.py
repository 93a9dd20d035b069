"""Collections of any size: many groups, more bytes than any package may have, one event of several."""

import io
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.merge.lineage import Lineage, Version, trace
from facilitator.packages import Refused, bag, claimed_id, load_signers
from facilitator.packages.bag import MAX_PACKAGE, MAX_SMALL_FILE
from facilitator.services import intake
from facilitator.services.centre import CentreService
from facilitator.services.doctor import examine
from facilitator.services.lead import collect
from facilitator.services.trust import Trust
from tests.helpers.districts import District, found, gathered, merge, save, trust

NewCentre = Callable[[], CentreService]
MANY = 70
"""More groups than files in any package that is no collection."""
MOST_MEMORY = 150 * 1024 * 1024
MERGE = r"""
import re, sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from facilitator.packages import load_signers
from facilitator.services.centre import CentreService
from facilitator.services.intake import Judge
centre, package, roster = map(Path, sys.argv[1:])
with closing(CentreService.open(centre)) as service:
    result = service.merge([package], Judge(load_signers(roster), datetime.now(UTC)))
    again = service.merge([package], Judge(load_signers(roster), datetime.now(UTC)))
outcomes = {each.outcome for each in result.packages}, {each.outcome for each in again.packages}
# What resource.getrusage() says includes what the parent held before this program was started.
(peak,) = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
print(*outcomes, result.groups, int(peak) * 1024, sep=";")
"""


@pytest.fixture
def skfo(tmp_path: Path) -> District:
    return found(tmp_path / "skfo", "skfo-2018", 3)


def test_a_district_of_many_groups_fits_into_one_collection(new_centre: NewCentre, tmp_path: Path) -> None:
    district = found(tmp_path / "pfo", "pfo-2018", 1)
    key = district.moderators[1]
    district.enrol(key.public, "pfo-2018.*")
    groups = [district.package(number, "Слово", key=key) for number in range(1, MANY + 1)]
    middle = gathered(new_centre(), district, tmp_path, *(each.data for each in groups))
    path = collect(middle, tmp_path / "pfo.fpkg", district.lead).path
    result = merge(new_centre(), trust(tmp_path / "nation", district), path)
    assert result.groups == MANY
    assert len(result.packages) == MANY + 1
    assert {each.outcome for each in result.packages} == {"accepted"}


@pytest.mark.skipif(
    sys.platform != "linux", reason="other systems keep no account of a program's memory in /proc"
)
def test_a_collection_larger_than_any_package_passes_through_little_memory(
    new_centre: NewCentre, tmp_path: Path
) -> None:
    district = found(tmp_path / "dfo", "dfo-2018", 1)
    key = district.moderators[1]
    long = ["Ё" * 5_000] * 335
    groups = {each.id: each.data for each in (district.package(n, *long, key=key) for n in range(1, 21))}
    path = save(tmp_path, "large", district.bundle(groups))
    assert MAX_PACKAGE < path.stat().st_size < 70 * 1024 * 1024
    lines = (key.public.signer_line("dfo-2018.*"), district.lead.public.signer_line("dfo-2018.*"))
    roster = tmp_path / "allowed_signers"
    roster.write_text("\n".join(lines), "ascii")

    done = subprocess.run(
        [sys.executable, "-c", MERGE, tmp_path / "c.fcentre", path, roster],
        capture_output=True,
        text=True,
        check=True,
    )

    first, again, count, memory = done.stdout.split(";")
    assert (first, again, count) == ("{'accepted'}", "{'duplicate'}", "20")
    assert int(memory) <= MOST_MEMORY
    with closing(CentreService.open(tmp_path / "c.fcentre", create=False)) as centre:
        assert all(centre.data(package) == data for package, data in groups.items())
    assert examine(tmp_path / "c.fcentre").findings == ()


def test_a_large_collection_of_an_unknown_lead_waits_where_it_lies(
    new_centre: NewCentre, skfo: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = skfo.package(3, "Театр")
    path = save(tmp_path, "large", skfo.bundle({package.id: package.data}))
    monkeypatch.setattr(bag, "MAX_PACKAGE", len(package.data))
    centre = new_centre()
    (outcome,) = merge(centre, Trust(load_signers(save(tmp_path, "nobody", b""))), path).packages
    assert (outcome.outcome, outcome.reason) == ("quarantined", "key-unknown")
    assert outcome.id == claimed_id(io.BytesIO(path.read_bytes()))
    assert centre.aside() == ()


def test_a_package_inside_that_is_larger_than_any_may_be_is_never_read(
    new_centre: NewCentre, skfo: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, "large", skfo.bundle({"0" * 64: bytes(bag.MAX_SMALL_FILE + 2)}))
    monkeypatch.setattr(bag, "MAX_PACKAGE", bag.MAX_SMALL_FILE + 1)
    (outcome,) = merge(new_centre(), trust(tmp_path / "nation", skfo), path).packages
    assert (outcome.outcome, outcome.reason) == ("refused", "file-too-large")
    assert str(outcome.facts["name"]).endswith(f"{'0' * 64}.fpkg")


def test_a_collection_too_large_to_be_read_is_not_made(
    new_centre: NewCentre, skfo: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = gathered(new_centre(), skfo, tmp_path, skfo.package(3, "Театр").data)
    made = collect(centre, tmp_path / "1.fpkg", skfo.lead).path.stat().st_size
    monkeypatch.setattr(bag, "MAX_COLLECTION", made)
    assert collect(centre, tmp_path / "2.fpkg", skfo.lead).path.stat().st_size == made
    monkeypatch.setattr(bag, "MAX_COLLECTION", made - 1)
    with pytest.raises(Refused, match="package-too-large"):
        collect(centre, tmp_path / "large.fpkg", skfo.lead)
    assert not list(tmp_path.glob("*large*"))


def test_a_collection_of_thousands_passes_the_doctor(
    new_centre: NewCentre, skfo: District, tmp_path: Path
) -> None:
    """Its list of packages is longer than any other file that is read whole, and is kept without them."""
    packages = {f"{number:064x}": b"" for number in range(MAX_SMALL_FILE // 148 + 1)}
    centre = new_centre()
    result = merge(centre, trust(tmp_path / "home", skfo), save(tmp_path, "many", skfo.bundle(packages)))
    assert result.packages[-1].outcome == "accepted"
    assert len(centre.data(str(result.packages[-1].id))) > MAX_SMALL_FILE
    assert centre.check() == ()


def test_many_revisions_of_one_group_are_traced_once(
    new_centre: NewCentre, skfo: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [skfo.package(3, "Театр", rev=rev) for rev in range(1, 21)]
    path = save(tmp_path, "many", skfo.bundle({each.id: each.data for each in made}))
    traced: list[int] = []

    def counting(versions: Iterable[Version]) -> Lineage:
        held = tuple(versions)
        traced.append(len(held))
        return trace(held)

    monkeypatch.setattr(intake, "trace", counting)
    result = merge(new_centre(), trust(tmp_path / "home", skfo), path)
    assert Counter(each.outcome for each in result.packages) == {"superseded": 19, "accepted": 2}
    assert sum(traced) < 3 * len(made)


def test_an_event_is_collected_alone_and_by_name_where_there_are_several(
    new_centre: NewCentre, skfo: District, tmp_path: Path
) -> None:
    centre, out = new_centre(), tmp_path / "c.fpkg"
    with pytest.raises(UserFault, match="centre-empty"):
        collect(centre, out, skfo.lead)
    cfo = found(tmp_path / "cfo", "cfo-2018", 3)
    paths = [save(tmp_path, each.event.code, each.package(3, "Слово").data) for each in (skfo, cfo)]
    merge(centre, trust(tmp_path / "nation", skfo, cfo), *paths)
    with pytest.raises(UserFault, match="events-several"):
        collect(centre, out, skfo.lead)
    with pytest.raises(UserFault, match="centre-empty"):
        collect(centre, out, skfo.lead, event="ufo-2018")
    made = collect(centre, out, skfo.lead, event="cfo-2018")
    assert (made.principal, made.packages) == ("cfo-2018.collection", {"cfo-2018.g3": 1})


def test_a_roster_is_no_package_for_a_centre(new_centre: NewCentre, skfo: District, tmp_path: Path) -> None:
    result = merge(new_centre(), trust(tmp_path / "home", skfo), skfo.roster)
    assert [(each.outcome, each.reason) for each in result.packages] == [("refused", "kind-unsupported")]
