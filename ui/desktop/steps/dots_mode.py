"""Counting the dots that the group has stuck on the wall."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.domain.records import Card
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.services.commands import GiveDots
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.session import GroupSession
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.card_list import CardList

_PAUSE = 1_200
_MOST_DIGITS = 4


class DotsMode(QWidget):
    """+ and − change the dots of the current card by one; a typed number sets them."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self._context = context
        self._session = context.session
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._asked: dict[str, int] = {}
        _ = context.gettext
        model = CardModel(context, describer, self._choose, self)
        self.list = _DotsList(self._session, model, _("Statements and their dots"))
        self.by_dots = QCheckBox(_("Most dots first"))
        self.by_dots.setAccessibleName(self.by_dots.text())
        self.less = button(_("Take a dot"), lambda: self._add(-1))
        self.more = button(_("Give a dot"), lambda: self._add(1))
        self.sum = label("", "field", wrap=False)
        self._note = label("", "small")
        self._lay_out()
        self.by_dots.toggled.connect(lambda: self.list.cards.refresh(set()))
        self.list.stepped.connect(self._add)
        self.list.counted.connect(self._set)
        self.list.typing.connect(self._show_typing)
        self._session.refused.connect(self._forget)
        self._show_sum()
        self._show_typing("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(self.more)
        row.addWidget(self.less)
        row.addWidget(self.by_dots)
        row.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self._note, 1)
        below.addWidget(self.sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addLayout(row)
        column.addLayout(below)
        column.addWidget(self.list, 1)

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed."""
        if self._session.idle:
            self._asked.clear()
        self.list.cards.refresh(touched)
        self._show_sum()
        self._show_typing("")

    def focus_entry(self) -> None:
        """Put the keyboard on a card."""
        if not self.list.currentIndex().isValid() and self.list.cards.cards:
            self.list.setCurrentIndex(self.list.cards.index(0))
        self.list.setFocus()

    def _choose(self, group: GroupSnapshot) -> Iterable[Card]:
        cards = group.cards_of(*self._kinds)
        if hasattr(self, "by_dots") and self.by_dots.isChecked():
            return sorted(cards, key=lambda card: -group.dots.get(card.id, 0))
        return cards

    def _add(self, number: int) -> None:
        """Change the dots of the current card; keys may come faster than the disk."""
        card = self.list.current
        if card is not None:
            before = self._asked.get(card.id, self._session.snapshot.dots.get(card.id, 0))
            self._set(card.id, max(0, before + number))

    def _set(self, card: str, dots: int) -> None:
        self._asked[card] = dots
        self._session.perform(GiveDots(card, dots))

    def _forget(self, _fault: Fault, command: object) -> None:
        if isinstance(command, GiveDots):
            self._asked.pop(command.card, None)

    def _show_sum(self) -> None:
        dots = self._session.snapshot.dots
        total = sum(dots.get(card.id, 0) for card in self.list.cards.cards)
        self.sum.setText(self._context.ngettext("{n} dot in all", "{n} dots in all", total).format(n=total))

    def _show_typing(self, digits: str) -> None:
        _ = self._context.gettext
        if digits:
            self._note.setText(_("Dots: {digits} · Enter sets them and goes on").format(digits=digits))
        elif not self.list.cards.cards:
            self._note.setText(_("There is nothing to vote on yet: record statements first."))
        else:
            self._note.setText(_("+ and − change by one · a typed number and Enter set the dots"))


class _DotsList(CardList):
    """Digits gather into a number that counts after a pause or at Enter."""

    stepped = Signal(int)
    counted = Signal(str, int)
    typing = Signal(str)

    def __init__(self, session: GroupSession, model: CardModel, name: str) -> None:
        super().__init__(session, model, name, brief=True, big_dots=True)
        self.setSelectionMode(CardList.SelectionMode.SingleSelection)
        self._digits = ""
        self._card = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._give)
        self.card_changed.connect(self._give)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − step, digits gather, Enter gives them and goes to the next card."""
        key, text = event.key(), event.text()
        if text in ("+", "=") or key == Qt.Key.Key_Plus:
            self.stepped.emit(1)
        elif text in ("-", "−", "–") or key == Qt.Key.Key_Minus:
            self.stepped.emit(-1)
        elif len(text) == 1 and text in "0123456789":
            self._gather(text)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._digits:
            self._give()
            self._go_on()
        elif key == Qt.Key.Key_Escape and self._digits:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _gather(self, digit: str) -> None:
        card = self.current
        if card is not None:
            self._card = card.id
            self._digits = (self._digits + digit)[-_MOST_DIGITS:]
            self._pause.start()
            self.typing.emit(self._digits)

    def _give(self) -> None:
        digits = self._digits
        self._drop()
        if digits:
            self.counted.emit(self._card, int(digits))

    def _drop(self) -> None:
        self._digits = ""
        self._pause.stop()
        self.typing.emit("")

    def _go_on(self) -> None:
        below = self.model().index(self.currentIndex().row() + 1, 0)
        if below.isValid():
            self.setCurrentIndex(below)
