"""An open group: the one door through which it is read and changed."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from facilitator.domain.edits import Edit, inverse
from facilitator.domain.integrity import check_references
from facilitator.domain.records import Card, decode_record, encode_record
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import EnvironmentFault, Fault
from facilitator.room.notes import DayEnd, Draft, Note, Room, encode_note, read_room
from facilitator.script.catalogues import Catalogues
from facilitator.script.model import Script
from facilitator.script.rules import check_cluster
from facilitator.services.commands import Command, Desk, WriteText
from facilitator.storage.export_log import Export
from facilitator.storage.group_file import GroupFile, GroupWriter
from facilitator.storage.journal import LogLine


class RosterNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a group that was made from an assignment knows of its roster.

    ``organizer`` is the fingerprint of the key that gave it out; ``recipients`` are whom to encrypt to.
    """

    organizer: str
    version: int
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActName:
    """What an act is called: a code such as ``card-added``, and the words it was about."""

    code: str
    subject: str


@dataclass(frozen=True)
class Changes:
    """What an act has changed. ``direction`` says whether it was done, undone or done again."""

    name: ActName
    direction: Literal["done", "undone", "redone"]
    edits: tuple[Edit, ...]
    at: str

    @property
    def closed_day(self) -> int:
        """The day that the act closes; 0 for any other act."""
        return int(self.name.subject) if self.name.code == "day-closed" else 0


def day_end_after(changes: Changes, room: Room) -> DayEnd | None:
    """Return how far the end of a day has come once it was closed, or its closing undone; else ``None``."""
    if not changes.closed_day:
        return None
    note = room.day_end(changes.closed_day)
    return note.open_again() if changes.direction == "undone" else note.close(changes.at)


class GroupService:
    """Reads and changes one group's file. It belongs to the thread that opened the file."""

    def __init__(
        self, file: GroupFile, script: Script, catalogues: Catalogues, roster: RosterNote | None = None
    ) -> None:
        self._file = file
        self.roster = roster
        self._desk = Desk(script, catalogues)
        self._snapshot = file.snapshot()
        self._room = read_room(file.notes())
        self._changed_since_backup = False
        self._undo_name: ActName | None = None
        self._redo_name: ActName | None = None
        self._acted_at: str | None = None
        self._read_undo_step()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the group's file lies."""
        return self._file.path

    @property
    def script(self) -> Script:
        """The session script the group is pinned to."""
        return self._desk.script

    @property
    def catalogues(self) -> Catalogues:
        """The catalogues of themes, districts, subjects, categories and marks."""
        return self._desk.catalogues

    @property
    def snapshot(self) -> GroupSnapshot:
        """The group as it stands after the last act."""
        return self._snapshot

    @property
    def room(self) -> Room:
        """What is noted of the room: timers, turns, who is here, the agenda."""
        return self._room

    @property
    def undo_name(self) -> ActName | None:
        """The act that :meth:`undo` would take back."""
        return self._undo_name

    @property
    def redo_name(self) -> ActName | None:
        """The act that :meth:`redo` would do again."""
        return self._redo_name

    @property
    def acted_at(self) -> str | None:
        """When the last act that stands was done; ``None`` in a new group."""
        return self._acted_at

    def perform(self, command: Command) -> Changes:
        """Carry out a command in one transaction: durable when this returns, nothing changed when it raises.

        Raises ``UserFault`` when the group or the script does not allow it, ``EnvironmentFault`` from the
        disk.
        """
        deed = command.carry_out(self._snapshot, replace(self._desk, room=self._room))
        edits = tuple(_sound(edit) for edit in deed.edits)
        changed = self._snapshot.apply(edits)
        for edit in edits:
            if edit.after is not None:
                check_references(edit.after, changed)
            if isinstance(edit.after, Card) and edit.after.cluster is not None:
                check_cluster(edit.after, changed.clusters[edit.after.cluster], self.script)
        done = Changes(ActName(deed.code, deed.subject), "done", edits, self._desk.now())
        if edits or done.closed_day:
            with self._file.writing() as writer:
                writer.act(done.at, changed.group.moderator, deed.code, deed.subject, edits)
                self._note_day(done, writer)
            self._settle(changed, done)
            self._undo_name, self._redo_name = done.name, None
            self._acted_at = done.at
        return done

    def undo(self) -> Changes | None:
        """Take the last act back. Returns ``None`` when there is nothing to undo."""
        act, _ = self._file.undo_step()
        if act is None:
            return None
        undone = Changes(ActName(act.code, act.subject), "undone", inverse(act.edits), self._desk.now())
        with self._file.writing() as writer:
            writer.take_back(act, undone.edits, undone.at)
            self._note_day(undone, writer)
        self._settle(self._snapshot.apply(undone.edits), undone)
        self._read_undo_step()
        return undone

    def redo(self) -> Changes | None:
        """Do the act again that was undone last. Returns ``None`` when there is none."""
        _, act = self._file.undo_step()
        if act is None:
            return None
        redone = Changes(ActName(act.code, act.subject), "redone", act.edits, self._desk.now())
        with self._file.writing() as writer:
            writer.do_again(act)
            self._note_day(redone, writer)
        self._settle(self._snapshot.apply(act.edits), redone)
        self._read_undo_step()
        return redone

    def keep(self, note: Note) -> None:
        """Keep a note of the room, durably. It is no act: undo passes it by, and no package holds it."""
        with self._file.writing() as writer:
            writer.keep_note(note.key, encode_note(note))
        self._room = self._room.keep(note)
        self._changed_since_backup = True

    def finish_drafts(self) -> None:
        """Make acts of the texts that were being typed when the program was killed.

        What cannot be kept, such as a text that is too long, stays a draft for its field to show.
        """
        for draft in self.room.drafts():
            try:
                self.perform(WriteText(draft.kind, draft.text))
            except Fault:
                continue
            self.keep(Draft(kind=draft.kind))

    def log(self) -> tuple[LogLine, ...]:
        """Return the log of acts, oldest first, with those that were taken back."""
        return self._file.log()

    def exports(self, kind: str = "group") -> tuple[Export, ...]:
        """Return the packages of a kind made from this group, oldest first."""
        return tuple(each for each in self._file.exports() if each.package and each.kind == kind)

    def reserve_rev(self, kind: str, created: str, fingerprint: str, replica: str) -> int:
        """Take the next revision number for a package, durably, before the package is written."""
        with self._file.writing() as writer:
            return writer.reserve_rev(kind, created, fingerprint, replica)

    def record_package(self, rev: int, package: str) -> None:
        """Note that the package of a revision was written and checked."""
        with self._file.writing() as writer:
            writer.record_package(rev, package)

    def back_up(self) -> Path:
        """Make a checked copy of the file, rotate older ones, and return the copy's path."""
        copy = self._file.back_up()
        self._changed_since_backup = False
        return copy

    def back_up_if_changed(self) -> Path | None:
        """Make a copy when something has changed since the last one."""
        return self.back_up() if self._changed_since_backup else None

    def save_copy(self, target: Path) -> Path:
        """Make a checked copy elsewhere, such as on another disk when this one is full; return its path."""
        self._file.save_copy(target)
        return target

    def close(self) -> None:
        """Back up what has changed and let go of the file.

        Raises ``EnvironmentFault("copy-failed")`` when the copy cannot be made; what was recorded is safe.
        """
        try:
            self.back_up_if_changed()
        except EnvironmentFault as fault:
            raise EnvironmentFault("copy-failed", path=self.path, reason=fault.code) from fault
        finally:
            self._file.close()

    def _note_day(self, changes: Changes, writer: GroupWriter) -> None:
        """Keep with the act that closes a day, or its undoing, what the room knows of the end of the day."""
        note = day_end_after(changes, self._room)
        if note is not None:
            writer.keep_note(note.key, encode_note(note))

    def _settle(self, snapshot: GroupSnapshot, changes: Changes) -> None:
        self._snapshot = snapshot
        note = day_end_after(changes, self._room)
        if note is not None:
            self._room = self._room.keep(note)
        self._changed_since_backup = True

    def _read_undo_step(self) -> None:
        """Learn what could be undone and redone; a damaged journal takes that away, and nothing else."""
        try:
            done, undone = self._file.undo_step()
        except EnvironmentFault:
            done, undone = None, None
        self._acted_at = None if done is None else done.at
        self._undo_name = None if done is None else ActName(done.code, done.subject)
        self._redo_name = None if undone is None else ActName(undone.code, undone.subject)


def _sound(edit: Edit) -> Edit:
    """Return the edit with its new record checked against the contract and its texts in NFC."""
    if edit.after is None:
        return edit
    return Edit(edit.before, decode_record(encode_record(edit.after)))
