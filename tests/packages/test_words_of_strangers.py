"""What strangers write does no more in a roster, or in the parser of scripts, than it says."""

from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.packages import canonical
from facilitator.packages.requests import SCHEMA, read_request
from facilitator.packages.signer_files import grant_line
from facilitator.packages.signers import Grant, parse_grant, parse_signers
from facilitator.packages.sshsig import REQUEST_NAMESPACE
from facilitator.script.loader import parse_script
from tests.packages.golden import SCRIPT_SOURCE, STRANGER
from tests.packages.samples import KEY, PRINCIPAL

BREAKS = ["\n", "\t", "\u2028", "\u2029", "\x85", "  "]
SECOND_LINE = f"* {STRANGER.public_line}"


@pytest.mark.parametrize("between", BREAKS)
def test_a_name_of_several_lines_asks_for_nothing(between: str) -> None:
    source: dict[str, object] = {
        "schema": SCHEMA,
        "name": f"Иван{between}{SECOND_LINE}",
        "key": KEY.public_line,
        "created": "2018-02-01T10:00:00Z",
    }
    signature = KEY.sign(REQUEST_NAMESPACE, canonical.encode(source)).decode()
    with pytest.raises(UserFault, match="request-unsound"):
        read_request(canonical.encode(source | {"signature": signature}))


@pytest.mark.parametrize("between", [*BREAKS, "\r", "\x0b", "\x1c", "\0"])
def test_a_comment_stays_on_the_line_of_its_grant(between: str) -> None:
    line = grant_line(Grant(KEY.public.raw, PRINCIPAL, comment=f"Иван{between}{SECOND_LINE}"))
    assert len(line.splitlines()) == 1
    signers = parse_signers(f"{line}\n".encode(), b"")
    assert [grant.key for grant in signers.grants] == [KEY.public.raw]


@pytest.mark.parametrize("comment", ["", "Алёна «Первая»", "# «"])
@pytest.mark.parametrize("since", [None, 0, 1_538_395_200])
@pytest.mark.parametrize("until", [None, 2_000_000_000])
def test_a_line_says_what_the_grant_says(comment: str, since: int | None, until: int | None) -> None:
    granted = Grant(KEY.public.raw, "a.*,b.g1", "x,y", since, until, comment)
    assert parse_grant(grant_line(granted)) == granted


@pytest.mark.parametrize(
    "source",
    [
        b"version = " + b"9" * 5_000,
        b"a = " + b"[" * 10_000,
        b"a = " + b"{a=" * 10_000,
        b"a" + b".a" * 5_000 + b" = 1",
        b"[" + b"a." * 5_000 + b"a]",
        b"a = 2018-02-30",
        b"id = '\xff'",
        b"id = '\\ud800'\0",
    ],
    ids=lambda source: source[:12].decode("latin-1"),
)
def test_a_hostile_script_is_broken_and_no_more(source: bytes) -> None:
    for content in (source, SCRIPT_SOURCE + source):
        with pytest.raises(UserFault, match="data-broken"):
            parse_script(content, Path("script.toml"))


def test_a_sound_script_with_many_dots_in_its_words_is_read() -> None:
    content = SCRIPT_SOURCE.replace("Сейчас".encode(), b"." * 40, 1)
    assert parse_script(content, Path("script.toml")).title.ru == "." * 40
