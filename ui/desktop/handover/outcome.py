"""How a hand-over went: under way, written and checked, or what stood in its way."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout

from ui.desktop.context import Context
from ui.desktop.handover.readers import only_words
from ui.desktop.handover.writing import Refusal
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import LabelRole, button, label, set_look
from ui.messages import sentence

if TYPE_CHECKING:
    from facilitator.services.exporting import ExportedPackage

SHORT = 8
"""How much of a package's number is enough to tell two packages apart by eye."""

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Outcome(QFrame):
    """Hidden until there is something to say, which ``said`` tells the page it lies on."""

    elsewhere_asked = Signal()
    said = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._folder = Path()
        _ = context.gettext
        self.head = label("", "field")
        self.details = label("")
        self.number = label("", "small")
        for part in (self.head, self.details, self.number):  # a path without a space widens no page
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in (self.details, self.number):
            part.setTextInteractionFlags(SELECTABLE)
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(_("Being written"))
        self.folder_button = button(_("Show the folder"), self._show_folder)
        self.elsewhere_button = button(_("Save in another place…"), self.elsewhere_asked.emit)
        self._parts = (self.details, self.number, self._progress, self.folder_button, self.elsewhere_button)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        for part in (self.head, self.details, self.number, self._progress):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.folder_button)
        row.addWidget(self.elsewhere_button)
        row.addStretch(1)
        column.addLayout(row)

    @property
    def text(self) -> str:
        """All that is said, a line each."""
        return "\n".join(part.text() for part in (self.head, self.details) if not part.isHidden())

    def show_under_way(self) -> None:
        """Say that the package is being made."""
        self._say("hint", "field", self._context.gettext("Being signed, written and read back…"))
        self._progress.show()

    def show_written(self, package: "ExportedPackage", head: str) -> None:
        """Say what was written where, under which number, and who can read it."""
        _ = self._context.gettext
        self._folder = package.path.parent
        count = len(package.recipients)
        lines = (
            _("Revision {rev} of {principal}").format(rev=package.rev, principal=package.principal),
            _("Encrypted: {readers}").format(readers=only_words(count, self._context)) if count else "",
            str(package.path),
            _("Number of the package: {short}… In full:").format(short=package.id[:SHORT]),
        )
        self.number.setText(package.id)
        self.number.setAccessibleName(_("Number: {id}").format(id=package.id))
        self._say("good-bar", "good", head, "\n".join(filter(None, lines)))
        self.number.show()
        self._offer(self.folder_button)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say what stood in the way, what is safe, and what to do."""
        _ = self._context.gettext
        safe = _("The group’s work is safe in its file on this computer. Save the package in another place.")
        head = sentence(refusal.fault, self._context.texts)
        self._say("error-bar", "error", head, safe if refusal.place_at_fault else "")
        if refusal.place_at_fault:
            self._offer(self.elsewhere_button)

    def _say(self, ground: str, role: LabelRole, head: str, details: str = "") -> None:
        for part in self._parts:
            part.hide()
        set_look(self, "role", ground)
        set_look(self.head, "role", role)
        self.head.setText(head)
        self.details.setText(details)
        self.details.setAccessibleName(details)
        self.details.setVisible(bool(details))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.said.emit()

    def _offer(self, next_: QPushButton) -> None:
        """Put the keyboard on what one most likely does next, unless one has gone to another page."""
        next_.show()
        if self.isVisible():
            next_.setFocus()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
