"""What a dictionary of Russian forms says of a word: its lemma, its part of speech, its tense."""

from collections.abc import Set
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_BINDING = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
"""Parts of speech that say nothing of what a statement is about (OpenCorpora's names)."""
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
_KINDS = {
    "VERB": "verb", "INFN": "verb", "GRND": "verb", "NOUN": "noun", "PRTF": "quality", "PRTS": "quality",
    "ADJF": "quality", "ADJS": "quality", "COMP": "quality", "ADVB": "quality", "NUMR": "number",
}  # fmt: skip


class Form(NamedTuple):
    """A form of a word: its lemma, ё as е; what kind of word it is; OpenCorpora's grammemes.

    ``binds``: it only binds other words and says nothing itself.
    """

    lemma: str
    kind: str
    binds: bool
    grammemes: Set[str]


@cache
def analyzer() -> "MorphAnalyzer":
    """Return the dictionary of forms, which is read at the first call."""
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  its dictionary takes a tenth of a second to read

    return MorphAnalyzer(lang="ru")


def form_of(word: str) -> Form:
    """Return what is known of a word in small letters; what the dictionary lacks is taken for a name.

    The dictionary's guesses at unknown words cost ten times what it knows, so they are not asked for.
    """
    if any(letter.isdigit() for letter in word):
        return Form(word, "number", False, frozenset())
    if not analyzer().word_is_known(word):
        return Form(word.replace("ё", "е"), "name", False, frozenset())
    parsed = analyzer().parse(word)[0]
    grammemes = parsed.tag.grammemes
    kind = "name" if grammemes & _NAMES else _KINDS.get(parsed.tag.POS, "other")
    return Form(parsed.normal_form.replace("ё", "е"), kind, parsed.tag.POS in _BINDING, grammemes)
