"""A broken script names the file, the key and the reason, whatever is broken in it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.errors import UserFault
from facilitator.script import loader
from facilitator.script.loader import bundled_script, load_script

Breakage = Callable[[str, str], tuple[str, str]]

SINGLE_IMAGE = 'id = "image"\nsingle = true\nlimit = 5000'

BREAKAGES = {
    "not TOML": ('day = 1\nkind = "compose"', "day = 1 kind", r"line \d+, column \d+", "Expected newline"),
    "cut short": ('[[methods]]\nid = "silent-writing"', "[[methods", r"line \d+, column \d+", "Expected"),
    "unknown key": (
        'kind = "matrix"',
        'kind = "matrix"\ncolour = "red"',
        r"steps\[6\]\.colour",
        "unknown field",
    ),
    "missing key": ('kind = "matrix"\n', "", r"steps\[6\]\.kind", "missing required field"),
    "missing top key": ("version = 2", "", "version", "missing required field"),
    "wrong type": ("minutes = 90", 'minutes = "90"', r"steps\[6\]\.minutes", "Expected `int`"),
    "no minutes": ("minutes = 90", "minutes = 0", r"steps\[6\]\.minutes", ">= 1"),
    "blank words": ('title.ru = "Барьеры"', 'title.ru = " "', r"steps\[2\]\.title\.ru", "regex"),
    "one language": ('title.en = "Barriers"', "", r"steps\[2\]\.title\.en", "missing required field"),
    "field of no type": (
        'id = "start"\ntype = "date"',
        'id = "start"\ntype = "time"',
        r"steps\[7\].*\.type",
        "enum",
    ),
    "limit beyond records": (
        "limit = 5000",
        "limit = 5001",
        r"steps\[5\]\.card_kinds\[0\]\.limit",
        "<= 5000",
    ),
    "need without arrow": ('["->hinders"]', '["hinders"]', r"requirements\[2\]\.any_of\[0\]", "regex"),
    "unknown kind of step": (
        'kind = "matrix"',
        'kind = "board"',
        r"steps\[6\]\.kind",
        "no kind of step board",
    ),
    "unknown method": (
        '["silent-writing", "one-two-four-all", "fist',
        '["shouting", "fist',
        r"steps\[3\]\.methods",
        "no method shouting",
    ),
    "step twice": ('id = "rules"', 'id = "future"', "steps", "future stands twice"),
    "kind twice": ('id = "personal-mission"', 'id = "rule"', r"steps\.card_kinds", "rule stands twice"),
    "field twice": (
        'id = "base"',
        'id = "target"',
        r"steps\[7\]\.card_kinds\[0\]\.fields",
        "target stands twice",
    ),
    "option twice": (
        'id = "financial"',
        'id = "legal"',
        r"steps\[2\].*fields\[0\]\.options",
        "legal stands twice",
    ),
    "relation twice": ('id = "hinders"', 'id = "replaces"', "relations", "replaces stands twice"),
    "method twice": ('id = "fist-of-five"', 'id = "dot-voting"', "methods", "dot-voting stands twice"),
    "relation to nowhere": (
        'targets = ["future-norm"]',
        'targets = ["past-norm"]',
        r"relations\[1\]\.targets",
        "past-norm",
    ),
    "relation from nowhere": (
        'sources = ["rule"]',
        'sources = ["ruler"]',
        r"relations\[2\]\.sources",
        "ruler",
    ),
    "need of another kind": (
        '["->of"]',
        '["->by"]',
        r"requirements\[10\]\.any_of",
        "effect cannot have ->by",
    ),
    "need in reverse": (
        '["->hinders"]',
        '["<-hinders"]',
        r"requirements\[2\]\.any_of",
        "cannot have <-hinders",
    ),
    "need of no field": (
        '[".end"]',
        '[".deadline"]',
        r"requirements\[13\]\.any_of",
        r"cannot have \.deadline",
    ),
    "need of no kind": (
        'kind = "counterparty"\nany_of',
        'kind = "partner"\nany_of',
        r"requirements\[9\]\.any_of",
        "kind partner",
    ),
    "choice without options": (
        'id = "document"',
        'id = "document"\ntype = "choice"',
        r".*fields\[3\]\.options",
        "needs options",
    ),
    "single statement": (
        'id = "rule"\n',
        'id = "rule"\nsingle = true\n',
        r"steps\[4\]\.card_kinds\[0\]\.single",
        "many cards",
    ),
    "counted statements": (
        'kind = "matrix"',
        'kind = "matrix"\nsentences = {least = 1, most = 2}',
        r"steps\[6\]\.sentences",
        "no text",
    ),
    "texts without an agreed one": (
        'id = "mission"\nsingle = true',
        'id = "mission"',
        r"steps\[3\]\.card_kinds",
        "single = true",
    ),
    "composing many": (
        SINGLE_IMAGE,
        'id = "image"',
        r"steps\[5\]\.card_kinds",
        "one kind, with single = true",
    ),
    "composing without measure": (
        "sentences = { least = 3, most = 10 }",
        "",
        r"steps\[5\]\.sentences",
        "how many sentences",
    ),
    "measure upside down": (
        "{ least = 3, most = 10 }",
        "{ least = 10, most = 3 }",
        r"steps\[5\]\.sentences",
        "more than most",
    ),
    "plan without dates": (
        'id = "end"\ntype = "date"',
        'id = "end"',
        r"steps\[7\]\.card_kinds\[0\]\.fields",
        "the field end, a date",
    ),
    "plan without end": (
        'id = "end"\ntype = "date"',
        'id = "finish"\ntype = "date"',
        r"steps\[7\]\.card_kinds\[0\]\.fields",
        "field end",
    ),
    "matrix of one column": (
        'kind = "collect"\nminutes = 45',
        'kind = "matrix"\nminutes = 45',
        r"steps\[4\]\.card_kinds",
        "two kinds",
    ),
    "plan of many kinds": (
        'kind = "matrix"',
        'kind = "plan"',
        r"steps\[6\]\.card_kinds",
        "one kind, its actions",
    ),
}


@pytest.mark.parametrize(
    ("passage", "replacement", "key", "reason"), BREAKAGES.values(), ids=BREAKAGES.keys()
)
def test_a_broken_script_names_key_and_reason(
    breakage: Breakage, passage: str, replacement: str, key: str, reason: str
) -> None:
    found_key, found_reason = breakage(passage, replacement)
    assert re.fullmatch(key, found_key)
    assert re.search(reason, found_reason)


def test_a_missing_script_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(UserFault) as caught:
        load_script(tmp_path / "absent.toml")
    assert caught.value.facts == {
        "file": str(tmp_path / "absent.toml"),
        "key": "",
        "reason": "No such file or directory",
    }


def test_a_script_in_another_encoding_names_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "script.toml"
    path.write_bytes(b'id = "' + "Образ".encode("cp1251"))
    with pytest.raises(UserFault) as caught:
        load_script(path)
    assert (caught.value.facts["key"], caught.value.facts["reason"]) == ("byte 6", "not UTF-8")


def test_a_bundled_script_bears_the_name_of_its_folder(
    rewritten: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = rewritten('id = "obraz-budushchego-2025"', 'id = "obraz-budushchego-2035"')
    folder = tmp_path / "scripts" / "obraz-budushchego-2025"
    folder.mkdir(parents=True)
    broken.rename(folder / "script.toml")
    monkeypatch.setattr(loader, "resource", tmp_path.joinpath)
    with pytest.raises(UserFault) as caught:
        bundled_script("obraz-budushchego-2025")
    assert (caught.value.code, caught.value.facts["key"]) == ("data-broken", "id")
