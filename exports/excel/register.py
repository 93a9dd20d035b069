"""Reading a register of people from a sheet as organizers keep it: any order of columns, everyday names."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from zipfile import ZipFile

from openpyxl import load_workbook

from facilitator.errors import UserFault
from facilitator.script.catalogues import Catalogues
from facilitator.script.everyday_names import find_category, find_region
from facilitator.services.commands import NewPerson

MAX_BYTES = 16 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
"""What a workbook may hold in all, in bytes: a small archive can be made to hold a disk full of zeros."""
MAX_ROWS = 1_000
"""More people than any group has, fewer than would stop the program."""
_MAX_FILLED = MAX_ROWS + 100
"""People, and the titles above them."""
_LAST_ROW = 20_000
"""Sheets may go on with empty rows to the millionth."""
_LAST_COLUMN = 100
PARTS = ("name", "region", "category", "organization", "contact")
"""What a column of a register may hold."""
Row = tuple[Any, ...]
_HEADS: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(
        r"\A(фио|ф\.\s*и\.\s*о|фамилия|имя|участник|(full )?name|participant)\b", re.IGNORECASE
    ),
    "region": re.compile(r"регион|субъект|область|region|subject", re.IGNORECASE),
    "category": re.compile(r"категори|группа|category", re.IGNORECASE),
    "organization": re.compile(r"организаци|место работы|organi[sz]ation|employer", re.IGNORECASE),
    "contact": re.compile(r"контакт|\bтел|почт|e-?mail|contact|phone", re.IGNORECASE),
}
"""What the head of each column is likely to say."""
_PART_OF_NAME = re.compile(
    r"\A(фамилия|имя|отчество|first name|last name|surname|patronymic)\Z", re.IGNORECASE
)
"""Names that stand in several columns are put together; so are telephones and addresses."""


class RegisterSheet(NamedTuple):
    """A sheet as it was read: its head, its filled rows with their numbers, and what each column is guessed
    to hold by its place: ``name``, ``region``, ``category``, ``organization`` or ``contact``."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: Mapping[int, str]


class Unknown(NamedTuple):
    """A word of a row that stands in no catalogue: ``part`` is ``region`` or ``category``."""

    part: str
    value: str


class RegisterRow(NamedTuple):
    """A person of a row, without what was not understood of it."""

    line: int
    person: NewPerson
    unknown: tuple[Unknown, ...]


def read_register(path: Path, catalogues: Catalogues) -> tuple[NewPerson, ...]:
    """Read the people of the first sheet: a head that names the columns, a row for each person.

    Raises ``UserFault`` ``file-missing``, ``register-unreadable`` with the ``problem``, ``region-unknown``
    and ``category-unknown`` with the ``line``; then nothing has been taken.
    """
    sheet = open_register(path)
    if "name" not in sheet.columns.values():
        raise UserFault("register-unreadable", path=path, problem="no column of names")
    rows = register_rows(sheet, sheet.columns, catalogues)
    for line, _person, unknown in rows:
        for part, value in unknown:
            if part == "region":
                raise UserFault("region-unknown", region=value, line=line, field=part)
            raise UserFault("category-unknown", category=value, line=line, field=part)
    if not rows:
        raise UserFault("register-unreadable", path=path, problem="no people")
    return tuple(row.person for row in rows)


def open_register(path: Path) -> RegisterSheet:
    """Read the first sheet; where no row names the columns, the first filled one stands for the head.

    Raises ``UserFault`` ``file-missing``, ``register-unreadable`` with the ``problem``.
    """
    rows = _without_empty_columns([(line, tuple(map(_text, row))) for line, row in _rows(path)])
    places = (place for place, (_line, row) in enumerate(rows) if "name" in _guess(row).values())
    head = next(places, 0)
    people = rows[head + 1 :]
    if len(people) > MAX_ROWS:
        raise UserFault("register-unreadable", path=path, problem="too many rows")
    words = rows[head][1] if rows else ()
    return RegisterSheet(words, tuple(people), _guess(words))


def register_rows(
    sheet: RegisterSheet, columns: Mapping[int, str], catalogues: Catalogues
) -> tuple[RegisterRow, ...]:
    """Return the people of a sheet whose columns hold what ``columns`` says, by place; no empty rows."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(columns):
        places[columns[place]].append(place)
    found = []
    for line, row in sheet.rows:
        cells = {name: _joined(name, row, places[name]) for name in PARTS}
        if any(cells.values()):
            found.append(_register_row(cells, line, catalogues))
    return tuple(found)


def _rows(path: Path) -> list[tuple[int, Row]]:
    """Return the rows in which anything stands, each with its number."""
    try:
        with path.open("rb") as file:
            if file.seek(0, io.SEEK_END) > MAX_BYTES or _unpacked(file) > MAX_UNPACKED:
                raise UserFault("register-unreadable", path=path, problem="is too long")
            rows = _filled(file)
    except UserFault:
        raise
    except FileNotFoundError:
        raise UserFault("file-missing", path=path) from None
    except OSError as error:
        raise UserFault("register-unreadable", path=path, problem=error.strerror) from None
    except Exception:  # on a damaged workbook the library stumbles in any way there is
        raise UserFault("register-unreadable", path=path, problem="not a workbook") from None
    if len(rows) > _MAX_FILLED:
        raise UserFault("register-unreadable", path=path, problem="too many rows")
    return rows


def _unpacked(file: BinaryIO) -> int:
    with ZipFile(file) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _filled(file: BinaryIO) -> list[tuple[int, Row]]:
    workbook = load_workbook(file, read_only=True, data_only=True)
    sheet = workbook.worksheets[0]
    rows = enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN, values_only=True), 1)
    filled = ((number, row) for number, row in rows if any(cell is not None for cell in row))
    return list(islice(filled, _MAX_FILLED + 1))


def _without_empty_columns(rows: list[tuple[int, tuple[str, ...]]]) -> list[tuple[int, tuple[str, ...]]]:
    """Leave the columns out in which nothing stands."""
    filled = sorted({place for _line, row in rows for place, text in enumerate(row) if text})
    return [(line, tuple(row[place] if place < len(row) else "" for place in filled)) for line, row in rows]


def _guess(head: Sequence[str]) -> dict[int, str]:
    """Return what each column is likely to hold; a whole name goes before its parts."""
    columns = {place: name for place, words in enumerate(head) if (name := _column(words))}
    whole = [
        place for place, name in columns.items() if name == "name" and not _PART_OF_NAME.search(head[place])
    ]
    return {
        place: name for place, name in columns.items() if name != "name" or not whole or place == whole[0]
    }


def _column(head: str) -> str | None:
    if _PART_OF_NAME.search(head):
        return "name"
    return next((name for name, words in _HEADS.items() if words.search(head)), None)


def _joined(name: str, row: Sequence[str], places: Iterable[int]) -> str:
    """Return what stands in the columns of one thing; of a region or a category only the first counts."""
    texts = [row[place] for place in places if place < len(row) and row[place]]
    if name in ("region", "category"):
        return texts[0] if texts else ""
    return (" " if name == "name" else ", ").join(texts)


def _register_row(cells: Mapping[str, str], line: int, catalogues: Catalogues) -> RegisterRow:
    region, category = cells["region"], cells["category"]
    found_region = find_region(region, catalogues)
    found_category = find_category(category, catalogues)
    person = NewPerson(cells["name"], cells["organization"], cells["contact"], found_region, found_category)
    unknown = [
        Unknown(part, value)
        for part, value, found in (
            ("region", region, found_region),
            ("category", category, found_category),
        )
        if value and found is None
    ]
    return RegisterRow(line, person, tuple(unknown))


def _text(cell: object) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""
