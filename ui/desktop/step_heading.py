"""The head of a step: the question to the group, and what the moderator may want to know."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.script.model import Method, ScriptStep
from facilitator.services.commands import SetStepState
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.theme.tokens import L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.elided_label import ElidedLabel


class StepHeading(QWidget):
    """Question, state of the step, and the hint and method cards that unfold."""

    hint_toggled = Signal(bool)

    def __init__(self, context: Context, step: ScriptStep, *, hint_open: bool) -> None:
        super().__init__()
        self._context = context
        self._step = step
        _ = context.gettext
        steps = context.session.script.steps
        where = _("Step {n} of {all} · {minutes} min").format(
            n=steps.index(step) + 1, all=len(steps), minutes=step.minutes
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        top = QHBoxLayout()
        top.setSpacing(M)
        top.addWidget(ElidedLabel(where, "overline"), 1)
        self.hint_button = self._toggle(_("Show the hint"), _("Hide the hint"))
        top.addWidget(self.hint_button)
        self.methods_button = self._toggle(_("Show the methods"), _("Hide the methods"))
        if not step.methods:
            self.methods_button.hide()
        top.addWidget(self.methods_button)
        self.state_button = button("", self._change_state)
        top.addWidget(self.state_button)
        column.addLayout(top)
        column.addWidget(label(context.say(step.question), "heading"))
        self._hint = self._make_hint()
        self._methods = self._make_methods()
        column.addWidget(self._hint)
        column.addWidget(self._methods)
        self._methods.hide()
        self.hint_button.toggled.connect(self._hint.setVisible)
        self.hint_button.toggled.connect(self.hint_toggled)
        self.methods_button.toggled.connect(self._methods.setVisible)
        self._hint.setVisible(hint_open)
        self.hint_button.setChecked(hint_open)
        self.refresh()
        context.session.changed.connect(self.refresh)

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

    def _make_methods(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        for method_id in self._step.methods:
            column.addWidget(self._method_card(self._context.session.script.method(method_id)))
        return made

    def _method_card(self, method: Method) -> QWidget:
        _, say = self._context.gettext, self._context.say
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        minutes = _("{n} min").format(n=method.minutes)
        column.addWidget(label(f"{say(method.title)} · {minutes}", "field"))
        column.addWidget(label(say(method.purpose), "note"))
        column.addWidget(label(say(method.how)))
        column.addWidget(label(_("Say: {words}").format(words=say(method.say))))
        return card

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
