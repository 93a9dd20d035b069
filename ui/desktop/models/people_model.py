"""The register of the group's people as an editable table."""

import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facilitator.domain.records import Participant, Person
from facilitator.services.commands import ChangePerson, NewPerson
from facilitator.services.group_service import Changes
from ui.desktop.context import Context

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, in reading order."""

    LABEL = 0
    NAME = 1
    REGION = 2
    CATEGORY = 3
    ORGANIZATION = 4
    CONTACT = 5
    CONSENT = 6


class PeopleModel(QAbstractTableModel):
    """One participant a row. What is typed becomes a command; the cell changes when that is durable."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ids = self._read_ids()
        context.session.changed.connect(self._refresh)

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
            case Column.CONSENT:
                return shown | Qt.ItemFlag.ItemIsUserCheckable if self._person(index.row()) else shown
            case Column.ORGANIZATION | Column.CONTACT:
                return shown | Qt.ItemFlag.ItemIsEditable if self._person(index.row()) else shown
        return shown | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, edits and says."""
        person = self._person(index.row())
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
