"""What was not taken in: what waits for a roster or a secret, and what was refused."""

from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.lead.outcome_list import OutcomeList
from ui.desktop.lead.values import Survey
from ui.desktop.reporting import documents_folder
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label


class AsideCard(QFrame):
    """Nothing is thrown away: what waits can be judged anew, what was refused can be looked at."""

    release_asked = Signal()
    secret_given = Signal(object)
    """Carries the path of a file with a secret."""

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._texts = texts
        _ = texts.gettext
        self.title = label("", "subheading")
        self.note = label("", "note")
        self.waiting = OutcomeList(_("Packages that wait"))
        self.release_button = button(_("Look at them again"), self.release_asked.emit)
        self.secret_button = button(_("Open with a secret…"), self._ask_secret)
        self.problem = label("", "error")
        self.refused = OutcomeList(_("Refused files"))
        self.refused_button = button("", self._turn)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.waiting)
        self._acts = QWidget()
        acts = QHBoxLayout(self._acts)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(M)
        acts.addWidget(self.release_button)
        acts.addWidget(self.secret_button)
        acts.addStretch(1)
        column.addWidget(self._acts)
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.addWidget(self.refused_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.refused)
        self.refused.hide()
        self.problem.hide()

    def show_survey(self, survey: Survey) -> None:
        """Show what lies aside now."""
        _ = self._texts.gettext
        waits = bool(survey.waiting)
        self.complain("")
        self.setVisible(waits or bool(survey.refused))
        title, files = (_("Waiting: {n}"), survey.waiting) if waits else (_("Refused: {n}"), survey.refused)
        self.title.setText(title.format(n=len(files)))
        self.note.setText(
            _("Choose a newer list of signers above if the organizer has sent one, then look at them again.")
        )
        self.note.setVisible(waits)
        self.waiting.show_rows(survey.waiting)
        self.waiting.setVisible(waits)
        self._acts.setVisible(waits or bool(survey.refused))
        self.secret_button.setVisible(survey.locked)
        self.refused.show_rows(survey.refused)
        self.refused.setVisible(self.refused.isVisibleTo(self) and bool(survey.refused))
        self.refused_button.setVisible(bool(survey.refused))
        self._name_refused()

    def complain(self, words: str) -> None:
        """Say what is wrong with a secret; with no words, stop saying it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def focus_entry(self) -> None:
        """Put the keyboard on the way out of the waiting."""
        self.release_button.setFocus()

    def _turn(self) -> None:
        self.refused.setVisible(self.refused.isHidden())
        self._name_refused()

    def _name_refused(self) -> None:
        _ = self._texts.gettext
        hidden = self.refused.isHidden()
        words = _("Show refused files: {n}") if hidden else _("Hide refused files: {n}")
        self.refused_button.setText(words.format(n=self.refused.outcomes.rowCount()))
        self.refused_button.setAccessibleName(self.refused_button.text())

    def _ask_secret(self) -> None:
        _ = self._texts.gettext
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the file with the age secret"), str(documents_folder()), _("All files (*)")
        )
        if name:
            self.secret_given.emit(Path(name))
