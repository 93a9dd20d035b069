"""An assignment before it is opened: what it hands out, and who has signed it."""

from gettext import NullTranslations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.errors import Fault
from facilitator.script.catalogues import load_catalogues
from ui.desktop.assignment_jobs import Offer
from ui.desktop.dates import days
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.digits_table import DigitsTable
from ui.desktop.widgets.field import Field
from ui.desktop.widgets.fields_grid import FieldsGrid
from ui.desktop.widgets.scrolled import scrolled
from ui.desktop.widgets.section import section
from ui.messages import PASSPHRASE_CODES, sentence


class AssignmentPage(QWidget):
    """Nothing is kept before one of its buttons is pressed."""

    left = Signal()
    rejected = Signal()
    """The digits differ: whoever signed this is not the organizer."""
    former_asked = Signal(object)
    """Carries the path of the file in which this group was opened before."""
    open_asked = Signal(str, bool)
    """Carries the passphrase, if any, and whether to read the names."""

    def __init__(self, offer: Offer, texts: NullTranslations, language: str) -> None:
        super().__init__()
        self.setProperty("help", "packages")
        self._offer = offer
        self._texts = texts
        self._language = language
        _ = texts.gettext
        self.to_compare = offer.organizer != "known"
        self.with_names = QCheckBox(_("Enter the names into the group"))
        self.with_names.setAccessibleName(self.with_names.text())
        self.with_names.setChecked(offer.names in ("open", "locked"))
        self.passphrase = Field(_("Passphrase of your key"), secret=True)
        self.digits = DigitsTable(_("Digits of the organizer’s key"))
        self.open_button = button(self._act(), self._open, "plain" if offer.former else "primary")
        self.reject_button = button(_("They differ"), self.rejected.emit)
        self.former_button = button(_("Open the file you have"), self._open_former, "primary")
        self.problem = label("", "error")
        self.problem.hide()
        self._lay_out()
        self.with_names.toggled.connect(self._show_passphrase)
        self.passphrase.entered.connect(self._enter)

    def _act(self) -> str:
        _ = self._texts.gettext
        if self.to_compare:
            return _("The digits are the same – open the group")
        return _("Open the group") if self._offer.former is None else _("Make a second file of the group")

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        assignment = self._offer.assignment
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        column.addWidget(label(_("Assignment: group {n}").format(n=assignment.group.number), "title"))
        if self._offer.former is not None:
            column.addWidget(self._former_part())
        facts = QWidget()
        facts.setLayout(self._facts())
        column.addWidget(section(_("What you get"), facts))
        if self._offer.names != "none":
            column.addWidget(self._names_part())
        column.addWidget(self._trust_part())
        column.addWidget(self.problem)
        column.addLayout(self._buttons())
        column.addWidget(button(_("Go back"), self.left.emit), 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))

    def _facts(self) -> FieldsGrid:
        _, ngettext = self._texts.gettext, self._texts.ngettext
        assignment, catalogues = self._offer.assignment, load_catalogues()
        event, group = assignment.event, assignment.group
        theme = catalogues.themes[group.theme].title.in_language(self._language)
        session = event.title or catalogues.sessions[event.district].title.in_language(self._language)
        when = days(event.starts, event.ends, self._language)
        count = assignment.participants
        people = ngettext("{n} participant", "{n} participants", count).format(n=count)
        rows = (
            (_("Session"), session),
            (_("Where and when"), ", ".join(filter(None, (event.city, event.venue, when)))),
            (_("Group"), f"{group.number}. {theme}"),
            (_("Moderator"), group.moderator),
            (_("Room"), group.room),
            (_("Participants"), people if count else _("None yet: they can be entered later.")),
        )
        grid = FieldsGrid()
        for name, words in rows:
            if words:
                grid.add(name, label(words))
        return grid

    def _former_part(self) -> QWidget:
        _ = self._texts.gettext
        made = frame("hint")
        column = QVBoxLayout(made)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addWidget(label(_("This group was opened here before"), "subheading"))
        where = _("What was recorded is in this file: {path}")
        column.addWidget(label(where.format(path=self._offer.former)))
        column.addWidget(self.former_button, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _names_part(self) -> QWidget:
        _ = self._texts.gettext
        if self._offer.names == "no-key":
            words = _(
                "The names of the participants lie beside it, encrypted. There is no key on this computer"
                " that could open them: the group opens without names."
            )
            return section(_("Names"), label(words))
        note = label(_("The names of the participants lie beside it, encrypted to your key."), "note")
        grid = FieldsGrid()
        self._passphrase_title = grid.add(_("Passphrase of your key"), self.passphrase)
        fields = QWidget()
        fields.setLayout(grid)
        self._show_passphrase()
        return section(_("Names"), note, self.with_names, fields)

    def _trust_part(self) -> QWidget:
        _ = self._texts.gettext
        if not self.to_compare:
            return label(_("✓ Signed by an organizer whose digits were compared here before."), "good")
        self.digits.show_digits(self._offer.assignment.trusted.digits)
        note = label(
            _(
                "This organizer’s key is met here for the first time. Let them read their digits to you; if"
                " even one differs, somebody else has made the file."
            ),
            "note",
        )
        if self._offer.organizer == "changed":
            note = label(
                _(
                    "Careful: another key has signed this than the one trusted here for this session. Call"
                    " the organizer on a number you know; open the group only if they have a new key and all"
                    " its digits are these."
                ),
                "warn",
            )
        return section(_("Call the organizer and compare the digits"), note, self.digits)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.open_button)
        if self.to_compare:
            row.addWidget(self.reject_button)
        row.addStretch(1)
        return row

    def focus_entry(self) -> None:
        """Put the keyboard where Enter does no harm: digits have to be compared first."""
        self._first_stop().setFocus()

    def _first_stop(self) -> QPushButton | Field:
        if self._offer.former is not None:
            return self.former_button
        if self._asks_passphrase():
            return self.passphrase
        return self.reject_button if self.to_compare else self.open_button

    def _asks_passphrase(self) -> bool:
        return self._offer.names == "locked" and self.with_names.isChecked()

    def _show_passphrase(self) -> None:
        for each in (self._passphrase_title, self.passphrase):
            each.setVisible(self._asks_passphrase())

    def _enter(self) -> None:
        """Enter after the passphrase opens the group, but says for nobody that the digits are the same."""
        if self.to_compare:
            self.open_button.setFocus()
        else:
            self._open()

    def _open(self) -> None:
        if self._asks_passphrase() and not self.passphrase.text:
            self.passphrase.complain(self._texts.gettext("Type the passphrase, or open without names."))
            return
        self._say("")
        self.open_button.setEnabled(False)
        self.open_asked.emit(self.passphrase.text, self.with_names.isChecked())

    def _open_former(self) -> None:
        self.former_asked.emit(self._offer.former)

    def refuse(self, fault: Fault) -> None:
        """Say why there is no group yet, where it can be mended."""
        self.open_button.setEnabled(True)
        words = sentence(fault, self._texts)
        if fault.code in PASSPHRASE_CODES:
            self.passphrase.complain(words)
        else:
            self._say(words)

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
