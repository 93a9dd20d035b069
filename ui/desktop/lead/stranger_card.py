"""An organizer met for the first time: the digits of the key, large, to be compared by voice."""

from gettext import NullTranslations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.desktop.lead.values import Stranger
from ui.desktop.theme.tokens import L, M
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.digits_table import DigitsTable


class StrangerCard(QFrame):
    """Nothing is trusted until a person has said that the digits are the same."""

    same = Signal()
    different = Signal()

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "hint")
        _ = texts.gettext
        self.title = label("", "field")
        self.warning = label("", "error")
        self.digits = DigitsTable(_("Digits of the organizer’s key"))
        self.same_button = button(_("The digits are the same"), self.same.emit, "primary")
        self.different_button = button(_("They differ"), self.different.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, L, L, L)
        column.setSpacing(M)
        column.addWidget(label(_("Compare the organizer’s key by voice"), "subheading"))
        column.addWidget(self.title)
        column.addWidget(self.warning)
        how = _(
            "Call the organizer on a number you know and let them read their digits aloud. Press the first"
            " button only when all six groups are the same."
        )
        column.addWidget(label(how))
        column.addWidget(self.digits)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.same_button)
        row.addWidget(self.different_button)
        row.addStretch(1)
        column.addLayout(row)

    def show_stranger(self, stranger: Stranger) -> None:
        """Show whose roster it is and the digits."""
        self.title.setText(stranger.title)
        self.warning.setText(stranger.warning)
        self.warning.setVisible(bool(stranger.warning))
        self.digits.show_digits(stranger.digits)
        self.show()
        self.different_button.setFocus()
