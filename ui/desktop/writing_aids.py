"""What helps while somebody types: spelling, abbreviations, statements that say the same. It never writes."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.tasks import Worker

if TYPE_CHECKING:
    from facilitator.services.abbreviations import Abbreviations
    from facilitator.services.spelling import Place
    from facilitator.similarity.word_index import Near

T = TypeVar("T")


class WritingAids(QObject):
    """Answers from memory at once; what it has to look up comes later, from a thread of its own.

    The dictionaries are read there with the first question.
    """

    judged = Signal()
    """Words that had not been looked up yet have been, or the checking was switched on or off."""
    switched = Signal()
    """The checking of words or the expanding of abbreviations was switched on or off."""
    refused = Signal(object)
    """Carries the :class:`Fault` when what is to be remembered could not be written."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        self._worker: Worker | None = None
        self._dictionaries: _Dictionaries | None = None
        self._verdicts: dict[str, bool] = {}
        self._asked: set[str] = set()
        self._abbreviations: Abbreviations | None = None
        self._failed = False
        self._checking = home.settings()["spelling"] == "on"

    @property
    def idle(self) -> bool:
        """Whether every question has been answered."""
        return self._worker is None or self._worker.idle

    # Spelling

    @property
    def checking(self) -> bool:
        """Whether words are checked."""
        return self._checking

    def set_checking(self, on: bool) -> None:
        """Switch the checking of words on or off, for good."""
        self._checking = on
        self._remember(lambda: self._home.save_settings(spelling="on" if on else "off"))
        self.judged.emit()
        self.switched.emit()

    def doubtful(self, text: str) -> "list[Place]":
        """Return the words that no dictionary has, of those looked up so far; the rest are asked for."""
        if not self._checking:
            return []
        from facilitator.services.spelling import russian_words  # noqa: PLC0415  not before the first paint

        places = list(russian_words(text))
        new = {place.word for place in places} - self._verdicts.keys() - self._asked
        if new:
            self._asked |= new
            self._ask(lambda aids: {word: aids.speller.is_right(word) for word in new}, self._take_verdicts)
        return [place for place in places if not self._verdicts.get(place.word, True)]

    def suggest(self, word: str, then: Callable[[tuple[str, ...]], None]) -> None:
        """Look for what may have been meant; ``then`` gets it, also when the field is gone by then."""
        self._ask(lambda aids: aids.speller.suggest(word), then)

    def learn(self, word: str) -> None:
        """Take a word as right from now on, on this computer."""
        self._verdicts.clear()
        self._asked.clear()
        self._ask(lambda aids: aids.speller.learn(word), lambda _: None)
        self.judged.emit()

    def _take_verdicts(self, verdicts: Mapping[str, bool]) -> None:
        self._asked -= verdicts.keys()
        self._verdicts.update(verdicts)
        self.judged.emit()

    # Abbreviations

    @property
    def abbreviations(self) -> "Abbreviations":
        """The abbreviations of this computer."""
        from facilitator.services.abbreviations import load_abbreviations  # noqa: PLC0415  not before the paint

        if self._abbreviations is None:
            self._abbreviations = load_abbreviations(self._home.abbreviations_path)
        return self._abbreviations

    def set_abbreviations(self, abbreviations: "Abbreviations") -> None:
        """Keep another list, or switch the expanding on or off."""
        from facilitator.services.abbreviations import save_abbreviations  # noqa: PLC0415  not before the paint

        self._abbreviations = abbreviations
        self._remember(lambda: save_abbreviations(self._home.abbreviations_path, abbreviations))
        self.switched.emit()

    # What is on the board already

    def find_near(
        self, texts: Mapping[str, str], text: str, then: "Callable[[tuple[Near, ...]], None]"
    ) -> None:
        """Look for statements among ``texts``, by key, that are like a text; ``then`` gets a few, also when
        the field is gone by then."""

        def find(aids: _Dictionaries) -> "tuple[Near, ...]":
            aids.index.update(texts)
            return aids.index.nearest(text)

        self._ask(find, then)

    def find_pairs(
        self, texts: Mapping[str, str], then: "Callable[[tuple[tuple[str, Near], ...]], None]"
    ) -> None:
        """Look for pairs of statements among ``texts`` that may be the same; ``then`` gets them."""

        def find(aids: _Dictionaries) -> "tuple[tuple[str, Near], ...]":
            aids.index.update(texts)
            return aids.index.pairs(texts)

        self._ask(find, then)

    def end(self) -> None:
        """Let the thread end by itself; nobody waits for it."""
        if self._worker is not None:
            self._worker.retire()
            self._worker = None

    def _ask(self, job: "Callable[[_Dictionaries], T]", then: Callable[[T], None]) -> None:
        if self._worker is None:
            self._worker = Worker(self)
            self._worker.fault.connect(lambda fault, _request: self.refused.emit(fault))
            self._worker.bug.connect(self._give_up)

        def work() -> T:
            if self._dictionaries is None:
                self._dictionaries = _Dictionaries(self._home)
            return job(self._dictionaries)

        self._worker.submit(work, then)

    def _give_up(self, error: BaseException) -> None:
        """Let a mistake be noted once, and check no more words: their dictionary may be at fault."""
        noted, self._failed, self._checking = self._failed, True, False
        self.switched.emit()
        if not noted:
            raise error

    def _remember(self, keep: Callable[[], None]) -> None:
        try:
            keep()
        except Fault as fault:
            self.refused.emit(fault)


class _Dictionaries:
    """What belongs to the thread: made there, used there."""

    def __init__(self, home: Home) -> None:
        from facilitator.services.spelling import Speller  # noqa: PLC0415  not before the first paint
        from facilitator.similarity.lemmas import Lemmatizer  # noqa: PLC0415  the same
        from facilitator.similarity.word_index import WordIndex  # noqa: PLC0415  the same

        lemmatizer = Lemmatizer()
        self.speller: Speller = Speller(home.learned_words_path, lemmatizer)
        self.index: WordIndex = WordIndex(lemmatizer)
