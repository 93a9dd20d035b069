"""Texts that people write for themselves: private until their author agrees to publish them."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from facilitator.errors import Fault
from facilitator.script.model import CardKind
from facilitator.services.commands import AddCards, ChangeCards
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.author_box import AuthorBox, doubt_label, take_words
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.capture_line import CaptureLine
from ui.desktop.widgets.card_list import CardList


class PersonalTexts(QWidget):
    """A line to record with its author, the list, and the author's agreement to publish the chosen one."""

    def __init__(self, context: Context, kind: CardKind, describer: CardDescriber) -> None:
        super().__init__()
        self._context = context
        self._session = context.session
        self._kind = kind
        _ = context.gettext
        title = context.say(kind.plural)
        self.line = CaptureLine(context.say(kind.title), _("What I take upon myself; Enter records"))
        self.author = AuthorBox(context)
        self.doubt = doubt_label(context, self.author)
        self.record = button(_("Record"), self._enter, "primary")
        model = CardModel(context, describer, lambda group: group.cards_of(kind.id), self)
        self.list = CardList(self._session, model, title)
        self.publish = QCheckBox(_("The author of the chosen one agrees to publish it"))
        self.publish.setAccessibleName(self.publish.text())
        self.publish.setToolTip(
            _("Without agreement it stays in this file and goes into no package or report")
        )
        self._empty = label(
            _("Nobody has recorded one yet. Type it above, choose the author with Tab, press Enter."), "note"
        )
        self._list_or_hint = QStackedWidget()
        self._list_or_hint.addWidget(self.list)
        self._list_or_hint.addWidget(self._empty)
        self._lay_out(title)
        self._connect()
        self.refresh(set())

    def _lay_out(self, title: str) -> None:
        below = QHBoxLayout()
        below.setSpacing(M)
        below.addWidget(self.author)
        below.addStretch(1)
        below.addWidget(self.record)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(label(title, "subheading"))
        column.addWidget(self.line)
        column.addLayout(below)
        column.addWidget(self.doubt)
        column.addWidget(self._list_or_hint, 1)
        column.addWidget(self.publish)

    def _connect(self) -> None:
        self.line.entered.connect(self._enter)
        self.line.pasted.connect(self._add)
        self.author.entered.connect(self._enter)
        self.publish.clicked.connect(self._change_privacy)
        self.list.card_changed.connect(self._show_privacy)
        self._session.refused.connect(self._take_back)

    def refresh(self, touched: set[str] | None) -> None:
        """Show what an act has changed."""
        self.list.cards.refresh(touched)
        self.author.refresh()
        self._list_or_hint.setCurrentIndex(0 if self.list.cards.cards else 1)
        self._show_privacy()

    def _enter(self) -> None:
        if texts := take_words(self.line, self.author):
            self._add(texts)

    def _add(self, texts: tuple[str, ...]) -> None:
        self._session.perform(AddCards(self._kind.id, texts, author=self.author.author))

    def _change_privacy(self) -> None:
        card = self.list.current
        if card is not None:
            self._session.perform(ChangeCards((card.id,), {"private": not self.publish.isChecked()}))

    def _show_privacy(self) -> None:
        card = self.list.current
        self.publish.setVisible(self._kind.private and bool(self.list.cards.cards))
        self.publish.setEnabled(card is not None)
        self.publish.setChecked(card is not None and not card.private)

    def _take_back(self, _fault: Fault, command: object) -> None:
        """Give back words that could not be kept to where they were typed."""
        if isinstance(command, AddCards) and command.kind == self._kind.id:
            self.line.give_back(command.texts)
        self._show_privacy()
