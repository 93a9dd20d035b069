"""What stays of a Russian word when its endings go: «передать», «передача» and «передают» share «перед»."""

from functools import cache

SHORTEST = 3
_SUFFIXES = (
    "ировать", "ирование", "изация", "овать", "ование", "ивать", "ывать", "авать", "ивание", "ывание", "ение",
    "ание", "ить", "ать", "еть", "ять", "уть", "ться", "ка", "ация", "ция", "ость", "ный", "ский", "ический",
    "ической", "ий", "ый", "ой", "ие", "ия", "ье", "ник", "ница", "тель", "ок", "ек", "ец",
)  # fmt: skip
"""Endings and suffixes, the longest that fits is taken away."""
_VOWELS = "аеиоуыэюяьй"
_SOFTENED = str.maketrans("шщжзч", "стддт")
"""Consonants that change places within one root: «повысить» and «повышение», «ходить» and «хождение»."""


@cache
def root(lemma: str) -> str:
    """Return the root of a lemma in small letters, ё as е. Words with one root are mostly of one family."""
    word = lemma.removesuffix("ся")
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            word = word.removesuffix(suffix)
            break
    else:
        word = word.rstrip(_VOWELS) or word
    if len(word) > SHORTEST + 1 and word.endswith(("вл", "бл", "пл", "мл")):
        word = word[:-1]
    if len(word) > SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return word.translate(_SOFTENED)
