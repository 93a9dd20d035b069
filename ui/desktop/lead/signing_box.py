"""Asks for the passphrase of the key where a signature is wanted, and only when it is needed."""

from collections.abc import Callable
from gettext import NullTranslations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.errors import Fault
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.field import Field
from ui.messages import PASSPHRASE_CODES, sentence

Act = Callable[[str | None], None]


class SigningBox(QWidget):
    """Tries without a passphrase first: the key may have none, or the system's keyring may know it."""

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self._texts = texts
        self._act: Act | None = None
        _ = texts.gettext
        self.passphrase = Field(_("Passphrase of your key"), secret=True)
        self.sign_button = button(_("Sign"), self.go_on, "primary")
        self.cancel_button = button(_("Leave it as it is"), self.close_form, "quiet")
        self.problem = label("", "error")
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, S, 0, 0)
        form.setSpacing(S)
        form.addWidget(label(_("Passphrase of your key"), "field", wrap=False))
        form.addWidget(self.passphrase)
        form.addWidget(label(_("It is asked for once, until you leave this page."), "note"))
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.sign_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        form.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        column.addWidget(self.problem)
        self.passphrase.entered.connect(self.go_on)
        self.close_form()

    @property
    def asking(self) -> bool:
        """Whether the passphrase is asked for now."""
        return not self._form.isHidden()

    def sign(self, act: Act) -> None:
        """Do ``act``, which is given the passphrase once one has been typed."""
        self.close_form()
        self._act = act
        act(None)

    def go_on(self) -> None:
        """Do what was asked for with the passphrase that was typed, or say that it is missing."""
        if self._act is None:
            return
        if self.passphrase.text:
            self._act(self.passphrase.text)
        else:
            self.passphrase.complain(self._texts.gettext("Type the passphrase of the key."))

    def refuse(self, fault: Fault) -> None:
        """Ask for the passphrase, ask again when it was wrong, or say what else went wrong."""
        asks = fault.code in PASSPHRASE_CODES
        if asks and self.passphrase.text:
            self.passphrase.complain(sentence(fault, self._texts))
        elif asks:
            self._form.show()
            self.show()
            self.passphrase.setFocus()
        else:
            self.close_form()
            self.problem.setText(self._words(fault))
            self.problem.show()
            self.show()

    def close_form(self) -> None:
        """Ask for nothing and forget what was typed."""
        self.passphrase.line.clear()
        self._form.hide()
        self.problem.hide()
        self.hide()

    def _words(self, fault: Fault) -> str:
        words = sentence(fault, self._texts)
        if fault.code == "key-missing":
            words += " " + self._texts.gettext("Make it on the start page: “Your key”.")
        return words
