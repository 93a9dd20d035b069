"""What every page of an open group is given."""

from dataclasses import dataclass
from gettext import NullTranslations

from facilitator.script.model import Words
from ui.desktop.session import GroupSession
from ui.desktop.writing_aids import WritingAids


@dataclass(frozen=True)
class Context:
    """The open group and the language of the window."""

    session: GroupSession
    texts: NullTranslations
    language: str
    aids: WritingAids

    def gettext(self, message: str) -> str:
        """Return a message in the window's language."""
        return self.texts.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a message that fits ``number``."""
        return self.texts.ngettext(one, many, number)

    def say(self, words: Words) -> str:
        """Return the script's wording in the window's language."""
        return words.in_language(self.language)
