"""The assignment of one group: who leads it, who takes part, and where the files go."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit

from facilitator.errors import Fault
from ui.desktop.file_names import ask_where
from ui.desktop.organizer import acts
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import ExpectedGroup
from ui.desktop.organizer.words import group_title, listed, theme_title
from ui.desktop.widgets.build import button, label, set_look
from ui.desktop.widgets.section import section

if TYPE_CHECKING:
    from facilitator.services.assignments import Assigned
    from facilitator.services.commands import NewPerson

NAMES_SHOWN = 4
NAME_LIMIT = 500


def assignment_name(group: ExpectedGroup) -> str:
    """Return the name the file of an assignment usually has."""
    return f"{group.event.code}-g{group.number}-assignment.fpkg"


class AssignmentCard(Card):
    """The moderator opens the file and finds the group ready."""

    def __init__(self, office: Office, group: ExpectedGroup) -> None:
        _ = office.gettext
        title = _("Assignment: {group}").format(group=group_title(group, office))
        super().__init__(office, title, _("Sign and save the assignment…"))
        self._group = group
        self._people: tuple[NewPerson, ...] = ()
        now = datetime.now(UTC)
        self.moderator = QLineEdit(group.leader(now) or "")
        self.moderator.setAccessibleName(_("Moderator"))
        self.moderator.setMaxLength(NAME_LIMIT)
        self.moderator.setReadOnly(group.moderator is not None)
        self.moderator.textChanged.connect(lambda: self.foot.show_problem(""))
        self.people_button = button(_("Take participants from Excel…"), self._ask_people)
        self.people_note = label("", "note")
        self.names_note = label("", "warn")
        alone = label(
            _("Nobody is enrolled for this group: it can be opened, but its package cannot be signed yet."),
            "warn",
        )
        self.lay_out(
            label(theme_title(group.theme, office), "note"),
            alone,
            section(_("Moderator"), self.moderator),
            section(_("Participants"), self.people_button, self.people_note, self.names_note),
        )
        alone.setVisible(not group.enrolled(now))
        self._show_people()

    def focus_entry(self) -> None:
        """Begin with the moderator where nobody is known yet."""
        (self.people_button if self.moderator.text() else self.moderator).setFocus()

    def _ask_people(self) -> None:
        _ = self.office.gettext
        folder = str(self.office.folder)
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the list of participants"), folder, _("Excel workbooks (*.xlsx)")
        )
        if chosen:
            path = Path(chosen)
            self.office.folder = path.parent
            job = partial(acts.read_people, path)
            self.foot.work(job, partial(self._take_people, path), self._refuse_people)

    def _take_people(self, path: Path, people: "tuple[NewPerson, ...]") -> None:
        self._people = people
        self._show_people(path.name)

    def _refuse_people(self, fault: Fault) -> None:
        """Name the line that cannot be used; nobody is taken, not even from a file that was read before."""
        self._people = ()
        self._show_people()
        where = {name: value for name, value in fault.facts.items() if name != "field"}
        nobody = self.office.gettext("Nobody was taken. Mend the list and choose it again.")
        set_look(self.people_note, "role", "error")
        self.people_note.setText(f"{self.office.sentence(Fault(fault.code, **where))} {nobody}")

    def _show_people(self, file: str = "") -> None:
        _, people = self.office.gettext, self._people
        set_look(self.people_note, "role", "good" if people else "note")
        if people:
            count = self.office.ngettext("{n} participant", "{n} participants", len(people))
            names = listed([each.name for each in people if each.name], NAMES_SHOWN, self.office)
            self.people_note.setText(f"✓ {count.format(n=len(people))} · {file}\n{names}")
        else:
            self.people_note.setText(
                _(
                    "A sheet with a column “Name”, and region, category, organization and contact if you have"
                    " them. Without it the moderator enters the participants."
                )
            )
        named = any(each.name for each in people)
        self.names_note.setText(
            _("The names stay with you: nobody is named yet who could read them. The group gets labels only.")
        )
        self.names_note.setVisible(named and not self.office.roster.recipients)

    def act(self) -> None:
        """Ask where the assignment goes, and sign it."""
        _ = self.office.gettext
        if not self.moderator.text().strip():
            self.foot.show_problem(_("Type the moderator’s name: it stands in the report."))
            self.moderator.setFocus()
            return
        proposed = self.office.folder / assignment_name(self._group)
        path = ask_where(self, _("Save the assignment"), proposed, _("Packages (*.fpkg)"))
        if path is not None:
            self._sign(path)

    def _sign(self, path: Path) -> None:
        self.office.folder = path.parent
        roster, group, people = self.office.roster.path, self._group, self._people
        moderator = self.moderator.text().strip()
        self.foot.sign(
            lambda organizer: acts.assign(organizer, roster, group, path, moderator, people), self._tell_made
        )

    def _tell_made(self, made: "Assigned") -> None:
        _ = self.office.gettext
        lines = [_("✓ The assignment is signed and saved: {path}").format(path=made.path)]
        if made.names is not None:
            lines.append(_("✓ The names, encrypted: {path}").format(path=made.names))
            lines.append(_("Give the moderator both files; they belong in one folder."))
        else:
            lines.append(_("Give the moderator this file."))
        self.tell("\n".join(lines), made.path.parent)
