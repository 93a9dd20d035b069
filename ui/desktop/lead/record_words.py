"""Records in words: what they are, what they say, and what else differs between two versions of one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from gettext import NullTranslations
from itertools import takewhile
from typing import Protocol

from facilitator.domain.records import AnyRecord, Card, Cluster, Link, Participant, Round, Step, Vote
from facilitator.domain.records import record_type as type_of
from facilitator.merge.comparison import Difference
from facilitator.script.catalogues import Catalogues
from facilitator.script.model import Script, Words
from ui.desktop.dates import long_moment
from ui.desktop.lead.record_names import field_words, state_words, type_words
from ui.desktop.lead.values import DifferenceWords
from ui.desktop.models.card_words import status_words

MOST_LETTERS = 600
SAME_LETTERS = 120
"""Of words that all versions share this much is shown."""

SPOKEN_FOR = frozenset(
    ("id", "event", "group", "text", "title", "label", "source", "target", "round", "step", "card", "private")
)
"""Fields that the words of a record hold already, or that never differ between packages."""
_MOMENTS = frozenset({"created", "modified", "started", "finished"})
_QUIET = _MOMENTS | {"position"}
"""Fields that are worth naming only where nothing else differs."""


class _Titled(Protocol):
    """What scripts and catalogues have in common."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Words: ...


class RecordWords:
    """Knows the script of an event and the ``records`` that others refer to."""

    def __init__(
        self,
        records: Iterable[AnyRecord],
        script: Script | None,
        catalogues: Catalogues,
        texts: NullTranslations,
        language: str,
    ) -> None:
        steps = script.steps if script else ()
        self._kinds = {kind.id: kind for step in steps for kind in step.card_kinds}
        self._texts = texts
        self._language = language
        self._titles = self._value_titles(script, catalogues)
        self._texts_by_id = {
            record.id: _text(record) for record in records if isinstance(record, Card | Cluster | Participant)
        }

    def difference(self, difference: Difference) -> DifferenceWords:
        """Return a record's versions side by side."""
        there = [version for version in difference.versions if version is not None]
        texts = iter(_from_the_difference([self._says(version) for version in there]))
        differing = _differing_fields(there)
        nothing = self._texts.gettext("— not in this package —")
        cells = (
            nothing if version is None else "\n".join((next(texts), *self._details(version, differing)))
            for version in difference.versions
        )
        return DifferenceWords(self.what(there[0]), tuple(cells))

    def loss(self, record: AnyRecord) -> str:
        """Return a record that is gone in one line."""
        return f"{self.what(record)}: {_cut(self._says(record), MOST_LETTERS)}"

    def what(self, record: AnyRecord) -> str:
        """Return what kind of thing a record is."""
        if isinstance(record, Card):
            return self._titles["kind"].get(record.kind, record.kind)
        return type_words(self._texts.gettext).get(type_of(record), type_of(record))

    def _details(self, record: AnyRecord, differing: Sequence[str]) -> Iterator[str]:
        names = field_words(self._texts.gettext)
        return (f"{names.get(name, name)}: {self._value(record, name)}" for name in differing)

    def _says(self, record: AnyRecord) -> str:
        known = self._texts_by_id
        if isinstance(record, Link):
            return f"«{known.get(record.source, '…')}» → «{known.get(record.target, '…')}»"
        if isinstance(record, Vote):
            return f"«{known.get(record.card, '…')}»"
        if isinstance(record, Step | Round):
            return self._titles["step"].get(record.step, record.step)
        return _text(record)

    def _value(self, record: AnyRecord, name: str) -> str:
        value = getattr(record, name)
        if value is None or value in ("", (), {}):
            return "—"
        if name == "fields":
            return "; ".join(self._field(record, key, each) for key, each in sorted(value.items()))
        if name in _MOMENTS:
            return long_moment(datetime.fromisoformat(value), self._language)
        titles = self._titles.get(name, self._texts_by_id)
        if name == "marks":
            return ", ".join(titles.get(mark, mark) for mark in value)
        return titles.get(value, str(value))

    def _field(self, record: AnyRecord, key: str, value: object) -> str:
        kind = self._kinds.get(getattr(record, "kind", ""))
        field = kind.field(key) if kind else None
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if field is None:
            return f"{key}: {words}"
        options = {option.id: self._say(option.title) for option in field.options}
        return f"{self._say(field.title)}: {options.get(words, words)}"

    def _value_titles(self, script: Script | None, known: Catalogues) -> Mapping[str, Mapping[str, str]]:
        """Return what the values of fields are called, by field and value."""
        _ = self._texts.gettext
        titled: Mapping[str, Iterable[_Titled]] = {
            "step": script.steps if script else (),
            "kind": self._kinds.values(),
            "relation": script.relations if script else (),
            "theme": known.themes.values(),
            "category": known.categories.values(),
            "marks": known.marks.values(),
        }
        words: dict[str, Mapping[str, str]] = {
            name: {each.id: self._say(each.title) for each in titles} for name, titles in titled.items()
        }
        words["region"] = {code: self._say(region.title) for code, region in known.subjects.items()}
        words["status"] = {str(status): title for status, title in status_words(_).items()}
        words["state"] = state_words(_)
        return words

    def _say(self, words: Words) -> str:
        return words.in_language(self._language)


def _text(record: AnyRecord) -> str:
    """Return what a record says in words of its own."""
    for name in ("text", "title", "label", "moderator", "city"):
        value = getattr(record, name, None)
        if value:
            return str(value)
    return ""


def _differing_fields(versions: Sequence[AnyRecord]) -> tuple[str, ...]:
    """Return the fields besides the words themselves in which the versions of a record differ."""
    fields = [
        name
        for name in versions[0].__struct_fields__
        if name not in SPOKEN_FOR
        and any(getattr(each, name) != getattr(versions[0], name) for each in versions)
    ]
    loud = tuple(name for name in fields if name not in _QUIET)
    texts = {_text(version) for version in versions}
    return loud if loud or len(texts) > 1 else tuple(fields)


def _from_the_difference(texts: Sequence[str]) -> list[str]:
    """Leave out a long beginning that all texts share, and what is too long to be read in a table."""
    if len(set(texts)) == 1:
        return [_cut(text, SAME_LETTERS) for text in texts]
    shared = "".join(letters[0] for letters in takewhile(_all_same, zip(*texts, strict=False)))
    start = shared.rfind(" ", 0, max(0, len(shared) - SAME_LETTERS)) + 1
    return [_cut(f"…{text[start:]}" if start else text, MOST_LETTERS) for text in texts]


def _all_same(letters: tuple[str, ...]) -> bool:
    return len(set(letters)) == 1


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
