"""The key as people compare it: digits for the voice, a fingerprint for the careful."""

from gettext import NullTranslations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.desktop.identity.jobs import KeyState
from ui.desktop.theme.tokens import L, M
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.digits_table import DigitsTable


class KeyCard(QFrame):
    """Shows the public half of the key, and whether this computer remembers the passphrase."""

    forget_asked = Signal()

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        _ = texts.gettext
        self._texts = texts
        self.digits = DigitsTable(_("Digits of your key"))
        self.fingerprint = label("", "small")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remembered = label(_("This computer remembers the passphrase."), "note", wrap=False)
        self.forget_button = button(_("Forget the passphrase"), self.forget_asked.emit, "quiet")
        memory = QHBoxLayout()
        memory.setSpacing(M)
        memory.addWidget(self._remembered)
        memory.addWidget(self.forget_button)
        memory.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, L)
        column.setSpacing(M)
        column.addWidget(label(_("Read these digits to the organizer"), "subheading"))
        column.addWidget(self.digits)
        column.addWidget(self.fingerprint)
        column.addLayout(memory)

    def show_state(self, state: KeyState) -> None:
        """Show a key."""
        self.digits.show_digits(state.digits)
        words = self._texts.gettext("Fingerprint: {fingerprint}")
        self.fingerprint.setText(words.format(fingerprint=state.fingerprint))
        for each in (self._remembered, self.forget_button):
            each.setVisible(state.remembered)
