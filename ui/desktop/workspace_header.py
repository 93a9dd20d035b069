"""The head of the workspace: which group this is, the way back and forth, and what is shown or made of it."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from facilitator.services.group_service import Changes
from ui.acts import act_words
from ui.desktop.context import Context
from ui.desktop.dates import days
from ui.desktop.room_clock import RoomClock
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.timer_box import TimerButton, TimerLine
from ui.desktop.widgets.build import button
from ui.desktop.widgets.elided_label import ElidedLabel
from ui.desktop.widgets.saved_label import SavedLabel


class WorkspaceHeader(QFrame):
    """Emits what is asked for; it does nothing by itself but undo and redo."""

    steps_asked = Signal()
    chain_asked = Signal()
    projector_asked = Signal()
    report_asked = Signal()
    start_asked = Signal()
    new_asked = Signal()
    file_asked = Signal()
    settings_asked = Signal()
    help_asked = Signal()

    place_asked = Signal(str)
    late_card_asked = Signal()

    def __init__(self, context: Context, clock: RoomClock) -> None:
        super().__init__()
        self._context = context
        self.setProperty("role", "header")
        _ = context.gettext
        session = context.session
        self.title = ElidedLabel(self._title(), "field")
        self._subtitle = ElidedLabel(self._place(), "small")
        self.steps_button = button("☰", self.steps_asked.emit, "quiet", _("Show the steps"))
        self.steps_button.setAccessibleName(_("Show the steps"))
        self.undo_button = button("↶", session.undo, "quiet")
        self.redo_button = button("↷", session.redo, "quiet")
        self._saved = SavedLabel(context)
        self.timer_button = TimerButton(context, clock)
        self.timer_line = TimerLine(context, clock)
        self.timer_line.closed.connect(self.timer_line.hide)
        self.timer_line.hide()
        self.projector_button = button(_("Show to the room"), self.projector_asked.emit, tip="F11")
        self.projector_button.setCheckable(True)
        self._report = button(_("Make the report"), self.report_asked.emit)
        self._more = self._make_menu()
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, L, S)
        row.setSpacing(S)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self._subtitle)
        row.addWidget(self.steps_button)
        row.addLayout(words, 1)
        row.addWidget(self._saved)
        row.addSpacing(M)
        row.addWidget(self.timer_button)
        for each in (self.undo_button, self.redo_button, self.projector_button, self._report):
            row.addWidget(each)
        row.addWidget(self._more)
        self.set_narrow(False)
        self.refresh()
        session.changed.connect(self.refresh)

    def _title(self) -> str:
        session = self._context.session
        theme = session.catalogues.themes[session.snapshot.group.theme]
        number = self._context.gettext("Group {n}").format(n=session.snapshot.group.number)
        return f"{number}. {self._context.say(theme.title)}"

    def _place(self) -> str:
        event = self._context.session.snapshot.event
        district = self._context.session.catalogues.sessions[event.district]
        when = days(event.starts, event.ends, self._context.language)
        return f"{self._context.say(district.title)} · {event.city}, {when}"

    def _make_menu(self) -> QPushButton:
        _ = self._context.gettext
        menu = QMenu(self)
        self._projector_action = self._action(_("Show to the room"), self.projector_asked)
        self._narrow_actions = (
            self._projector_action,
            self._action(_("Show the chain"), self.chain_asked),
            self._action(_("Make the report"), self.report_asked),
        )
        menu.addActions(self._narrow_actions)
        menu.addAction(_("Record a late statement") + "\tCtrl+L", self.late_card_asked.emit)
        menu.addAction(_("Set the timer") + "\tCtrl+F5", self.timer_line.open)
        for key, title in (
            ("agenda", _("Go to the agenda")),
            ("chain", _("Go to the chain") + "\tF9"),
            ("day", _("End the day")),
            ("log", _("Read the log of acts")),
        ):
            menu.addAction(title, partial(self.place_asked.emit, key))
        menu.addSeparator()
        menu.addAction(_("Start a new group"), self.new_asked.emit)
        menu.addAction(_("Open a file"), self.file_asked.emit)
        menu.addAction(_("Close the group"), self.start_asked.emit)
        menu.addSeparator()
        menu.addAction(_("Change settings"), self.settings_asked.emit)
        menu.addAction(_("Open Help") + "\tF1", self.help_asked.emit)
        made = QPushButton(_("More"))
        made.setProperty("kind", "quiet")
        made.setAccessibleName(_("More"))
        made.setMenu(menu)
        return made

    def _action(self, text: str, asked: SignalInstance) -> QAction:
        """Return an action that this head owns: one the menu makes may be gone when it is spoken to."""
        made = QAction(text, self)
        made.triggered.connect(lambda: asked.emit())
        return made

    def refresh(self, _changes: Changes | None = None) -> None:
        """Name what undo and redo would do, and the group as it is called now."""
        _ = self._context.gettext
        session = self._context.session
        for made, name, words, nothing, key in (
            (self.undo_button, session.undo_name, _("Undo: {act}"), _("Nothing to undo"), "Ctrl+Z"),
            (self.redo_button, session.redo_name, _("Redo: {act}"), _("Nothing to redo"), "Ctrl+Shift+Z"),
        ):
            said = nothing
            if name is not None:
                act = act_words(name, session.script, self._context.language, _)
                said = words.format(act=act)
            made.setEnabled(name is not None)
            made.setToolTip(f"{said} ({key})")
            made.setAccessibleName(said)
        self.title.show_text(self._title())

    def set_showing(self, showing: bool) -> None:
        """Offer to end the show while there is one."""
        _ = self._context.gettext
        act = _("End the show") if showing else _("Show to the room")
        self.projector_button.setText(act)
        self.projector_button.setAccessibleName(act)
        self.projector_button.setChecked(showing)
        self._projector_action.setText(act)

    def set_narrow(self, narrow: bool) -> None:
        """With little room the side panels are behind buttons, and what is seldom needed is in the menu."""
        self.steps_button.setVisible(narrow)
        self._report.setVisible(not narrow)
        for action in self._narrow_actions:
            action.setVisible(narrow)
        self._subtitle.setVisible(not narrow)
        self.projector_button.setVisible(not narrow)
