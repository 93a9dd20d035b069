"""The page of a texts step: the text the group agrees on, and what each person writes for themselves."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.script.model import CardKind, ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber, touched_cards
from ui.desktop.steps.page import StepPage
from ui.desktop.theme.tokens import L, S
from ui.desktop.voting.fist_section import FistSection
from ui.desktop.widgets.autosaved_text import AutosavedText, kept_words
from ui.desktop.widgets.build import label
from ui.desktop.widgets.personal_texts import PersonalTexts
from ui.desktop.widgets.text_versions import TextVersions
from ui.desktop.widgets.writing_help import help_writing


class TextsPage(StepPage):
    """Agreed texts keep themselves and their versions; the others are recorded one by one."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(context, step, parent)
        self.setProperty("help", "mission")
        self._describer = CardDescriber(context)
        self.agreed: list[AutosavedText] = []
        self.versions: list[TextVersions] = []
        self.personal: list[PersonalTexts] = []
        self.foot = QVBoxLayout()
        """What belongs to the agreed text and stands below it, such as the vote on it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(L)
        for kind in step.card_kinds:
            if kind.single:
                column.addLayout(self._make_agreed(kind))
            else:
                self.personal.append(PersonalTexts(context, step, kind, self._describer))
        if self.agreed:
            self.fist = FistSection(context, step)
            self.foot.addWidget(self.fist)
        column.addLayout(self.foot)
        for texts in self.personal:
            column.addWidget(texts, 1)
        if not self.personal:
            column.addStretch(1)
        save = QShortcut(QKeySequence.StandardKey.Save, self, self.keep_versions)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def refresh(self, changes: Changes) -> None:
        """Show what an act has changed; what the group votes on is kept as a version."""
        self._describer.refresh()
        touched = touched_cards(changes, self.context.session.snapshot)
        for text in self.agreed:
            text.refresh()
        for texts in self.personal:
            texts.refresh(touched)
        if changes.name.code == "round-opened" and changes.name.subject == self.step.id:
            self.keep_versions()

    def keep_versions(self) -> None:
        """Keep the agreed texts as they stand as versions."""
        for text, versions in zip(self.agreed, self.versions, strict=True):
            text.keep()
            versions.keep()

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

    def begin_method(self, method: str) -> None:
        """Unfold the vote on the agreed text."""
        if method == "fist-of-five" and self.agreed:
            self.fist.open()

    def _make_agreed(self, kind: CardKind) -> QVBoxLayout:
        title = self.context.say(kind.title)
        hint = self.context.gettext("Type the words the group agrees on; they keep themselves.")
        text = AutosavedText(self.context, kind.id, title, hint)
        help_writing(text, self.context)
        text.setFixedHeight(4 * text.fontMetrics().lineSpacing() + 24)
        state = label("", "small", wrap=False)
        text.kept_changed.connect(lambda: state.setText(kept_words(self.context, text)))
        state.setText(kept_words(self.context, text))
        self.agreed.append(text)
        self.versions.append(TextVersions(self.context, kind.id, text))
        head = QHBoxLayout()
        head.addWidget(label(title, "subheading"), 1)
        head.addWidget(state)
        column = QVBoxLayout()
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(text)
        column.addWidget(self.versions[-1])
        return column
