"""The panel that names the gaps in the chain and leads to the cards that have them."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.gap_model import LINE_ROLE, GapLine, GapModel
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.gap_list import GapList


class ChainPanel(QWidget):
    """Follows the group by itself; ``card_asked`` carries the id of the card to go to.

    Looking for gaps takes about 20 ms at 2,000 cards, so it comes after the page has shown what changed.
    """

    card_asked = Signal(str)
    whole_asked = Signal()
    """The whole way is wanted, from the present norm to the action."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "chain")
        self._context = context
        _ = context.gettext
        self.model = GapModel(context, self)
        self.list = GapList(self.model, _("Gaps in the chain"), height=None)
        self.title = label("", "subheading")
        self.empty = label(_("There are no gaps: everything that can be linked by now is linked."), "note")
        self.waiting = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(M, M, M, M)
        column.setSpacing(S)
        column.addWidget(self.title)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addWidget(self.waiting)
        column.addStretch(0)
        column.addWidget(button(_("Show the chain"), self.whole_asked.emit, tip="F9"))
        self.list.card_asked.connect(self.card_asked)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        context.session.changed.connect(self._look_again)
        self.refresh()

    def _look_again(self, _changes: Changes) -> None:
        self._soon.start()

    def refresh(self) -> None:
        """Name the gaps as they are now; the card one stands on stays."""
        here: GapLine | None = self.list.currentIndex().data(LINE_ROLE)
        self.model.refresh()
        row = self.model.row_of(here) if here is not None else None
        if row is not None and row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.model.index(row))
        _ = self._context.gettext
        count, waiting = self.model.count, self.model.waiting
        self.title.setText(_("Gaps: {count}").format(count=count) if count else _("No gaps"))
        self.empty.setVisible(not count)
        self.list.setVisible(bool(count))
        words = self._context.ngettext(
            "{n} more waits for a later step", "{n} more wait for later steps", waiting
        )
        self.waiting.setText(words.format(n=waiting))
        self.waiting.setVisible(bool(waiting))
