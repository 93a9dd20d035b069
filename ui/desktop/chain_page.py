"""The page of the chain: the whole way from the present norm to the action, with its gaps in words."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facilitator.services.group_service import Changes
from ui.desktop.chain_view import ChainView
from ui.desktop.context import Context
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import label


class ChainPage(QWidget):
    """Follows the group while it is in sight; ``card_asked`` carries the id of the card to go to."""

    card_asked = Signal(str)
    looked = Signal()
    """The chain with its gaps has been on the screen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "chain")
        self._context = context
        self._stale = True
        _ = context.gettext
        self.view = ChainView(context)
        self.summary = label("", "subheading", wrap=False)
        self.only_gaps = QCheckBox(_("Only cards with gaps"))
        self.only_gaps.setAccessibleName(self.only_gaps.text())
        self.empty = label("", "note")
        self._lay_out()
        self.only_gaps.toggled.connect(self._narrow)
        self.view.card_asked.connect(self.card_asked)
        self.view.column_entered.connect(self._area.ensureWidgetVisible)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._catch_up)
        self._seen = QTimer(self, singleShot=True, interval=0)
        self._seen.timeout.connect(self._tell_looked)
        context.session.changed.connect(self._look_again)

    def choose(self, card: str) -> None:
        """Show the way of a card."""
        self._catch_up()
        self.view.choose(card)

    def focus_entry(self) -> None:
        """Put the keyboard on the chosen card, or on the first one."""
        self._catch_up()
        self.view.focus_entry()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the group, and tell once the page is on the screen."""
        self._catch_up()
        super().showEvent(event)
        self._seen.start()

    def _lay_out(self) -> None:
        _ = self._context.gettext
        head = QHBoxLayout()
        head.setSpacing(L)
        head.addWidget(label(_("The chain"), "title", wrap=False))
        head.addWidget(self.summary)
        head.addStretch(1)
        head.addWidget(self.only_gaps)
        self.view.setProperty("role", "scrolled")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.view)
        keys = _(
            "Arrows choose a card: it gets a disc, and what leads to it and follows from it two rings."
            " Enter goes to the card, Esc lets go of it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(XL, M, XL, M)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.empty)
        column.addWidget(self._area, 1)
        column.addWidget(label(keys, "small"))

    def _look_again(self, _changes: Changes) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self.view.refresh()
            self._tell()

    def _narrow(self, only: bool) -> None:
        self.view.show_only_gaps(only)
        self._tell()

    def _tell(self) -> None:
        _ = self._context.gettext
        gaps = self.view.gaps
        self.summary.setText(_("Cards with gaps: {n}").format(n=gaps) if gaps else _("No gaps"))
        if not self.view.empty:
            self.empty.setText("")
        elif self.only_gaps.isChecked():
            self.empty.setText(_("There are no gaps: everything that can be linked by now is linked."))
        else:
            self.empty.setText(_("Nothing is recorded yet. Record the first norm at the first step."))
        self.empty.setVisible(self.view.empty)

    def _tell_looked(self) -> None:
        if self.isVisible():
            self.looked.emit()
