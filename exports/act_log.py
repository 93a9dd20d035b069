"""The log of acts as a table for Excel: who did what when, and when it was taken back."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from gettext import NullTranslations
from pathlib import Path
from typing import NamedTuple

from facilitator.errors import UserFault
from facilitator.files import check_replaceable, translated_os_errors, write_atomically

SUFFIXES = (".csv", ".xlsx")
_BEGINS_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = {"ru": ";", "en": ","}
"""What Excel takes for the end of a cell, by the language of the system it runs on."""


class LogRow(NamedTuple):
    """One act: when by this computer’s clock, who led the group, what was done, when it was taken back."""

    at: datetime
    actor: str
    act: str
    undone: datetime | None


def write_act_log(rows: Iterable[LogRow], texts: NullTranslations, language: str, path: Path) -> None:
    """Write the log to ``path``, as a workbook or as text with separators, by the end of its name.

    ``texts`` is the catalogue ``exports`` of ``language``.
    Raises ``UserFault("log-format-unknown")`` for another end, and what ``write_atomically`` raises.
    """
    match path.suffix.lower():
        case ".csv":
            write_atomically(path, csv_bytes(rows, texts, language))
        case ".xlsx":
            write_atomically(path, _workbook_bytes(rows, texts))
        case _:
            raise UserFault("log-format-unknown", path=path)


def check_log_replaceable(path: Path, texts: NullTranslations, language: str) -> None:
    """Check that writing a log to ``path`` destroys nothing but an earlier log or document.

    Raises ``UserFault("file-exists")``.
    """
    if path.suffix.lower() != ".csv":
        check_replaceable(path)
        return
    head = csv_bytes((), texts, language)
    with translated_os_errors(path):
        if path.exists() and (not path.is_file() or not path.read_bytes().startswith(head)):
            raise UserFault("file-exists", path=path)


def csv_bytes(rows: Iterable[LogRow], texts: NullTranslations, language: str) -> bytes:
    """Return the log as Excel opens it with a double click: UTF-8 with its mark, no cell a formula.

    A text that Excel would take for a formula gets an apostrophe before it.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=_SEPARATORS[language])
    writer.writerow(_heads(texts))
    for row in rows:
        writer.writerow((_moment(row.at), _harmless(row.actor), _harmless(row.act), _moment(row.undone)))
    return target.getvalue().encode("utf-8-sig")


def _workbook_bytes(rows: Iterable[LogRow], texts: NullTranslations) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  it is slow to import

    from exports.excel.sheet import Column, add_sheet  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    columns = [Column(head, width) for head, width in zip(_heads(texts), (18, 24, 90, 18), strict=True)]
    cells = (
        (_plain(row.at), row.actor, row.act, _plain(row.undone) if row.undone is not None else "")
        for row in rows
    )
    add_sheet(workbook, texts.gettext("Log of acts"), columns, cells)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _heads(texts: NullTranslations) -> tuple[str, str, str, str]:
    _ = texts.gettext
    return _("Time"), _("Who led the group"), _("Act"), _("Taken back")


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S}"


def _plain(moment: datetime) -> datetime:
    """Return a moment without its zone, which cells do not know."""
    return moment.replace(tzinfo=None)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_BEGINS_FORMULAS) else text
