"""A group recorded by the bundled script, and copies of the data files to break."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from facilitator.domain.ids import new_id
from facilitator.domain.records import AnyRecord, Card, Event, Group, Link
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.paths import resource
from facilitator.script.catalogues import Catalogues, load_catalogues
from facilitator.script.loader import bundled_script, load_script
from facilitator.script.model import Script

SCRIPT_ID = "obraz-budushchego-2025"


@dataclass
class Board:
    """Collects records and gives them as a snapshot."""

    records: list[AnyRecord] = field(default_factory=list)
    event: Event = field(
        default_factory=lambda: Event(
            id=new_id(),
            code="skfo-2018",
            script=SCRIPT_ID,
            district="skfo",
            city="Ставрополь",
            starts="2018-02-08",
            ends="2018-02-09",
        )
    )

    def __post_init__(self) -> None:
        self.group = Group(id=new_id(), event=self.event.id, number=1, theme="rural", moderator="Модератор")

    def card(self, kind: str, text: str = "Высказывание", **values: object) -> Card:
        card = Card(id=new_id(), group=self.group.id, kind=kind, text=text, **values)
        self.records.append(card)
        return card

    def link(self, source: Card, relation: str, target: Card) -> Link:
        link = Link(id=new_id(), group=self.group.id, source=source.id, target=target.id, relation=relation)
        self.records.append(link)
        return link

    def snapshot(self) -> GroupSnapshot:
        return GroupSnapshot.of([self.event, self.group, *self.records])


@pytest.fixture(scope="session")
def script() -> Script:
    return bundled_script(SCRIPT_ID)


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    return load_catalogues()


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def rewritten(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a copy of the bundled script in which one passage is replaced by another."""

    def rewrite(passage: str, replacement: str) -> Path:
        text = resource("scripts", SCRIPT_ID, "script.toml").read_text(encoding="utf-8")
        assert text.count(passage) == 1, f"{passage!r} stands {text.count(passage)} times"
        path = tmp_path / "script.toml"
        path.write_text(text.replace(passage, replacement), encoding="utf-8")
        return path

    return rewrite


@pytest.fixture
def breakage(rewritten: Callable[[str, str], Path]) -> Callable[[str, str], tuple[str, str]]:
    """Return the key and the reason of the fault a rewritten script gives, once its file is checked."""

    def explain(passage: str, replacement: str) -> tuple[str, str]:
        path = rewritten(passage, replacement)
        with pytest.raises(UserFault) as caught:
            load_script(path)
        assert caught.value.code == "data-broken"
        assert caught.value.facts["file"] == str(path)
        return str(caught.value.facts["key"]), str(caught.value.facts["reason"])

    return explain


@pytest.fixture
def catalogue_folder(tmp_path: Path) -> Path:
    """Return a copy of the bundled catalogues."""
    return Path(shutil.copytree(resource("catalogues"), tmp_path / "catalogues"))
