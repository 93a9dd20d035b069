"""The collection: all packages of the centre in one signed file, to be handed on."""

from gettext import NullTranslations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from facilitator.errors import Fault
from ui.desktop.file_names import ask_where
from ui.desktop.lead.signing_box import SigningBox
from ui.desktop.lead.values import CoverWords, Survey
from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label


class CoverCard(QFrame):
    """Asks where the collection goes, and says that it was written and checked."""

    asked = Signal(object, str)
    """Carries the path to write to and the code of the event."""

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._texts = texts
        _ = texts.gettext
        self.event_box = QComboBox()
        self.event_box.setAccessibleName(_("Session whose packages are handed on"))
        self.stranger_note = label(
            _(
                "! This list of signers does not name your key: where you hand the collection on, it will be"
                " put aside. Ask the organizer to enrol you."
            ),
            "warn",
        )
        self.collect_button = button(_("Make a collection…"), self._ask)
        self.signing = SigningBox(texts)
        self.result = label("", "good")
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._done = frame("good-bar")
        done = QVBoxLayout(self._done)
        done.setContentsMargins(L, M, L, M)
        done.addWidget(self.result)
        self._done.hide()
        self.event_box.activated.connect(self.signing.close_form)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addWidget(label(_("Hand on"), "subheading"))
        note = _(
            "A collection holds every package of this centre byte for byte, signed by you. Whoever takes"
            " it in checks each signature again."
        )
        column.addWidget(label(note, "note"))
        column.addWidget(self.stranger_note)
        column.addWidget(self.event_box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.collect_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.signing)
        column.addWidget(self._done)

    def show_survey(self, survey: Survey) -> None:
        """Offer a collection once there is something to hand on."""
        self.setVisible(bool(survey.events))
        self.stranger_note.setVisible(not survey.enrolled)
        shown = [self.event_box.itemText(row) for row in range(self.event_box.count())]
        if shown != list(survey.events):
            self.event_box.clear()
            self.event_box.addItems(survey.events)
        self.event_box.setVisible(len(survey.events) > 1)

    def set_busy(self, busy: bool) -> None:
        """Keep a collection from being made twice."""
        self.collect_button.setEnabled(not busy)

    def refuse(self, fault: Fault) -> None:
        """Ask for the passphrase, or say why the collection could not be made."""
        self.set_busy(False)
        self.signing.refuse(fault)

    def tell(self, made: CoverWords) -> None:
        """Say that the collection lies on the disk and is sound."""
        ngettext = self._texts.ngettext
        self.set_busy(False)
        self.signing.close_form()
        groups = ngettext("{n} group", "{n} groups", made.groups).format(n=made.groups)
        packages = ngettext("{n} package", "{n} packages", made.packages).format(n=made.packages)
        words = self._texts.gettext("✓ Written and checked: {groups}, {packages}.")
        self.result.setText(f"{words.format(groups=groups, packages=packages)}\n{made.path}")
        self._done.show()

    def _ask(self) -> None:
        """Ask where the collection goes, unless that is said and only the passphrase is wanted."""
        _ = self._texts.gettext
        if self.signing.asking:
            self.signing.go_on()
            return
        self._done.hide()
        event = self.event_box.currentText()
        proposed = documents_folder() / f"{event}.fpkg"
        path = ask_where(self, _("Save the collection"), proposed, _("Packages (*.fpkg)"))
        if path is not None:
            self.asked.emit(path, event)
