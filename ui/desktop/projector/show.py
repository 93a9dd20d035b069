"""The show for the room: begun and ended, and told what stands alone."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.projector.window import ProjectorWindow
from ui.desktop.room_clock import RoomClock


class RoomShow(QObject):
    """Owns the room's window while there is one. What is to stand alone begins the show."""

    changed = Signal(bool)
    """The show has begun or ended."""
    screen_lost = Signal()

    def __init__(self, context: Context, clock: RoomClock, desk: QWidget) -> None:
        """``desk`` is in the moderator's window: the show goes to another screen than it is on."""
        super().__init__(desk)
        self._context = context
        self._clock = clock
        self._desk = desk
        self.window: ProjectorWindow | None = None
        self._revealed: str | None = None
        context.session.changed.connect(self._follow)

    def toggle(self, step: ScriptStep) -> None:
        """Begin the show at a step, or end it."""
        if self.window is None:
            self._open(step)
        else:
            self.close()

    def close(self) -> None:
        """End the show, if there is one."""
        if self.window is not None:
            self.window.close()

    def blank(self) -> None:
        """Darken what the room sees, or bring it back."""
        if self.window is not None:
            self.window.toggle_blank()

    def show_step(self, step: ScriptStep) -> None:
        """Go with the moderator to a step; what stood alone at another one goes."""
        revealed = self._context.session.snapshot.rounds.get(self._revealed or "")
        if revealed is not None and revealed.step != step.id:
            self._revealed = None
        if self.window is not None:
            self.window.show_step(step)

    def spotlight(self, card: str, step: ScriptStep) -> None:
        """Let one card stand alone and large, or no longer when it does."""
        self._open(step).spotlight(card)

    def read_aloud(self, card: str, step: ScriptStep) -> None:
        """Show a text to be read aloud, or no longer when it is."""
        self._open(step).read_aloud(card)

    def _follow(self, changes: Changes) -> None:
        """What a vote has come to stands before the room from its revealing until more is said or voted on; a
        show that begins meanwhile shows it too."""
        if changes.direction != "done" or changes.name.code in ("card-added", "round-opened"):
            self._revealed = None
        elif changes.name.code == "round-revealed":
            self._revealed = changes.edits[0].record.id
        if self.window is not None:
            self.window.show_result(self._revealed)

    def _open(self, step: ScriptStep) -> ProjectorWindow:
        if self.window is None:
            window = self.window = ProjectorWindow(self._context, self._clock, step)
            window.closed.connect(self._forget)
            window.screen_lost.connect(self.screen_lost)
            window.show_result(self._revealed)
            window.open_beside(self._desk.window())
            self.changed.emit(True)
        return self.window

    def _forget(self) -> None:
        if self.window is None:
            return  # a window that is destroyed later closes once more
        self.window = None
        self.changed.emit(False)
        self._desk.window().activateWindow()
