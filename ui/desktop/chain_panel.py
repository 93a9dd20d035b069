"""The panel that names the gaps in the chain and leads to the cards that have them."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from facilitator.services.group_service import Changes
from ui.desktop.chain_view import ChainView
from ui.desktop.context import Context
from ui.desktop.models.gap_model import LINE_ROLE, GapLine, GapModel
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.gap_delegate import GapDelegate


class _GapList(QListView):
    """A list in which Enter goes to the card, as a click does."""

    gone_to = Signal(QModelIndex)

    def __init__(self, model: GapModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(GapDelegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(120)
        self.clicked.connect(self.gone_to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_to.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class ChainPanel(QWidget):
    """Follows the group by itself; ``card_asked`` carries the id of the card to go to.

    Looking for gaps takes about 20 ms at 2,000 cards, so it comes after the page has shown what changed.
    """

    card_asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: ChainView | None = None
        _ = context.gettext
        self.model = GapModel(context, self)
        self.list = _GapList(self.model, _("Gaps in the chain"))
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
        column.addWidget(button(_("Show the chain"), self.show_chain))
        self.setFocusProxy(self.list)
        self.list.gone_to.connect(self._go_to)
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

    def show_chain(self) -> None:
        """Open the whole way, from the present norm to the action, in a window beside this one."""
        if self._view is None:
            self._view = ChainView(self._context, self)
            self._view.card_asked.connect(self.card_asked)
            self._view.closed.connect(self._forget_view)
        self._view.show()
        self._view.activateWindow()

    def _forget_view(self) -> None:
        self._view = None

    def _go_to(self, index: QModelIndex) -> None:
        line: GapLine | None = index.data(LINE_ROLE)
        if line is not None and line.card is not None:
            self.card_asked.emit(line.card)
