"""The assignments of all groups that somebody is enrolled for, into one folder and in one go."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from facilitator.errors import Fault
from ui.desktop.organizer import acts
from ui.desktop.organizer.assignment_card import assignment_name
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.result_bar import ResultBar
from ui.desktop.organizer.roster_view import ExpectedGroup
from ui.desktop.organizer.words import group_title
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.section import section

if TYPE_CHECKING:
    from facilitator.services.assignments import Assigned
    from facilitator.services.rosters import Organizer


class AssignAllCard(Card):
    """One group after the other; a bad one does not stop the rest, and one may stop after any."""

    def __init__(self, office: Office) -> None:
        _ = office.gettext
        super().__init__(office, _("Hand out all assignments"), _("Choose a folder and sign…"))
        self._now = datetime.now(UTC)
        groups = office.roster.groups
        self._groups = [group for group in groups if group.enrolled(self._now)]
        self._waiting: list[ExpectedGroup] = []
        self._made = 0
        self._folder = Path()
        self.result = ResultBar(office)
        self.lines = label("")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Assignments that are ready"))
        self.progress.setTextVisible(False)
        self.progress.setRange(0, len(self._groups))
        self.stop_button = button(_("Stop after this one"), self._stop)
        coming = self._what_comes([group for group in groups if group not in self._groups])
        self.lay_out(self.result, *coming, self.progress, self.lines, self.stop_button)
        self._show_progress(False)
        self.foot.act_button.setEnabled(bool(self._groups))

    def _what_comes(self, without: list[ExpectedGroup]) -> Iterator[QWidget]:
        """Say who gets an assignment, and who does not yet."""
        _ = self.office.gettext
        names = [
            f"{group_title(group, self.office)} · {group.leader(self._now) or '—'}" for group in self._groups
        ]
        words = _("Nobody is enrolled yet. Take in a request first.")
        yield section(_("Who gets one"), label("\n".join(names) or words))
        if without and names:
            others = ", ".join(group_title(group, self.office) for group in without)
            waits = _("Nobody is enrolled yet, and nothing is handed out: {groups}.").format(groups=others)
            yield label(waits, "warn")
        note = _(
            "The moderators enter the participants. To hand them out too, take the group’s own line and its"
            " list from Excel."
        )
        yield label(note, "note")

    def act(self) -> None:
        """Ask for the folder, and begin."""
        chosen = QFileDialog.getExistingDirectory(
            self, self.office.gettext("Choose a folder for the assignments"), str(self.office.folder)
        )
        if chosen:
            self._folder = self.office.folder = Path(chosen)
            self._waiting = list(self._groups)
            self._made = 0
            self.lines.setText("")
            self.progress.setValue(0)
            self.result.hide()
            self._show_progress(True)
            self.stop_button.setFocus()
            self._sign_next()

    def _show_progress(self, shown: bool) -> None:
        for part in (self.progress, self.lines, self.stop_button):
            part.setVisible(shown)

    def _sign_next(self) -> None:
        if not self._waiting:
            self._finish()
            return
        group = self._waiting.pop(0)
        self.foot.sign(
            partial(self._assign, group, self.office.roster.path),
            partial(self._take, group),
            lambda _fault: self._show_progress(False),
        )

    def _assign(self, group: ExpectedGroup, roster: Path, organizer: "Organizer") -> "Assigned | Fault":
        path = self._folder / assignment_name(group)
        try:
            return acts.assign(organizer, roster, group, path, group.leader(self._now))
        except Fault as fault:
            return fault

    def _take(self, group: ExpectedGroup, made: "Assigned | Fault") -> None:
        title = group_title(group, self.office)
        if isinstance(made, Fault):
            line = f"! {title}: {self.office.sentence(made)}"
        else:
            self._made += 1
            line = f"✓ {title}: {made.path.name}"
        self.lines.setText(f"{self.lines.text()}\n{line}".strip())
        self.progress.setValue(len(self._groups) - len(self._waiting))
        self._sign_next()

    def _stop(self) -> None:
        self._waiting.clear()

    def _finish(self) -> None:
        self.stop_button.hide()
        words = self.office.gettext("{n} of {count} assignments are ready in {folder}")
        count = len(self._groups)
        complete = self._made == count
        said = words.format(n=self._made, count=count, folder=self._folder)
        self.result.tell(f"{'✓' if complete else '!'} {said}", self._folder, complete=complete)
        self.foot.leave_button.setFocus()
