"""A list of cards that is worked with from the keyboard."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from facilitator.domain.records import Card
from facilitator.errors import Fault
from facilitator.services.commands import ChangeCards, RemoveCards
from ui.desktop.models.card_model import CARD_ROLE, CardModel, Index
from ui.desktop.session import GroupSession
from ui.desktop.widgets.card_delegate import CardDelegate
from ui.desktop.widgets.row_list import RowList


class CardList(RowList):
    """Enter or F2 edits a card in its place, Delete removes what is selected, arrows move."""

    card_changed = Signal()
    """Another card has become the current one, or none."""
    edit_closed = Signal()
    """The field in which a card was edited is gone."""
    editor_opened = Signal(object)
    """Carries the field in which a card is about to be edited."""

    def __init__(
        self,
        session: GroupSession,
        model: CardModel,
        name: str,
        parent: QWidget | None = None,
        *,
        brief: bool = False,
        big_dots: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.cards = model
        self.setAccessibleName(name)
        delegate = CardDelegate(self, brief=brief, big_dots=big_dots)
        delegate.edited.connect(self._change_text)
        delegate.editor_opened.connect(self.editor_opened)
        session.refused.connect(self._take_back)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setModel(model)

    @property
    def current(self) -> Card | None:
        """The card the keyboard is on."""
        index = self.currentIndex()
        return index.data(CARD_ROLE) if index.isValid() else None

    @property
    def chosen(self) -> list[str]:
        """The ids of the selected cards, top to bottom."""
        rows = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [index.data(CARD_ROLE).id for index in rows]

    def show_card(self, card_id: str) -> bool:
        """Select a card and bring it into view; return whether it is in this list."""
        index = self.cards.index_of(card_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def edit_card(self, card_id: str, text: str | None = None) -> None:
        """Open a card for editing, with ``text`` in place of its own when that is given."""
        if not self.show_card(card_id) or not self.can_edit:
            return
        self.edit(self.currentIndex())
        field = self.indexWidget(self.currentIndex()) or self.focusWidget()
        if text is not None and hasattr(field, "fill"):
            field.fill(text)

    @property
    def can_edit(self) -> bool:
        """Whether the words of the current card may be changed now."""
        return bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits and Delete removes; letters do not jump about in the list."""
        key = event.key()
        editing = self.state() == QAbstractItemView.State.EditingState
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid() and not editing:
            if self.can_edit:
                self.edit(self.currentIndex())
        elif key == Qt.Key.Key_Delete and self.chosen:
            self._session.perform(RemoveCards(tuple(self.chosen)))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: typed letters belong in the capture line."""

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another card is the current one."""
        super().currentChanged(current, previous)
        self.card_changed.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tell that an edit is over."""
        super().closeEditor(editor, hint)
        self.edit_closed.emit()

    def _change_text(self, card_id: str, text: str) -> None:
        self._session.perform(ChangeCards((card_id,), {"text": text}))

    def _take_back(self, _fault: Fault, command: object) -> None:
        """Open a card again with the words that could not be kept."""
        if isinstance(command, ChangeCards) and "text" in command.values and self.isVisible():
            self.edit_card(command.cards[0], str(command.values["text"]))

    def minimumSizeHint(self) -> QSize:
        """Stay usable where there is little room."""
        return QSize(160, 160)
