"""The dates of a plan: a year, a month or a day, as people type and read them."""

import re
from calendar import monthrange
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_DOTTED = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})", re.ASCII)


def read_date(typed: str) -> str:
    """Return a typed date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; nothing for nothing.

    Takes ``2020-12-31`` and ``31.12.2020`` with one or two digits, each with the day or the month left out.
    Raises ``ValueError`` when it is no date.
    """
    text = typed.strip().rstrip(".")
    if not text:
        return ""
    iso, dotted = _ISO.fullmatch(text), _DOTTED.fullmatch(text)
    if iso:
        parts = iso.groups()
    elif dotted:
        parts = dotted.groups()[::-1]
    else:
        raise ValueError(f"not a date: {typed}")
    year, *rest = (int(part) for part in parts if part is not None)
    date(year, *[*rest, 1, 1][:2])
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def show_date(stored: str, language: str) -> str:
    """Return a stored date as it is read: with dots in Russian, as stored in English."""
    return stored if language == "en" else ".".join(reversed(stored.split("-")))


def first_day(stored: str) -> date:
    """Return the day on which a stored year, month or day begins."""
    year, month, day = (*map(int, stored.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(stored: str) -> date:
    """Return the day on which a stored year, month or day ends."""
    parts = [int(part) for part in stored.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (*parts, 12)[:2]
    return date(year, month, monthrange(year, month)[1])
