"""The frame of an open group: steps on the left, the step's page in the middle, the chain on the right."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from facilitator.domain.records import timestamp
from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from facilitator.services.home import Home
from ui.acts import REMOVALS, act_words
from ui.desktop.chain_panel import ChainPanel
from ui.desktop.context import Context
from ui.desktop.file_names import ask_where
from ui.desktop.late_card import LateCard
from ui.desktop.places import Places
from ui.desktop.projector.show import RoomShow
from ui.desktop.projector.thumbnail import Thumbnail
from ui.desktop.projector.window import ProjectorWindow
from ui.desktop.reporting import ReportMaker, documents_folder
from ui.desktop.room_clock import RoomClock
from ui.desktop.step_heading import StepHeading
from ui.desktop.steps import PAGES
from ui.desktop.steps.page import StepPage
from ui.desktop.steps_panel import StepsPanel
from ui.desktop.theme.tokens import XL, L, M
from ui.desktop.widgets.build import frame
from ui.desktop.widgets.reading_order import lead_through, tab_stops
from ui.desktop.widgets.scrolled import scrolled
from ui.desktop.widgets.toast import Toast
from ui.desktop.workspace_header import WorkspaceHeader

NARROW = 1000
CHAIN_WIDTH = 304
LOW = 560
SILENT = "silent-writing"
COPY_HELPS = frozenset({"disk-full", "disk-error", "folder-read-only", "cannot-write"})


class Workspace(QWidget):
    """Makes pages when they are first gone to. Acts go to the session; every page hears what changed."""

    failed = Signal(object, str, object)
    """Carries a fault, the button that helps and what the button does."""
    start_asked = Signal()
    new_asked = Signal()
    file_asked = Signal()
    settings_asked = Signal()
    help_asked = Signal()
    identity_asked = Signal()
    restore_asked = Signal(object, str)

    def __init__(self, context: Context, home: Home, toast: Toast) -> None:
        super().__init__()
        self._context = context
        self.session = context.session
        self._home = home
        self._toast = toast
        self._places: dict[str, QWidget] = {}
        self.step_pages: dict[str, StepPage] = {}
        self.headings: dict[str, StepHeading] = {}
        self._hint_open: bool | None = None
        self._narrow = False
        self.step = self._first_step()
        self.clock = RoomClock(self.session, self.step, self)
        self.show_for_room = RoomShow(context, self.clock, self)
        self.header = WorkspaceHeader(context, self.clock)
        self.steps_panel = StepsPanel(context)
        self.chain_panel = ChainPanel(context)
        self._thumbnail = Thumbnail(context, self.show_for_room)
        self._maker = Places(context, home, self)
        self._report = ReportMaker(context, self)
        self._centre = QStackedWidget()
        self._chain_side = frame("right-panel")
        self.late_card = LateCard(context, self._centre)
        self._lay_out()
        self._connect()
        self.go_to(f"step:{self.step.id}")

    def _lay_out(self) -> None:
        chain = QVBoxLayout(self._chain_side)
        chain.setContentsMargins(0, 0, 0, 0)
        chain.addWidget(self.chain_panel)
        self.steps_panel.add_below(self._thumbnail)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.steps_panel)
        middle.addWidget(self._centre, 1)
        middle.addWidget(self._chain_side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.header.timer_line)
        column.addLayout(middle, 1)
        self._chain_stops = tab_stops(self._chain_side)
        self._arrange(narrow=False)

    def _connect(self) -> None:
        self.steps_panel.chosen.connect(self.go_to)
        self.steps_panel.clicked.connect(self._enter_step)
        self.chain_panel.card_asked.connect(self.show_card)
        self.chain_panel.whole_asked.connect(lambda: self.go_to("chain"))
        self._maker.place_asked.connect(self.enter_place)
        self._maker.card_asked.connect(self.show_card)
        self._maker.chain_looked.connect(self._note_gaps_seen)
        self._maker.copy_asked.connect(self.save_copy)
        self._maker.restore_asked.connect(self.restore_asked)
        self._maker.identity_asked.connect(self.identity_asked)
        self.late_card.recorded.connect(self._toast.say)
        self.show_for_room.changed.connect(self.header.set_showing)
        self.show_for_room.screen_lost.connect(self._tell_screen_lost)
        self.session.changed.connect(self._take_changes)
        self.clock.minute.connect(self.steps_panel.refresh)
        self._report.said.connect(self._toast.say)
        header = self.header
        header.place_asked.connect(self.enter_place)
        header.late_card_asked.connect(self.late_card.open)
        header.projector_asked.connect(self.toggle_projector)
        header.report_asked.connect(self._report.ask)
        header.steps_asked.connect(lambda: self._unfold(self.steps_panel))
        header.chain_asked.connect(lambda: self._unfold(self._chain_side))
        header.start_asked.connect(self.start_asked)
        header.new_asked.connect(self.new_asked)
        header.file_asked.connect(self.file_asked)
        header.settings_asked.connect(self.settings_asked)
        header.help_asked.connect(self.help_asked)

    @property
    def title(self) -> str:
        """What the group is called: its number, theme and city."""
        return f"{self.header.title.text()} · {self.session.snapshot.event.city}"

    def _first_step(self) -> ScriptStep:
        """The step that is under way, else the first that is not finished, else the first."""
        group, steps = self.session.snapshot, self.session.script.steps
        states = {record.step: record.state for record in group.steps.values()}
        running = (step for step in steps if states.get(step.id) == "running")
        waiting = (step for step in steps if states.get(step.id) != "done")
        return next(running, None) or next(waiting, steps[0])

    # Places

    def go_to(self, key: str) -> None:
        """Show a place of the group, such as ``step:present`` or ``people``."""
        if key not in self._places:
            self._places[key] = self._make_place(key)
            self._centre.addWidget(self._places[key])
            self._keep_reading_order(self._places[key])
        self.steps_panel.select(key)
        self._centre.setCurrentWidget(self._places[key])
        kind, _, name = key.partition(":")
        if kind == "step":
            self.step = self.session.script.step(name)
            self.clock.go_to(self.step)
        self._fold()
        self.show_for_room.show_step(self.step)

    def enter_place(self, key: str) -> None:
        """Go to a place and put the keyboard into it."""
        self.go_to(key)
        if self._is_at_step():
            self.focus_entry()
        elif enter := getattr(self._places[key], "focus_entry", None):
            enter()

    def _note_gaps_seen(self) -> None:
        """A day may be closed with its gaps once somebody has looked at them; the days end in turn."""
        days = tuple(dict.fromkeys(step.day for step in self.session.script.steps))
        end = self.session.room.day_end(self.session.room.open_day(days))
        self.session.keep(end.see_gaps(timestamp(datetime.now(UTC))))

    def _keep_reading_order(self, place: QWidget) -> None:
        """Let Tab go from a place that was just made to the chain on its right."""
        lead_through([*tab_stops(place), *self._chain_stops])

    def _make_place(self, key: str) -> QWidget:
        kind, _, name = key.partition(":")
        if kind == "step":
            return self._make_step(self.session.script.step(name))
        return self._maker.make(key)

    def _make_step(self, step: ScriptStep) -> QWidget:
        page = dict(PAGES)[step.kind](self._context, step)
        self.step_pages[step.id] = page
        page.spotlight_asked.connect(lambda card: self.show_for_room.spotlight(card, self.step))
        page.reading_asked.connect(lambda card: self.show_for_room.read_aloud(card, self.step))
        hint_open = self._hint_open if self._hint_open is not None else self._is_roomy()
        heading = StepHeading(self._context, step, hint_open=hint_open)
        self.headings[step.id] = heading
        heading.hint_toggled.connect(self._keep_hint)
        heading.method_begun.connect(self._begin_method)
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addWidget(heading)
        column.addWidget(page, 1)
        return scrolled(column, None)

    def _is_roomy(self) -> bool:
        return self._toast.window().height() >= LOW

    def _keep_hint(self, open_: bool) -> None:
        """Who folds the hint away does not want to see it at the next step either."""
        self._hint_open = open_

    def go_by(self, distance: int) -> None:
        """Go to the next or the previous step."""
        steps = self.session.script.steps
        place = steps.index(self.step) + distance
        if 0 <= place < len(steps):
            self.go_to(f"step:{steps[place].id}")
            self.focus_entry()

    def show_card(self, card_id: str) -> None:
        """Go to the step of a card and to the card in it."""
        session = self.session
        card = session.snapshot.cards.get(card_id)
        if card is None:
            return
        step = session.script.step_of_kind(card.kind)
        self.go_to(f"step:{step.id}")
        self.step_pages[step.id].show_card(card_id)

    def focus_entry(self) -> None:
        """Put the keyboard where the next words are typed."""
        if self.step.id in self.step_pages:
            self.step_pages[self.step.id].focus_entry()

    def _enter_step(self) -> None:
        if self._is_at_step():
            self.focus_entry()

    def _is_at_step(self) -> bool:
        return self._centre.currentWidget() is self._places.get(f"step:{self.step.id}")

    def show_refusal(self, fault: Fault) -> None:
        """Say what was refused; when the disk is at fault, offer to save a copy on another one."""
        if fault.code in COPY_HELPS:
            self.failed.emit(fault, self._context.gettext("Save a copy elsewhere"), self.save_copy)
        else:
            self.failed.emit(fault, "", None)

    def save_copy(self) -> None:
        """Ask for a place and save a checked copy of the whole group there."""
        _ = self._context.gettext
        proposed = documents_folder() / self.session.path.with_suffix(".fgroup").name
        target = ask_where(self, _("Save a copy elsewhere"), proposed, _("Groups (*.fgroup)"))
        if target is not None:
            self.session.run(lambda service: service.save_copy(target), self._tell_copied)

    def _tell_copied(self, path: Path) -> None:
        self._toast.say(self._context.gettext("A checked copy is saved: {path}").format(path=path))

    def finish_typing(self) -> None:
        """Let the field one is in hand over what was typed, as it does when one leaves it."""
        field = QApplication.focusWidget()
        if field is not None:
            field.clearFocus()

    # Acts

    def undo(self) -> None:
        """Take the last act back."""
        self.session.undo()

    def redo(self) -> None:
        """Do the last undone act again."""
        self.session.redo()

    def _take_changes(self, changes: Changes) -> None:
        for page in self.step_pages.values():
            page.refresh(changes)
        _ = self._context.gettext
        act = act_words(changes.name, self.session.script, self._context.language, _)
        if changes.direction == "undone":
            self._toast.say(_("Undone: {act}").format(act=act), _("Redo"), self.redo)
        elif changes.name.code in REMOVALS:
            self._toast.say(act[0].upper() + act[1:], _("Undo"), self.undo)
        else:
            self._toast.hide()

    # The room

    @property
    def projector(self) -> ProjectorWindow | None:
        """The room's window, while there is one."""
        return self.show_for_room.window

    def toggle_projector(self) -> None:
        """Begin or end the show for the room."""
        self.show_for_room.toggle(self.step)

    def close_projector(self) -> None:
        """End the show for the room."""
        self.show_for_room.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when nothing else wants it, takes back what stands alone before the room, or ends the show."""
        if event.key() == Qt.Key.Key_Escape and self.projector is not None:
            self.projector.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def toggle_methods(self) -> None:
        """Open the method cards of the step, or fold them away and go back to the work."""
        self.go_to(f"step:{self.step.id}")
        if not self.headings[self.step.id].toggle_methods():
            self.focus_entry()

    def _begin_method(self, method: str) -> None:
        """Give a method its time, and lead to where it is carried out."""
        seconds = 60 * self.session.script.method(method).minutes
        self.clock.begin(seconds, silent=method == SILENT)
        self.step_pages[self.step.id].begin_method(method)

    def _tell_screen_lost(self) -> None:
        _ = self._context.gettext
        self._toast.say(_("The second screen is gone. The show has ended, everything recorded is safe."))

    # Room on the screen

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side panels away when there is little room."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        if narrow != self._narrow:
            self._arrange(narrow=narrow)

    def _arrange(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self.header.set_narrow(narrow)
        self._thumbnail.set_narrow(narrow)
        self.steps_panel.setMaximumWidth(16_777_215 if narrow else self.steps_panel.minimumWidth())
        self._chain_side.setMinimumWidth(0 if narrow else CHAIN_WIDTH)
        self._chain_side.setMaximumWidth(16_777_215 if narrow else CHAIN_WIDTH)
        self._fold()

    def _fold(self) -> None:
        """With little room show the place alone; with enough the steps too, and the chain beside a step."""
        self.steps_panel.setVisible(not self._narrow)
        self._chain_side.setVisible(not self._narrow and self._is_at_step())
        self._centre.show()

    def _unfold(self, side: QWidget) -> None:
        """With little room show one side in place of everything else; asked again, fold it away."""
        if not self._narrow:
            return
        again = side.isVisible()
        self._fold()
        if not again:
            self._centre.hide()
            side.show()
