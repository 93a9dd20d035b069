"""The open group as the window sees it: acts go to the worker, what changed comes back as one signal."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import Fault
from facilitator.room.notes import Note, Room
from facilitator.script.catalogues import Catalogues
from facilitator.script.chain import Gaps
from facilitator.script.model import Script
from facilitator.services.commands import Command
from facilitator.services.group_service import (
    ActName,
    Changes,
    GroupService,
    RosterNote,
    day_end_after,
)
from ui.desktop.tasks import Worker


class GroupSession(QObject):
    """One open group. ``snapshot`` is the last committed state; ``changed`` follows every act and undo."""

    changed = Signal(object)
    """Carries :class:`Changes`, after ``snapshot`` has become the new one."""
    noted = Signal(object)
    """Carries the note of the room that was kept, after ``room`` has become the new one."""
    refused = Signal(object, object)
    """Carries the :class:`Fault` and the command that was refused (or ``None``): nothing has changed."""

    def __init__(self, service: GroupService, worker: Worker, parent: QObject | None = None) -> None:
        """``service`` was opened on ``worker``'s thread and is only touched there."""
        super().__init__(parent)
        self._service = service
        self._worker = worker
        self.script: Script = service.script
        self.catalogues: Catalogues = service.catalogues
        self.roster: RosterNote | None = service.roster
        self.path = service.path
        self.snapshot: GroupSnapshot = service.snapshot
        self.gaps = Gaps(service.script, service.snapshot)
        """What the cards of ``snapshot`` lack for the chain."""
        self.room: Room = service.room
        self.undo_name: ActName | None = service.undo_name
        self.redo_name: ActName | None = service.redo_name
        self.saved_at: str | None = service.acted_at
        worker.fault.connect(self._refuse)

    @property
    def idle(self) -> bool:
        """Whether every act given so far is durable and shown."""
        return self._worker.idle

    def perform(self, command: Command) -> None:
        """Carry out a command; ``changed`` or ``refused`` follows."""
        self._act(lambda: self._service.perform(command), command)

    def keep(self, note: Note) -> None:
        """Keep a note of the room: it holds at once, and is durable once the session is idle."""
        self.room = self.room.keep(note)
        self._worker.submit(lambda: self._service.keep(note), lambda _: None)
        self.noted.emit(note)

    def undo(self) -> None:
        """Take the last act back; ``changed`` follows unless there is none."""
        self._act(self._service.undo, None)

    def redo(self) -> None:
        """Do the last undone act again; ``changed`` follows unless there is none."""
        self._act(self._service.redo, None)

    def run(self, job: Callable[[GroupService], Any], then: Callable[[Any], None]) -> None:
        """Do other work with the service, such as an export, on its thread; ``then`` gets the result here."""
        self._worker.submit(lambda: job(self._service), then)

    def close(self, then: Callable[[], None]) -> None:
        """Back up, let go of the file, then call ``then``."""
        self._worker.submit(self._service.close, lambda _: then())

    def _act(self, job: Callable[[], Changes | None], command: Command | None) -> None:
        def act() -> tuple[Changes | None, GroupSnapshot, ActName | None, ActName | None]:
            changes = job()
            return changes, self._service.snapshot, self._service.undo_name, self._service.redo_name

        self._worker.submit(act, self._settle, command)

    def _settle(self, result: tuple[Changes | None, GroupSnapshot, ActName | None, ActName | None]) -> None:
        changes, self.snapshot, self.undo_name, self.redo_name = result
        if changes is not None:
            self.gaps.follow(changes.edits, self.snapshot)
            self.saved_at = changes.at
            note = day_end_after(changes, self.room)
            if note is not None:
                self.room = self.room.keep(note)
            self.changed.emit(changes)
            if note is not None:
                self.noted.emit(note)

    def _refuse(self, fault: Fault, command: object) -> None:
        self.refused.emit(fault, command)
