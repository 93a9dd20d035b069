"""A script comes from a file or from the bytes that an assignment brings, with the same checks."""

from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.script.loader import (
    bundled_script,
    bundled_script_ids,
    bundled_script_source,
    load_script,
    parse_script,
)

NAME = Path("data/script.toml")


@pytest.mark.parametrize("script_id", bundled_script_ids())
def test_the_bytes_of_a_script_are_the_script(script_id: str) -> None:
    assert parse_script(bundled_script_source(script_id), NAME) == bundled_script(script_id)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff", b"id = ", b'id = "x"\n'),
        *(b"a = " + b"[" * 100_000, b"[" * 100_000, b"a" + b".a" * 100_000 + b" = 1\n"),
    ],
    ids=["nothing", "no text", "half a line", "too little", "deep value", "deep table", "deep name"],
)
def test_bytes_that_are_no_script_are_told(content: bytes) -> None:
    with pytest.raises(UserFault, match="data-broken") as caught:
        parse_script(content, NAME)
    assert caught.value.facts["file"] == str(NAME)


def test_a_script_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserFault, match="data-broken"):
        load_script(tmp_path / "script.toml")
    with pytest.raises(UserFault, match="script-unknown"):
        bundled_script_source("chess")
