"""A page for one act: what it means, what is asked, and the button that does it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.desktop.organizer.office import Office
from ui.desktop.organizer.signing_foot import SigningFoot
from ui.desktop.theme.tokens import XL, M
from ui.desktop.widgets.build import ButtonKind, label
from ui.desktop.widgets.scrolled import scrolled


class Card(QWidget):
    """Enter does the act, wherever one types; Esc leaves. ``done`` carries what to say and a folder."""

    left = Signal()
    done = Signal(str, object)

    def __init__(
        self, office: Office, title: str, verb: str, kind: ButtonKind = "primary", *, signs: bool = True
    ) -> None:
        super().__init__()
        self.office = office
        self.foot = SigningFoot(office, verb, self.act, self.leave, kind, signs=signs)
        self._title = label(title, "title")

    def lay_out(self, *parts: QWidget) -> None:
        """Put the parts of the card below one another, the foot last: Tab goes in this order too."""
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        for part in (self._title, *parts, self.foot):
            is_button = isinstance(part, QPushButton)
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if is_button else Qt.AlignmentFlag(0))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))

    def act(self) -> None:
        """Do what the card is for."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go back to where one came from, with nothing done."""
        self.left.emit()

    def focus_entry(self) -> None:
        """Put the keyboard where the first thing is asked."""
        self.foot.focus_entry()

    def tell(self, words: str, folder: Path) -> None:
        """Say that all is done."""
        self.done.emit(words, folder)

    def tell_signed(self, what_next: str) -> None:
        """Say which version was signed and saved, and who needs it."""
        roster = self.office.roster
        signed = self.office.gettext("✓ Version {n} is signed and saved: {path}").format(
            n=roster.version, path=roster.path
        )
        self.tell(f"{signed}\n{what_next}", roster.path.parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc, where no field has a use of its own for them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.foot.act_button.click()
        elif event.key() == Qt.Key.Key_Escape and not self.foot.busy:
            self.leave()
        else:
            super().keyPressEvent(event)
