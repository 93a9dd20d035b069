"""The head of a step: the question to the group, and what the moderator may want to know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.room.agenda import Agenda
from facilitator.room.notes import Note
from facilitator.script.model import ScriptStep
from facilitator.services.commands import SetStepState
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.method_cards import MethodCards
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.elided_label import ElidedLabel


class StepHeading(QWidget):
    """Question, state of the step, and the hint and method cards that unfold."""

    hint_toggled = Signal(bool)
    method_begun = Signal(str)
    """Carries the id of the method that begins now."""

    def __init__(self, context: Context, step: ScriptStep, *, hint_open: bool) -> None:
        super().__init__()
        self._context = context
        self._step = step
        _ = context.gettext
        steps = context.session.script.steps
        self._place = steps.index(step) + 1, len(steps)
        self._where = ElidedLabel("", "overline")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        top = QHBoxLayout()
        top.setSpacing(M)
        top.addWidget(self._where, 1)
        self.hint_button = self._toggle(_("Show the hint"), _("Hide the hint"))
        top.addWidget(self.hint_button)
        self.methods_button = self._toggle(_("Show the methods"), _("Hide the methods"))
        if not context.session.script.methods:
            self.methods_button.hide()
        self.methods_button.setToolTip("F10")
        top.addWidget(self.methods_button)
        self.state_button = button("", self._change_state)
        top.addWidget(self.state_button)
        column.addLayout(top)
        column.addWidget(label(context.say(step.question), "heading"))
        self._hint = self._make_hint()
        self.methods = MethodCards(context, step)
        self.methods.begun.connect(self._begin_method)
        column.addWidget(self._hint)
        column.addWidget(self.methods)
        self.methods.hide()
        self.hint_button.toggled.connect(self._hint.setVisible)
        self.hint_button.toggled.connect(self.hint_toggled)
        self.methods_button.toggled.connect(self.methods.setVisible)
        self._hint.setVisible(hint_open)
        self.hint_button.setChecked(hint_open)
        self.refresh()
        self._show_where()
        context.session.changed.connect(self.refresh)
        context.session.noted.connect(self._show_where)

    def toggle_methods(self) -> bool:
        """Open the method cards with the keyboard on them, or fold them away; says whether they are open."""
        self.methods_button.setChecked(not self.methods_button.isChecked())
        if self.methods_button.isChecked():
            self.methods.focus_entry()
        return self.methods_button.isChecked()

    def _show_where(self, note: Note | None = None) -> None:
        if note is None or isinstance(note, Agenda):
            minutes = self._context.session.room.agenda(self._step.day).minutes_of(self._step)
            number, of = self._place
            words = self._context.gettext("Step {n} of {all} · {minutes} min")
            self._where.show_text(words.format(n=number, all=of, minutes=minutes))

    def _toggle(self, show: str, hide: str) -> QPushButton:
        made = QPushButton(show)
        made.setProperty("kind", "quiet")
        made.setCheckable(True)
        made.setAccessibleName(show)

        def rename(open_: bool) -> None:
            made.setText(hide if open_ else show)
            made.setAccessibleName(hide if open_ else show)

        made.toggled.connect(rename)
        return made

    def _make_hint(self) -> QWidget:
        made = frame("hint")
        column = QVBoxLayout(made)
        column.setContentsMargins(L, M, L, M)
        column.addWidget(label(self._context.say(self._step.hint)))
        return made

    def _begin_method(self, method: str) -> None:
        """Fold the cards away: what follows is done at the page."""
        self.methods_button.setChecked(False)
        self.method_begun.emit(method)

    def _state(self) -> str:
        group = self._context.session.snapshot
        record = group.steps.get(f"{group.group.id}/{self._step.id}")
        return record.state if record else "waiting"

    def refresh(self, _changes: Changes | None = None) -> None:
        """Name the button after what it would do now."""
        _ = self._context.gettext
        words = {
            "waiting": _("Begin the step"),
            "running": _("Finish the step"),
            "done": _("Resume the step"),
        }[self._state()]
        self.state_button.setText(words)
        self.state_button.setAccessibleName(words)

    def _change_state(self) -> None:
        running = self._state() == "running"
        self._context.session.perform(SetStepState(self._step.id, "done" if running else "running"))
