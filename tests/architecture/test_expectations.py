"""Every expectation of the desktop has a test, and every test that is named for one is there."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
EXPECTED = {*range(1, 31), 35}
_ROW = re.compile(r"^\| (\d+) \|.*", re.MULTILINE)
_NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_expectation_is_shown_by_tests_that_are_there() -> None:
    rows = {
        int(row.group(1)): row.group()
        for row in _ROW.finditer((TESTS / "EXPECTATIONS.md").read_text("utf-8"))
    }
    assert rows.keys() == EXPECTED
    for number, row in rows.items():
        named = _NAMED.findall(row)
        assert named, number
        for path, name in named:
            assert f"def {name}(" in (TESTS / path).read_text("utf-8"), f"{number}: {path}::{name}"
