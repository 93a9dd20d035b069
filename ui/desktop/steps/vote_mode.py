"""The ways of voting at a step: dots always, the fist of five where the script or the group has chosen it, or
one was held."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from facilitator.room.voting import unrevealed_round
from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.steps.dots_mode import DotsMode
from ui.desktop.steps.fist_mode import FistMode
from ui.desktop.theme.tokens import S

FIST = "fist-of-five"
VOTE_METHODS = ("dot-voting", FIST)


class VoteMode(QWidget):
    """One way at a time; the box that changes it is there only when there are two."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        _ = context.gettext
        self._session = context.session
        self._step = step
        self.dots = DotsMode(context, step, describer)
        self.fist = FistMode(context, step, describer)
        self.way = QComboBox()
        self.way.setAccessibleName(_("Way of voting"))
        self.way.addItem(_("By dots"))
        self.way.addItem(_("Fist of five"))
        self._stack = QStackedWidget()
        for mode in (self.dots, self.fist):
            self._stack.addWidget(mode)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack, 1)
        if unrevealed_round(self._session.snapshot, step.id, "fist") is not None:
            self.begin(FIST)
            self._stack.setCurrentWidget(self.fist)
        self.way.currentIndexChanged.connect(self._go)
        self._session.noted.connect(self._offer)
        self._offer()

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed."""
        self.dots.refresh(changes, touched)
        self.fist.refresh(changes, touched)
        self._offer()

    def focus_entry(self) -> None:
        """Put the keyboard where the way of voting begins."""
        (self.fist if self._stack.currentIndex() else self.dots).focus_entry()

    def begin(self, method: str) -> None:
        """Go to a way of voting by the method's id."""
        self.way.setCurrentIndex(int(method == FIST))

    def _offer(self, _note: object = None) -> None:
        chosen = (*self._step.methods, *self._session.room.methods(self._step))
        held = self._session.snapshot.rounds_of(self._step.id, "fist")
        self.way.setVisible(FIST in chosen or bool(held))

    def _go(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        if self.way.hasFocus():
            return
        self.focus_entry()
