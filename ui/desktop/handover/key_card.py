"""The signature: which key signs, and what opens it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.context import Context
from ui.desktop.handover.writing import OwnKey, Secret, look_at_key
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import LabelRole, button, label, set_look, set_wrong
from ui.messages import sentence

FIELD_WIDTH = 320


class KeyCard(QWidget):
    """Asks for a passphrase only where nobody else knows it; at first use it is typed twice."""

    identity_asked = Signal()
    entered = Signal()
    """Comes when Enter is pressed in a field."""
    asked_again = Signal()
    """Comes when the passphrase that was typed, or remembered, is missing or does not fit."""

    def __init__(self, context: Context, home: Home) -> None:
        super().__init__()
        self._context = context
        self._home = home
        self._key: OwnKey | None = None
        _ = context.gettext
        self.note = label("", "note")
        self.passphrase = self._secret(_("Passphrase"))
        self.again = self._secret(_("Passphrase once more"))
        self.remember = QCheckBox(_("Remember on this computer"))
        self.remember.setAccessibleName(self.remember.text())
        self.problem = label("", "error")
        self.problem.hide()
        self.fingerprint = label("", "small")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.identity_button = button(_("Go to “Your key”"), self.identity_asked.emit)
        self.copy_button = button(_("Copy the line for the list of signers"), self._copy_signer_line, "quiet")
        self._lay_out()
        self._fields.hide()
        self._show_key_itself(None)

    def _secret(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.setAccessibleName(name)
        made.setMaximumWidth(FIELD_WIDTH)
        made.textChanged.connect(lambda: self._show_problem(""))
        made.returnPressed.connect(self.entered)
        return made

    def _lay_out(self) -> None:
        _ = self._context.gettext
        self._fields = QWidget()
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(L)
        form.addRow(label(_("Passphrase"), "field", wrap=False), self.passphrase)
        self._again_title = label(_("Once more"), "field", wrap=False)
        form.addRow(self._again_title, self.again)
        form.addRow("", self.remember)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.identity_button)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        for part in (self.note, self._fields, self.problem, self.fingerprint):
            column.addWidget(part)
        column.addLayout(row)

    def look(self) -> None:
        """Look at the key that lies on this computer now."""
        home = self._home
        self._context.session.run(lambda _service: look_at_key(home), self.show_key)

    def check(self) -> bool:
        """Tell whether all is typed that is needed, and say what is missing."""
        _ = self._context.gettext
        missing, typed = "", self.passphrase.text()
        if not self._home.key_path.exists():
            if not typed:
                missing = _("Think of a passphrase for the new key.")
            elif typed != self.again.text():
                missing = _("The passphrases differ. Type them again.")
        elif self._asks() and not typed:
            missing = _("Type the passphrase of the key.")
        if missing:
            self._ask_again(missing)
        return not missing

    def secret(self) -> Secret:
        """Return what was typed."""
        return Secret(self.passphrase.text() or None, self.remember.isChecked())

    def take_served(self, found: OwnKey | Fault | None) -> None:
        """Show the key that has just signed, forget what was typed, and say if that could not be kept."""
        self.show_key(found)
        if self.remember.isChecked() and self._asks():
            _ = self._context.gettext
            self._say(_("This computer has no place to remember the passphrase: type it each time."), "warn")
        self.passphrase.clear()
        self.again.clear()

    def ask_again(self, found: OwnKey | Fault | None, fault: Fault) -> None:
        """Say why the key did not open, and ask for its passphrase."""
        self.show_key(found)
        self._fields.show()
        self._ask_again(sentence(fault, self._context.texts))

    def _ask_again(self, problem: str) -> None:
        self._show_problem(problem)
        self.passphrase.setFocus()
        self.passphrase.selectAll()
        self.asked_again.emit()

    def show_key(self, found: OwnKey | Fault | None) -> None:
        """Show the key as it was found to be, and ask for no more than it needs."""
        self._key = found if isinstance(found, OwnKey) else None
        self._fields.setVisible(found is None or self._asks())
        for part in (self.again, self._again_title):
            part.setVisible(found is None)
        self._show_key_itself(self._key)
        if isinstance(found, Fault):
            self._say(sentence(found, self._context.texts), "error")
        else:
            self._say(self._words(found), "note")

    def _asks(self) -> bool:
        return self._key is not None and self._key.lock == "passphrase"

    def _words(self, key: OwnKey | None) -> str:
        _ = self._context.gettext
        words = {
            None: _(
                "There is no key on this computer yet. Think of a passphrase that only you know: the first"
                " signature makes the key. On the page “Your key” you can also bring a key of your own and"
                " ask the organizer to enrol it."
            ),
            "none": _("The key of this computer signs. It has no passphrase: nothing needs to be typed."),
            "remembered": _(
                "The key of this computer signs. The computer remembers its passphrase:"
                " nothing needs to be typed."
            ),
            "passphrase": _("The key of this computer signs. Type its passphrase."),
        }
        return words[key.lock if key else None]

    def _show_key_itself(self, key: OwnKey | None) -> None:
        for part in (self.copy_button, self.fingerprint):
            part.setVisible(key is not None)
        if key:
            fingerprint = self._context.gettext("Fingerprint of the key: {fingerprint}")
            self.fingerprint.setText(fingerprint.format(fingerprint=key.public.fingerprint))

    def _say(self, words: str, role: LabelRole) -> None:
        set_look(self.note, "role", role)
        self.note.setText(words)

    def _show_problem(self, words: str) -> None:
        set_wrong(self.passphrase, bool(words))
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _copy_signer_line(self) -> None:
        """Put the line for the list of signers on the clipboard; no passphrase is needed for it."""
        if self._key:
            line = self._key.public.signer_line(self._context.session.snapshot.principal)
            QGuiApplication.clipboard().setText(line)
            _ = self._context.gettext
            copied = _("✓ On the clipboard. Send this line to whoever keeps the list of signers.")
            self._say(copied, "good")
