"""Regions and categories by the names people use for them, not only as the catalogues write them."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from facilitator.script.catalogues import Catalogues, Category, Subject

_WORD = re.compile(r"[^\W_]+")
_FEWEST_TO_LIST = 12
_WRITTEN_OUT = {
    "обл": "область",
    "кр": "край",
    "ао": "автономный округ",
    "респ": "",
    "республика": "",
    "г": "",
    "гор": "",
    "город": "",
    "oblast": "region",
    "krai": "territory",
    "republic": "",
    "city": "",
    "of": "",
}
"""Abbreviations as the catalogues write them; what does not tell one from another falls away."""

Entries = Mapping[str, Subject] | Mapping[str, Category]


def find_region(words: str, catalogues: Catalogues) -> str | None:
    """Return the code of the region that ``words`` mean: its code, or words that stand in one name only."""
    return words if words in catalogues.subjects else _find(words, catalogues.subjects)


def find_category(words: str, catalogues: Catalogues) -> str | None:
    """Return the id of the category of participants that ``words`` mean."""
    return words if words in catalogues.categories else _find(words, catalogues.categories)


def _find(words: str, entries: Entries) -> str | None:
    wanted = _words(words)
    if not wanted:
        return None
    names = {key: [_words(name) for name in _names(entry)] for key, entry in entries.items()}
    exact = [key for key, each in names.items() if wanted in each]
    within = [key for key, each in names.items() if any(wanted <= name for name in each)]
    return exact[0] if exact else within[0] if len(within) == 1 else None


def _names(entry: Subject | Category) -> tuple[str, ...]:
    return (entry.title.ru, entry.title.en, *entry.also)


def _words(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    return frozenset(" ".join(_WRITTEN_OUT.get(word, word) for word in words).split())


def nearest_titles(value: str, entries: Entries, language: str) -> list[str]:
    """Return the titles a person may have meant: all where they are few, else those most like ``value``."""
    titles = {key: entry.title.in_language(language) for key, entry in entries.items()}
    if len(titles) <= _FEWEST_TO_LIST:
        return list(titles.values())
    keys = {name.casefold(): key for key, entry in entries.items() for name in _names(entry)}
    near = get_close_matches(value.casefold(), keys, n=3, cutoff=0.5) or list(keys)[:3]
    return list(dict.fromkeys(titles[keys[name]] for name in near))
