"""This installation's folder: what it remembers, and that breaking it costs nothing but that."""

import uuid
from pathlib import Path

import pytest

from facilitator.bootstrap import HOME_VARIABLE, find_home
from facilitator.errors import EnvironmentFault
from facilitator.paths import default_home
from facilitator.services.home import RECENT_LIMIT, Home
from tests.helpers.disks import public_folder, read_only

UNTOUCHED = {
    "language": "ru",
    "theme": "light",
    "scale": "100",
    "name": "",
    "hints": "shown",
    "spelling": "on",
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "дом")


def test_nothing_is_made_before_something_is_kept(home: Home) -> None:
    assert home.recent() == []
    assert home.settings() == UNTOUCHED
    assert not home.folder.exists()


def test_settings_are_kept(home: Home) -> None:
    home.save_settings(language="en")
    home.save_settings(theme="dark")
    assert Home(home.folder).settings() == {**UNTOUCHED, "language": "en", "theme": "dark"}


def test_groups_are_remembered_newest_first_and_once(home: Home) -> None:
    one, two = Path("/группы/1.fgroup"), Path("/группы/2.fgroup")
    home.remember(one, "Семья")
    home.remember(two, "Село «Ёлка»")
    assert Home(home.folder).recent() == [(two, "Село «Ёлка»"), (one, "Семья")]
    home.remember(one, "Семья и дети")
    assert home.recent() == [(one, "Семья и дети"), (two, "Село «Ёлка»")]
    home.forget(two)
    home.forget(two)
    assert home.recent() == [(one, "Семья и дети")]


def test_only_the_latest_groups_are_remembered(home: Home) -> None:
    for number in range(RECENT_LIMIT + 3):
        home.remember(Path(f"/{number}.fgroup"), str(number))
    assert [title for _, title in home.recent()] == [str(n) for n in range(RECENT_LIMIT + 2, 2, -1)]


def test_the_id_of_an_installation_is_made_once(home: Home) -> None:
    replica = home.replica()
    assert str(uuid.UUID(replica)) == replica
    assert Home(home.folder).replica() == replica
    assert Home(home.folder / "other").replica() != replica


@pytest.mark.parametrize("data", [b"", b"{", b"[1, 2]", b"\xff\xfe", b'"text"', b"null", b'{"groups": []}'])
def test_broken_files_cost_a_preference_and_never_a_start(home: Home, data: bytes) -> None:
    home.prepare()
    for name in ("settings.json", "recent.json"):
        (home.folder / name).write_bytes(data)
    assert home.settings() == UNTOUCHED
    assert home.recent() == []
    home.save_settings(language="en")
    home.remember(Path("/1.fgroup"), "Семья")
    assert home.settings()["language"] == "en"
    assert len(home.recent()) == 1


@pytest.mark.parametrize("data", [b"", b"\xff", b"replica\n"])
def test_a_broken_id_is_made_anew(home: Home, data: bytes) -> None:
    home.prepare()
    (home.folder / "replica").write_bytes(data)
    assert str(uuid.UUID(home.replica())) == home.replica()


def test_settings_of_a_newer_program_are_passed_over(home: Home) -> None:
    home.prepare()
    (home.folder / "settings.json").write_text('{"theme": "dark", "mood": "good"}')
    assert home.settings() == {**UNTOUCHED, "theme": "dark"}


def test_a_home_that_may_not_be_written_is_named() -> None:
    with public_folder() as folder, read_only(folder):
        home = Home(folder / "дом")
        assert home.settings()["language"] == "ru"
        with pytest.raises(EnvironmentFault, match="folder-read-only"):
            home.save_settings(theme="dark")


def test_the_home_is_the_option_then_the_variable_then_the_platforms(tmp_path: Path) -> None:
    variable = {HOME_VARIABLE: str(tmp_path / "variable")}
    assert find_home(tmp_path / "option", variable).folder == tmp_path / "option"
    assert find_home(None, variable).folder == tmp_path / "variable"
    assert find_home(None, {}).folder == find_home(None, {HOME_VARIABLE: ""}).folder == default_home()
    assert find_home(Path("дом"), {}).folder == Path.cwd() / "дом"
    assert find_home(Path("~/дом"), {}).folder == Path.home() / "дом"
