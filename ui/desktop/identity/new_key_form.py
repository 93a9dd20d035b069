"""The form that makes a key, or takes one that was made elsewhere."""

from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.theme.tokens import M
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.fields_grid import FieldsGrid


class NewKeyForm(QWidget):
    """``make_asked`` carries the passphrase and whether to remember it; ``take_asked`` a file's path."""

    make_asked = Signal(str, bool)
    take_asked = Signal(object)

    def __init__(self, act: str, texts: NullTranslations, name: Field | None = None) -> None:
        """``act`` is what the button says; ``name`` is a field that is asked for first."""
        super().__init__()
        self._texts = texts
        _ = texts.gettext
        self._name = name
        self.passphrase = Field(_("Passphrase"), secret=True)
        self.again = Field(_("Passphrase once more"), secret=True)
        self.shown = QCheckBox(_("Show what is typed"))
        self.remember = QCheckBox(_("Remember the passphrase on this computer"))
        self.make_button = button(act, self._make, "primary")
        self.take_button = button(_("Take a key made elsewhere…"), self._take)
        self.problem = label("", "error")
        self.problem.hide()
        self._lay_out()
        self.passphrase.entered.connect(self._make)
        self.again.entered.connect(self._make)
        for field in (self.passphrase, self.again):
            self.shown.toggled.connect(field.show_typed)
            field.line.textChanged.connect(lambda: self.show_problem(""))

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        grid = FieldsGrid()
        if self._name is not None:
            grid.add(_("Your name"), self._name)
        grid.add(_("Passphrase"), self.passphrase)
        grid.add(_("Once more"), self.again)
        for box in (self.shown, self.remember):
            box.setAccessibleName(box.text())
            grid.add_under(box)
        buttons = QHBoxLayout()
        buttons.setSpacing(M)
        buttons.addWidget(self.make_button)
        buttons.addWidget(self.take_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(M)
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addWidget(self.problem)

    def show_problem(self, words: str) -> None:
        """Say under the buttons why there is no key yet."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def clear(self) -> None:
        """Keep no passphrase in the fields once it is used."""
        for field in (self.passphrase, self.again):
            field.line.clear()
        self.shown.setChecked(False)
        self.remember.setChecked(False)

    def _make(self) -> None:
        _ = self._texts.gettext
        if not self.passphrase.text:
            self.passphrase.complain(_("Think of a passphrase for the new key."))
        elif self.passphrase.text != self.again.text:
            self.again.complain(_("The passphrases differ. Type them again."))
        else:
            self.make_asked.emit(self.passphrase.text, self.remember.isChecked())

    def _take(self) -> None:
        _ = self._texts.gettext
        name, _kind = QFileDialog.getOpenFileName(self, _("Take a key made elsewhere"), str(Path.home()))
        if name:
            self.take_asked.emit(Path(name))
