"""The reader of hunspell's dictionaries: endings, capitals, what was meant, what it does not understand."""

import pytest

from facilitator.services.hunspell import Dictionary

AFFIXES = """\
# a comment
SET UTF-8
TRY оеаимншщА

SFX A Y 3
SFX A   а     ы      [^гк]а
SFX A   а     ой     а
SFX A   0     ми     а
SFX B N 1
SFX B   ть    л      ть   # with a comment
"""
WORDS = """\
5
мама/A
книга/A
быть/B
быть/A
Нина/A
НКО
"""


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary(AFFIXES, WORDS)


@pytest.mark.parametrize("word", ["мама", "мамы", "мамой", "мамами", "книгой", "был", "быть", "НКО", "Нины"])
def test_stems_and_stems_with_their_endings_are_right(dictionary: Dictionary, word: str) -> None:
    assert dictionary.lookup(word)


@pytest.mark.parametrize("word", ["книгы", "мамал", "мам", "ой", "ми", "", "м", "бытьл"])
def test_an_ending_needs_its_stem_its_flag_and_its_condition(dictionary: Dictionary, word: str) -> None:
    assert not dictionary.lookup(word)


def test_any_word_may_begin_with_a_capital_and_a_name_must(dictionary: Dictionary) -> None:
    assert dictionary.lookup("Мамой")
    assert not dictionary.lookup("МАМОЙ")
    assert not dictionary.lookup("нины")


@pytest.mark.parametrize(
    ("slip", "first"),
    [
        ("мома", "мама"),
        ("амма", "мама"),
        ("мамма", "мама"),
        ("маа", "мама"),
        ("быт", "быть"),
        ("мамакнига", "мама книга"),
        ("нины", "Нины"),
        ("Киига", "Книга"),
    ],
)
def test_what_was_meant_is_one_slip_away_and_keeps_its_capital(
    dictionary: Dictionary, slip: str, first: str
) -> None:
    assert next(dictionary.suggest(slip)) == first


def test_nothing_is_suggested_where_nothing_is_near_and_nothing_twice(dictionary: Dictionary) -> None:
    assert list(dictionary.suggest("совсемдругое")) == []
    suggestions = list(dictionary.suggest("мамм"))
    assert len(suggestions) == len(set(suggestions))


@pytest.mark.parametrize(
    "line", ["PFX A Y 1", "COMPOUNDFLAG X", "SFX AA а ы а", "SFX A а ы/B а", "FLAG long"]
)
def test_a_dictionary_that_says_more_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="in the affix file"):
        Dictionary(f"{AFFIXES}{line}\n", WORDS)


def test_a_dictionary_without_endings_is_a_list_of_words() -> None:
    plain = Dictionary("SET UTF-8\n", WORDS)
    assert plain.lookup("мама")
    assert not plain.lookup("мамы")
