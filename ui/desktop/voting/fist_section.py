"""The fist of five below an agreed text, folded away until it is wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.theme.tokens import S
from ui.desktop.voting.fist_panel import FistPanel
from ui.desktop.widgets.scrolled import bring_into_sight


class FistSection(QWidget):
    """The button unfolds the vote and folds it away again; a vote that is going on stands unfolded."""

    def __init__(self, context: Context, step: ScriptStep) -> None:
        super().__init__()
        self._context = context
        self._step = step
        self.toggle = QPushButton()
        self.toggle.setProperty("kind", "quiet")
        self.toggle.setCheckable(True)
        self.panel = FistPanel(context, step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.panel)
        self.panel.setVisible(False)
        self.toggle.toggled.connect(self._unfold)
        context.session.changed.connect(self.refresh)
        self._name()
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        """Show the vote about the text the group agrees on."""
        single = [kind.id for kind in self._step.card_kinds if kind.single]
        cards = self._context.session.snapshot.cards_of(*single) if single else ()
        self.panel.show_card(cards[0].id if cards else None)
        if self.panel.round is not None:
            self.toggle.setChecked(True)

    def open(self) -> None:
        """Unfold the vote and put the keyboard there."""
        self.toggle.setChecked(True)
        self.panel.focus_entry()
        bring_into_sight(self.panel.bar)

    def _unfold(self, open_: bool) -> None:
        self.panel.setVisible(open_)
        self._name()
        if open_ and self.toggle.hasFocus():
            self.panel.focus_entry()

    def _name(self) -> None:
        _ = self._context.gettext
        words = _("Hide the fist of five") if self.toggle.isChecked() else _("Fist of five: do we agree?")
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)
