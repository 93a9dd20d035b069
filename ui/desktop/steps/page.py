"""What the workspace expects of the page of a step."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context


class StepPage(QWidget):
    """The work of one step. The workspace owns it, tells it of every change and shows refusals and undo."""

    spotlight_asked = Signal(str)
    """Carries the id of the card that the room is to see large; asked again for the same card, no longer."""

    reading_asked = Signal(str)
    """Carries the id of the card whose text the room is to see, to be read aloud."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.step = step

    def refresh(self, changes: Changes) -> None:
        """Show what has changed, and only that: focus, selection and scrolling stay."""
        raise NotImplementedError

    def focus_entry(self) -> None:
        """Put the keyboard where the work of the step begins."""
        raise NotImplementedError

    def show_card(self, card: str) -> None:
        """Bring a card of this step into view and select it."""
        raise NotImplementedError

    def begin_method(self, method: str) -> None:
        """Lead to where a method of the script is carried out; a page that has no such place stays."""
