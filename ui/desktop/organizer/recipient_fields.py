"""Whom names and contacts are encrypted to: the lead, and a recovery key that lies in a safe."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from facilitator.errors import Fault
from ui.desktop.file_names import ask_where
from ui.desktop.organizer import acts
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.signing_foot import SigningFoot
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label, set_look, set_wrong

if TYPE_CHECKING:
    from facilitator.services.recipients import RecipientPair

FEWEST = 2


class RecipientFields(QWidget):
    """A field for each recipient, and a button that makes a pair of keys for it."""

    changed = Signal()

    def __init__(self, office: Office, foot: SigningFoot, known: Sequence[str] = ()) -> None:
        """``foot`` is that of the card, which is not left while a pair is made."""
        super().__init__()
        self._office = office
        self._foot = foot
        _ = office.gettext
        self.fields: list[QLineEdit] = []
        self.make_buttons: list[QWidget] = []
        self.note = label("", "note")
        self.note.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(1, 1)
        names = [_("The lead"), _("The recovery key")]
        further = [_("Another recipient")] * (len(known) - FEWEST)
        for name, recipient in zip([*names, *further], [*known, "", ""], strict=False):
            self._add(name, recipient)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        words = _(
            "Names and contacts of participants leave a group only encrypted. The lead can read them, and so"
            " can whoever has the recovery key: keep its secret in a safe, for the day the lead’s is lost."
            " Paste what the lead has sent you (age1…), or make a pair here and give its secret to the lead."
        )
        column.addWidget(label(words, "note"))
        column.addLayout(self._grid)
        column.addWidget(self.note)

    def value(self) -> list[str]:
        """Return the recipients that have been entered."""
        return [text for field in self.fields if (text := field.text().strip())]

    def mark(self, fault: Fault) -> None:
        """Mark the field that a fault is about, and put the keyboard there."""
        for field in reversed(self.fields):
            text = field.text().strip()
            named = text == fault.facts.get("recipient")
            missing = fault.code == "recipients-too-few" and not text
            if named or missing:
                set_wrong(field, True)
                field.setFocus()

    def _add(self, name: str, recipient: str) -> None:
        _ = self._office.gettext
        field = QLineEdit(recipient)
        field.setCursorPosition(0)
        field.setPlaceholderText("age1…")
        field.setAccessibleName(_("{name}: whom to encrypt to").format(name=name))
        field.textChanged.connect(lambda: self._take_change(field))
        make = button(_("Make a pair of keys…"), partial(self._ask, field, len(self.fields)))
        make.setAccessibleName(_("{name}: make a pair of keys").format(name=name))
        title = label(name, "field", wrap=False)
        title.setBuddy(field)
        line = len(self.fields)
        for column, part in enumerate((title, field, make)):
            self._grid.addWidget(part, line, column)
        self.fields.append(field)
        self.make_buttons.append(make)

    def _take_change(self, field: QLineEdit) -> None:
        set_wrong(field, False)
        self.changed.emit()

    def _ask(self, field: QLineEdit, line: int) -> None:
        """Ask where the secret is to lie: the person decides that, never the program."""
        _ = self._office.gettext
        proposed = self._office.folder / ("lead.age" if line == 0 else "recovery.age")
        path = ask_where(self, _("Save the secret"), proposed, _("Secrets (*.age)"))
        if path is not None:
            job = partial(acts.make_recipient, path)
            self._foot.work(job, partial(self._take_pair, field), self._refuse)

    def _take_pair(self, field: QLineEdit, pair: "RecipientPair") -> None:
        field.setText(pair.recipient)
        field.setCursorPosition(0)
        words = self._office.gettext(
            "✓ The secret: {path}. Give it by hand and keep it off the net: whoever has it can read names."
        )
        self._say(words.format(path=pair.secret), "good")

    def _refuse(self, fault: Fault) -> None:
        self._say(self._office.sentence(fault), "error")

    def _say(self, words: str, role: str) -> None:
        set_look(self.note, "role", role)
        self.note.setText(words)
        self.note.show()
