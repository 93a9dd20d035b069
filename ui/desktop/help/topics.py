"""The topics of Help: Markdown in ``resources/help``, one file for each topic and language. No Qt here."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from facilitator.paths import resource

TOPICS = (
    "first-minutes",
    "entry",
    "round",
    "clusters",
    "dots",
    "mission",
    "image",
    "effects",
    "roadmap",
    "chain",
    "people",
    "projector",
    "agenda",
    "day-end",
    "copies",
    "packages",
    "organizer",
    "lead",
    "settings",
    "trouble",
    "keys",
)
"""In the order of the contents."""
FIRST = TOPICS[0]
SUFFIX = ".md"
_ENDING, _STEM = 2, 4
"""How many letters an ending usually takes, and how many a word keeps when it is cut."""


@dataclass(frozen=True)
class Topic:
    """One page of Help. ``text`` is Markdown, whose first line is the title."""

    id: str
    title: str
    text: str


def load_topics(language: str) -> Mapping[str, Topic]:
    """Return the topics in ``ru`` or ``en`` by id, in the order of the contents."""
    return {name: _read(language, name) for name in TOPICS}


def find(topics: Iterable[Topic], words: str) -> list[Topic]:
    """Return the topics that have all the words, those that have them in the title first.

    A longer word is found with another ending too: «кластеры» finds «кластер».
    """
    stems = [_stem(word) for word in folded(words).split()]
    found = [topic for topic in topics if all(stem in folded(topic.text) for stem in stems)]
    return sorted(found, key=lambda topic: not all(stem in folded(topic.title) for stem in stems))


def marks(text: str, words: str) -> list[tuple[int, int]]:
    """Return where each of the words stands in a text, as place and length."""
    stems = [re.escape(_stem(word)) for word in folded(words).split()]
    found = re.finditer("|".join(stems), folded(text)) if stems else ()
    return [(match.start(), len(match[0])) for match in found]


def folded(text: str) -> str:
    """Return a text as it is compared: letter for letter, without case, ё as е."""
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def topic_of_link(link: str) -> str | None:
    """Return the topic that a link such as ``clusters.md`` leads to, if it leads to one."""
    name = link.removesuffix(SUFFIX)
    return name if link.endswith(SUFFIX) and name in TOPICS else None


def _stem(word: str) -> str:
    return word[: max(_STEM, len(word) - _ENDING)]


def _read(language: str, name: str) -> Topic:
    text = resource("help", language, f"{name}{SUFFIX}").read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("#").strip()
    return Topic(name, title, text)
