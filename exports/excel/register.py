"""Reading a register of people from a sheet as organizers keep it: any order of columns, everyday names."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
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


def read_register(path: Path, catalogues: Catalogues) -> tuple[NewPerson, ...]:
    """Read the people of the first sheet: a head that names the columns, a row for each person.

    Raises ``UserFault`` ``file-missing``, ``register-unreadable`` with the ``problem``, ``region-unknown``
    and ``category-unknown`` with the ``line``; then nothing has been taken.
    """
    rows = iter(_rows(path))
    columns = _find_head(rows, path)
    people: list[NewPerson] = []
    for line, row in rows:
        cells = {name: _joined(name, row, places) for name, places in columns.items()}
        if any(cells.values()):
            if len(people) == MAX_ROWS:
                raise UserFault("register-unreadable", path=path, problem="too many rows")
            people.append(_person(cells, line, catalogues))
    if not people:
        raise UserFault("register-unreadable", path=path, problem="no people")
    return tuple(people)


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


def _find_head(rows: Iterable[tuple[int, Row]], path: Path) -> dict[str, list[int]]:
    """Return the places of each column that is known, by the first row that names the columns."""
    for _, row in rows:
        heads = [_text(cell) for cell in row]
        columns: defaultdict[str, list[int]] = defaultdict(list)
        for place, head in enumerate(heads):
            name = _column(head)
            if name is not None:
                columns[name].append(place)
        if "name" in columns:
            whole = [place for place in columns["name"] if not _PART_OF_NAME.search(heads[place])]
            columns["name"] = whole[:1] or columns["name"]
            return dict(columns)
    raise UserFault("register-unreadable", path=path, problem="no column of names")


def _column(head: str) -> str | None:
    if _PART_OF_NAME.search(head):
        return "name"
    return next((name for name, words in _HEADS.items() if words.search(head)), None)


def _joined(name: str, row: Row, places: Iterable[int]) -> str:
    """Return what stands in the columns of one thing; of a region or a category only the first counts."""
    texts = [text for place in places if (text := _text(row[place]))]
    if name in ("region", "category"):
        return texts[0] if texts else ""
    return (" " if name == "name" else ", ").join(texts)


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
