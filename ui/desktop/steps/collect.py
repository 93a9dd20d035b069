"""The page of a collect step: enter statements, sort them into clusters, vote."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber, touched_cards
from ui.desktop.steps.cluster_mode import ClusterMode
from ui.desktop.steps.entry_mode import EntryMode
from ui.desktop.steps.page import StepPage
from ui.desktop.steps.vote_mode import VOTE_METHODS, VoteMode
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.elided_label import ElidedLabel

ROUND_METHODS = ("silent-writing", "round-robin")
COUNT_FROM = 640
"""From what width on, in pixels, there is room for the count of the statements."""
Mode = EntryMode | ClusterMode | VoteMode


class CollectPage(StepPage):
    """Three ways to work with the same cards; Ctrl+1, 2 and 3 lead to them."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(context, step, parent)
        _ = context.gettext
        self._describer = CardDescriber(context)
        self.entry = EntryMode(context, step, self._describer)
        self.clusters = ClusterMode(context, step, self._describer)
        self.vote = VoteMode(context, step, self._describer)
        self.dots = self.vote.dots
        self._modes: tuple[Mode, ...] = (self.entry, self.clusters, self.vote)
        self._missed: dict[Mode, set[str] | None] = {mode: set() for mode in self._modes}
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Ways to work with the statements"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stack = QStackedWidget()
        for title, mode in zip((_("Entry"), _("Clusters"), _("Vote")), self._modes, strict=True):
            self.tabs.addTab(title)
            self.stack.addWidget(mode)
        self._count = ElidedLabel("", "note")
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addWidget(self._count, 1)
        head.addWidget(self.entry.acts.button)
        head.addWidget(self.entry.round_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_mode)
        self.entry.spotlight_asked.connect(self.spotlight_asked)
        for number in range(len(self._modes)):
            keys = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(partial(self.work_by, number))
            self.tabs.setTabToolTip(number, f"Ctrl+{number + 1}")
        self._show_count()

    def refresh(self, changes: Changes) -> None:
        """Show what an act has changed; what is out of sight catches up when it comes into sight."""
        touched = touched_cards(changes, self.context.session.snapshot)
        for mode, missed in self._missed.items():
            self._missed[mode] = None if touched is None or missed is None else missed | touched
        if self.isVisible():
            self._catch_up(changes)

    def focus_entry(self) -> None:
        """Put the keyboard where the current way of working begins."""
        self._modes[self.tabs.currentIndex()].focus_entry()

    def work_by(self, number: int) -> None:
        """Go to a way of working, with the keyboard."""
        self.tabs.setCurrentIndex(number)
        self.focus_entry()

    def show_card(self, card: str) -> None:
        """Select a card in the list of statements."""
        self.tabs.setCurrentIndex(0)
        self.entry.show_card(card)

    def begin_method(self, method: str) -> None:
        """Bring the bar in which silent writing and the round robin are run, or the vote."""
        if method in ROUND_METHODS:
            self.entry.round_button.setChecked(True)
            self.work_by(0)
        elif method in VOTE_METHODS:
            self.vote.begin(method)
            self.work_by(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the count out where it would only be cut off."""
        super().resizeEvent(event)
        self._count.setVisible(event.size().width() >= COUNT_FROM)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was out of sight."""
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self, changes: Changes | None = None) -> None:
        lacking = self._describer.refresh()
        for mode, missed in self._missed.items():
            self._missed[mode] = None if missed is None else missed | lacking
        mode = self._modes[self.tabs.currentIndex()]
        mode.refresh(changes, self._missed[mode])
        self._missed[mode] = set()
        self._show_count()

    def _show_mode(self, number: int) -> None:
        self._catch_up()
        self.stack.setCurrentIndex(number)
        for made in (self.entry.acts.button, self.entry.round_button):
            made.setVisible(number == 0)
        if not self.tabs.hasFocus():
            self.focus_entry()

    def _show_count(self) -> None:
        number = len(self.context.session.snapshot.cards_of(*(kind.id for kind in self.step.card_kinds)))
        words = self.context.ngettext("{n} statement", "{n} statements", number)
        self._count.show_text(words.format(n=number))
