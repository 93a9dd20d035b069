"""People as they are pasted or typed: a line each, «Имя; регион; категория; организация; контакт».

Only the name is needed; cells copied from a table come with tabs and are read the same way.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from facilitator.script.catalogues import Catalogues, Category, Subject
from facilitator.services.commands import NewPerson

_SEPARATOR = re.compile(r"[;\t]")
_WORD = re.compile(r"[^\W_]+")


class Problem(NamedTuple):
    """A line that cannot be taken: its number from 1, ``region`` or ``category``, and what stands there."""

    line: int
    part: str
    value: str


class PeopleLines(NamedTuple):
    """The people that were understood and the problems of the other lines."""

    people: tuple[NewPerson, ...]
    problems: tuple[Problem, ...]


def read_people(text: str, catalogues: Catalogues) -> PeopleLines:
    """Read people from lines; empty lines are left out, and a bad line does not stop the others."""
    people: list[NewPerson] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part.strip() for part in _SEPARATOR.split(line)] + [""] * 5
        name, region, category, organization, contact = parts[:5]
        if not any(parts):
            continue
        found_region = find_region(region, catalogues)
        found_category = find_category(category, catalogues)
        wrong = [
            Problem(number, part, value)
            for part, value, found in (
                ("region", region, found_region),
                ("category", category, found_category),
            )
            if value and found is None
        ]
        if wrong:
            problems += wrong
        else:
            people.append(NewPerson(name, organization, contact, found_region, found_category))
    return PeopleLines(tuple(people), tuple(problems))


def find_region(words: str, catalogues: Catalogues) -> str | None:
    """Return the code of the region that ``words`` mean: its code, or words that stand in one title only."""
    return words if words in catalogues.subjects else _find(words, catalogues.subjects)


def find_category(words: str, catalogues: Catalogues) -> str | None:
    """Return the id of the category of participants that ``words`` mean."""
    return words if words in catalogues.categories else _find(words, catalogues.categories)


def _find(words: str, entries: Mapping[str, Subject] | Mapping[str, Category]) -> str | None:
    wanted = _words([words])
    if not wanted:
        return None
    titles = {key: (entry.title.ru, entry.title.en) for key, entry in entries.items()}
    exact = [key for key, both in titles.items() if any(_words([title]) == wanted for title in both)]
    within = [key for key, both in titles.items() if any(wanted <= _words([title]) for title in both)]
    return exact[0] if exact else within[0] if len(within) == 1 else None


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold().replace("ё", "е")))
