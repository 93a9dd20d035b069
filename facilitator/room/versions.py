"""How an agreed text came to be: its versions, and what changed from one to the next."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import msgspec

MOST_VERSIONS = 50


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A text as it once stood, and when (as the records write times)."""

    at: str
    text: str


class Versions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="versions"):
    """The versions of the one text of a kind, oldest first."""

    kind: str
    versions: tuple[Version, ...] = ()

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"versions/{self.kind}"

    def with_text(self, text: str, at: str) -> "Versions":
        """Keep a text as the newest version, unless it is blank or the newest already."""
        text = text.strip()
        if not text or (self.versions and self.versions[-1].text == text):
            return self
        versions = (*self.versions, Version(at=at, text=text))
        return msgspec.structs.replace(self, versions=versions[-MOST_VERSIONS:])


class Piece(NamedTuple):
    """Some words of a text, and whether they stayed, came or went."""

    change: Literal["same", "added", "removed"]
    words: str


def changed_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return what changed from one text to another, word by word."""
    return tuple(_pieces(before.split(), after.split()))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, from_, to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", " ".join(old[first:last]))
            continue
        if last > first:
            yield Piece("removed", " ".join(old[first:last]))
        if to > from_:
            yield Piece("added", " ".join(new[from_:to]))
