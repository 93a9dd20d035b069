"""Where an organizer begins: the rosters one may change, a new one, or one from a file."""

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.errors import Fault
from ui.desktop.file_names import ask_where
from ui.desktop.organizer import acts
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.roster_view import HeldRoster, OwnKey
from ui.desktop.organizer.words import event_title
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import ButtonKind, button, frame, label, set_look
from ui.desktop.widgets.scrolled import scrolled
from ui.desktop.widgets.section import section


class StartCard(QWidget):
    """Looks for the key of this computer first: without one there is nothing to sign with."""

    left = Signal()
    identity_asked = Signal()
    new_asked = Signal(object)
    """Carries the rosters that are trusted here already."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._held: tuple[HeldRoster, ...] = ()
        _ = office.gettext
        self.waiting = label(_("The key and the rosters are being read…"), "note")
        self.problem = label("", "error")
        self.new_button = button(_("Begin a roster"), lambda: self.new_asked.emit(self._held))
        self.file_button = button(_("Open a roster…"), self._ask_for_file)
        self.identity_button = button(_("Make your key"), self.identity_asked.emit, "primary")
        self.leave_button = button(_("Go back"), self.left.emit, "quiet")
        self._keyless = self._keyless_card()
        self._ways = QWidget()
        self._steps = self._steps_card()
        self._rosters = QVBoxLayout()
        self._rosters.setSpacing(S)
        self.open_buttons: list[QWidget] = []
        self._lay_out()
        self.look()

    def _keyless_card(self) -> QFrame:
        _ = self._office.gettext
        made = frame("hint")
        row = QHBoxLayout(made)
        row.setContentsMargins(L, L, L, L)
        row.setSpacing(L)
        words = _("A roster is signed with the key of this computer, and there is none yet.")
        row.addWidget(label(words), 1)
        row.addWidget(self.identity_button)
        return made

    def _steps_card(self) -> QFrame:
        _ = self._office.gettext
        words = _(
            "1. Begin a roster: the session, its groups, and who can read names and contacts.\n"
            "2. Take in the requests of moderators and leads, and compare their digits by voice.\n"
            "3. Hand out the assignments. A moderator opens the file and finds the group ready."
        )
        return section(_("How it goes"), label(words))

    def _lay_out(self) -> None:
        _ = self._office.gettext
        ways = QHBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(M)
        ways.addWidget(self.new_button)
        ways.addWidget(self.file_button)
        ways.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(label(_("Prepare a session"), "title"), 1)
        head.addWidget(self.leave_button)
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        column.addLayout(head)
        note = _(
            "The roster says which key may sign for which group. You enrol the moderators, sign the roster,"
            " and hand out to each the assignment of the group."
        )
        column.addWidget(label(note, "note"))
        for part in (self.waiting, self._keyless, self.problem, self._steps):
            column.addWidget(part)
        column.addLayout(self._rosters)
        column.addWidget(self._ways)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, centred=True))

    def look(self) -> None:
        """Look again which key and which rosters there are."""
        self._show_problem("")
        self.waiting.show()
        self._keyless.hide()
        self._ways.hide()
        self._steps.hide()
        self._office.find_key(self._take_key, self._refuse_key)

    def focus_entry(self) -> None:
        """Put the keyboard on what one most likely wants."""
        wanted = [self.identity_button, *self.open_buttons, self.new_button]
        next((each for each in wanted if each.isVisible()), self.leave_button).setFocus()

    def _take_key(self, key: OwnKey | None) -> None:
        if key is None:
            self.waiting.hide()
            self._keyless.show()
            self._steps.show()
            self.focus_entry()
        else:
            self._office.work(
                partial(acts.held_rosters, self._office.home), self._show_held, self._refuse_held
            )

    def _refuse_key(self, fault: Fault) -> None:
        """A key that cannot be read has to be made or brought anew, on the page of the key."""
        self.waiting.hide()
        self._keyless.show()
        self._show_problem(self._office.sentence(fault))

    def _refuse_held(self, fault: Fault) -> None:
        self._show_held(())
        self._show_problem(self._office.sentence(fault))

    def _show_held(self, held: tuple[HeldRoster, ...]) -> None:
        self._held = held
        self.waiting.hide()
        self._ways.show()
        self._clear()
        for each in held:
            if each.changeable:
                row = self._row(each, "plain" if self.open_buttons else "primary")
                self._rosters.addWidget(row)
                row.show()
        for former, latter in pairwise([self.leave_button, *self.open_buttons, self.new_button]):
            QWidget.setTabOrder(former, latter)
        set_look(self.new_button, "kind", "plain" if self.open_buttons else "primary")
        self._steps.setVisible(not self.open_buttons)
        self.focus_entry()

    def _clear(self) -> None:
        self.open_buttons = []
        while (item := self._rosters.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()

    def _row(self, held: HeldRoster, kind: ButtonKind) -> QFrame:
        _ = self._office.gettext
        made = frame("card")
        row = QHBoxLayout(made)
        row.setContentsMargins(L, M, M, M)
        row.setSpacing(M)
        title = ", ".join(event_title(event, self._office) for event in held.events)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "field"))
        version = _("Version {n}").format(n=held.version)
        path = held.path
        if path is not None and path.exists():
            words.addWidget(label(f"{version} · {path}", "small"))
            act = button(_("Open"), partial(self._open, path), kind)
            act.setAccessibleName(_("Open the roster: {title}").format(title=title))
        else:
            gone = _("{version}: its file is not where it was. A copy is kept here.").format(version=version)
            words.addWidget(label(gone, "warn"))
            act = button(_("Save the copy…"), partial(self._restore, held), kind)
            act.setAccessibleName(_("Save the copy of {title}").format(title=title))
        self.open_buttons.append(act)
        row.addLayout(words, 1)
        row.addWidget(act)
        return made

    def _open(self, path: Path) -> None:
        self._show_problem("")
        self._office.open(path, self._refuse)

    def _restore(self, held: HeldRoster) -> None:
        _ = self._office.gettext
        proposed = self._office.folder / f"{held.principal}.fpkg"
        path = ask_where(self, _("Save the roster"), proposed, _("Packages (*.fpkg)"))
        if path is not None:
            self._office.restore(held.principal, path, self._refuse)

    def _ask_for_file(self) -> None:
        _ = self._office.gettext
        folder = str(self._office.folder)
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open a roster"), folder, _("Packages (*.fpkg)"))
        if chosen:
            self._open(Path(chosen))

    def _refuse(self, fault: Fault) -> None:
        self._show_problem(self._office.sentence(fault))

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
