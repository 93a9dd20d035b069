"""The abbreviations a moderator types and the words they stand for: «соцобс» for «социальное обслуживание».

They are this computer's, lie in its home and change nothing until they are switched on.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from facilitator.files import translated_os_errors, write_atomically

BETWEEN = "="


@dataclass(frozen=True)
class Abbreviations:
    """Abbreviations in small letters with what they stand for, and whether they are expanded."""

    words: Mapping[str, str] = field(default_factory=dict)
    on: bool = False

    def expansion(self, typed: str) -> str | None:
        """Return what a typed word stands for, beginning with a capital if it does."""
        words = self.words.get(typed.casefold()) if self.on else None
        return words[:1].upper() + words[1:] if words and typed[:1].isupper() else words

    @property
    def lines(self) -> str:
        """All abbreviations as a person edits them, a line each."""
        return "\n".join(f"{short} {BETWEEN} {words}" for short, words in self.words.items())


def read_lines(text: str) -> tuple[dict[str, str], tuple[int, ...]]:
    """Return the abbreviations in lines «short = words», and the numbers of the lines that are none."""
    words: dict[str, str] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        short, between, meaning = (part.strip() for part in line.partition(BETWEEN))
        if between and short and meaning and not any(letter.isspace() for letter in short):
            words[short.casefold()] = meaning
        elif line.strip():
            wrong.append(number)
    return words, tuple(wrong)


def load_abbreviations(path: Path) -> Abbreviations:
    """Return what is kept at ``path``; a broken file costs the list and never a start."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        words = {str(short): str(words) for short, words in kept["words"].items()}
        return Abbreviations(words, bool(kept["on"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Abbreviations()


def save_abbreviations(path: Path, abbreviations: Abbreviations) -> None:
    """Keep the list, whole or not at all. Raises ``EnvironmentFault`` when the disk refuses."""
    with translated_os_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"on": abbreviations.on, "words": dict(abbreviations.words)}
    write_atomically(path, json.dumps(kept, ensure_ascii=False, indent=1).encode())
