"""The people who vote, one below the other; keys give for the one that is chosen."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from facilitator.domain.records import Participant
from facilitator.domain.snapshot import GroupSnapshot

_KEY = Qt.ItemDataRole.UserRole


class PersonLine(NamedTuple):
    """A participant's id, and the line that says who it is and how far they are."""

    person: str
    words: str


class PeopleList(QListWidget):
    """Digits are told, Enter leads on; the chosen person stays chosen while lines change."""

    person_changed = Signal()
    digit_typed = Signal(int)
    led_on = Signal()
    """Enter was pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.currentRowChanged.connect(lambda _row: self.person_changed.emit())

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        """Show these people; only what differs is written anew."""
        keys = [self.item(row).data(_KEY) for row in range(self.count())]
        if keys != [line.person for line in lines]:
            chosen = self.person
            self.blockSignals(True)
            self.clear()
            for line in lines:
                item = QListWidgetItem()
                item.setData(_KEY, line.person)
                self.addItem(item)
            self.choose(chosen or "")
            self.blockSignals(False)
        for row, line in enumerate(lines):
            if self.item(row).text() != line.words:
                self.item(row).setText(line.words)
                self.item(row).setToolTip(line.words)

    @property
    def person(self) -> str | None:
        """The id of the chosen participant."""
        item = self.currentItem()
        found: str | None = item.data(_KEY) if item is not None else None
        return found

    def choose(self, person: str) -> None:
        """Choose a person, or the first when there is no such one."""
        rows = [row for row in range(self.count()) if self.item(row).data(_KEY) == person]
        self.setCurrentRow(rows[0] if rows else 0)

    def step(self, distance: int) -> bool:
        """Choose the person so many lines below; return whether there is one."""
        row = self.currentRow() + distance
        there = 0 <= row < self.count()
        if there:
            self.setCurrentRow(row)
        return there

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits are for the chosen person; letters do not jump about."""
        digit = event.text()
        if len(digit) == 1 and digit in "0123456789":
            self.digit_typed.emit(int(digit))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.led_on.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing."""

    def minimumSizeHint(self) -> QSize:
        """Four people are in sight at least."""
        return QSize(160, 128)

    def sizeHint(self) -> QSize:
        """Take little more than that by itself."""
        return QSize(220, 176)


def named(person: Participant, group: GroupSnapshot) -> str:
    """Return a label and, if it is known, the name, which is shown on this computer only."""
    known = group.persons.get(person.id)
    return f"{person.label} ({known.name})" if known is not None else person.label
