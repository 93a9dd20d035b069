"""The choice of who said it: typed letters find the participant's label or name."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QWidget

from facilitator.domain.records import Participant, Person
from facilitator.room.presence import by_number
from ui.desktop.context import Context
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import label, set_wrong
from ui.desktop.widgets.capture_line import CaptureLine

_BETWEEN = " · "
_LETTERS = 22
"""How many letters the box has room for; a long name must not widen what stands around it."""
_NARROWEST = 150
"""How far it gives way where there is little room: a label still fits."""


class AuthorBox(QComboBox):
    """A participant or nobody. «3» finds «Участник 3», «Ив» finds Иванова; what finds nobody is marked."""

    entered = Signal()
    """Enter was pressed and what is typed names a participant, or nobody."""
    doubted = Signal(str)
    """Carries what is typed and names no participant; nothing once that is mended."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._nobody = context.gettext("No author")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(context.gettext("Author"))
        self.setToolTip(context.gettext("Who said it: type a number or letters of the name"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setMinimumWidth(_NARROWEST)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.editTextChanged.connect(lambda: self._doubt(""))
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
        group = self._context.session.snapshot
        people = sorted(group.participants.values(), key=by_number)
        entries = [(self._nobody, None), *((_who(each, group.persons), each.id) for each in people)]
        if entries == [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            return
        chosen = self.author
        self.blockSignals(True)
        self.clear()
        for who, key in entries:
            self.addItem(who, key)
        self.author = chosen
        self.blockSignals(False)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * S)

    def settle(self) -> bool:
        """Choose whom the typed letters name; return ``False``, and mark the box, when they name nobody."""
        row = self._find(self.currentText().strip().casefold())
        self._doubt("" if row is not None else self.currentText().strip())
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
        """What is typed replaces what stands there; a list that closes over the field begins nothing anew."""
        super().focusInEvent(event)
        field = self.lineEdit()
        if field is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            field.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes whom the letters name."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
        super().focusOutEvent(event)

    def _doubt(self, typed: str) -> None:
        set_wrong(self, bool(typed))
        self.doubted.emit(typed)

    def _find(self, typed: str) -> int | None:
        entries = [self.itemText(row).casefold() for row in range(self.count())]
        if not typed:
            return 0
        for fits in (
            lambda who: who == typed,
            lambda who: who.partition(_BETWEEN)[0] == typed,
            lambda who: who.partition(_BETWEEN)[0].rsplit(" ", 1)[-1] == typed,
            lambda who: any(word.startswith(typed) for word in who.split()),
            lambda who: typed in who,
        ):
            row = next((row for row, who in enumerate(entries) if fits(who)), None)
            if row is not None:
                return row
        return None


def _who(participant: Participant, persons: Mapping[str, Person]) -> str:
    """Return the label and, if it is known, the name, which is shown on this computer only."""
    person = persons.get(participant.id)
    return participant.label if person is None else f"{participant.label}{_BETWEEN}{person.name}"


def doubt_label(context: Context, box: AuthorBox) -> QLabel:
    """Return the words that stand by the box while what is typed there names nobody."""
    made = label("", "error")
    made.hide()
    words = context.gettext(
        "There is no participant “{typed}”. The statement waits: choose the author or clear the field."
    )

    def show(typed: str) -> None:
        made.setText(words.format(typed=typed) if typed else "")
        made.setVisible(bool(typed))

    box.doubted.connect(show)
    return made


def take_words(line: CaptureLine, author: AuthorBox) -> tuple[str, ...]:
    """Take what is typed out of a line; while the author is nobody known, lead to the author and leave it."""
    if not author.settle():
        author.setFocus()
        return ()
    texts = line.lines()
    line.clear()
    line.setFocus()
    return texts
