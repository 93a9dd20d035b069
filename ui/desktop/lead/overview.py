"""How the centre stands: who is here, who has not come, and what somebody should look at."""

from gettext import NullTranslations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.lead.folded import Folded
from ui.desktop.lead.layouts import empty
from ui.desktop.lead.values import LossWords, Survey
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, label

MOST_UNFOLDED = 6


class Overview(QFrame):
    """``contests_asked`` and ``waiting_asked`` ask for what needs a decision."""

    contests_asked = Signal()
    waiting_asked = Signal()

    def __init__(self, texts: NullTranslations) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._texts = texts
        self.counts = label("", "subheading")
        self.complete = label("✓ " + texts.gettext("All expected groups are here"), "good")
        self.warnings = label("", "warn")
        self._missing = _column()
        self._losses = _column()
        self._shown_missing: tuple[str, ...] = ()
        self._shown_losses: tuple[LossWords, ...] = ()
        self.contests_button = button("", self.contests_asked.emit)
        self.waiting_button = button("", self.waiting_asked.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addWidget(self.counts)
        column.addWidget(self.complete)
        column.addLayout(self._missing)
        column.addWidget(self.warnings)
        column.addLayout(self._losses)
        self._ways = QWidget()
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(M)
        row.addWidget(self.contests_button)
        row.addWidget(self.waiting_button)
        row.addStretch(1)
        column.addWidget(self._ways)

    def show_survey(self, survey: Survey) -> None:
        """Show how the centre stands now."""
        self.counts.setText(self._count_words(survey))
        self._show_missing(survey)
        self.warnings.setText("\n".join(f"! {each}" for each in survey.warnings))
        self.warnings.setVisible(bool(survey.warnings))
        self._show_losses(survey.losses)
        self._show_ways(survey)

    def _count_words(self, survey: Survey) -> str:
        _ = self._texts.gettext
        parts = [_("Groups here: {n}").format(n=survey.groups)]
        if survey.expected:
            parts.append(_("expected: {n}").format(n=survey.expected))
        parts.append(_("statements: {n}").format(n=survey.cards))
        return " · ".join(parts)

    def _show_missing(self, survey: Survey) -> None:
        """Name the expected groups that have not come; a long list is folded at first."""
        self.complete.setVisible(survey.expected > 0 and not survey.missing)
        if survey.missing == self._shown_missing:
            return
        self._shown_missing = survey.missing
        empty(self._missing)
        if survey.missing:
            words = "… " + self._texts.gettext("Not here yet: {n}").format(n=len(survey.missing))
            unfolded = len(survey.missing) <= MOST_UNFOLDED
            self._missing.addWidget(Folded(words, survey.missing, self._texts, unfolded=unfolded))

    def _show_losses(self, losses: tuple[LossWords, ...]) -> None:
        """Tell how many records are gone and, unfolded, which."""
        if losses == self._shown_losses:
            return
        self._shown_losses = losses
        empty(self._losses)
        for loss in losses:
            count = len(loss.records)
            words = self._texts.ngettext(
                "{group}: {n} record is gone that the package before had",
                "{group}: {n} records are gone that the package before had",
                count,
            ).format(group=loss.group, n=count)
            self._losses.addWidget(Folded(f"! {words}", loss.records, self._texts))

    def _show_ways(self, survey: Survey) -> None:
        _ = self._texts.gettext
        contests, waiting = survey.open_contests, len(survey.waiting)
        for way, number, words in (
            (self.contests_button, contests, _("Settle conflicts: {n}")),
            (self.waiting_button, waiting, _("Look at what waits: {n}")),
        ):
            way.setText(words.format(n=number))
            way.setAccessibleName(way.text())
            way.setVisible(number > 0)
        self._ways.setVisible(contests + waiting > 0)


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(S)
    return made
