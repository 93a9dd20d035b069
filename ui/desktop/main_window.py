"""The window: a stack of pages, the keys that work everywhere, and the two ways it speaks up."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow

from facilitator.errors import Fault
from facilitator.services.home import Home
from facilitator.texts import load_texts
from ui.desktop.desks import Desks
from ui.desktop.door import Door
from ui.desktop.filters import Filters
from ui.desktop.guide.practice import Practice
from ui.desktop.help.desk import HelpDesk
from ui.desktop.pages import Middle, Pages
from ui.desktop.qt_texts import QtTexts
from ui.desktop.shortcuts import add_shortcut
from ui.desktop.start_page import StartPage
from ui.desktop.widgets.error_bar import ErrorBar
from ui.desktop.widgets.toast import Toast
from ui.desktop.workspace_keys import WORKSPACE_KEYS
from ui.desktop.writing_aids import WritingAids

if TYPE_CHECKING:
    from facilitator.services.commands import Command
    from ui.desktop.session import GroupSession
    from ui.desktop.workspace import Workspace

USUAL_SIZE = (1366, 768)
KEYS = QKeySequence.StandardKey


class MainWindow(QMainWindow):
    """Shows one page at a time: the start, a form, the settings, or the open group's workspace."""

    painted = Signal()
    """Comes once, after the first paint."""

    def __init__(self, home: Home, language: str) -> None:
        super().__init__()
        self._home = home
        self._language = language
        self._closing = False
        self._painted = False
        self.workspace: Workspace | None = None
        self._door = Door(self)
        self._door.opened.connect(self._take_group)
        self._door.failed.connect(self._show_open_fault)
        self._door.bug.connect(self._raise_bug)
        self._aids = WritingAids(home, self)
        self._aids.refused.connect(self._show_fault)
        self.desks = Desks(home, self._door, self._aids, self)
        self._door.restored.connect(self.desks.tell_restored)
        self.help = HelpDesk(self)
        self.practice = Practice(home, self._door, self)
        self._filters = Filters(self, self.desks.open_file)
        self.painted.connect(self._filters.put_in)
        self.setMinimumSize(640, 360)
        self.resize(*USUAL_SIZE)
        self._qt_texts = QtTexts(self)
        self._build()
        self._connect_desks()
        self._make_actions()

    def start(self) -> None:
        """Show the window; where it would not fit with its frame, over the whole screen."""
        room = self.screen().availableGeometry()
        if room.width() <= self.width() or room.height() <= self.height():
            self.showMaximized()
        else:
            self.show()

    # Pages

    def _build(self) -> None:
        """Make the pages in the window's language; called again when the language changes."""
        self._texts = load_texts("desktop", self._language)
        self._qt_texts.use(self._language)
        _ = self._texts.gettext
        self.setWindowTitle(_("Strategic session"))
        self.error_bar = ErrorBar(self._texts)
        self._pages = Pages()
        self.desks.settle(self._pages, self._texts, self._language)
        self.help.settle(self._texts, self._language)
        self.start_page = StartPage(self._home, self._texts)
        self.start_page.open_asked.connect(self.open_group)
        self.start_page.file_asked.connect(self.desks.ask_for_file)
        self.start_page.practice_asked.connect(self.open_practice)
        self.start_page.practice_anew_asked.connect(self.practice.begin_anew)
        self.start_page.help_asked.connect(self.help.show_here)
        self.start_page.new_asked.connect(self.show_new_group)
        self.start_page.settings_asked.connect(self.show_settings)
        self.start_page.identity_asked.connect(self.desks.show_identity)
        self.start_page.organizer_asked.connect(self.desks.show_organizer)
        self.start_page.lead_asked.connect(self.desks.show_lead)
        self._pages.addWidget(self.start_page)
        middle = Middle(self.error_bar, self._pages)
        self.practice.settle(self._pages, middle, self._texts)
        self.setCentralWidget(middle)
        self.toast = Toast(self)

    def _connect_desks(self) -> None:
        self.desks.shown.connect(lambda: self.error_bar.hide())
        self.desks.left.connect(self.show_home)
        self.desks.failed.connect(lambda *trouble: self.error_bar.show_fault(*trouble))
        self.desks.bug.connect(self._raise_bug)
        self.desks.said.connect(lambda words: self.toast.say(words))
        self.desks.group_asked.connect(self.open_group)
        self.desks.language_chosen.connect(self._change_language)
        self.practice.leaving.connect(self._leave_group)
        self.practice.group_asked.connect(self.open_group)
        self.practice.new_asked.connect(self.show_new_group)
        self.practice.said.connect(lambda words: self.toast.say(words))
        self.help.act_asked.connect(self.practice.carry_out)

    def _make_actions(self) -> None:
        for key, act in (
            ("F1", self.help.show_here),
            (KEYS.New, self.show_new_group),
            (KEYS.Open, self.desks.ask_for_file),
            ("Ctrl+,", self.show_settings),
        ):
            add_shortcut(self, key, act)
        for key, act_there in WORKSPACE_KEYS:
            add_shortcut(self, key, partial(self._with_workspace, act_there))

    def show_home(self) -> None:
        """Go to the open group, or to the start page when there is none."""
        if self.workspace is not None:
            self._pages.show_page(self.workspace)
            self.workspace.focus_entry()
        else:
            self.start_page.refresh()
            self._pages.show_page(self.start_page)

    def show_settings(self) -> None:
        """Show language, theme and scale."""
        self.desks.show_settings()

    def show_new_group(self) -> None:
        """Show the form for a new group."""
        from ui.desktop.new_group_page import NewGroupPage  # noqa: PLC0415  it needs the catalogues

        page = NewGroupPage(self._home, self._texts, self._language)
        page.left.connect(self.show_home)
        page.asked.connect(self._start_group)
        self._pages.show_page(page, passing=True)
        page.focus_entry()

    # Groups

    def open_group(self, path: Path) -> None:
        """Open a group's file in place of the one that is open; go to it when it is that one."""
        if self._door.session is not None and self._door.session.path == path:
            self.show_home()
        else:
            self._leave_group(lambda: self._door.open_file(path))

    def open_practice(self) -> None:
        """Open the practice session."""
        self.practice.open()

    def _start_group(self, path: Path, event: object, group: object, people: object) -> None:
        self._leave_group(lambda: self._door.start_group(path, event, group, people))  # type: ignore[arg-type]

    def _leave_group(self, then: Callable[[], object]) -> None:
        """Close the open group, if there is one, then do ``then``."""
        self.error_bar.hide()
        self.toast.hide()
        self.practice.leave()
        workspace, self.workspace = self.workspace, None
        if workspace is not None:
            workspace.finish_typing()
            workspace.close_projector()
        self._door.close(lambda: self._after_leaving(workspace, then))

    def _after_leaving(self, workspace: "Workspace | None", then: Callable[[], object]) -> None:
        if workspace is not None:
            if self._pages.currentWidget() is workspace:
                self._pages.show_page(self.start_page)
            workspace.deleteLater()
        then()

    def _take_group(self, session: "GroupSession") -> None:
        session.refused.connect(self._show_refusal)
        session.changed.connect(self._forget_error)
        self._show_group(session)

    def _show_group(self, session: "GroupSession") -> None:
        from ui.desktop.context import Context  # noqa: PLC0415
        from ui.desktop.workspace import Workspace  # noqa: PLC0415

        context = Context(session, self._texts, self._language, self._aids)
        workspace = self.workspace = Workspace(context, self._home, self.toast)
        workspace.failed.connect(self.error_bar.show_fault)
        workspace.start_asked.connect(lambda: self._leave_group(self.show_home))
        workspace.new_asked.connect(self.show_new_group)
        workspace.file_asked.connect(self.desks.ask_for_file)
        workspace.settings_asked.connect(self.show_settings)
        workspace.help_asked.connect(self.help.show_here)
        workspace.identity_asked.connect(self.desks.show_identity)
        workspace.restore_asked.connect(
            lambda path, name: self._leave_group(lambda: self._door.restore(path, name))
        )
        self._pages.show_page(workspace)
        self.practice.attend(workspace)
        workspace.focus_entry()
        self.desks.remember(session.path, workspace.title)

    # Speaking up

    def _show_refusal(self, fault: Fault, _command: "Command | None") -> None:
        if self.workspace is not None:
            self.workspace.show_refusal(fault)
        else:
            self.error_bar.show_fault(fault)

    def _show_fault(self, fault: Fault) -> None:
        self.error_bar.show_fault(fault)

    def _forget_error(self, _changes: object) -> None:
        """The next act that goes well says that the trouble is over."""
        self.error_bar.hide()

    def _show_open_fault(self, fault: Fault) -> None:
        """Stay where the person is, so that what was typed into a form is kept."""
        self._closing = False
        self.start_page.refresh()
        self.error_bar.show_fault(fault)

    def show_bug(self, log: Path | None) -> None:
        """Say that the program is at fault; a bound method, since the news may come from another thread."""
        self.error_bar.show_bug(log)

    def _raise_bug(self, error: BaseException) -> None:
        """Let a mistake on the group's thread take the same way as one on ours."""
        raise error

    # Keys and settings

    def _with_workspace(self, act: "Callable[[Workspace], object]") -> None:
        if self.workspace is not None and self._pages.currentWidget() is self.workspace:
            act(self.workspace)

    def _change_language(self, language: str) -> None:
        """Build every page anew in another language; the open group stays open."""
        self._language = language
        session = self._door.session
        if self.workspace is not None:
            self.workspace.finish_typing()
            self.workspace.close_projector()
            self.workspace = None
        self.toast.deleteLater()
        self._build()
        if session is not None:
            self._show_group(session)
        self.show_settings()

    def warm_up(self) -> None:
        """Import what an open group needs, away from the window's thread."""
        self._door.warm_up()

    def event(self, event: QEvent) -> bool:
        """Tell once when the window has been painted."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back up and let go of the group first; the window does not freeze meanwhile."""
        if self._door.session is None:
            self._pages.end()
            self._door.close(lambda: None)
            self._filters.remove()
            self._aids.end()
            super().closeEvent(event)
            return
        event.ignore()
        if not self._closing:
            self._closing = True
            self._leave_group(lambda: self.close() if self._closing else None)
