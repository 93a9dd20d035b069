"""The choice of who said it: typed letters find the participant's label."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from facilitator.domain.records import Participant
from ui.desktop.context import Context
from ui.desktop.widgets.build import set_wrong


class AuthorBox(QComboBox):
    """A participant or nobody. «3» finds «Участник 3»; what finds nobody is marked and chooses nobody."""

    entered = Signal()
    """Enter was pressed and what is typed names a participant, or nobody."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._nobody = context.gettext("No author")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(context.gettext("Author"))
        self.setToolTip(context.gettext("Who said it: type a number or letters of the label"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.editTextChanged.connect(lambda: set_wrong(self, False))
        self.refresh()

    @property
    def author(self) -> str | None:
        """The id of the participant that is chosen."""
        found: str | None = self.currentData()
        return found

    @author.setter
    def author(self, participant: str | None) -> None:
        self.setCurrentIndex(max(0, self.findData(participant)))

    def refresh(self) -> None:
        """Show the group's participants; who was chosen stays chosen."""
        people = sorted(self._context.session.snapshot.participants.values(), key=_by_number)
        entries = [(self._nobody, None), *((person.label, person.id) for person in people)]
        if entries == [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            return
        chosen = self.author
        self.blockSignals(True)
        self.clear()
        for label, key in entries:
            self.addItem(label, key)
        self.author = chosen
        self.blockSignals(False)

    def settle(self) -> bool:
        """Choose whom the typed letters name; return ``False``, and mark the box, when they name nobody."""
        row = self._find(self.currentText().strip().casefold())
        set_wrong(self, row is None)
        if row is not None:
            changed = row != self.currentIndex()
            self.setCurrentIndex(row)
            self.setEditText(self.itemText(row))
            if changed:
                self.activated.emit(row)
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes whom the letters name."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.settle():
                self.entered.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed replaces what stands there."""
        super().focusInEvent(event)
        field = self.lineEdit()
        if field is not None:
            field.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes whom the letters name."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def _find(self, typed: str) -> int | None:
        labels = [self.itemText(row).casefold() for row in range(self.count())]
        if not typed:
            return 0
        for fits in (
            lambda label: label == typed,
            lambda label: label.rsplit(" ", 1)[-1] == typed,
            lambda label: typed in label,
        ):
            row = next((row for row, label in enumerate(labels) if fits(label)), None)
            if row is not None:
                return row
        return None


def _by_number(person: Participant) -> tuple[int, str]:
    number = person.label.rsplit(" ", 1)[-1]
    return (int(number) if number.isdecimal() else 0, person.label)
