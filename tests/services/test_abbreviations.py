"""Abbreviations: read from lines, kept in the home, expanded only when switched on."""

from pathlib import Path

import pytest

from facilitator.services.abbreviations import (
    Abbreviations,
    load_abbreviations,
    read_lines,
    save_abbreviations,
)

WORDS = {"соцобс": "социальное обслуживание", "мр": "муниципальный район"}


def test_lines_are_read_and_those_that_are_none_are_numbered() -> None:
    text = "СоцОбс = социальное обслуживание\n\nбез знака\nмр=муниципальный район\n= пусто\nдва слова = нет"
    assert read_lines(text) == (WORDS, (3, 5, 6))
    assert read_lines(Abbreviations(WORDS).lines) == (WORDS, ())


def test_a_word_is_expanded_with_its_capital_and_only_when_switched_on() -> None:
    on = Abbreviations(WORDS, on=True)
    assert on.expansion("соцобс") == "социальное обслуживание"
    assert on.expansion("Соцобс") == "Социальное обслуживание"
    assert on.expansion("соц") is None
    assert Abbreviations(WORDS).expansion("соцобс") is None


def test_the_list_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "home" / "abbreviations.json"
    save_abbreviations(path, Abbreviations(WORDS, on=True))
    assert load_abbreviations(path) == Abbreviations(WORDS, on=True)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"on": 1, "words": 5}', b"\xff"])
def test_a_broken_list_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    assert load_abbreviations(tmp_path / "a.json") == Abbreviations()
