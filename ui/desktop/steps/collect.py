"""The page of a collect step: enter statements, sort them into clusters, count the dots."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber, touched_cards
from ui.desktop.steps.cluster_mode import ClusterMode
from ui.desktop.steps.dots_mode import DotsMode
from ui.desktop.steps.entry_mode import EntryMode
from ui.desktop.steps.page import StepPage
from ui.desktop.theme.tokens import S
from ui.desktop.widgets.build import label

Mode = EntryMode | ClusterMode | DotsMode


class CollectPage(StepPage):
    """Three ways to work with the same cards; Ctrl+1, 2 and 3 lead to them."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(context, step, parent)
        _ = context.gettext
        self._describer = CardDescriber(context)
        self.entry = EntryMode(context, step, self._describer)
        self.clusters = ClusterMode(context, step, self._describer)
        self.dots = DotsMode(context, step, self._describer)
        self._modes: tuple[Mode, ...] = (self.entry, self.clusters, self.dots)
        self._missed: dict[Mode, set[str] | None] = {mode: set() for mode in self._modes}
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Ways to work with the statements"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stack = QStackedWidget()
        for title, mode in zip((_("Entry"), _("Clusters"), _("Dots")), self._modes, strict=True):
            self.tabs.addTab(title)
            self.stack.addWidget(mode)
        self._count = label("", "note", wrap=False)
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show_mode)
        for number in range(len(self._modes)):
            keys = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(partial(self.tabs.setCurrentIndex, number))
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

    def show_card(self, card: str) -> None:
        """Select a card in the list of statements."""
        self.tabs.setCurrentIndex(0)
        self.entry.show_card(card)

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
        if not self.tabs.hasFocus():
            self.focus_entry()

    def _show_count(self) -> None:
        number = len(self.context.session.snapshot.cards_of(*(kind.id for kind in self.step.card_kinds)))
        self._count.setText(self.context.ngettext("{n} statement", "{n} statements", number).format(n=number))
