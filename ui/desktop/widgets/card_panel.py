"""What can be said of one card besides its text: links, author, type, status, marks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from facilitator.domain.records import Card
from facilitator.script.model import FieldDef, Relation
from facilitator.services.commands import ChangeCards, SetLinks
from ui.desktop.context import Context
from ui.desktop.models.card_words import first_words, status_words
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.author_box import AuthorBox
from ui.desktop.widgets.build import label
from ui.desktop.widgets.link_picker import LinkPicker
from ui.desktop.widgets.reading_order import lead_through, tab_stops

WIDTH = 264
NARROWEST = 130
"""How far a choice gives way where there is little room."""


class CardPanel(QScrollArea):
    """Shows one card; each choice in it is an act at once."""

    def __init__(self, context: Context, after: QWidget) -> None:
        """Tab leads to the choices from ``after``."""
        super().__init__()
        self._context = context
        self._after = after
        self._card: str | None = None
        self._parts: list[Callable[[Card, bool], None]] = []
        self._kind: str | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(WIDTH)
        self.pickers: dict[str, LinkPicker] = {}
        self._build(None)

    def show_card(self, card_id: str | None) -> None:
        """Show a card, or what to do when there is none."""
        anew = card_id != self._card
        self._card = card_id
        card = self._context.session.snapshot.cards.get(card_id or "")
        if (card and card.kind) != self._kind:
            self._build(card)
        if anew:
            self.verticalScrollBar().setValue(0)
        for show in self._parts:
            if card is not None:
                show(card, anew)

    def refresh(self) -> None:
        """Show the card as it is now, unless more acts are on their way."""
        if self._context.session.idle:
            self.show_card(self._card)

    def _build(self, card: Card | None) -> None:
        _ = self._context.gettext
        self._kind = card.kind if card else None
        self._parts = []
        self.pickers = {}
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(S, 0, S, 0)
        column.setSpacing(M)
        if card is None:
            hint = _("Choose a statement in the list to link it, mark it or change its author.")
            column.addWidget(label(hint, "note"))
        else:
            self._fill(column, card)
        column.addStretch(1)
        self.setWidget(inner)
        lead_through([self._after, *tab_stops(inner)])

    def _fill(self, column: QVBoxLayout, card: Card) -> None:
        session, _ = self._context.session, self._context.gettext
        for relation in session.script.relations_from(card.kind):
            column.addWidget(self._relation(relation))
        column.addWidget(label(_("Author"), "field"))
        column.addWidget(self._author())
        for field in session.script.card_kind(card.kind).fields:
            if field.type == "choice":
                column.addWidget(label(self._context.say(field.title), "field"))
                column.addWidget(self._choice(field))
        column.addWidget(label(_("Status"), "field"))
        column.addWidget(self._status())
        column.addWidget(self._marks())

    def _change(self, **values: object) -> None:
        if self._card is not None:
            self._context.session.perform(ChangeCards((self._card,), values))

    def _relation(self, relation: Relation) -> LinkPicker:
        session = self._context.session
        title = self._context.say(relation.title)
        made = LinkPicker(
            self._context,
            title[:1].upper() + title[1:],
            self._context.gettext("There is nothing to link to yet: record it at its own step first."),
        )
        made.list.setMinimumHeight(200)

        def pick(targets: tuple[str, ...]) -> None:
            if self._card is not None:
                session.perform(SetLinks(self._card, relation.id, targets))

        known: tuple[Card, ...] = ()
        options: list[tuple[str, str]] = []

        def show(card: Card, anew: bool) -> None:
            nonlocal known, options
            cards = session.snapshot.cards_of(*relation.targets)
            if cards != known:
                known, options = cards, [(each.id, first_words(each.text)) for each in cards]
            links = session.snapshot.links_from(card.id, relation.id)
            made.show_options(options, [link.target for link in links], anew=anew)

        made.picked.connect(pick)
        self._parts.append(show)
        self.pickers[relation.id] = made
        return made

    def _author(self) -> AuthorBox:
        made = AuthorBox(self._context)

        def show(card: Card, anew: bool) -> None:
            made.refresh()
            if anew or not made.hasFocus():
                made.author = card.author

        made.activated.connect(lambda: self._change(author=made.author))
        self._parts.append(show)
        return made

    def _choice(self, field: FieldDef) -> QComboBox:
        made = choice_box(self._context, field)

        def show(card: Card, anew: bool) -> None:
            made.setCurrentIndex(max(0, made.findData(card.fields.get(field.id, ""))))

        def pick() -> None:
            card = self._context.session.snapshot.cards.get(self._card or "")
            if card is not None:
                self._change(fields={**card.fields, field.id: made.currentData()})

        made.activated.connect(pick)
        self._parts.append(show)
        return made

    def _status(self) -> QComboBox:
        made = QComboBox()
        made.setMinimumWidth(NARROWEST)
        made.setAccessibleName(self._context.gettext("Status"))
        for status, words in status_words(self._context.gettext).items():
            made.addItem(words, status)
        made.activated.connect(lambda: self._change(status=made.currentData()))
        self._parts.append(lambda card, anew: made.setCurrentIndex(made.findData(card.status)))
        return made

    def _marks(self) -> LinkPicker:
        made = LinkPicker(self._context, self._context.gettext("Marks"), "")
        made.list.setMinimumHeight(190)
        marks = self._context.session.catalogues.marks.values()
        options = [(mark.id, self._context.say(mark.title)) for mark in marks]
        made.picked.connect(lambda marks: self._change(marks=marks))
        self._parts.append(lambda card, anew: made.show_options(options, card.marks, anew=anew))
        self.pickers["marks"] = made
        return made


def choice_box(context: Context, field: FieldDef) -> QComboBox:
    """Return a box with the options of a field, none of them first."""
    made = QComboBox()
    made.setMinimumWidth(NARROWEST)
    title = context.say(field.title)
    made.setAccessibleName(title)
    made.addItem(context.gettext("{field}: not said").format(field=title), "")
    for option in field.options:
        made.addItem(context.say(option.title), option.id)
    return made
