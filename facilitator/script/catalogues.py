"""The catalogues: themes, sessions by district, subjects of the federation, categories of people, marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from facilitator.domain.records import Date, Name
from facilitator.paths import resource
from facilitator.script.datafile import broken, check_once, read_data
from facilitator.script.model import Count, Text, Words

Entry = TypeVar("Entry")


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a group speaks about."""

    id: Name
    number: Count
    title: Words


class Session(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The strategic session of a federal district; ``id`` is the district's. Dates are ``YYYY-MM-DD``."""

    id: Name
    short: Text
    title: Words
    city: Text
    planned_participants: Count
    starts: Date
    ends: Date


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A subject of the federation as of February 2018, its federal district and its other names."""

    code: Annotated[str, msgspec.Meta(pattern=r"\A\d\d\Z")]
    district: Name
    title: Words
    also: tuple[Text, ...] = ()


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of people who take part, and other names for it."""

    id: Name
    title: Words
    also: tuple[Text, ...] = ()


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a statement can be marked as."""

    id: Name
    title: Words


@dataclass(frozen=True)
class Catalogues:
    """Every catalogue by id (subjects by code), in the order of its file."""

    themes: Mapping[str, Theme]
    sessions: Mapping[str, Session]
    subjects: Mapping[str, Subject]
    categories: Mapping[str, Category]
    marks: Mapping[str, Mark]


class _Themes(msgspec.Struct, forbid_unknown_fields=True):
    entries: tuple[Theme, ...] = msgspec.field(name="themes")


class _Sessions(msgspec.Struct, forbid_unknown_fields=True):
    entries: tuple[Session, ...] = msgspec.field(name="sessions")


class _Subjects(msgspec.Struct, forbid_unknown_fields=True):
    entries: tuple[Subject, ...] = msgspec.field(name="subjects")


class _Categories(msgspec.Struct, forbid_unknown_fields=True):
    entries: tuple[Category, ...] = msgspec.field(name="categories")


class _Marks(msgspec.Struct, forbid_unknown_fields=True):
    entries: tuple[Mark, ...] = msgspec.field(name="marks")


def load_catalogues(folder: Path | None = None) -> Catalogues:
    """Return the catalogues in a folder, by default those shipped with the program.

    Raises ``UserFault("data-broken")`` with ``file``, ``key`` and ``reason``.
    """
    return _shipped() if folder is None else _read(folder)


@cache
def _shipped() -> Catalogues:
    return _read(resource("catalogues"))


def _read(folder: Path) -> Catalogues:
    themes = read_data(folder / "themes.toml", _Themes)[0].entries
    sessions = read_data(folder / "sessions.toml", _Sessions)[0].entries
    subjects = read_data(folder / "subjects.toml", _Subjects)[0].entries
    categories = read_data(folder / "categories.toml", _Categories)[0].entries
    marks = read_data(folder / "marks.toml", _Marks)[0].entries
    districts = {session.id for session in sessions}
    for index, subject in enumerate(subjects):
        if subject.district not in districts:
            key, reason = f"subjects[{index}].district", f"no session {subject.district}"
            raise broken(folder / "subjects.toml", key, reason)
    return Catalogues(
        themes=_by_id(folder, "themes", [(theme.id, theme) for theme in themes]),
        sessions=_by_id(folder, "sessions", [(session.id, session) for session in sessions]),
        subjects=_by_id(folder, "subjects", [(subject.code, subject) for subject in subjects]),
        categories=_by_id(folder, "categories", [(category.id, category) for category in categories]),
        marks=_by_id(folder, "marks", [(mark.id, mark) for mark in marks]),
    )


def _by_id(folder: Path, name: str, entries: list[tuple[str, Entry]]) -> dict[str, Entry]:
    check_once(folder / f"{name}.toml", name, [entry_id for entry_id, _ in entries])
    return dict(entries)
