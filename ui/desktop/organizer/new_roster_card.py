"""A new roster: which session, which groups, and whom names are encrypted to."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from facilitator.script.catalogues import Session
from ui.desktop.dates import days
from ui.desktop.file_names import ask_where
from ui.desktop.organizer import acts
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.group_rows import GroupRows
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.recipient_fields import RecipientFields
from ui.desktop.organizer.roster_view import HeldRoster
from ui.desktop.widgets.build import label, set_wrong
from ui.desktop.widgets.section import section


class NewRosterCard(Card):
    """All has a sensible default; the recipients may be named later too."""

    def __init__(self, office: Office, held: tuple[HeldRoster, ...]) -> None:
        _ = office.gettext
        super().__init__(office, _("New roster"), _("Sign and save the roster…"))
        self.foot.leave_button.setText(_("Go back"))
        self.foot.leave_button.setAccessibleName(_("Go back"))
        self._held = {code: each for each in held for code in (event.code for event in each.events)}
        self.session = self._sessions()
        self.session_note = label("", "warn")
        self.groups = GroupRows(office)
        self.recipients = RecipientFields(office, self.foot)
        self.lay_out(
            section(_("Session"), self.session, self.session_note),
            section(_("Groups"), self.groups),
            section(_("Who can read names and contacts"), self.recipients),
        )
        self.session.currentIndexChanged.connect(self._show_session)
        self.groups.changed.connect(self._show_groups)
        self.recipients.changed.connect(lambda: self.foot.show_problem(""))
        self._show_session()

    def focus_entry(self) -> None:
        """Begin with the session."""
        self.session.setFocus()

    def _sessions(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.office.gettext("Session"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        sessions = list(self.office.catalogues.sessions.values())
        for session in sessions:
            title = session.title.in_language(self.office.language)
            when = days(session.starts, session.ends, self.office.language)
            box.addItem(f"{title} · {session.city}, {when}", session.id)
        coming = [index for index, each in enumerate(sessions) if each.ends >= date.today().isoformat()]
        latest = max(range(len(sessions)), key=lambda index: sessions[index].ends)
        box.setCurrentIndex(coming[0] if coming else latest)
        return box

    def _chosen(self) -> Session:
        return self.office.catalogues.sessions[self.session.currentData()]

    def _show_session(self) -> None:
        """A second roster of one session would be refused wherever the first is trusted."""
        held = self._held.get(acts.event_code(self._chosen()))
        words = self.office.gettext(
            "There is a roster of this session here already, version {n}. Go back and open it."
        )
        self.session_note.setText(words.format(n=held.version) if held else "")
        self.session_note.setVisible(held is not None)
        set_wrong(self.session, held is not None)
        self.foot.show_problem("")

    def _show_groups(self) -> None:
        _ = self.office.gettext
        twice = self.groups.repeated()
        words = _("Two groups have the number {n}. Give one of them another.")
        self.foot.show_problem(words.format(n=twice[0]) if twice else "")

    def act(self) -> None:
        """Open the key and check what was entered; only then ask where the roster goes, and sign it."""
        if acts.event_code(self._chosen()) in self._held:
            self.session.setFocus()
            return
        if self.groups.repeated():
            self._show_groups()
            return
        recipients = self.recipients.value()
        self.foot.sign(
            lambda _organizer: acts.check_recipients(recipients), self._ask_where, self.recipients.mark
        )

    def _ask_where(self, _checked: None) -> None:
        _ = self.office.gettext
        proposed = self.office.folder / f"{acts.event_code(self._chosen())}.roster.fpkg"
        path = ask_where(self, _("Save the roster"), proposed, _("Packages (*.fpkg)"))
        if path is not None:
            self._sign(path)

    def _sign(self, path: Path) -> None:
        session, groups, recipients = self._chosen(), self.groups.value(), self.recipients.value()
        self.foot.change(
            path,
            lambda organizer: acts.start_roster(organizer, path, session, groups, recipients),
            self._tell_begun,
            self.recipients.mark,
        )

    def _tell_begun(self) -> None:
        _ = self.office.gettext
        self.tell_signed(_("Next: take in the requests of the moderators, and of the lead."))
