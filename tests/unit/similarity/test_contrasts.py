"""Statements that sound alike and say something else: each way of contradicting is seen, nothing else is."""

import numpy as np
import pytest

from facilitator.similarity.contrasts import CONTRASTS, contrasts
from facilitator.similarity.lexicon import Lexicon
from facilitator.similarity.pairs import lexicon
from facilitator.similarity.reading import Readings, read


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon()


def found(one: str, other: str, words: Lexicon) -> set[str]:
    readings: Readings = read([one, other], words)
    (row,) = contrasts(readings, np.array([0]), np.array([1]))
    return {name for name, is_so in zip(CONTRASTS, row, strict=True) if is_so}


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [
        ("Поднять тариф на перевозку", "Снизить тариф на перевозку", "direction"),
        ("Больше кружков, меньше отчётов", "Меньше кружков, больше отчётов", "direction"),
        ("Разрешить ночные посещения в больнице", "Запретить ночные посещения в больнице", "direction"),
        ("Только по записи через сайт", "Не только по записи через сайт", "direction"),
        ("Сиделке можно работать ночью", "Сиделке нельзя, не работать ночью", "negation"),
        ("Принимать с учётом очереди", "Принимать без учёта очереди", "negation"),
        ("Кружок на 12 человек", "Кружок на 20 человек", "number"),
        ("Проверять кухню раз в три месяца", "Проверять кухню раз в три года", "number"),
        ("Закрепить выплату районным решением", "Закрепить выплату федеральным решением", "level"),
        ("Бесплатный проезд для ветеранов", "Бесплатный проезд для студентов", "people"),
    ],
)
def test_a_contradiction_is_seen_from_both_sides(one: str, other: str, contrast: str, words: Lexicon) -> None:
    assert contrast in found(one, other, words)
    assert found(other, one, words) == found(one, other, words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Поднять тариф на перевозку", "Повышение тарифа на перевозку"),
        ("Не реже двух раз в год", "Дважды в год, не реже"),
        ("Кружок на двенадцать человек", "Кружок на 12 человек"),
        ("Раз в полтора года", "Раз в полтора года проверять"),
        ("Бесплатный проезд для пенсионеров", "Бесплатный проезд пожилым людям"),
        ("Закрепить выплату областным решением", "Закрепить выплату региональным решением"),
        ("Поднять тариф", "Открыть музей по ночам и не закрывать"),
    ],
)
def test_what_agrees_or_has_nothing_to_do_with_it_does_not_contradict(
    one: str, other: str, words: Lexicon
) -> None:
    assert not found(one, other, words)


def test_nothing_contradicts_nothing(words: Lexicon) -> None:
    assert not found("", "", words)
    assert contrasts(read([], words), np.array([], int), np.array([], int)).shape == (0, len(CONTRASTS))
