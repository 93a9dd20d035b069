"""The pages beside the open group, and the way that a file somebody opens takes to one of them."""

from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.door import Door
from ui.desktop.pages import Pages
from ui.desktop.theme.apply import apply_theme
from ui.desktop.writing_aids import WritingAids

if TYPE_CHECKING:
    from facilitator.storage.backup import Backup
    from ui.desktop.assignment_jobs import Offer, OpenedGroup
    from ui.desktop.assignment_page import AssignmentPage
    from ui.desktop.identity_page import IdentityPage
    from ui.desktop.lead.page import LeadPage
    from ui.desktop.organizer.page import OrganizerPage

FOR_LEADS = frozenset({"package-is-group", "package-is-collection", "package-is-encrypted"})
FOR_ORGANIZERS = frozenset({"package-is-roster"})


class Desks(QObject):
    """Each page is made when it is asked for, and ends when another takes its place."""

    shown = Signal()
    left = Signal()
    failed = Signal(object, str, object)
    """Carries a fault, the button that helps and what the button does."""
    bug = Signal(object)
    said = Signal(str)
    group_asked = Signal(object)
    """Carries the path of a group's file that is there to be opened."""
    language_chosen = Signal(str)

    def __init__(self, home: Home, door: Door, aids: WritingAids, parent: QObject) -> None:
        super().__init__(parent)
        self._home = home
        self._door = door
        self._aids = aids

    def settle(self, pages: Pages, texts: NullTranslations, language: str) -> None:
        """Show pages among these, in this language, from now on."""
        self._pages = pages
        self._texts = texts
        self._language = language

    @property
    def page(self) -> QWidget | None:
        """The page that is shown, be it one of these or not."""
        return self._pages.currentWidget()

    def show_settings(self) -> None:
        """Show language, theme and scale."""
        from ui.desktop.settings_page import SettingsPage  # noqa: PLC0415  the first paint must not wait

        page = SettingsPage(self._home, self._aids, self._texts, self._language)
        page.left.connect(self.left)
        page.language_chosen.connect(self.language_chosen)
        page.theme_chosen.connect(_change_theme)
        page.refused.connect(self._fail)
        self._pages.show_page(page, passing=True)

    def show_identity(self) -> None:
        """Show «Your key»."""
        from ui.desktop.identity_page import IdentityPage  # noqa: PLC0415  the first paint must not wait

        self._show(IdentityPage(self._home, self._texts, self._language))

    def show_organizer(self) -> None:
        """Show where a session is prepared."""
        from ui.desktop.organizer.page import OrganizerPage  # noqa: PLC0415

        page = OrganizerPage(self._home, self._texts, self._language)
        page.identity_asked.connect(self.show_identity)
        self._show(page)

    def show_lead(self) -> None:
        """Show where packages are merged."""
        from ui.desktop.lead.page import LeadPage  # noqa: PLC0415

        self._show(LeadPage(self._home, self._texts, self._language))

    def _show(self, page: "IdentityPage | OrganizerPage | LeadPage") -> None:
        page.left.connect(self.left)
        page.failed.connect(self._fail)
        page.bug.connect(self.bug)
        self._bring(page)

    def _bring(self, page: "IdentityPage | OrganizerPage | LeadPage | AssignmentPage") -> None:
        self._pages.show_page(page, passing=True)
        page.focus_entry()
        self.shown.emit()

    def _fail(self, fault: Fault) -> None:
        self.failed.emit(fault, "", None)

    # Files

    def ask_for_file(self) -> None:
        """Ask which file to open, and open it."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415  the first paint must not wait

        _ = self._texts.gettext
        folder = str(self._home.groups_folder)
        kinds = _("Groups and assignments (*.fgroup *.fpkg)")
        name, _kind = QFileDialog.getOpenFileName(self._pages, _("Open a file"), folder, kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Open a group, show the assignment in a package, or say what the package is and who takes it in."""
        from ui.desktop.assignment_jobs import look_at  # noqa: PLC0415

        if path.suffix.lower() == ".fgroup":
            self.group_asked.emit(path)
        else:
            self._door.run(lambda: look_at(path, self._home), self._show_offer)

    def remember(self, path: Path, title: str) -> None:
        """Put a group that was opened at the head of the list of the start page."""
        try:
            self._home.remember(path, title)
        except Fault as fault:
            self._fail(fault)

    def tell_restored(self, backup: "Backup", former: Path | None) -> None:
        """Say which copy has taken the place of the open file, and where that one is now."""
        from ui.desktop.dates import long_moment  # noqa: PLC0415  the first paint must not wait

        _ = self._texts.gettext
        moment = long_moment(backup.made, self._language)
        self.said.emit(
            _("Restored from the copy of {when}; the former file: {path}").format(when=moment, path=former)
        )

    def _show_offer(self, offer: "Offer | Fault") -> None:
        from ui.desktop.assignment_page import AssignmentPage  # noqa: PLC0415  it needs the catalogues

        if isinstance(offer, Fault):
            self.failed.emit(offer, *self._way_out(offer.code))
            return
        page = AssignmentPage(offer, self._texts, self._language)
        page.left.connect(self.left)
        page.rejected.connect(self._reject)
        page.former_asked.connect(self.group_asked)
        page.open_asked.connect(lambda passphrase, names: self._open(page, offer, passphrase, names))
        self._bring(page)

    def _way_out(self, code: str) -> tuple[str, Callable[[], None] | None]:
        """Return the button that leads to the page which takes in a package of another kind."""
        _ = self._texts.gettext
        if code in FOR_LEADS:
            return _("Merge packages"), self.show_lead
        if code in FOR_ORGANIZERS:
            return _("Prepare a session"), self.show_organizer
        return "", None

    def _reject(self) -> None:
        self.left.emit()
        self.said.emit(
            self._texts.gettext("Nothing was kept. Ask the organizer to send you the assignment again.")
        )

    def _open(self, page: "AssignmentPage", offer: "Offer", passphrase: str, names: bool) -> None:
        from ui.desktop.assignment_jobs import make_group  # noqa: PLC0415

        def show(result: "OpenedGroup | Fault") -> None:
            if not isinstance(result, Fault):
                self._tell_names(offer, result)
                self.group_asked.emit(result.path)
            elif self.page is page:
                page.refuse(result)
            else:
                self._fail(result)

        self._door.run(lambda: make_group(offer, self._home, passphrase, with_names=names), show)

    def _tell_names(self, offer: "Offer", opened: "OpenedGroup") -> None:
        """Say what became of the names that lie beside an assignment."""
        _, ngettext = self._texts.gettext, self._texts.ngettext
        if opened.names:
            words = ngettext("{n} name is entered.", "{n} names are entered.", opened.names)
            self.said.emit(words.format(n=opened.names))
        elif offer.names != "none":
            self.said.emit(_("The group is open without names. They lie beside the assignment as before."))


def _change_theme(name: str) -> None:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        apply_theme(application, name)
