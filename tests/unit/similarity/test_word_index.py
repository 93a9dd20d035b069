"""Near duplicates by words: the forms of Russian words, rare words above common ones, longer statements."""

import pytest

from facilitator.similarity.lemmas import Lemmatizer, words_of
from facilitator.similarity.word_index import WordIndex

LEMMATIZER = Lemmatizer()
BOARD = {
    "taxi": "Социальное такси ходит в каждую деревню",
    "bus": "Автобус в деревню ходит раз в неделю",
    "fees": "Семья платит за кружки для детей",
    "doctor": "Врач приезжает к пожилым на дом",
}


@pytest.fixture
def index() -> WordIndex:
    index = WordIndex(LEMMATIZER)
    index.update(BOARD)
    return index


def keys(index: WordIndex, text: str) -> list[str]:
    return [near.key for near in index.nearest(text)]


def test_words_are_those_of_people() -> None:
    text = "«Ёлка» и СОЦ-такси,\u00a02025_год"
    found = list(words_of(text))
    assert [word.text for word in found] == ["елка", "и", "соц", "такси", "2025", "год"]
    assert [text[word.start : word.end] for word in found] == ["Ёлка", "и", "СОЦ", "такси", "2025", "год"]


def test_forms_of_a_word_are_one_and_what_only_binds_is_left_out() -> None:
    assert LEMMATIZER.lemmas("Семьям и в семье") == LEMMATIZER.lemmas("СЕМЬЯ") == {"семья"}
    assert LEMMATIZER.lemmas("всё ещё жёстко") >= {"жестко"}
    assert LEMMATIZER.lemmas("и для, чтобы") == frozenset()


def test_what_is_on_the_board_in_other_forms_is_found(index: WordIndex) -> None:
    (near, *_rest) = index.nearest("социальным такси в деревни")
    assert near.key == "taxi"
    assert {"социальный", "такси", "деревня"} <= near.shared


def test_the_words_that_both_have_are_told_by_their_places(index: WordIndex) -> None:
    (near, *_rest) = index.nearest("социальным такси и в деревни")
    text = BOARD[near.key]
    assert [text[start:end] for start, end in near.places] == ["Социальное", "такси", "деревню"]


def test_a_long_text_is_not_like_everything_that_is_said(index: WordIndex) -> None:
    asked = "Семья с детьми ездит в деревню"
    index.update({**BOARD, "image": "семья, дети, деревня"})
    assert keys(index, asked) == ["image"]
    index.update({**BOARD, "image": "семья, дети, деревня" + "".join(f", слово{n}" for n in range(40))})
    assert keys(index, asked) == []


def test_what_shares_one_word_or_only_common_ones_is_not(index: WordIndex) -> None:
    assert keys(index, "Такси") == []
    assert keys(index, "Деревня без врача и аптеки, но с почтой") == []
    assert keys(index, "") == []


def test_the_index_follows_the_group(index: WordIndex) -> None:
    index.update({**BOARD, "taxi": "Врач ходит по домам", "new": "Кружки для детей платит семья"})
    assert keys(index, "социальное такси в деревне") == []
    assert set(keys(index, "семья платит за кружки")) == {"fees", "new"}
    index.update({})
    assert keys(index, "семья платит за кружки") == []


def test_the_asked_may_be_narrowed_and_limited(index: WordIndex) -> None:
    index.update({**BOARD, "new": "Кружки для детей платит семья"})
    asked = "семья платит за кружки"
    assert [near.key for near in index.nearest(asked, among=["new", "bus"])] == ["new"]
    assert len(index.nearest(asked, limit=1)) == 1


def test_pairs_are_told_once_and_only_when_each_says_what_the_other_does(index: WordIndex) -> None:
    index.update(
        {
            **BOARD,
            "new": "За кружки для детей платят семьи",
            "long": f"{BOARD['doctor']}, и вся деревня поёт хором",
        }
    )
    assert [{one, near.key} for one, near in index.pairs([*BOARD, "new", "long", "gone"])] == [
        {"fees", "new"}
    ]


def test_a_word_that_no_dictionary_has_is_brought_to_its_base_all_the_same() -> None:
    assert not LEMMATIZER.knows("тьюторами")
    assert LEMMATIZER.knows("семьями")
    assert LEMMATIZER.bases("тьюторы") & LEMMATIZER.bases("тьютор")
