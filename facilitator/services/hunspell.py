"""Reading a dictionary of hunspell's: a list of stems with the names of their endings (``.dic``), and the
endings (``.aff``).

As much of hunspell(5) as the dictionary of Russian says: ``SFX`` and ``TRY``. One that says more, such as
prefixes, is refused, for its words would be judged wrongly. A library for the whole language in Python takes
130 MB and a second or two for the same 146,000 stems, and ten times as long for a suggestion.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SAID = frozenset({"SET", "TRY", "SFX"})
"""What of hunspell's language is understood here."""
_ALIKE = ("ао", "еи", "её", "иы", "еэ", "яе", "шщ", "шж", "сз", "тд", "пб", "кг", "фв", "чщ", "ъь", "цс")
"""Letters that sound alike where no stress is on them, or beside others: the commonest slips."""
_SLIPS = (*((pair[0], pair[1]) for pair in _ALIKE), *((pair[1], pair[0]) for pair in _ALIKE))


class Ending(NamedTuple):
    """What takes the place of the end of a stem: ``strip`` goes, the ending comes, where ``fits`` matches."""

    flag: str
    strip: str
    fits: re.Pattern[str]


class Dictionary:
    """Says whether a word is a form of some stem, and what else a word may have been meant to be."""

    def __init__(self, affixes: str, words: str) -> None:
        """``affixes`` and ``words`` are the texts of the two files. Raises ``ValueError`` for what is not
        understood."""
        self._endings: dict[str, list[Ending]] = {}
        self._letters = ""
        self._read_affixes(affixes)
        self._longest = max(map(len, self._endings), default=0)
        self._flags: dict[str, str] = {}
        for line in words.splitlines()[1:]:
            stem, _, flags = line.partition("/")
            self._flags[stem] = self._flags.get(stem, "") + flags

    def lookup(self, word: str) -> bool:
        """Whether a word is right; a capital may begin any, and a name has to begin with one."""
        return self._is_form(word) or (word[:1].isupper() and self._is_form(word[0].lower() + word[1:]))

    def suggest(self, word: str) -> Iterator[str]:
        """Yield right words at one slip from a word, likeliest first, in its own capitals."""
        seen: set[str] = set()
        for candidate in self._candidates(word.lower()):
            if candidate not in seen:
                seen.add(candidate)
                found = next((each for each in (candidate, candidate.capitalize()) if self._has(each)), None)
                if found is not None:
                    yield found.capitalize() if word[:1].isupper() else found

    def _has(self, words: str) -> bool:
        return all(self.lookup(word) for word in words.split(" "))

    def _is_form(self, word: str) -> bool:
        if word in self._flags:
            return True
        for length in range(min(self._longest, len(word)) + 1):
            begin, end = word[: len(word) - length], word[len(word) - length :]
            for ending in self._endings.get(end, ()):
                stem = begin + ending.strip
                if ending.flag in self._flags.get(stem, "") and ending.fits.search(stem):
                    return True
        return False

    def _candidates(self, word: str) -> Iterator[str]:
        """Yield a word and what differs from it by one slip: a letter that sounds alike, one doubled, a soft
        sign forgotten, two letters exchanged, one less, a space forgotten, any other letter, one more."""
        yield word
        cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
        yield from (a + right + b[1:] for wrong, right in _SLIPS for a, b in cuts if b.startswith(wrong))
        yield from (a + b[:1] + b for a, b in cuts if b)
        yield from (a + "ь" + b for a, b in cuts)
        yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
        yield from (a + b[1:] for a, b in cuts if b)
        yield from (f"{a} {b}" for a, b in cuts if len(a) > 1 and len(b) > 1)
        yield from (a + letter + b[1:] for a, b in cuts if b for letter in self._letters)
        yield from (a + letter + b for a, b in cuts for letter in self._letters)

    def _read_affixes(self, text: str) -> None:
        for line in text.splitlines():
            match line.split():
                case ["SFX", flag, strip, ending, condition, *_]:
                    self._take_ending(flag, strip, ending, condition)
                case ["SFX", _, "Y" | "N", _]:
                    pass  # how many endings follow
                case ["TRY", letters]:
                    self._letters = "".join(dict.fromkeys(letters.lower()))
                case [name, *_] if name not in SAID and not name.startswith("#"):
                    raise ValueError(f"{name} in the affix file")

    def _take_ending(self, flag: str, strip: str, ending: str, condition: str) -> None:
        if len(flag) > 1 or "/" in ending:
            raise ValueError(f"SFX {flag} {ending} in the affix file")
        come, gone = ("" if part == "0" else part for part in (ending, strip))
        fits = re.compile(f"(?:{condition})$")
        self._endings.setdefault(come, []).append(Ending(flag, gone, fits))


def read_dictionary(path: Path) -> Dictionary:
    """Return the dictionary at ``path`` without its suffix; its files are in UTF-8."""
    affixes, words = (path.with_suffix(suffix).read_text("utf-8") for suffix in (".aff", ".dic"))
    return Dictionary(affixes, words)
