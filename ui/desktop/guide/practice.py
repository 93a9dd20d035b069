"""The practice session: opened, begun anew, and the hints that go with it."""

from contextlib import suppress
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.door import Door
from ui.desktop.guide.hints import REPORTED, SHOWN, TIMED, UNDONE, Progress
from ui.desktop.pages import Middle, Pages

if TYPE_CHECKING:
    from facilitator.room.notes import Note
    from facilitator.services.group_service import Changes
    from ui.desktop.guide.strip import GuideStrip
    from ui.desktop.session import GroupSession
    from ui.desktop.workspace import Workspace


class Practice(QObject):
    """Puts the strip of hints above the practice session, unless somebody has closed it there."""

    new_asked = Signal()
    leaving = Signal(object)
    """The open group is to be closed; carries what comes then."""
    group_asked = Signal(object)
    """Carries the path of the practice session, which is there to be opened."""
    said = Signal(str)

    def __init__(self, home: Home, door: Door, parent: QObject) -> None:
        super().__init__(parent)
        self._home = home
        self._door = door
        door.practice_renewed.connect(self._tell_renewed)
        self._session: GroupSession | None = None
        self._workspace: Workspace | None = None
        self._progress = Progress()
        self.strip: GuideStrip | None = None

    def settle(self, pages: Pages, middle: Middle, texts: NullTranslations) -> None:
        """Show the strip above these pages, in this language, from now on."""
        self.leave()
        self._pages = pages
        self._middle = middle
        self._texts = texts
        pages.currentChanged.connect(self._follow)

    def open(self) -> None:
        """Open the practice session; it is recorded on first use."""
        path = self._home.practice_path
        if path.exists():
            self.group_asked.emit(path)
        else:
            self.leaving.emit(lambda: self._door.open_practice(path))

    def begin_anew(self) -> None:
        """Set the file aside and open a new one with all hints, also while the former is open."""
        self._keep_hints("shown")
        self.leaving.emit(lambda: self._door.begin_practice_anew(self._home.practice_path))

    def carry_out(self, act: str) -> None:
        """Do what a link in Help asks for."""
        if act in ACTS:
            ACTS[act](self)

    def attend(self, workspace: "Workspace") -> None:
        """Give hints in the practice session's workspace; another language goes on where one was."""
        session = workspace.session
        if session.path != self._home.practice_path or self._home.settings()["hints"] == "closed":
            return
        if session is not self._session:
            self._session, self._progress = session, Progress()
            session.changed.connect(self._take_changes)
            session.noted.connect(self._take_note)
        self._workspace = workspace
        self._make_strip()
        workspace.header.projector_button.toggled.connect(self._take_show)
        workspace.header.report_asked.connect(self._take_report)

    def leave(self) -> None:
        """Take the strip away: the group is closed, or the window is made anew."""
        self._workspace = None
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def _make_strip(self) -> None:
        from ui.desktop.guide.strip import GuideStrip  # noqa: PLC0415  the first paint must not wait

        strip = self.strip = GuideStrip(self._texts, self._progress)
        strip.new_asked.connect(self.new_asked)
        strip.closed.connect(self._close)
        strip.hide()
        self._middle.put_above_pages(strip)
        self._follow()

    def _follow(self, _place: int = 0) -> None:
        """Be there while the workspace is what the window shows."""
        if self.strip is not None:
            self.strip.setVisible(self._pages.currentWidget() is self._workspace)

    def _close(self) -> None:
        self.leave()
        self._keep_hints("closed")

    def _keep_hints(self, state: str) -> None:
        with suppress(Fault):  # a preference; whoever acts next hears of the disk
            self._home.save_settings(hints=state)

    def _take_changes(self, changes: "Changes") -> None:
        if changes.direction == "undone":
            self._note(UNDONE)
        elif changes.direction == "done":
            self._note(changes.name.code)

    def _take_note(self, note: "Note") -> None:
        if getattr(note, "running", False):
            self._note(TIMED)

    def _take_show(self, showing: bool) -> None:
        if showing:
            self._note(SHOWN)

    def _take_report(self) -> None:
        self._note(REPORTED)

    def _tell_renewed(self, former: Path | None) -> None:
        if former is not None:
            _ = self._texts.gettext
            words = _("The practice session begins anew. The former file is kept: {path}")
            self.said.emit(words.format(path=former.name))

    def _note(self, deed: str) -> None:
        self._progress.note(deed)
        if self.strip is not None:
            self.strip.refresh()


ACTS = {"practice": Practice.open, "practice-anew": Practice.begin_anew}
"""What links in Help can ask for, as ``do:practice``."""
