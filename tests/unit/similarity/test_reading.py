"""What a statement is read as: roots, notions, phrases, numbers; and groups made of pairs."""

import pytest

from facilitator.similarity.grouping import groups
from facilitator.similarity.language import LONGEST_PHRASE, roots_of, russian
from facilitator.similarity.morphology import form_of
from facilitator.similarity.pairs import lexicon
from facilitator.similarity.reading import read
from facilitator.similarity.roots import root


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("повысить", "повышение"),
        ("передать", "передавать"),
        ("обеспечить", "обеспечение"),
        ("выделить", "выделение"),
        ("заниматься", "занимать"),
        ("длинный", "длинна"),
    ],
)
def test_words_of_one_family_have_one_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize("word", ["он", "дом", "яя", "ось"])
def test_a_short_word_stays_a_word(word: str) -> None:
    assert root(word)


def test_a_word_the_dictionary_lacks_is_taken_for_a_name() -> None:
    assert form_of("зюкабрь") == ("зюкабрь", "name", False, frozenset())
    assert form_of("12а").kind == "number"
    assert form_of("для").binds
    assert form_of("домами").lemma == "дом"


def test_words_and_phrases_of_one_line_are_one_notion() -> None:
    readings = read(["зарплата", "заработная плата", "оклад", "Заработной платы врача"], lexicon())
    notions = [readings.fields["notion"][start] for start in readings.starts[:-1]]
    assert len(set(notions)) == 1
    assert readings.starts[1:].tolist() == [1, 2, 3, 5]


def test_a_phrase_does_not_reach_into_the_next_text() -> None:
    readings = read(["заработная", "плата"], lexicon())
    assert readings.fields["notion"][0] != read(["зарплата"], lexicon()).fields["notion"][0]
    assert readings.starts.tolist() == [0, 1, 2]


def test_the_language_holds_nothing_twice_that_matters() -> None:
    language = russian()
    assert all(0 < len(roots) <= LONGEST_PHRASE for roots in language.notions)
    assert language.axes[roots_of("увеличить")] == -language.axes[roots_of("уменьшить")]
    assert language.levels[roots_of("областной")] == language.levels[roots_of("региональный")]
    assert language.people[roots_of("врач")] != language.people[roots_of("студент")]


def test_groups_do_not_hang_on_a_chain() -> None:
    chain = {(0, 1): 0.9, (1, 2): 0.8, (2, 3): 0.7}
    assert groups(chain, (), 0.5) == [[0, 1], [2, 3]]
    assert groups(chain, (), 0.1) == [[0, 1, 2, 3]]


def test_what_is_to_stay_apart_never_meets() -> None:
    full = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.9, (2, 3): 0.8}
    assert groups(full, [(0, 3)], 0.1) == [[0, 1, 2]]
    assert groups({(0, 1): 0.9, (2, 3): 0.8, (1, 2): 0.7}, [(0, 3)], 0.1) == [[0, 1], [2, 3]]
    assert groups({(0, 1): 0.9, (1, 2): 0.9, (2, 3): 0.9}, [(1, 3), (0, 5)], 0.2) == [[0, 1, 2]]
    assert groups({}, (), 0.5) == []
