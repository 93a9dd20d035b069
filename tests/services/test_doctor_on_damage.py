"""Doctor and damaged files: one bit flipped anywhere is named or harmless, and never ends in a traceback."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from facilitator.domain.records import AnyRecord
from facilitator.errors import EnvironmentFault, Fault
from facilitator.script.model import Script
from facilitator.services.commands import ChangeCards, RemoveCards
from facilitator.services.doctor import examine
from facilitator.services.group_service import GroupService
from facilitator.services.groups import open_group
from facilitator.storage.group_file import GroupFile
from tests.helpers.sessions import begin_closed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = begin_closed(tmp_path / "g.fgroup", *(f"Правило {number} — «ё»" for number in range(20)))
    with open_group(path) as service:
        first, second, *_ = service.snapshot.cards_of("rule")
        service.perform(ChangeCards((first.id,), {"text": "Иначе"}))
        service.perform(RemoveCards((second.id,)))
    return path


def _content(path: Path) -> tuple[list[AnyRecord], Script] | None:
    try:
        with open_group(path) as service:
            return list(service.snapshot.records()), service.script
    except Fault:
        return None


def _finds(path: Path) -> bool:
    try:
        return bool(examine(path).findings)
    except Fault:
        return True


def test_a_flipped_bit_is_found_or_changes_nothing_that_was_said(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    content = _content(path)
    chance = random.Random(2018)
    for number in range(200):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"{number}.fgroup"
        copy.write_bytes(data)
        assert _finds(copy) or _content(copy) == content


def _damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(statement)
        raw.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meta SET value = substr(value, 2) WHERE name = 'script'",
        "UPDATE meta SET value = replace(value, 'Норм', 'норм') WHERE name = 'script'",
        "DELETE FROM meta",
        "ALTER TABLE step RENAME COLUMN note TO nott",
        "DROP TABLE vote",
    ],
)
def test_what_the_program_did_not_write_is_called_damaged(path: Path, statement: str) -> None:
    _damage(path, statement)
    assert [each.code for each in examine(path).findings] == ["file-damaged"]
    with pytest.raises(EnvironmentFault, match="file-damaged"):
        open_group(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET edits = substr(edits, 2)",
        "UPDATE journal SET edits = CAST(x'ff' AS TEXT)",
        'UPDATE journal SET edits = \'[[{"type": "card"}, null]]\'',
        "UPDATE journal SET edits = replace(edits, 'П', 'Р')",
        "UPDATE journal SET code = 'card-addet'",
        "UPDATE journal SET edits = (SELECT edits FROM journal WHERE seq = 1)",
        "UPDATE journal SET subject = 'Правило' WHERE state = 'done'",
        "UPDATE journal SET edits = NULL",
        "UPDATE journal SET digest = NULL",
        "UPDATE journal SET state = 'dond'",
    ],
)
def test_a_damaged_journal_takes_undo_away_and_no_words(path: Path, statement: str) -> None:
    with closing(open_group(path)) as whole:
        cards = whole.snapshot.cards
    _damage(path, statement)
    assert [each.code for each in examine(path).findings] == ["file-damaged"]
    with closing(open_group(path)) as service:
        assert service.snapshot.cards == cards
        assert service.undo_name is None
        with pytest.raises(EnvironmentFault, match="file-damaged"):
            service.undo()


def _undo_all(service: GroupService) -> None:
    while service.undo():
        pass


def test_undo_never_reaches_an_altered_act(path: Path) -> None:
    _damage(path, "UPDATE journal SET edits = replace(edits, 'И', 'Й') WHERE seq = 2")
    assert [each.code for each in examine(path).findings] == ["file-damaged"]
    with closing(open_group(path)) as service, pytest.raises(EnvironmentFault, match="file-damaged"):
        _undo_all(service)
    with closing(GroupFile.open(path)) as file:
        assert "Иначе" in {card.text for card in file.snapshot().cards.values()}
