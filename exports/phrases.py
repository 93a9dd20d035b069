"""Dates, counts and states in the words of the report's language."""

import re
from datetime import date
from gettext import NullTranslations

from facilitator.domain.records import FieldValue
from facilitator.script.model import FieldDef, Words

_INNER_MARKS = {"ru": str.maketrans("«»", "„“"), "en": str.maketrans("“”", "‘’")}
_BREAKS = re.compile(r"[\t\n]+")


class Phrases:
    """The report's language: its code, its gettext catalogue and the phrases every report needs."""

    def __init__(self, texts: NullTranslations, language: str) -> None:
        self.texts = texts
        self.language = language
        self.gettext = texts.gettext
        self.ngettext = texts.ngettext

    def of(self, words: Words) -> str:
        """Return a wording of the script or a catalogue."""
        return words.in_language(self.language)

    def quoted(self, text: str) -> str:
        """Return a text in the language's quotation marks, its own turned into inner ones."""
        return self.gettext("“{text}”").format(text=text.translate(_INNER_MARKS[self.language]))

    def days(self, starts: str, ends: str) -> str:
        """Return the days of an event, ``YYYY-MM-DD`` both: «8–9 февраля 2018 года»."""
        first, last = date.fromisoformat(starts), date.fromisoformat(ends)
        whole = self._day(last, self.gettext("{day} {month} {year}"))
        if first == last:
            return whole
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{whole}"
        pattern = "{day} {month}" if first.year == last.year else self.gettext("{day} {month} {year}")
        return f"{self._day(first, pattern)} – {whole}"

    def _day(self, day: date, pattern: str) -> str:
        _ = self.gettext
        months = (
            _("January"),
            _("February"),
            _("March"),
            _("April"),
            _("May"),
            _("June"),
            _("July"),
            _("August"),
            _("September"),
            _("October"),
            _("November"),
            _("December"),
        )
        return pattern.format(day=day.day, month=months[day.month - 1], year=day.year)

    def moment(self, timestamp: str) -> str:
        """Return a UTC timestamp as a day and a time."""
        day, _t, clock = timestamp.partition("T")
        written = self.gettext("{day}, {time} UTC")
        return written.format(day=self.days(day, day), time=clock[:5])

    def field_value(self, definition: FieldDef | None, value: FieldValue) -> str:
        """Return a field's value for reading: a choice by its title, a date in digits."""
        text = ", ".join(value) if isinstance(value, list) else str(value)
        if definition is None or definition.type == "text":
            return text
        if definition.type == "date":
            return self._digits(text)
        options = {option.id: self.of(option.title) for option in definition.options}
        return options.get(text, text)

    def _digits(self, text: str) -> str:
        year, month, day = (*text.split("-"), "", "")[:3]
        if day:
            return self.gettext("{year}‑{month}‑{day}").format(year=year, month=month, day=day)
        return self.gettext("{year}‑{month}").format(year=year, month=month) if month else year

    def status(self, status: str) -> str:
        """Return the word for a card's status; nothing for an open one."""
        _ = self.gettext
        return {"accepted": _("accepted"), "parked": _("parked"), "rejected": _("rejected")}.get(status, "")

    def dots(self, count: int) -> str:
        """Return a number of dots in words."""
        return self.ngettext("{n} dot", "{n} dots", count).format(n=count)

    def people(self, count: int) -> str:
        """Return a number of participants in words."""
        return self.ngettext("{n} participant", "{n} participants", count).format(n=count)

    def statements(self, count: int) -> str:
        """Return a number of statements in words."""
        return self.ngettext("{n} statement", "{n} statements", count).format(n=count)

    def actions(self, count: int) -> str:
        """Return a number of a roadmap's actions in words."""
        return self.ngettext("{n} action", "{n} actions", count).format(n=count)


def shortened(text: str, limit: int) -> str:
    """Return a text on one line in at most ``limit`` characters, cut between words where there are any."""
    line = _BREAKS.sub(" ", text).strip()
    if len(line) <= limit:
        return line
    kept, space, _rest = line[:limit].rpartition(" ")
    return (kept if space and len(kept) > limit // 2 else line[: limit - 1]).rstrip(" ,;:–—-") + "…"


def lowered(text: str) -> str:
    """Return a title as it reads within a sentence, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
