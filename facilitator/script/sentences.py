"""Telling the sentences of Russian and English prose apart."""

import re

# A mark and what closes after it, then a space, then a capital or a digit, perhaps after a dash or a quote.
_END = re.compile(r"[.!?…]+[»”\"')\]]*\s+(?=[«“„\"'(\[–—-]*\s*[A-ZА-ЯЁ0-9])")
# A name or a number follows these, so that their full stop ends nothing. The «г.» of a year follows a digit.
_ABBREVIATED = re.compile(
    r"\b(?:[A-ZА-ЯЁ]|(?i:ул|просп|ст|п|пп|см|рис|обл|проф|акад|mr|mrs|ms|dr)|(?<!\d)(?<!\d\s)г)\Z"
)


def count_sentences(text: str) -> int:
    """Count the sentences of a text. A line break ends a sentence; «г. Уфа» and «А. С. Пушкин» do not."""
    return sum(len(split_line(line)) for line in text.splitlines())


def split_line(line: str) -> tuple[str, ...]:
    """Return the sentences of one line of a text; a line without words has none."""
    line = line.strip()
    if not any(character.isalnum() for character in line):
        return ()
    ends = [end.end() for end in _END.finditer(line) if not _is_abbreviation(line, end)]
    places = zip([0, *ends], [*ends, len(line)], strict=True)
    return tuple(line[start:end].rstrip() for start, end in places)


def _is_abbreviation(line: str, end: re.Match[str]) -> bool:
    return end[0].rstrip() == "." and _ABBREVIATED.search(line[: end.start()]) is not None
