"""The foot of a card: the passphrase while the key is locked, what went wrong, and the buttons."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from facilitator.errors import Fault
from ui.desktop.organizer.office import Office
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import ButtonKind, button, label, set_wrong
from ui.messages import PASSPHRASE_CODES

if TYPE_CHECKING:
    from facilitator.services.rosters import Organizer
    from facilitator.services.trust import TrustedRoster

T = TypeVar("T")
FIELD_WIDTH = 320


class SigningFoot(QWidget):
    """Signs, and asks for the passphrase again where it was wrong; meanwhile nothing else can be pressed."""

    def __init__(
        self,
        office: Office,
        verb: str,
        act: Callable[[], object],
        leave: Callable[[], object],
        kind: ButtonKind = "primary",
        *,
        signs: bool = True,
    ) -> None:
        """``signs`` false is for an act that needs no key."""
        super().__init__()
        self._office = office
        self._signs = signs
        _ = office.gettext
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Passphrase of your key"))
        self.passphrase.setMaximumWidth(FIELD_WIDTH)
        self.passphrase.textChanged.connect(lambda: self.show_problem(""))
        self.problem = label("", "error")
        self.act_button = button(verb, act, kind)
        self.leave_button = button(_("Back to the roster"), leave, "quiet")
        self._secret = self._secret_rows()
        self._lay_out()
        self.refresh()
        office.bug.connect(self._free)

    def _secret_rows(self) -> QWidget:
        _ = self._office.gettext
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, S)
        column.setSpacing(S)
        title = label(_("Passphrase of your key"), "field", wrap=False)
        title.setBuddy(self.passphrase)
        column.addWidget(title)
        column.addWidget(self.passphrase)
        column.addWidget(label(_("It is asked for once, until you leave these pages."), "note"))
        return made

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        buttons.addWidget(self.act_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self._secret)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        self.problem.hide()

    def refresh(self) -> None:
        """Ask for the passphrase only while the key is locked."""
        self._secret.setVisible(self._signs and self._office.locked)

    def sign(
        self,
        act: "Callable[[Organizer], T]",
        then: Callable[[T], None],
        refused: Callable[[Fault], None] | None = None,
    ) -> None:
        """Do what needs the key, then ``then``; a fault is said here, and ``refused`` is told of it."""
        if self._begin():
            settle = partial(self._settle, then)
            self._office.sign(act, self._typed(), settle, partial(self.refuse, told=refused))

    def change(
        self,
        path: Path,
        act: "Callable[[Organizer], TrustedRoster]",
        then: Callable[[], None],
        refused: Callable[[Fault], None] | None = None,
    ) -> None:
        """Sign the next version of a roster as :meth:`sign` does."""

        def settle() -> None:
            self._settle(lambda _: then(), None)

        if self._begin():
            self._office.change(path, act, self._typed(), settle, partial(self.refuse, told=refused))

    def work(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        refused: Callable[[Fault], None] | None = None,
    ) -> None:
        """Do what needs no key, such as reading a file, then ``then``; ``refused`` says a fault elsewhere."""

        def refuse(fault: Fault) -> None:
            self._free()
            (refused or self.refuse)(fault)

        if self._begin():
            self._office.work(job, partial(self._settle, then), refuse)

    def refuse(self, fault: Fault, told: Callable[[Fault], None] | None = None) -> None:
        """Say what went wrong, and put the keyboard where it can be mended; ``told`` may know better."""
        self._free()
        self.refresh()
        self.show_problem(self._office.sentence(fault))
        asks = fault.code in PASSPHRASE_CODES
        set_wrong(self.passphrase, asks)
        if asks:
            self.passphrase.setFocus()
            self.passphrase.selectAll()
        else:
            self.act_button.setFocus()
        if told is not None:
            told(fault)

    def focus_entry(self) -> None:
        """Put the keyboard on the passphrase while it is asked for, else on the button."""
        (self.act_button if self._secret.isHidden() else self.passphrase).setFocus()

    def show_problem(self, words: str) -> None:
        """Say what is wrong; with no words, stop saying it."""
        set_wrong(self.passphrase, False)
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))

    @property
    def busy(self) -> bool:
        """Whether something is being done that cannot be left."""
        return not self.leave_button.isEnabled()

    def _begin(self) -> bool:
        """Begin one thing at a time; until it is done nothing else can be pressed."""
        if self.busy:
            return False
        self.show_problem("")
        self._set_busy(True)
        return True

    def _set_busy(self, busy: bool) -> None:
        self.act_button.setEnabled(not busy)
        self.leave_button.setEnabled(not busy)

    def _typed(self) -> str | None:
        return self.passphrase.text() or None

    def _free(self) -> None:
        self._set_busy(False)

    def _settle(self, then: Callable[[T], None], result: T) -> None:
        self._free()
        if not self._office.locked:
            self.passphrase.clear()
        self.refresh()
        then(result)
