"""One sheet: a head that stays in sight, a filter, columns of set widths, text that stays text."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.page import PageMargins

_INK, _ACCENT, _HAIRLINE, _TINT = "1B2A41", "1F4E79", "C5CED8", "EDF2F7"
_A4, _A3 = 9, 8
_WIDEST_ON_A4 = 200
_MARGIN = 0.35  # inches
_LINE_HEIGHT, _GREATEST_HEIGHT = 13.5, 409.0
_LONGEST_TEXT = 32_767
_LONGEST_TITLE = 31
_UNPRINTABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_MARKS_OF_FORMULAS = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,6})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

Value = str | int | float | date | datetime


class Column(NamedTuple):
    """A column's head and its width in characters."""

    title: str
    width: float


def add_sheet(
    workbook: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """Add a sheet of ``columns`` and write ``rows`` into it. Text stays text, whatever it begins with."""
    sheet = workbook.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:_LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4 if sum(column.width for column in columns) <= _WIDEST_ON_A4 else _A3
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=_MARGIN, right=_MARGIN, top=2 * _MARGIN, bottom=2 * _MARGIN)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    looks = _Looks(sheet)
    sheet.append([looks.head(column.title) for column in columns])
    count = 1
    for row in rows:
        count += 1
        sheet.row_dimensions[count].height = _height(columns, row)
        sheet.append([looks.cell(value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """Return the height in points that the wrapped texts of a row need; not every program finds it."""
    lines = (
        _lines(value, column.width)
        for column, value in zip(columns, row, strict=True)
        if isinstance(value, str)
    )
    return min(_LINE_HEIGHT * max(lines, default=1) + 3, _GREATEST_HEIGHT)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, wrapped between words."""
    letters = int(width)
    return sum(len(wrap(line, letters)) if len(line) > letters else 1 for line in text.split("\n"))


class _Looks:
    """Makes the cells of a sheet. Their styles are set once and shared: one by one takes ten times longer."""

    def __init__(self, sheet: WriteOnlyWorksheet) -> None:
        self._sheet = sheet
        self._head = WriteOnlyCell(sheet)
        self._head.font = Font(name="Arial", size=10, bold=True, color=_ACCENT)
        self._head.fill = PatternFill("solid", start_color=_TINT)
        self._head.alignment = Alignment(vertical="center", wrap_text=True)
        self._head.border = Border(bottom=Side(style="medium", color=_ACCENT))
        self._plain = self._model()
        self._quoted = self._model()
        self._quoted.quotePrefix = True
        self._day = self._model()
        self._day.number_format = "dd.mm.yyyy"
        self._moment = self._model()
        self._moment.number_format = "dd.mm.yyyy hh:mm"

    def _model(self) -> Cell:
        cell: Cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name="Arial", size=10, color=_INK)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = Border(bottom=Side(style="thin", color=_HAIRLINE))
        return cell

    def head(self, title: str) -> Cell:
        return self._like(self._head, title)

    def cell(self, value: Value) -> Cell:
        if isinstance(value, str):
            text = excel_text(value)
            cell = self._like(self._quoted if text.startswith(_MARKS_OF_FORMULAS) else self._plain, text)
            cell.data_type = "s"
            return cell
        if isinstance(value, datetime):
            return self._like(self._moment, value)
        return self._like(self._day if isinstance(value, date) else self._plain, value)

    def _like(self, model: Cell, value: Value) -> Cell:
        cell: Cell = WriteOnlyCell(self._sheet)
        cell.value = value
        cell._style = model._style  # type: ignore[attr-defined]  # there is no public way to share a style
        return cell


def excel_text(text: str) -> str:
    """Return a text as a cell can hold it (ECMA-376, part 1, clause 22.9.2.19; at most 32,767 characters)."""
    whole = _LIKE_AN_ESCAPE.sub("_x005F_", _UNPRINTABLE.sub("\ufffd", text))
    return whole if len(whole) <= _LONGEST_TEXT else f"{whole[: _LONGEST_TEXT - 1]}…"


def number_or_text(text: str) -> Value:
    """Return a number where the whole text is one, with a decimal comma or point; else the text."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text.replace(",", ".")) if "," in text or "." in text else int(text)


def day_or_text(text: str, shown: str) -> Value:
    """Return a date where the text is a whole one, ``YYYY-MM-DD``; else ``shown``."""
    return date.fromisoformat(text) if _DAY.fullmatch(text) else shown
