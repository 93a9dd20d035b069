"""Spelling help: what is marked, what is left alone, what is suggested and learned."""

from pathlib import Path

import pytest

from facilitator.errors import EnvironmentFault
from facilitator.services.spelling import Speller, russian_words
from facilitator.similarity.lemmas import Lemmatizer


@pytest.fixture(scope="module")
def lemmatizer() -> Lemmatizer:
    return Lemmatizer()


@pytest.fixture(scope="module")
def speller(tmp_path_factory: pytest.TempPathFactory, lemmatizer: Lemmatizer) -> Speller:
    return Speller(tmp_path_factory.mktemp("home") / "words.txt", lemmatizer)


def test_only_russian_words_are_checked_and_no_abbreviations() -> None:
    text = "СЗФО: всё-таки «ёлка» no е2е я, НКО-партнёры 2025 год_ и-mail МРОТа СоцТех В-2 2-й СО-НКО"
    assert [place.word for place in russian_words(text)] == ["всё-таки", "ёлка", "НКО-партнёры", "год"]
    assert [text[start : start + len(word)] for start, word in russian_words(text)][1] == "ёлка"


@pytest.mark.parametrize(
    "word",
    [
        "семья",
        "Семьями",
        "ребёнок",
        "ребенок",
        "соцзащиты",
        "онлайн",
        "всё‑таки",
        "НКО-партнёры",
        "Санкт-Петербурга",
        "по-новому",
        "соцработниками",
        "Стационарозамещающие",
    ],
)
def test_words_of_any_dictionary_are_right(speller: Speller, word: str) -> None:
    assert speller.is_right(word)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("помошь", "помощь"),
        ("Карова", "Корова"),
        ("програма", "программа"),
        ("сдесь", "здесь"),
        ("тоесть", "то есть"),
        ("НКО-портнёры", "НКО-партнёры"),
    ],
)
def test_a_slip_is_seen_and_what_was_meant_is_among_the_suggestions(
    speller: Speller, slip: str, meant: str
) -> None:
    assert not speller.is_right(slip)
    suggestions = speller.suggest(slip)
    assert meant in suggestions
    assert len(suggestions) <= 6


def test_where_two_parts_are_wrong_nothing_is_suggested(speller: Speller) -> None:
    assert speller.suggest("карова-помошь") == ()
    assert speller.suggest("семья-помощь") == ()


def test_a_word_is_learned_in_all_its_forms_and_for_good(tmp_path: Path, lemmatizer: Lemmatizer) -> None:
    path = tmp_path / "home" / "words.txt"
    speller = Speller(path, lemmatizer)
    assert not speller.is_right("вайфаем")
    speller.learn("Вайфай")
    speller.learn("крауд-проект")
    speller.learn("Вайфай")
    again = Speller(path, lemmatizer)
    for right in (speller, again):
        assert right.is_right("вайфаем")
        assert right.is_right("крауд-проекта")
    assert path.read_text("utf-8").split() == ["Вайфай", "крауд-проект"]


def test_a_broken_list_of_words_costs_the_list_alone(tmp_path: Path, lemmatizer: Lemmatizer) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xff\xfe")
    speller = Speller(path, lemmatizer)
    assert not speller.is_right("вайфай")
    assert speller.is_right("семья")
    speller.learn("вайфай")
    assert path.read_text("utf-8").split() == ["вайфай"]


def test_a_disk_that_refuses_is_told_and_the_word_is_learned_meanwhile(
    tmp_path: Path, lemmatizer: Lemmatizer
) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    speller = Speller(tmp_path / "home" / "words.txt", lemmatizer)
    with pytest.raises(EnvironmentFault):
        speller.learn("вайфай")
    assert speller.is_right("вайфаем")
