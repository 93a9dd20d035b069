"""Opens and closes groups. Everything slow, importing included, happens on the group's own thread."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from facilitator.errors import Fault
from ui.desktop.tasks import Worker

if TYPE_CHECKING:
    from facilitator.domain.records import Event, Group
    from facilitator.services.commands import NewPerson
    from facilitator.services.group_service import GroupService
    from facilitator.storage.backup import Backup
    from ui.desktop.session import GroupSession

BACKUP_MINUTES = 10
T = TypeVar("T")


class Door(QObject):
    """Holds the one open group, if there is one. A thread is made for a group and ends with it."""

    opened = Signal(object)
    """Carries the :class:`GroupSession`."""
    failed = Signal(object)
    """Carries the :class:`Fault`: the group could not be opened, backed up or closed."""
    restored = Signal(object, object)
    """Comes after ``opened``; carries the copy and where the former file is now."""
    practice_renewed = Signal(object)
    """Comes after ``opened``; carries where the former file is now, if there was one."""
    bug = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: GroupSession | None = None
        self._worker: Worker | None = None
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(BACKUP_MINUTES * 60_000)
        self._backup_timer.timeout.connect(self.back_up)

    def warm_up(self) -> None:
        """Import what an open group needs while the person looks at the start screen."""
        self._submit(_import_services, lambda _: self._end_idle_thread())

    def open_file(self, path: Path) -> None:
        """Open a group's file; ``opened`` or ``failed`` follows."""
        self._change_group(lambda: _open(path))

    def open_practice(self, path: Path) -> None:
        """Open the practice session, recorded on first use; ``opened`` or ``failed`` follows."""
        self._change_group(lambda: _open_practice(path))

    def begin_practice_anew(self, path: Path) -> None:
        """Close the group, set the practice session's file aside and open a new one in its place."""
        self.close(lambda: self._submit(lambda: _begin_practice_anew(path), self._settle_practice))

    def start_group(self, path: Path, event: "Event", group: "Group", people: "Iterable[NewPerson]") -> None:
        """Make a group's file and open it; ``opened`` or ``failed`` follows."""
        entered = tuple(people)
        self._change_group(lambda: _start(path, event, group, entered))

    def restore(self, path: Path, name: str) -> None:
        """Close the group, put a copy in its place and open that; ``opened`` or ``failed`` follows."""
        self.close(lambda: self._submit(lambda: _restore(path, name), self._settle_restored))

    def run(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do other work on the thread, such as looking at a package; ``then`` gets the result here."""

        def settle(result: T) -> None:
            self._end_idle_thread()
            then(result)

        self._submit(job, settle)

    def back_up(self) -> None:
        """Make a copy when something has changed since the last one."""
        if self.session is not None:
            self.session.run(lambda service: service.back_up_if_changed(), lambda _: None)

    def close(self, then: Callable[[], None]) -> None:
        """Back up, let go of the open group if there is one, then call ``then``."""
        session = self.session
        self._backup_timer.stop()
        if session is None:
            self._end_idle_thread()
            then()
            return

        def closed(fault: Fault | None) -> None:
            session.deleteLater()
            self.session = None
            self._end_idle_thread()
            if fault is not None:
                self.failed.emit(fault)
            then()

        session.run(_close, closed)

    def _change_group(self, job: "Callable[[], GroupService]") -> None:
        self.close(lambda: self._submit(job, self._settle))

    def _submit(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        if self._worker is None:
            self._worker = Worker(self)
            self._worker.fault.connect(self._fail)
            self._worker.bug.connect(self._note_bug)
        self._worker.submit(job, then)

    def _settle(self, service: object) -> None:
        from facilitator.services.group_service import GroupService  # noqa: PLC0415
        from ui.desktop.session import GroupSession  # noqa: PLC0415

        if self._worker is None or not isinstance(service, GroupService):
            raise TypeError("a job that opens a group returns its service")
        self.session = GroupSession(service, self._worker, self)
        self._backup_timer.start()
        self.opened.emit(self.session)

    def _settle_restored(self, outcome: object) -> None:
        if not isinstance(outcome, tuple):
            raise TypeError("a restoring job returns the service, the copy and the former file")
        self._settle(outcome[0])
        self.restored.emit(*outcome[1:])

    def _settle_practice(self, outcome: "tuple[GroupService, Path | None]") -> None:
        self._settle(outcome[0])
        self.practice_renewed.emit(outcome[1])

    def _fail(self, fault: Fault) -> None:
        """What goes wrong in an open group is told by its session."""
        if self.session is None:
            self._end_idle_thread()
            self.failed.emit(fault)

    def _note_bug(self, error: BaseException) -> None:
        self._end_idle_thread()
        self.bug.emit(error)

    def _end_idle_thread(self) -> None:
        if self._worker is not None and self.session is None and self._worker.idle:
            self._worker.stop()
            self._worker.deleteLater()
            self._worker = None


def _import_services() -> None:
    import facilitator.services.demonstration  # noqa: PLC0415, F401


def _open(path: Path) -> "GroupService":
    from facilitator.services.groups import open_group  # noqa: PLC0415

    service = open_group(path)
    service.finish_drafts()
    return service


def _open_practice(path: Path) -> "GroupService":
    from facilitator.services.demonstration import record_practice  # noqa: PLC0415

    if path.exists():
        return _open(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return record_practice(path)


def _begin_practice_anew(path: Path) -> "tuple[GroupService, Path | None]":
    from facilitator.services.demonstration import record_practice_anew  # noqa: PLC0415

    return record_practice_anew(path)


def _close(service: "GroupService") -> Fault | None:
    """Close in any case: what was recorded is durable, and only the copy may be missing."""
    try:
        service.close()
    except Fault as fault:
        return fault
    return None


def _start(path: Path, event: "Event", group: "Group", people: "tuple[NewPerson, ...]") -> "GroupService":
    from facilitator.services.groups import start_group  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    return start_group(path, event, group, people)


def _restore(path: Path, name: str) -> "tuple[GroupService, Backup, Path | None]":
    from facilitator.services.groups import open_group, restore_group  # noqa: PLC0415

    backup, former = restore_group(path, name)
    return open_group(path), backup, former
