"""What the organizer's pages share: the open roster, the key that signs, and the thread that works."""

from collections.abc import Callable
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from facilitator.errors import Fault
from facilitator.script.catalogues import load_catalogues
from facilitator.services.home import Home
from ui.desktop.organizer import acts
from ui.desktop.organizer.roster_view import OpenRoster, OwnKey
from ui.desktop.reporting import documents_folder
from ui.desktop.tasks import Worker
from ui.messages import sentence

if TYPE_CHECKING:
    from facilitator.packages.keys import SigningKey
    from facilitator.services.rosters import Organizer
    from facilitator.services.trust import TrustedRoster

T = TypeVar("T")


class Office(QObject):
    """Holds the roster an organizer works on. A passphrase is asked for once: the key stays unlocked here."""

    changed = Signal()
    """The roster was opened, or another version of it was signed."""
    failed = Signal(object)
    """Carries a fault that nothing depends on and nobody asked for."""
    bug = Signal(object)

    def __init__(self, home: Home, texts: NullTranslations, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self.home = home
        self.texts = texts
        self.language = language
        self.catalogues = load_catalogues()
        self.key: OwnKey | None = None
        self.folder = documents_folder()
        """Where the last file was chosen."""
        self._roster: OpenRoster | None = None
        self._signing: SigningKey | None = None
        self._worker = Worker(self)
        self._worker.fault.connect(self._refuse)
        self._worker.bug.connect(self.bug)

    def gettext(self, message: str) -> str:
        """Return a message in the window's language."""
        return self.texts.gettext(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a message that fits ``number``."""
        return self.texts.ngettext(one, many, number)

    def sentence(self, fault: Fault) -> str:
        """Return what a fault says."""
        return sentence(fault, self.texts)

    @property
    def idle(self) -> bool:
        """Whether every job has been done and its result brought back."""
        return self._worker.idle

    @property
    def locked(self) -> bool:
        """Whether the passphrase has to be typed before anything can be signed."""
        return self._signing is None

    @property
    def roster(self) -> OpenRoster:
        """The roster that is open."""
        if self._roster is None:
            raise TypeError("no page for a roster is shown before one is open")
        return self._roster

    def find_key(self, then: Callable[[OwnKey | None], None], refused: Callable[[Fault], None]) -> None:
        """Look which key this installation has, and unlock it where no passphrase has to be typed."""

        def keep(key: OwnKey | None) -> None:
            self.key = key
            self._signing = key.signing if key else None
            then(key)

        self.work(partial(acts.find_key, self.home), keep, refused)

    def open(self, path: Path, refused: Callable[[Fault], None]) -> None:
        """Open a roster; ``changed`` follows."""
        self.work(partial(acts.open_roster, self.home, path), self._take, refused)

    def restore(self, principal: str, path: Path, refused: Callable[[Fault], None]) -> None:
        """Write the copy of a roster that is trusted here to a file and open that; ``changed`` follows."""
        self.work(partial(acts.restore_roster, self.home, principal, path), self._take, refused)

    def work(self, job: Callable[[], T], then: Callable[[T], None], refused: Callable[[Fault], None]) -> None:
        """Do a job on the worker's thread; ``then`` gets its result, or ``refused`` the fault."""
        self._worker.submit(job, then, refused)

    def sign(
        self,
        act: "Callable[[Organizer], T]",
        passphrase: str | None,
        then: Callable[[T], None],
        refused: Callable[[Fault], None],
    ) -> None:
        """Do what needs the key, which is unlocked first where it has not been yet."""
        key = self._signing
        if key is not None:
            self.work(lambda: act(acts.organizer_of(self.home, key)), then, refused)
            return

        def keep(unlocked: "SigningKey") -> None:
            self._signing = unlocked
            self.sign(act, None, then, refused)

        self.work(partial(acts.unlock_key, self.home, passphrase), keep, refused)

    def change(
        self,
        path: Path,
        act: "Callable[[Organizer], TrustedRoster]",
        passphrase: str | None,
        then: Callable[[], None],
        refused: Callable[[Fault], None],
    ) -> None:
        """Sign the next version of the roster at ``path``; ``changed`` and ``then`` follow."""

        def signed(organizer: "Organizer") -> OpenRoster:
            return acts.opened(path, act(organizer), organizer.key.public)

        def take(roster: OpenRoster) -> None:
            self._take(roster)
            then()

        self.sign(signed, passphrase, take, refused)

    def stop(self) -> None:
        """Wait for nothing: what was begun ends by itself."""
        self._worker.retire()

    def _take(self, roster: OpenRoster) -> None:
        self._roster = roster
        self.folder = roster.path.parent
        self.work(partial(self.home.remember_roster, roster.name, roster.path), _forget, self.failed.emit)
        self.changed.emit()

    def _refuse(self, fault: Fault, refused: object) -> None:
        if not callable(refused):
            raise TypeError("every job says who is told what went wrong")
        refused(fault)


def _forget(_nothing: None) -> None:
    """Take the result of a job that has none."""
