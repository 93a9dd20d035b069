"""Counting sentences as a reader would."""

import pytest

from facilitator.script.sentences import count_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("… — !", 0),
        ("Без точки в конце", 1),
        ("Мы вместе. Мы рядом! Мы слышим? Да…", 4),
        ("Что?! Не может быть...", 2),
        ("Он сказал: «Приходите». «Зачем?» Все пришли.", 3),
        ("В г. Уфе и на ул. Ленина открыт центр.", 1),
        ("Так писал А. С. Пушкин. Так думаем и мы.", 2),
        ("К 2025 г. Каждый получит помощь. Раньше, в 2018г. Всё было иначе.", 4),
        ("Доля выросла до 2.5 раза и т. д. и т. п. за год.", 1),
        ("Мы помогаем им. Они помогают нам.", 2),
        ("Первая строка\nВторая строка\n\n", 2),
        ("10 центров открыты. 200 семей рядом.", 2),
        ("Everyone is heard. Dr. Smith agrees. “Yes.” All do.", 4),
    ],
)
def test_sentences_are_counted(text: str, count: int) -> None:
    assert count_sentences(text) == count
