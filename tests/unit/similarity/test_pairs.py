"""How alike statements are, which of many are, and what groups there are; by words and by meaning."""

import random
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.similarity import meaning
from facilitator.similarity.candidates import candidates
from facilitator.similarity.model import trained
from facilitator.similarity.pairs import cluster, find_similar, lexicon, likenesses, score_pairs
from facilitator.similarity.reading import read

BUSES = "Пустить автобус до каждого дальнего хутора"
BUSES_AGAIN = "Автобус пустить до дальних хуторов каждого района"
CLUBS = "Открыть при библиотеке клуб вязания"
SYLLABLES = ("ка", "но", "ли", "ме", "ру", "сы", "дя", "вё", "по", "ше", "то", "гу")


def invented(number: int, seed: int) -> list[str]:
    """Return statements of words that nobody has ever said."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(3 * number)]
    return [" ".join(chance.sample(words, 8)) for _ in range(number)]


def test_what_says_the_same_scores_above_what_does_not() -> None:
    same, other = score_pairs([(BUSES, BUSES_AGAIN), (BUSES, CLUBS)])
    assert same > 0.8
    assert other < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BUSES, BUSES.upper()),
        (BUSES, unicodedata.normalize("NFD", BUSES)),
        ("Ещё один лифт для подъезда", "еще один лифт, для подъезда…"),
        ("Проверить лифты в подъездах", "Проверка лифтов в подъездах"),
    ],
    ids=["capitals", "another form of Unicode", "ё and marks", "a noun for the verb"],
)
def test_the_way_of_writing_is_of_no_account(one: str, other: str) -> None:
    assert score_pairs([(one, other)])[0] > 0.8


def test_nothing_to_compare_is_no_trouble() -> None:
    assert score_pairs([]) == []
    assert list(find_similar([])) == []
    assert list(find_similar(["", "!", "и не"])) == []
    assert cluster([BUSES]) == []
    assert 0 <= score_pairs([("", "")])[0] <= 1


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_a_score_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    forth, back = score_pairs([(one, other), (other, one)])
    assert 0 <= forth <= 1
    assert forth == pytest.approx(back, abs=1e-5)


def test_a_score_does_not_depend_on_the_other_pairs() -> None:
    pairs = [(BUSES, BUSES_AGAIN), (BUSES, CLUBS), (CLUBS, BUSES_AGAIN)]
    together = score_pairs(pairs)
    assert [score_pairs([pair])[0] for pair in pairs] == pytest.approx(together, abs=1e-5)


def test_planted_near_duplicates_are_found_among_many() -> None:
    texts = invented(3_200, seed=7)
    chance = random.Random(8)
    planted = set()
    for place in range(0, 400, 2):
        words = texts[place].split()
        chance.shuffle(words)
        texts[place + 1] = " ".join([*words[:-1], "сообща"] if place % 4 else words)
        planted.add((place, place + 1))
    found = {(one, other) for one, other, _ in find_similar(texts)}
    assert len(found & planted) >= 0.97 * len(planted)
    assert len(found & planted) >= 0.97 * len(found)


def test_pairs_come_in_order_each_once_and_the_same_each_time() -> None:
    texts = [BUSES, CLUBS, BUSES_AGAIN, BUSES.lower(), *invented(50, seed=1)]
    found = list(find_similar(texts))
    assert found == sorted(found)
    assert found == list(find_similar(texts))
    assert {(0, 2), (0, 3), (2, 3)} <= {(one, other) for one, other, _ in found}
    strict = list(find_similar(texts, threshold=0.99))
    assert strict == [each for each in found if each[2] >= 0.99]


def test_groups_hold_what_belongs_together() -> None:
    texts = [CLUBS, BUSES, "Клуб вязания при библиотеке открыть", BUSES_AGAIN, BUSES.lower(), "Починить лифт"]
    assert cluster(texts) == [[0, 2], [1, 3, 4]]


def test_what_contradicts_is_shown_and_never_offered() -> None:
    texts = [
        "Увеличить число сиделок в районе",
        "Уменьшить число сиделок в районе",
        "Увеличение числа сиделок",
    ]
    found = {(each.one, each.other): each for each in likenesses(texts)}
    assert found[0, 1].contrasts == ("direction",)
    assert found[0, 1].score < 0.5
    assert found[0, 2].by_words
    assert not found[0, 2].contrasts
    assert all({0, 1} - set(group) for group in cluster(texts))
    assert (0, 1) not in {(one, other) for one, other, _ in find_similar(texts, threshold=0.1)}


def test_words_alone_judge_too() -> None:
    readings = read([BUSES, BUSES_AGAIN, CLUBS], lexicon())
    left, right = candidates(readings, None)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1)]
    judged = trained().judge(readings, np.array([0, 0]), np.array([1, 2]), None)
    assert judged.scores[0] > 0.8 > judged.scores[1]
    assert judged.by_words.tolist() == [True, False]
    assert not judged.meaning.any()


def test_meaning_finds_what_no_word_shares() -> None:
    assert meaning.is_present(), "the extra «semantic» belongs to the locked environment"
    texts = ["Бесплатное такси для лежачих больных", "Возить неходячих пациентов на машине даром", CLUBS]
    directions = meaning.directions(texts)
    assert directions is not None
    assert np.linalg.norm(directions, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert directions[0] @ directions[1] > directions[0] @ directions[2]
    empty = meaning.directions([])
    assert empty is not None
    assert len(empty) == 0
