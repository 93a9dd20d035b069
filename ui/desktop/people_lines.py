"""People as they are pasted or typed: a line each, «Имя; регион; категория; организация; контакт».

Only the name is needed; cells copied from a table come with tabs and are read the same way, and so are commas
where what follows the name is a region or a category.
"""

import re
from gettext import NullTranslations
from typing import NamedTuple

from facilitator.script.catalogues import Catalogues
from facilitator.script.everyday_names import find_category, find_region, nearest_titles
from facilitator.services.commands import NewPerson

_SEPARATOR = re.compile(r"[;\t]")


class Problem(NamedTuple):
    """What was left out of a line: its number from 1, ``region`` or ``category``, and what stands there."""

    line: int
    part: str
    value: str


class PeopleLines(NamedTuple):
    """The people, and what of their lines was not understood: it is empty with them."""

    people: tuple[NewPerson, ...]
    problems: tuple[Problem, ...]


def read_people(text: str, catalogues: Catalogues) -> PeopleLines:
    """Read people from lines; empty lines are left out, and an unknown word stops nobody."""
    people: list[NewPerson] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line, catalogues)
        if not any(cells):
            continue
        name, region, category, organization, contact = cells
        found_region = find_region(region, catalogues)
        found_category = find_category(category, catalogues)
        if region and found_region is None:
            problems.append(Problem(number, "region", region))
        if category and found_category is None:
            problems.append(Problem(number, "category", category))
        people.append(NewPerson(name, organization, contact, found_region, found_category))
    return PeopleLines(tuple(people), tuple(problems))


def _cells(line: str, catalogues: Catalogues) -> list[str]:
    """Return the five cells of a line; a category that stands where the region should is put in its place."""

    def is_region(words: str) -> bool:
        return find_region(words, catalogues) is not None

    def is_category(words: str) -> bool:
        return find_category(words, catalogues) is not None

    cells = [cell.strip() for cell in _SEPARATOR.split(line)]
    if len(cells) == 1:
        parts = [part.strip() for part in line.split(",")]
        if any(is_region(part) or is_category(part) for part in parts[1:3]):
            cells = parts
    if len(cells) > 1 and is_category(cells[1]) and not is_region(cells[1]):
        if len(cells) > 2 and is_region(cells[2]):
            cells[1:3] = cells[2], cells[1]
        else:
            cells.insert(1, "")
    return (cells + [""] * 5)[:5]


def problem_words(problem: Problem, catalogues: Catalogues, texts: NullTranslations, language: str) -> str:
    """Return what was not understood in a line of people, what becomes of it, and what could stand there."""
    _ = texts.gettext
    if problem.part == "region":
        words = _("Line {n}: there is no region “{value}”, it will be empty. Write it so: {allowed}")
        allowed = nearest_titles(problem.value, catalogues.subjects, language)
    else:
        words = _("Line {n}: there is no category “{value}”, it will be empty. Write it so: {allowed}")
        allowed = nearest_titles(problem.value, catalogues.categories, language)
    return words.format(n=problem.line, value=problem.value, allowed=", ".join(allowed))
