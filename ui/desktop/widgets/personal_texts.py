"""Texts that people write for themselves: private until their author agrees to publish them."""

from collections.abc import Iterator

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from facilitator.domain.records import Card, Participant
from facilitator.errors import Fault
from facilitator.room.presence import present_people
from facilitator.script.model import CardKind, ScriptStep
from facilitator.services.commands import AddCards, AgreeToPublish, ChangeCards
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.models.people_words import labels_in_a_row
from ui.desktop.printing.mission_page import mission_page
from ui.desktop.printing.paper import Paper
from ui.desktop.theme.tokens import M, S
from ui.desktop.widgets.author_box import AuthorBox, doubt_label, take_words
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.capture_line import CaptureLine
from ui.desktop.widgets.card_list import CardList
from ui.desktop.widgets.writing_help import help_writing
from ui.messages import sentence


class PersonalTexts(QWidget):
    """A line to record with its author, who has written and who has not, the list, and for the chosen one the
    author's agreement to publish it and a page of it for its author alone."""

    def __init__(self, context: Context, step: ScriptStep, kind: CardKind, describer: CardDescriber) -> None:
        super().__init__()
        self._context = context
        self._session = context.session
        self._step = step
        self._kind = kind
        _ = context.gettext
        title = context.say(kind.plural)
        self.line = CaptureLine(context.say(kind.title), _("What I take upon myself; Enter records"))
        help_writing(self.line, context)
        self.author = AuthorBox(context)
        self.doubt = doubt_label(context, self.author)
        self.record = button(_("Record"), self._enter, "primary")
        model = CardModel(context, describer, lambda group: group.cards_of(kind.id), self)
        self.list = CardList(self._session, model, title)
        self.written = label("", "note")
        self.publish = QCheckBox()
        self.name_author = button(_("Set the author"), self._set_author)
        self.print_button = button(_("Print for its author"), self._print)
        self.print_button.setToolTip(
            _("One page: the mission of the group and this one, by label, nobody else’s")
        )
        self.paper = Paper(context, self)
        self.paper.said.connect(self._say)
        self.paper.failed.connect(lambda fault: self._say(sentence(fault, context.texts)))
        self._answer = label("", "small")
        self._answer.hide()
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
        column.addWidget(self.written)
        column.addWidget(self._list_or_hint, 1)
        chosen = QHBoxLayout()
        chosen.setSpacing(M)
        chosen.addWidget(self.publish)
        chosen.addWidget(self.name_author)
        chosen.addStretch(1)
        chosen.addWidget(self.print_button)
        column.addLayout(chosen)
        column.addWidget(self._answer)

    def _connect(self) -> None:
        self.line.entered.connect(self._enter)
        self.line.pasted.connect(self._add)
        self.author.entered.connect(self._enter)
        self.publish.clicked.connect(self._record_agreement)
        self.list.card_changed.connect(self._show_chosen)
        self.author.activated.connect(self._show_chosen)
        self._session.changed.connect(self._tell_taken_back)
        self._session.refused.connect(self._take_back)
        self._session.noted.connect(self._show_written)

    def refresh(self, touched: set[str] | None) -> None:
        """Show what an act has changed."""
        self.list.cards.refresh(touched)
        self.author.refresh()
        self._list_or_hint.setCurrentIndex(0 if self.list.cards.cards else 1)
        self._show_written()
        self._show_chosen()

    def _enter(self) -> None:
        if texts := take_words(self.line, self.author):
            self._add(texts)

    def _add(self, texts: tuple[str, ...]) -> None:
        """Record, and go on to the next person who has not written."""
        author = self.author.author
        self._session.perform(AddCards(self._kind.id, texts, author=author))
        if author is not None:
            left = [person.id for person in self._people() if person.id not in {author, *self._authors()}]
            order = [person.id for person in self._people()]
            after = order[order.index(author) + 1 :] if author in order else order
            self.author.author = next((each for each in (*after, *left) if each in left), None)

    def _people(self) -> tuple[Participant, ...]:
        people = self._session.snapshot.participants.values()
        return present_people(people, self._session.room.presence(self._step.day))

    def _authors(self) -> set[str | None]:
        return {card.author for card in self._session.snapshot.cards_of(self._kind.id)}

    def _show_written(self, _note: object = None) -> None:
        """Say by label who of those here has not written yet."""
        _, here, authors = self._context.gettext, self._people(), self._authors()
        waiting = [person for person in here if person.id not in authors]
        counted = _("{n} of {all} have written one.").format(n=len(here) - len(waiting), all=len(here))
        if waiting and len(waiting) < len(here):
            counted += " " + _("Not yet: {labels}").format(labels=labels_in_a_row(waiting))
        self.written.setText(counted)
        self.written.setVisible(bool(here))

    def _record_agreement(self) -> None:
        card = self.list.current
        if card is not None:
            self._session.perform(AgreeToPublish(card.id, agreed=self.publish.isChecked()))

    def _tell_taken_back(self, changes: Changes) -> None:
        """Say that what was published is private again, because something else stands there now."""
        _ = self._context.gettext
        words = _("Private again: the agreement was to something else. Ask for it anew: {label}.")
        people = self._session.snapshot.participants
        authors = [people.get(card.author or "") for card in self._agreed_no_longer(changes)]
        labels = [_("nobody stands as the author") if each is None else each.label for each in authors]
        self._say("\n".join(words.format(label=label) for label in labels))

    def _agreed_no_longer(self, changes: Changes) -> Iterator[Card]:
        """Yield the texts of this kind that an act has made private by changing them."""
        for edit in changes.edits:
            before, after = edit.before, edit.after
            if isinstance(before, Card) and isinstance(after, Card) and after.kind == self._kind.id:
                other = (before.text, before.author) != (after.text, after.author)
                if other and after.private and not before.private:
                    yield after

    def _set_author(self) -> None:
        card = self.list.current
        if card is not None and self.author.settle() and self.author.author is not None:
            self._session.perform(ChangeCards((card.id,), {"author": self.author.author}))

    def _print(self) -> None:
        card = self.list.current
        if card is not None:
            page = mission_page(self._context, self._step, card)
            self.paper.give(page, page.title)

    def _say(self, words: str) -> None:
        self._answer.setText(words)
        self._answer.setVisible(bool(words))

    def _show_chosen(self, _what: object = None) -> None:
        """Say whose agreement it takes; where nobody stands as the author, that comes first."""
        _, card = self._context.gettext, self.list.current
        author = self._session.snapshot.participants.get((card and card.author) or "")
        if author is not None:
            words = _("Agreement to publish: {label}").format(label=author.label)
        elif card is not None:
            words = _("Agreement to publish: no author")
        else:
            words = _("Agreement of the author to publish")
        self.publish.setText(words)
        self.publish.setAccessibleName(words)
        self.publish.setVisible(self._kind.private and bool(self.list.cards.cards))
        self.publish.setEnabled(author is not None)
        self.publish.setChecked(card is not None and not card.private)
        self.name_author.setVisible(card is not None and author is None)
        self.name_author.setEnabled(self.author.author is not None)
        self.print_button.setVisible(bool(self.list.cards.cards))
        self.print_button.setEnabled(card is not None)

    def _take_back(self, _fault: Fault, command: object) -> None:
        """Give back words that could not be kept to where they were typed."""
        if isinstance(command, AddCards) and command.kind == self._kind.id:
            self.line.give_back(command.texts)
            self.author.author = command.author
        self._show_chosen()
