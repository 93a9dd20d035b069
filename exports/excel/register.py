"""Reading a register of people from a sheet as organizers keep it: any order of columns, everyday names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from facilitator.errors import UserFault
from facilitator.script.catalogues import Catalogues
from facilitator.script.everyday_names import find_category, find_region
from facilitator.services.commands import NewPerson

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 1_000
"""More people than any group has, fewer than would stop the program."""
_HEADS: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(
        r"\A(фио|ф\.\s*и\.\s*о|фамилия|имя|участник|(full )?name|participant)\b", re.IGNORECASE
    ),
    "region": re.compile(r"регион|субъект|область|region|subject", re.IGNORECASE),
    "category": re.compile(r"категори|группа|category", re.IGNORECASE),
    "organization": re.compile(r"организаци|место работы|organi[sz]ation|employer", re.IGNORECASE),
    "contact": re.compile(r"контакт|телефон|почт|e-?mail|contact|phone", re.IGNORECASE),
}
"""What the head of each column is likely to say; the first that fits counts."""


def read_register(path: Path, catalogues: Catalogues) -> tuple[NewPerson, ...]:
    """Read the people of the first sheet: a head that names the columns, a row for each person.

    Raises ``UserFault`` ``file-missing``, ``register-unreadable`` with the ``problem``, ``region-unknown``
    and ``category-unknown`` with the ``line``; then nothing has been taken.
    """
    rows = _rows(path)
    number, columns = _find_head(rows, path)
    people: list[NewPerson] = []
    for line, row in enumerate(rows, number + 1):
        cells = {name: _text(row[place]) if place < len(row) else "" for name, place in columns.items()}
        if any(cells.values()):
            if len(people) == MAX_ROWS:
                raise UserFault("register-unreadable", path=path, problem="too many rows")
            people.append(_person(cells, line, catalogues))
    if not people:
        raise UserFault("register-unreadable", path=path, problem="no people")
    return tuple(people)


def _rows(path: Path) -> Iterator[tuple[Any, ...]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserFault("register-unreadable", path=path, problem="is too long")
        workbook = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise UserFault("file-missing", path=path) from None
    except OSError as error:
        raise UserFault("register-unreadable", path=path, problem=error.strerror) from None
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        raise UserFault("register-unreadable", path=path, problem="not a workbook") from None
    try:
        yield from workbook.worksheets[0].iter_rows(values_only=True)
    finally:
        workbook.close()


def _find_head(rows: Iterable[tuple[Any, ...]], path: Path) -> tuple[int, dict[str, int]]:
    """Return the number of the first row that names the columns, and the place of each that is known."""
    for number, row in enumerate(rows, 1):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            name = next((name for name, words in _HEADS.items() if words.search(_text(cell))), None)
            if name is not None:
                columns.setdefault(name, place)
        if "name" in columns:
            return number, columns
    raise UserFault("register-unreadable", path=path, problem="no column of names")


def _person(cells: Mapping[str, str], line: int, catalogues: Catalogues) -> NewPerson:
    region, category = cells.get("region", ""), cells.get("category", "")
    found_region = find_region(region, catalogues)
    found_category = find_category(category, catalogues)
    if region and found_region is None:
        raise UserFault("region-unknown", region=region, line=line, field="region")
    if category and found_category is None:
        raise UserFault("category-unknown", category=category, line=line, field="category")
    organization, contact = cells.get("organization", ""), cells.get("contact", "")
    return NewPerson(cells["name"], organization, contact, found_region, found_category)


def _text(cell: object) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""
