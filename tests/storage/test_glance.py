"""A glance at a file tells whose group it is and leaves the file as it was."""

import os
import subprocess
import sys
from pathlib import Path

from facilitator.services.groups import open_group
from facilitator.storage.centre_file import CentreFile
from facilitator.storage.glance import group_in
from tests.helpers.sessions import begin_closed

ROOT = Path(__file__).parents[2]


def test_a_glance_tells_whose_group_it_is_and_touches_nothing(tmp_path: Path) -> None:
    path = begin_closed(tmp_path / "g.fgroup")
    before = path.read_bytes()
    found = group_in(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with open_group(path) as service:
        assert found == service.snapshot.group.id


def test_a_glance_at_a_group_that_is_open_takes_no_lock_away(tmp_path: Path) -> None:
    path = begin_closed(tmp_path / "g.fgroup")
    with open_group(path) as service:
        assert group_in(path) == service.snapshot.group.id
        other = subprocess.run(
            [sys.executable, "-m", "ui.cli", "show", path],
            env=os.environ | {"PYTHONPATH": str(ROOT), "FACILITATOR_HOME": str(tmp_path)},
            capture_output=True,
            check=False,
        )
    assert other.stderr.startswith(b"error: file-in-use: ")


def test_what_is_no_group_tells_nothing(tmp_path: Path) -> None:
    CentreFile.open(tmp_path / "c.fcentre", create=True).close()
    (tmp_path / "words.fgroup").write_text("Уважаемые коллеги!", "utf-8")
    torn = begin_closed(tmp_path / "torn.fgroup")
    torn.write_bytes(torn.read_bytes()[:5000])
    for name in ("c.fcentre", "words.fgroup", "gone.fgroup", "torn.fgroup"):
        assert group_in(tmp_path / name) is None, name
