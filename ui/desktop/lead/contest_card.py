"""A group of which several packages came: what tells them apart, and the choice of one."""

from gettext import NullTranslations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.errors import Fault
from ui.desktop.lead.differences_table import DifferencesTable
from ui.desktop.lead.signing_box import SigningBox
from ui.desktop.lead.values import CandidateWords, Contest
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label

ABREAST = 3


class ContestCard(QFrame):
    """Shows the packages beside each other. A person chooses, and each choice can be changed."""

    chosen = Signal(str, str)
    """Carries the name of the group and the id of the package to take."""

    def __init__(self, contest: Contest, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.contest = contest
        self._texts = texts
        self.take_buttons: list[QPushButton] = []
        self.signing = SigningBox(texts)
        self._differences = self._difference_part()
        self.fold_button = button("", self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(M)
        column.addWidget(label(self._title(), "subheading"))
        column.addWidget(label(self._explanation(), "note"))
        column.addLayout(self._candidates())
        column.addWidget(self.signing)
        column.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._differences)
        self._differences.setVisible(not contest.settled)
        self._name_fold()

    def focus_entry(self) -> None:
        """Put the keyboard on the first package that can be taken."""
        self.take_buttons[0].setFocus()

    def set_busy(self, busy: bool) -> None:
        """Keep a choice from being made twice."""
        for each in self.take_buttons:
            each.setEnabled(not busy)

    def refuse(self, fault: Fault) -> None:
        """Ask for the passphrase, or say why the choice could not be signed."""
        self.set_busy(False)
        self.signing.refuse(fault)

    def _title(self) -> str:
        _ = self._texts.gettext
        if self.contest.settled:
            return "✓ " + _("{group}: settled").format(group=self.contest.group)
        return "! " + _("{group}: choose a package").format(group=self.contest.group)

    def _explanation(self) -> str:
        _ = self._texts.gettext
        if self.contest.settled:
            return _("The choice is signed and can be changed.")
        return _(
            "None of these packages follows the others: a laptop was cloned or restored, or the group was led"
            " on two computers. Look at what differs and take one. The choice can be changed."
        )

    def _candidates(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(M)
        for place, candidate in enumerate(self.contest.candidates):
            grid.addWidget(self._candidate(candidate), place // ABREAST, place % ABREAST)
        return grid

    def _candidate(self, candidate: CandidateWords) -> QFrame:
        _ = self._texts.gettext
        taken = candidate.counts and self.contest.settled
        made = frame("good-bar" if taken else "hint")
        column = QVBoxLayout(made)
        column.setContentsMargins(M, M, M, M)
        column.setSpacing(S)
        column.addWidget(label(candidate.title, "field"))
        for fact in candidate.facts:
            column.addWidget(label(fact))
        column.addStretch(1)
        if taken:
            column.addWidget(label(_("✓ taken"), "good"))
            return made
        verb = _("Take this one again") if self.contest.settled else _("Take this one")
        take = button(verb, lambda: self.chosen.emit(self.contest.principal, candidate.id))
        take.setAccessibleName(f"{verb}: {self.contest.group}, {candidate.title}")
        self.take_buttons.append(take)
        column.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _difference_part(self) -> QWidget:
        _, ngettext = self._texts.gettext, self._texts.ngettext
        contest = self.contest
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        if not contest.differences:
            column.addWidget(label(_("The packages hold the same records."), "note"))
            return made
        column.addWidget(DifferencesTable(contest.candidates, contest.differences, self._texts))
        if contest.more:
            words = ngettext("{n} more record differs", "{n} more records differ", contest.more)
            column.addWidget(label(words.format(n=contest.more), "note"))
        return made

    def _turn(self) -> None:
        self._differences.setVisible(self._differences.isHidden())
        self._name_fold()

    def _name_fold(self) -> None:
        _ = self._texts.gettext
        hidden = self._differences.isHidden()
        verb = _("Show what differs") if hidden else _("Hide what differs")
        self.fold_button.setText(verb)
        self.fold_button.setAccessibleName(f"{verb}: {self.contest.group}")
