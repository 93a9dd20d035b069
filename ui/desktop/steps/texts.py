"""The page of a texts step: the text the group agrees on, and what each person writes for themselves."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.script.model import CardKind, ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber, touched_cards
from ui.desktop.steps.page import StepPage
from ui.desktop.theme.tokens import L, S
from ui.desktop.widgets.autosaved_text import AutosavedText, kept_words
from ui.desktop.widgets.build import label
from ui.desktop.widgets.personal_texts import PersonalTexts


class TextsPage(StepPage):
    """Agreed texts keep themselves; the others are recorded one by one."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(context, step, parent)
        self._describer = CardDescriber(context)
        self.agreed: list[AutosavedText] = []
        self.personal: list[PersonalTexts] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(L)
        for kind in step.card_kinds:
            if kind.single:
                column.addLayout(self._make_agreed(kind))
            else:
                self.personal.append(PersonalTexts(context, kind, self._describer))
                column.addWidget(self.personal[-1], 1)
        if not self.personal:
            column.addStretch(1)

    def refresh(self, changes: Changes) -> None:
        """Show what an act has changed."""
        self._describer.refresh()
        touched = touched_cards(changes, self.context.session.snapshot)
        for text in self.agreed:
            text.refresh()
        for texts in self.personal:
            texts.refresh(touched)

    def focus_entry(self) -> None:
        """Put the keyboard into the agreed text."""
        entry: QWidget = self.agreed[0] if self.agreed else self.personal[0].line
        entry.setFocus()

    def show_card(self, card: str) -> None:
        """Put the keyboard into the agreed text or on one of the others."""
        for text in self.agreed:
            if text.card == card:
                text.setFocus()
        for texts in self.personal:
            if texts.list.show_card(card):
                texts.list.setFocus()

    def _make_agreed(self, kind: CardKind) -> QVBoxLayout:
        title = self.context.say(kind.title)
        hint = self.context.gettext("Type the words the group agrees on; they keep themselves.")
        text = AutosavedText(self.context, kind.id, title, hint)
        text.setFixedHeight(4 * text.fontMetrics().lineSpacing() + 24)
        state = label("", "small", wrap=False)
        text.kept_changed.connect(lambda: state.setText(kept_words(self.context, text)))
        state.setText(kept_words(self.context, text))
        self.agreed.append(text)
        head = QHBoxLayout()
        head.addWidget(label(title, "subheading"), 1)
        head.addWidget(state)
        column = QVBoxLayout()
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(text)
        return column
