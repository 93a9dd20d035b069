"""The register of the group's people as an editable table."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.records import Participant, Person, timestamp
from facilitator.room.notes import Note
from facilitator.room.presence import Presence
from facilitator.services.commands import ChangePerson, NewPerson
from facilitator.services.group_service import Changes
from ui.desktop.context import Context

Index = QModelIndex | QPersistentModelIndex
SLIP = timedelta(minutes=2)
"""How soon taking a tick back means that it was a slip of the hand, not that somebody has left."""


class Column(IntEnum):
    """The columns, in reading order."""

    LABEL = 0
    HERE = 1
    NAME = 2
    REGION = 3
    CATEGORY = 4
    ORGANIZATION = 5
    CONTACT = 6
    CONSENT = 7


class PeopleModel(QAbstractTableModel):
    """One participant a row. What is typed becomes a command; the cell changes when that is durable."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ids = self._read_ids()
        self._day = 1
        context.session.changed.connect(self._refresh)
        context.session.noted.connect(self._take_note)

    def _read_ids(self) -> list[str]:
        people = self._context.session.snapshot.participants.values()
        return [each.id for each in sorted(people, key=lambda each: (len(each.label), each.label))]

    def participant(self, row: int) -> Participant:
        """Return the participant in a row."""
        return self._context.session.snapshot.participants[self._ids[row]]

    def has_name(self, row: int) -> bool:
        """Whether the register knows who the participant in a row is."""
        return self._person(row) is not None

    def _person(self, row: int) -> Person | None:
        return self._context.session.snapshot.persons.get(self._ids[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """One row a participant."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The register's columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        _ = self._context.gettext
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return (
            _("Label"),
            _("Here"),
            _("Name"),
            _("Region"),
            _("Category"),
            _("Organization"),
            _("Contact"),
            _("Consent"),
        )[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The label is given by the program; without a name there is nobody to have contacts or consent."""
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        match index.column():
            case Column.LABEL:
                return shown
            case Column.HERE:
                return shown | Qt.ItemFlag.ItemIsUserCheckable
            case Column.CONSENT:
                return shown | Qt.ItemFlag.ItemIsUserCheckable if self._person(index.row()) else shown
            case Column.ORGANIZATION | Column.CONTACT:
                return shown | Qt.ItemFlag.ItemIsEditable if self._person(index.row()) else shown
        return shown | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, edits and says."""
        person = self._person(index.row())
        if index.column() == Column.HERE:
            return self._presence_data(self._ids[index.row()], role)
        if index.column() == Column.CONSENT:
            agreed = person is not None and person.consent
            if role == Qt.ItemDataRole.CheckStateRole and person is not None:
                return Qt.CheckState.Checked if agreed else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self._context.gettext("agrees") if agreed else self._context.gettext("does not agree")
            return None
        if role == Qt.ItemDataRole.EditRole and index.column() in (Column.REGION, Column.CATEGORY):
            return self._code(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index, person)
        return None

    def _presence_data(self, participant: str, role: int) -> Any:
        """A tick for who is here; the time where somebody came late, or has left."""
        presence, _ = self._presence, self._context.gettext
        came, left = presence.came.get(participant), presence.left.get(participant)
        here = came is not None and left is None
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if here else Qt.CheckState.Unchecked
        late = came is not None and is_late(self._context, self._day, came)
        if left is not None:
            words, spoken = _("left {time}").format(time=clock(left)), ""
        elif came is not None and late:
            words, spoken = _("since {time}").format(time=clock(came)), _("here")
        else:
            words, spoken = "", _("here") if here else _("not checked in")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (spoken, words) if part)
        return None

    @property
    def _presence(self) -> Presence:
        return self._context.session.room.presence(self._day)

    def show_day(self, day: int) -> None:
        """Show who is here on another day."""
        self._day = day
        self._tell_presence()

    def _take_note(self, note: Note) -> None:
        if isinstance(note, Presence) and note.day == self._day:
            self._tell_presence()

    def _tell_presence(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, Column.HERE), self.index(len(self._ids) - 1, Column.HERE))

    def _set_here(self, participant: str, *, here: bool) -> None:
        """Check in or out; who was checked in a moment ago by mistake has not come at all."""
        presence, now = self._presence, datetime.now(UTC)
        came = presence.came.get(participant)
        if here:
            presence = presence.check_in((participant,), timestamp(now))
        elif came is not None and now - datetime.fromisoformat(came) < SLIP:
            presence = presence.forget(participant)
        else:
            presence = presence.check_out(participant, timestamp(now))
        self._context.session.keep(presence)

    def _code(self, index: Index) -> str | None:
        participant = self.participant(index.row())
        return participant.region if index.column() == Column.REGION else participant.category

    def _text(self, index: Index, person: Person | None) -> str:
        catalogues, say = self._context.session.catalogues, self._context.say
        participant = self.participant(index.row())
        match index.column():
            case Column.LABEL:
                return participant.label
            case Column.REGION:
                return say(catalogues.subjects[participant.region].title) if participant.region else ""
            case Column.CATEGORY:
                return say(catalogues.categories[participant.category].title) if participant.category else ""
            case Column.NAME:
                return person.name if person else ""
            case Column.ORGANIZATION:
                return (person.organization or "") if person else ""
        return (person.contact or "") if person else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the change; the table follows when it has been made."""
        participant = self.participant(index.row())
        if index.column() == Column.HERE:
            self._set_here(participant.id, here=Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        person = self._person(index.row())
        texts = {
            Column.NAME: person.name if person else "",
            Column.ORGANIZATION: (person.organization or "") if person else "",
            Column.CONTACT: (person.contact or "") if person else "",
        }
        codes = {Column.REGION: participant.region, Column.CATEGORY: participant.category}
        consent = person.consent if person else False
        column = Column(index.column())
        if column == Column.CONSENT:
            consent = Qt.CheckState(value) == Qt.CheckState.Checked
        elif column in codes:
            codes[column] = value or None
        else:
            texts[column] = unicodedata.normalize("NFC", str(value).strip())
        details = NewPerson(
            name=texts[Column.NAME],
            organization=texts[Column.ORGANIZATION],
            contact=texts[Column.CONTACT],
            region=codes[Column.REGION],
            category=codes[Column.CATEGORY],
        )
        self._context.session.perform(ChangePerson(participant.id, details, consent))
        return True

    def _refresh(self, changes: Changes) -> None:
        """Add, remove and repaint the rows that have changed, and leave the others alone."""
        touched = {edit.record.id for edit in changes.edits if isinstance(edit.record, Participant | Person)}
        if not touched:
            return
        now = self._read_ids()
        for row in reversed(range(len(self._ids))):
            if self._ids[row] not in self._context.session.snapshot.participants:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._ids[row]
                self.endRemoveRows()
        self._insert_missing(now)
        for row, key in enumerate(self._ids):
            if key in touched:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def _insert_missing(self, now: Sequence[str]) -> None:
        for row, key in enumerate(now):
            if row >= len(self._ids) or self._ids[row] != key:
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, key)
                self.endInsertRows()


def is_late(context: Context, day: int, came: str) -> bool:
    """Whether somebody came after the first step of a day had begun; times as the records write them."""
    days = {step.id: step.day for step in context.session.script.steps}
    started = [
        record.started
        for record in context.session.snapshot.steps.values()
        if record.started is not None and days.get(record.step) == day
    ]
    return bool(started) and came > min(started)


def clock(moment: str) -> str:
    """Return a recorded time by this computer's clock, such as ``10:25``."""
    return f"{datetime.fromisoformat(moment).astimezone():%H:%M}"
