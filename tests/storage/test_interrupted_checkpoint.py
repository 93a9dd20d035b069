"""A program killed while SQLite folds its log into the file leaves a file that opens whole."""

import shutil
from pathlib import Path

from facilitator.services.commands import AddCards
from facilitator.services.doctor import examine
from facilitator.services.groups import open_group
from tests.helpers.sessions import begin_closed

TEXTS = tuple(f"Правило {number}: «да», " + "ещё раз " * 20 + "так" for number in range(200))


def interrupted(path: Path) -> Path:
    """Return a copy as the kill leaves it: the first page and the log are new, the pages behind are missing.

    SQLite writes the pages of its log in their order, and the first one counts all of them.
    """
    before = path.stat().st_size
    copy = path.with_name("killed.fgroup")
    with open_group(path) as service:
        service.perform(AddCards("rule", TEXTS))
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    with path.open("rb") as whole:
        copy.write_bytes(whole.read(before))
    assert path.stat().st_size > before
    return copy


def test_a_kill_between_two_pages_of_a_checkpoint_loses_nothing(tmp_path: Path) -> None:
    copy = interrupted(begin_closed(tmp_path / "g.fgroup"))
    with open_group(copy) as service:
        assert {card.text for card in service.snapshot.cards.values()} == set(TEXTS)
    assert not examine(copy).findings
