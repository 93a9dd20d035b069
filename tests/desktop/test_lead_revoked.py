"""Сведение: a key that is revoked after its package was taken in is told before anything is handed on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facilitator.services.rosters import revoke
from tests.desktop.lead_table import Session, Table


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> Iterator[Table]:
    table = Table(qtbot, tmp_path)
    yield table
    table.leave()


def test_a_key_that_was_revoked_since_is_told(table: Table, tmp_path: Path) -> None:
    session = Session(tmp_path, 1)
    session.enrol(1)
    table.begin(session.roster)
    table.drop(session.send(1, "Правило"))
    assert table.outcomes == {"g1.fpkg": "принят"}
    assert "отозван" not in table.words
    revoke(session.roster, session.keys[1].fingerprint, session.office.organizer)
    table.trust(session.roster)
    assert "её ключ с тех пор отозван" in table.words
