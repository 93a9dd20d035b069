"""Where packages are gathered, and by whose list they are judged."""

from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget

from facilitator.services.home import Home
from ui.desktop.file_names import completed
from ui.desktop.lead.values import Survey
from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.elided_label import ElidedLabel

SUFFIX = ".fcentre"
NARROWEST = 96


class SetupCard(QFrame):
    """Two lines: the centre's file and the roster."""

    centre_asked = Signal(object, bool)
    """Carries the path of a centre's file and whether it is to be made."""
    roster_asked = Signal(object)
    """Carries the path of a roster's file."""
    roster_chosen = Signal(str)
    """Carries the name of a roster that is trusted here."""

    def __init__(self, home: Home, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._home = home
        self._texts = texts
        _ = texts.gettext
        self.centre = ElidedLabel("")
        self.last = ElidedLabel("", "note")
        self.centre_note = label(_("The file that all packages go into."), "note")
        self.roster_note = label(_("The organizer’s file: who signs for which group."), "note")
        self.rosters = QComboBox()
        self.rosters.setAccessibleName(_("List of signers"))
        self.rosters.setPlaceholderText(_("Choose a list"))
        self.rosters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rosters.setMinimumContentsLength(3)
        self.rosters.setMinimumWidth(NARROWEST)
        self.again_button = button(_("Go on"), self._open_again, "primary")
        self.create_button = _short(_("Create…"), _("Create a centre"), self._ask_new)
        self.open_button = _short(_("Open…"), _("Open a centre"), self._ask_open)
        self.roster_button = _short(_("Choose a file…"), _("Choose a list of signers"), self._ask_roster)
        self.problem = label("", "error")
        self._lay_out()
        self.rosters.activated.connect(lambda row: self.roster_chosen.emit(self.rosters.itemData(row)))

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        grid = QGridLayout(self)
        grid.setContentsMargins(L, M, L, M)
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(_("Centre"), "field", wrap=False), 0, 0)
        grid.addWidget(self.centre_note, 0, 1)
        grid.addWidget(self.centre, 0, 1)
        grid.addWidget(self.again_button, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(_row(self.create_button, self.open_button), 0, 2)
        grid.addWidget(self.last, 1, 1, 1, 2)
        grid.addWidget(label(_("List of signers"), "field", wrap=False), 2, 0)
        grid.addWidget(self.roster_note, 2, 1)
        grid.addWidget(self.rosters, 2, 1)
        grid.addWidget(_row(self.roster_button), 2, 2)
        grid.addWidget(self.problem, 3, 0, 1, 3)
        self.problem.hide()

    def show_survey(self, survey: Survey) -> None:
        """Show which file is open and which roster is in use."""
        _ = self._texts.gettext
        self.complain("")
        self.centre.show_text(f"{survey.path.name} · {survey.path.parent}" if survey.path else "")
        self.centre.setVisible(survey.path is not None)
        last = self._home.last_centre()
        offered = survey.path is None and last is not None and last.is_file()
        if last is not None:
            words = _("Last time: {name} · {folder}")
            self.last.show_text(words.format(name=last.name, folder=last.parent))
        for part in (self.again_button, self.last):
            part.setVisible(offered)
        self.centre_note.setVisible(survey.path is None and not offered)
        self._show_rosters(survey)

    def _show_rosters(self, survey: Survey) -> None:
        known = list(survey.rosters)
        if survey.roster is not None and survey.roster not in known:
            known.append(survey.roster)
        self.rosters.clear()
        for each in known:
            self.rosters.addItem(each.title, each.principal)
        self.rosters.setCurrentIndex(known.index(survey.roster) if survey.roster else -1)
        self.rosters.setToolTip(self.rosters.currentText())
        self.rosters.setVisible(bool(known))
        self.roster_note.setVisible(not known)

    def complain(self, words: str) -> None:
        """Say what is wrong with a roster; with no words, stop saying it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def focus_entry(self) -> None:
        """Put the keyboard on the first thing that is still missing."""
        (self.again_button if self.again_button.isVisibleTo(self) else self.create_button).setFocus()

    def _open_again(self) -> None:
        last = self._home.last_centre()
        if last is not None:
            self.centre_asked.emit(last, False)

    def _ask_new(self) -> None:
        """Ask for a name. A centre that is there already is opened, so there is nothing to be warned of."""
        _ = self._texts.gettext
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Create a centre"),
            str(self._home.folder / f"centre{SUFFIX}"),
            _("Centres (*.fcentre)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.centre_asked.emit(completed(name, SUFFIX), True)

    def _ask_open(self) -> None:
        _ = self._texts.gettext
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Open a centre"), str(self._home.folder), _("Centres (*.fcentre)")
        )
        if name:
            self.centre_asked.emit(Path(name), False)

    def _ask_roster(self) -> None:
        _ = self._texts.gettext
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a list of signers"), str(documents_folder()), _("All files (*)")
        )
        if name:
            self.roster_asked.emit(Path(name))


def _short(text: str, name: str, act: Callable[[], None]) -> QPushButton:
    """Return a button whose place says what it is for; screen readers are told."""
    made = button(text, act)
    made.setAccessibleName(name)
    return made


def _row(*buttons: QPushButton) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(S)
    row.setAlignment(Qt.AlignmentFlag.AlignLeft)
    for each in buttons:
        row.addWidget(each)
    return made
