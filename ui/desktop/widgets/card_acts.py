"""What can be done with the chosen statements of a list: menu, keys, splitting and joining in place."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from facilitator.domain.records import Card
from facilitator.errors import Fault
from facilitator.script.joined import joined_into
from facilitator.services.commands import JoinCards, RemoveCards, SeparateCard, SplitCard
from ui.desktop.context import Context
from ui.desktop.widgets.card_list import CardList
from ui.desktop.widgets.split_box import SplitBox, parts_at, proposed_parts
from ui.desktop.widgets.statement_chooser import StatementChooser

SPLIT, JOIN, SEPARATE = "Shift+F2", "F3", "Shift+F3"


class CardActs(QObject):
    """Shows what is asked for in ``place``, where the list stands, and the list again once it is settled."""

    spotlight_asked = Signal(str)
    """Carries the id of the card that the room is to see large."""

    def __init__(self, context: Context, cards: CardList, place: QStackedWidget) -> None:
        super().__init__(place)
        _ = context.gettext
        self._context = context
        self._session = context.session
        self._list = cards
        self._place = place
        self._joining: tuple[str, ...] = ()
        self.split_box = SplitBox(context)
        self.join_box = StatementChooser(
            context, _("Which one speaks for all?"), _("Join"), _("Or in other words, for all of them")
        )
        self.separate_box = StatementChooser(context, _("Which one speaks for itself again?"), _("Separate"))
        for box in (self.split_box, self.join_box, self.separate_box):
            box.left.connect(self._close)
            place.addWidget(box)
        self.split_box.split.connect(self._split)
        self.join_box.chosen.connect(self._join)
        self.separate_box.chosen.connect(self._separate)
        self._session.refused.connect(self._take_back)
        self._menu = QMenu(cards)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.button = QPushButton(_("With the chosen"))
        self.button.setProperty("kind", "quiet")
        self.button.setAccessibleName(_("What can be done with the chosen statements"))
        self.button.setMenu(self._menu)
        cards.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        cards.customContextMenuRequested.connect(self._open_menu)
        for keys, act in ((SPLIT, self.ask_split), (JOIN, self.ask_join), (SEPARATE, self.ask_separate)):
            shortcut = QShortcut(QKeySequence(keys), cards)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def busy(self) -> bool:
        """Whether something else than the list stands in its place."""
        return self._place.currentWidget() in (self.split_box, self.join_box, self.separate_box)

    # Splitting

    def ask_split(self) -> None:
        """Offer the current card in parts: at the cursor while it is edited, else where thoughts end."""
        card = self._list.current
        if card is None:
            return
        field = self._editor()
        if field is None:
            parts = proposed_parts(card.text)
        else:
            parts = parts_at(field.toPlainText(), field.textCursor().position())
            self._list.closeEditor(field, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self._show(self.split_box)
        self.split_box.offer(card.id, parts)

    def _editor(self) -> QPlainTextEdit | None:
        """Return the field in which a card is edited in its place, if one is."""
        field = self._list.viewport().findChild(QPlainTextEdit)
        return field if field is not None and field.hasFocus() else None

    def _split(self, card: str, parts: tuple[str, ...]) -> None:
        self._close()
        self._session.perform(SplitCard(card, parts))

    # Joining

    def ask_join(self) -> None:
        """Ask which of the selected cards speaks for all of them."""
        chosen = self._list.chosen
        if len(chosen) < 2 or self._editor() is not None:
            return
        self._joining = tuple(chosen)
        current = self._list.current
        self._show(self.join_box)
        self.join_box.offer(list(self._options(self._joining)), current.id if current else chosen[0])

    def _join(self, into: str, wording: str) -> None:
        self._close()
        self._session.perform(JoinCards(into, self._joining, wording))

    def ask_separate(self) -> None:
        """Let a card that was joined into the current one go; ask which when there are several."""
        joined = self._joined()
        if len(joined) == 1:
            self._session.perform(SeparateCard(joined[0].id))
        elif joined:
            self._show(self.separate_box)
            self.separate_box.offer(list(self._options([card.id for card in joined])), joined[0].id)

    def _separate(self, card: str, _wording: str) -> None:
        self._close()
        self._session.perform(SeparateCard(card))

    def _joined(self) -> tuple[Card, ...]:
        card = self._list.current
        return joined_into(self._session.script, self._session.snapshot, card.id) if card else ()

    def _options(self, keys: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
        """Yield each card with its words and its author's label."""
        group = self._session.snapshot
        for card in (group.cards[key] for key in keys):
            author = group.participants.get(card.author or "")
            yield card.id, f"{card.text} — {author.label}" if author else card.text

    # The place and the menu

    def _show(self, box: QWidget) -> None:
        self._place.setCurrentWidget(box)

    def _close(self) -> None:
        self._place.setCurrentWidget(self._list)
        self._list.setFocus()

    def _take_back(self, _fault: Fault, command: object) -> None:
        """Offer once more what was refused; nothing that was typed is lost."""
        if isinstance(command, SplitCard) and self._list.show_card(command.card):
            self._show(self.split_box)
            self.split_box.offer(command.card, command.parts)
        elif isinstance(command, JoinCards) and command.text and self._list.show_card(command.into):
            self._show(self.join_box)
            self.join_box.offer(list(self._options(command.cards)), command.into, command.text)

    def _open_menu(self, place: QPoint) -> None:
        self._menu.popup(self._list.viewport().mapToGlobal(place))

    def _fill_menu(self) -> None:
        _ = self._context.gettext
        card, number, joined = self._list.current, len(self._list.chosen), len(self._joined())
        acts: tuple[tuple[str, str, bool, Callable[[], object]], ...] = (
            (_("Edit"), "F2", self._list.can_edit, self._edit),
            (_("Split"), SPLIT, card is not None, self.ask_split),
            (_("Join the chosen"), JOIN, number > 1, self.ask_join),
            (_("Separate the joined"), SEPARATE, joined > 0, self.ask_separate),
            (_("Show large to the room"), "Ctrl+Enter", card is not None, self._show_large),
            (_("Delete"), "Del", number > 0, self._remove),
        )
        self._menu.clear()
        for words, key, can, act in acts:
            action = self._menu.addAction(f"{words}\t{key}", act)
            action.setEnabled(can)

    def _edit(self) -> None:
        self._list.edit(self._list.currentIndex())

    def _show_large(self) -> None:
        if self._list.current is not None:
            self.spotlight_asked.emit(self._list.current.id)

    def _remove(self) -> None:
        self._session.perform(RemoveCards(tuple(self._list.chosen)))
