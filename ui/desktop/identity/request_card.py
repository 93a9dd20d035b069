"""The request to be enrolled: a name, a QR code, a file."""

from gettext import NullTranslations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QVBoxLayout, QWidget

from facilitator.errors import Fault
from ui.desktop.identity.jobs import KeyState
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.fields_grid import FieldsGrid
from ui.desktop.widgets.qr_code import QrCode
from ui.messages import PASSPHRASE_CODES, sentence

NARROW = 640
PLACE = 240


class RequestCard(QFrame):
    """Asks for what a signature needs, in place: the name, and the passphrase where nothing recalls it."""

    show_asked = Signal()
    save_asked = Signal()
    copy_asked = Signal()
    name_changed = Signal()

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._texts = texts
        _ = texts.gettext
        self.name = Field(_("Your name"), hint=_("as the organizer knows you"))
        self.passphrase = Field(_("Passphrase"), secret=True)
        self.remember = QCheckBox(_("Remember the passphrase on this computer"))
        self.remember.setAccessibleName(self.remember.text())
        self.save_button = button(_("Save the request…"), self.save_asked.emit, "primary")
        self.copy_button = button(_("Copy the request"), self.copy_asked.emit)
        self.problem = label("", "error")
        self.result = label("", "good")
        self.show_button = button(_("Show the QR code"), self.show_asked.emit)
        self.code = QrCode(_("QR code of the request"))
        self._locked_place = frame("hint")
        self._lay_out()
        self.name.line.textEdited.connect(lambda: self.name_changed.emit())
        self.name.entered.connect(self.show_asked)
        self.passphrase.entered.connect(self.show_asked)

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        grid = FieldsGrid()
        grid.add(_("Your name"), self.name)
        self._passphrase_title = grid.add(_("Passphrase"), self.passphrase)
        grid.add_under(self.remember)
        words = QVBoxLayout()
        words.setSpacing(M)
        words.addWidget(label(_("Request to be enrolled"), "subheading"))
        note = _(
            "Send the organizer the file or the text, or let them scan the code. They compare the digits with"
            " you by voice and let your key sign for your group."
        )
        words.addWidget(label(note, "note"))
        words.addLayout(grid)
        for each in (self.save_button, self.copy_button):
            words.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self.problem)
        words.addWidget(self.result)
        words.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._sides.setContentsMargins(L, M, L, L)
        self._sides.setSpacing(XL)
        self._sides.addLayout(words, 1)
        self._sides.addWidget(self._code_place(), 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _code_place(self) -> QWidget:
        """Return the code, or what stands in its place while nothing is signed."""
        self._locked_place.setFixedSize(PLACE, PLACE)
        locked = QVBoxLayout(self._locked_place)
        locked.setContentsMargins(L, L, L, L)
        locked.setSpacing(M)
        why = label(self._texts.gettext("The QR code appears here when the request is signed."))
        why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        locked.addStretch(1)
        locked.addWidget(why)
        locked.addWidget(self.show_button)
        locked.addStretch(1)
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, S, 0, 0)
        column.addWidget(self._locked_place)
        column.addWidget(self.code)
        return place

    def show_state(self, state: KeyState) -> None:
        """Show the code of a request that is signed, or ask for what is missing."""
        self.passphrase.line.clear()
        self.remember.setChecked(False)
        self._ask_passphrase(state.locked and state.request is None)
        if state.request is not None:
            self.code.show_matrix(state.request.matrix)
        self.code.setVisible(state.request is not None)
        self._locked_place.setVisible(state.request is None)
        self.say()

    def focus_entry(self) -> None:
        """Put the keyboard where something is missing, or where the request is sent from."""
        missing = (field for field in (self.name, self.passphrase) if not field.isHidden() and not field.text)
        next(missing, self.save_button).setFocus()

    def _ask_passphrase(self, asked: bool) -> None:
        for each in (self._passphrase_title, self.passphrase, self.remember):
            each.setVisible(asked)

    def refuse(self, fault: Fault) -> None:
        """Say what is wrong where it can be mended."""
        words = sentence(fault, self._texts)
        if fault.code in PASSPHRASE_CODES:
            self._ask_passphrase(True)
            self.passphrase.complain(words)
        elif fault.code == "name-missing":
            self.name.complain(words)
        else:
            self.say(problem=words)

    def say(self, *, problem: str = "", result: str = "") -> None:
        """Say under the buttons what came of it."""
        for each, words in ((self.problem, problem), (self.result, result)):
            each.setText(words)
            each.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the code stands under the fields."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        self._sides.setDirection(
            direction.TopToBottom if event.size().width() < NARROW else direction.LeftToRight
        )
