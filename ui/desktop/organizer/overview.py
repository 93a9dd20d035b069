"""The roster that is open: its version, its lines, and what can be done with each."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.organizer.office import Office
from ui.desktop.organizer.result_bar import ResultBar
from ui.desktop.organizer.roster_table import RosterTable
from ui.desktop.organizer.roster_view import Line
from ui.desktop.organizer.words import event_title
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.scrolled import scrolled

WIDEST = 1280
ID_SHOWN = 12


class Overview(QWidget):
    """Each signal asks for the card of an act; those about a line carry it."""

    left = Signal()
    other_asked = Signal()
    request_asked = Signal(object)
    assign_asked = Signal(object)
    assign_all_asked = Signal()
    validity_asked = Signal(object)
    loss_asked = Signal(object)
    revoke_asked = Signal(object)
    recipients_asked = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        _ = office.gettext
        self.result = ResultBar(office)
        self.title = label("", "subheading")
        self.version = label("", "note")
        self.version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stranger = label("", "warn")
        self.recipients = label("", "note")
        self.table = RosterTable(office)
        self.other_button = button(_("Open another roster"), self.other_asked.emit, "quiet")
        self.leave_button = button(_("Go back"), self.left.emit, "quiet")
        self.request_button = button(_("Take in a request…"), self._ask_request, "primary")
        self.assign_all_button = button(_("Hand out all…"), self.assign_all_asked.emit)
        self.recipients_button = button(_("Say who can read names…"), self.recipients_asked.emit)
        self.assign_button = button(_("Hand out…"), self._ask_assignment)
        self.validity_button = button(
            _("Change the dates"), lambda: self.validity_asked.emit(self.table.line)
        )
        self.loss_button = button(_("The key is lost"), lambda: self.loss_asked.emit(self.table.line))
        self.revoke_button = button(_("Revoke"), lambda: self.revoke_asked.emit(self.table.line), "danger")
        self.table.itemSelectionChanged.connect(self._show_line)
        self.table.itemSelectionChanged.connect(self._follow)
        self.table.asked.connect(self._do_the_likely)
        self._lay_out()
        office.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        _ = self._office.gettext
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(label(_("Prepare a session"), "title"), 1)
        head.addWidget(self.other_button)
        head.addWidget(self.leave_button)
        acts = QHBoxLayout()
        acts.setSpacing(M)
        for each in (self.request_button, self.assign_all_button):
            acts.addWidget(each)
        acts.addStretch(1)
        of_line = QHBoxLayout()
        of_line.setSpacing(M)
        for each in (self.assign_button, self.validity_button, self.loss_button, self.revoke_button):
            of_line.addWidget(each)
        of_line.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addLayout(head)
        column.addWidget(self.result)
        column.addWidget(self._head_card())
        column.addLayout(acts)
        column.addWidget(self.table)
        column.addLayout(of_line)
        column.addStretch(1)
        self._area = scrolled(column, WIDEST, centred=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _head_card(self) -> QFrame:
        made = frame("card")
        column = QVBoxLayout(made)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S // 2)
        for each in (self.title, self.version, self.stranger):
            column.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.recipients, 1)
        row.addWidget(self.recipients_button)
        column.addLayout(row)
        return made

    def refresh(self) -> None:
        """Show the version that is open now."""
        _, roster = self._office.gettext, self._office.roster
        self.title.setText("\n".join(event_title(event, self._office) for event in roster.events))
        words = _("Version {n} · package {id} · digits of the organizer: {digits}\n{path}")
        shown = {"n": roster.version, "id": roster.id[:ID_SHOWN], "digits": roster.digits}
        self.version.setText(words.format(path=roster.path, **shown))
        self.stranger.setText(
            _("Another organizer has signed this roster. Call them and compare the digits by voice.")
        )
        self.stranger.setVisible(roster.first_use)
        self._show_recipients()
        self.table.refresh()
        self._show_line()

    def _show_recipients(self) -> None:
        count = len(self._office.roster.recipients)
        ngettext = self._office.ngettext
        words = ngettext(
            "Names and contacts are encrypted to {n} recipient.",
            "Names and contacts are encrypted to {n} recipients.",
            count,
        ).format(n=count)
        nobody = self._office.gettext(
            "Nobody is named to read names and contacts: they stay on this computer."
        )
        self.recipients.setText(words if count else nobody)

    def tell(self, words: str, folder: Path) -> None:
        """Say what has been done."""
        self.result.tell(words, folder)

    def focus_entry(self) -> None:
        """Put the keyboard on the first thing to be done: somebody to enrol, or the table."""
        waiting = any(not group.holders for group in self._office.roster.groups)
        (self.request_button if waiting else self.table).setFocus()

    def _show_line(self) -> None:
        """Offer what can be done with the line that is chosen."""
        line = self.table.line or Line(None, None)
        holder = line.holder
        bounded = holder is not None and not holder.revoked and not holder.organizer
        self.assign_button.setEnabled(line.group is not None)
        self.validity_button.setEnabled(bounded)
        self.loss_button.setEnabled(bounded)
        self.revoke_button.setEnabled(holder is not None and not holder.revoked and not holder.own)

    def _follow(self) -> None:
        """Scroll with the keyboard, since the table itself does not scroll."""
        inner = self._area.widget()
        if inner is not None and self.table.hasFocus():
            place = self.table.line_place()
            middle = self.table.mapTo(inner, place.center())
            self._area.ensureVisible(middle.x(), middle.y(), 0, place.height())

    def _ask_request(self) -> None:
        """Offer the group of the line that is chosen, unless somebody is enrolled for it already."""
        group = self.table.line.group if self.table.line else None
        waiting = group is not None and not group.enrolled(datetime.now(UTC))
        self.request_asked.emit(group if waiting else None)

    def _ask_assignment(self) -> None:
        if self.table.line is not None:
            self.assign_asked.emit(self.table.line.group)

    def _do_the_likely(self) -> None:
        """Hand out the assignment of a group that somebody leads; before that, enrol somebody."""
        line = self.table.line
        if line is not None and line.group is not None:
            enrolled = line.group.enrolled(datetime.now(UTC))
            (self._ask_assignment if enrolled else self._ask_request)()
