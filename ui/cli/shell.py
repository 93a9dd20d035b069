"""What every command of the command line is given: the home, the language, and the way to say things."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path

from facilitator.services.home import Home


@dataclass(frozen=True)
class Shell:
    """The home folder, the language, and whether answers are read by a program."""

    home: Home
    texts: NullTranslations
    language: str
    json: bool

    @property
    def gettext(self) -> Callable[[str], str]:
        """The translation of a message."""
        return self.texts.gettext

    def answer(self, value: Mapping[str, object], lines: Iterable[str]) -> None:
        """Print one JSON object, or the same in words."""
        if self.json:
            print(json.dumps(value, ensure_ascii=False, default=_plain))
        else:
            for line in lines:
                print(line)

    def note(self, line: str) -> None:
        """Print a line for a person while a longer command goes on."""
        if not self.json:
            print(line, flush=True)


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def complain(code: str, sentence: str) -> None:
    """Print the one line an error is told in."""
    print(f"error: {code}: {' '.join(sentence.split())}", file=sys.stderr)
