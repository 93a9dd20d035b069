"""The way from the page to its worker: jobs go there, what came of them comes back here."""

from collections.abc import Callable, Iterable
from gettext import NullTranslations
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.lead.values import Taken
from ui.desktop.tasks import Worker

if TYPE_CHECKING:
    from ui.desktop.lead.work import LeadWork

T = TypeVar("T")


class LeadDesk(QObject):
    """Holds the worker of the page. The centre is opened, used and closed on the worker's one thread."""

    bug = Signal(object)
    progressed = Signal(int, int)
    """Carries how many of how many files are done."""
    busy = Signal(bool)

    def __init__(self, home: Home, texts: NullTranslations, language: str, parent: QObject) -> None:
        super().__init__(parent)
        self._make: Callable[[], LeadWork] = lambda: _new_work(home, texts, language)
        self._work: LeadWork | None = None
        self._stopped = Event()
        self._ended = False
        self._worker = Worker(self)
        self._worker.bug.connect(self._tell_bug)

    @property
    def idle(self) -> bool:
        """Whether every job has been done and its result brought back."""
        return self._worker.idle

    def run(
        self,
        job: "Callable[[LeadWork], T]",
        then: Callable[[T], None],
        refused: Callable[[Fault], None],
    ) -> None:
        """Do ``job`` on the worker's thread; ``then`` gets its result here, ``refused`` its fault."""

        def attempt() -> T | Fault:
            try:
                return job(self._at_work())
            except Fault as fault:
                return fault

        def settle(outcome: T | Fault) -> None:
            self.busy.emit(not self._worker.idle)
            if isinstance(outcome, Fault):
                refused(outcome)
            else:
                then(outcome)

        self._worker.submit(attempt, settle)
        self.busy.emit(True)

    def take_in(
        self, paths: Iterable[Path], then: "Callable[[Taken], None]", refused: Callable[[Fault], None]
    ) -> None:
        """Take files and folders in; ``progressed`` tells how far it is, :meth:`stop` ends it early."""
        self._stopped.clear()
        given = tuple(paths)
        self.run(lambda work: work.take_in(given, self._tell, self._go_on), then, refused)

    def stop(self) -> None:
        """End the taking in after the file that is being read."""
        self._stopped.set()

    def close(self) -> None:
        """Let go of the centre after the file that is being read, and end the thread; nobody waits for it."""
        if self._ended:
            return
        self._ended = True
        self.stop()
        self.run(lambda work: work.close(), lambda _: None, lambda _: None)
        self._worker.retire()

    def _at_work(self) -> "LeadWork":
        if self._work is None:
            self._work = self._make()
        return self._work

    def _go_on(self) -> bool:
        return not self._stopped.is_set()

    def _tell(self, done: int, total: int) -> None:
        from facilitator.services.centre import Stopped  # noqa: PLC0415  the centre is slow to import

        if self._go_on():
            self.progressed.emit(done, total)
        if not self._go_on():
            raise Stopped

    def _tell_bug(self, error: BaseException) -> None:
        self.busy.emit(not self._worker.idle)
        self.bug.emit(error)


def _new_work(home: Home, texts: NullTranslations, language: str) -> "LeadWork":
    from ui.desktop.lead.work import LeadWork  # noqa: PLC0415  packages and centres are slow to import

    return LeadWork(home, texts, language)
