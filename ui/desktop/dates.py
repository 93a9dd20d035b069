"""Dates as people read them, in the two languages of the window."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale


def locale_of(language: str) -> QLocale:
    """Return Qt's knowledge of a language: ``ru`` or ``en``."""
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    return english if language == "en" else QLocale(QLocale.Language.Russian, QLocale.Country.Russia)


def days(starts: str, ends: str, language: str) -> str:
    """Return a span of days, such as «8–9 февраля 2018», from dates ``YYYY-MM-DD``."""
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    locale = locale_of(language)
    full = "d MMMM yyyy"
    end = locale.toString(QDate(last.year, last.month, last.day), full)
    if first == last:
        return end
    form = "d" if (first.year, first.month) == (last.year, last.month) else "d MMMM"
    if first.year != last.year:
        form = full
    start = locale.toString(QDate(first.year, first.month, first.day), form)
    return f"{start}–{end}" if form == "d" else f"{start} – {end}"


def long_moment(moment: datetime, language: str) -> str:
    """Return a moment by this computer's clock, such as «8 февраля, 14:05:30»."""
    local = moment.astimezone()
    day = locale_of(language).toString(local.date(), "d MMMM")  # type: ignore[call-overload]
    return f"{day}, {local:%H:%M:%S}"
