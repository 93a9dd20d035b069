"""The page of a compose step: one text, written with what it draws on beside it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.errors import Fault
from facilitator.script.model import ScriptStep
from facilitator.script.sentences import count_sentences
from facilitator.services.commands import SetLinks
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.steps.page import StepPage
from ui.desktop.theme.tokens import LARGE, M, S
from ui.desktop.voting.fist_section import FistSection
from ui.desktop.widgets.autosaved_text import AutosavedText, kept_words
from ui.desktop.widgets.build import button, label, set_look
from ui.desktop.widgets.source_list import SourceList
from ui.desktop.widgets.writing_help import help_writing


class ComposePage(StepPage):
    """Enter on a source inserts its words at the cursor and links it to the text, in one act."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(context, step, parent)
        self.setProperty("help", "image")
        _ = context.gettext
        kind = step.card_kinds[0]
        self._kind = kind.id
        self._limit = kind.limit
        self._wanted: dict[str, bool] = {}
        self._to_read = False
        hint = _(
            "Write in the present tense, as if it had come true. Enter on a source inserts its words here."
        )
        self.text = AutosavedText(context, kind.id, context.say(kind.title), hint)
        self.text.setStyleSheet(f"font-size: {LARGE}px")
        self.text.setMinimumHeight(160)
        help_writing(self.text, context)
        self.counts = label("", "small")
        self.read_button = button(_("Show for reading aloud"), self._ask_reading)
        self.foot = QVBoxLayout()
        """The place below the text for what the group comes to about it."""
        self.state = label("", "small", wrap=False)
        self.sources = SourceList(context, context.session.script.relations_from(kind.id))
        self._lay_out()
        self.text.textChanged.connect(self._show_counts)
        self.text.kept_changed.connect(self._show_state)
        self.sources.inserted.connect(self._insert)
        self.sources.cited.connect(self._cite)
        context.session.refused.connect(self._forget)
        self._show_counts()
        self._show_state()
        self.sources.refresh(self._drawn_on())

    def refresh(self, changes: Changes) -> None:
        """Show what an act has changed, and link what waited for the text to be there."""
        self.text.refresh()
        there = self._linked()
        self._wanted = {card: want for card, want in self._wanted.items() if (card in there) != want}
        self._link()
        self.sources.refresh(self._drawn_on())
        self._show_counts()
        self._show_to_room()

    def focus_entry(self) -> None:
        """Put the keyboard at the end of the text."""
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus()

    def show_card(self, card: str) -> None:
        """Put the keyboard into the text, which is this step's one card."""
        self.focus_entry()

    def begin_method(self, method: str) -> None:
        """Unfold the vote on the text."""
        if method == "fist-of-five":
            self.fist.open()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.state)
        acts = QHBoxLayout()
        acts.addWidget(self.read_button)
        acts.addStretch(1)
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.fist = FistSection(self.context, self.step)
        self.foot.addWidget(self.fist)
        left = QVBoxLayout()
        left.setSpacing(S)
        left.addWidget(self.text, 1)
        left.addLayout(foot)
        left.addLayout(acts)
        left.addLayout(self.foot)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(M)
        sides.addLayout(left, 3)
        sides.addWidget(self.sources, 2)

    def _insert(self, card_id: str) -> None:
        """Put the words of a source at the cursor, set apart from what stands before and after.

        While the group votes on the text it says so itself, and stays as it is.
        """
        if self.text.isReadOnly():
            return
        cursor = self.text.textCursor()
        self.text.keep()  # what was typed before is an act of its own
        text, place = self.text.toPlainText(), cursor.position()
        before, after = text[cursor.selectionStart() - 1 : cursor.selectionStart()], text[place : place + 1]
        words = self.context.session.snapshot.cards[card_id].text
        lead = "" if not before or before.isspace() else " "
        trail = "" if not after or after.isspace() else " "
        cursor.insertText(f"{lead}{words}{trail}")
        self.text.setTextCursor(cursor)
        self._wanted[card_id] = True
        self.text.keep((self._relation_to(card_id), card_id))
        self.sources.refresh(self._drawn_on())

    def _cite(self, card_id: str, cited: bool) -> None:
        """Note that the text draws on a source, or no longer does, as soon as there is a text."""
        self._wanted[card_id] = cited
        self._link()

    def _relation_to(self, card_id: str) -> str:
        kind = self.context.session.snapshot.cards[card_id].kind
        relations = self.context.session.script.relations_from(self._kind)
        return next(relation.id for relation in relations if kind in relation.targets)

    def _ask_reading(self) -> None:
        """Ask for the text to be shown, once what was typed last has been kept."""
        self._to_read = True
        self.text.keep()
        self._show_to_room()

    def _show_to_room(self) -> None:
        if self._to_read and self.text.kept and self.text.card is not None:
            self._to_read = False
            self.reading_asked.emit(self.text.card)

    def _link(self) -> None:
        image, group = self.text.card, self.context.session.snapshot
        if image is None or not self._wanted:
            return
        for relation in self.context.session.script.relations_from(self._kind):
            mine = {card for card in self._wanted if group.cards[card].kind in relation.targets}
            if mine:
                there = [link.target for link in group.links_from(image, relation.id)]
                targets = dict.fromkeys((*there, *mine))
                kept = tuple(card for card in targets if self._wanted.get(card, True))
                self.context.session.perform(SetLinks(image, relation.id, kept))

    def _linked(self) -> set[str]:
        image = self.text.card
        links = self.context.session.snapshot.links_from(image) if image else ()
        return {link.target for link in links}

    def _drawn_on(self) -> set[str]:
        """The sources the text draws on, those included that wait for the text to be there."""
        cards = self._linked() | self._wanted.keys()
        return {card for card in cards if self._wanted.get(card, True)}

    def _forget(self, _fault: Fault, command: object) -> None:
        self._to_read = False
        if isinstance(command, SetLinks) and command.source == self.text.card:
            self._wanted.clear()
            self.sources.refresh(self._drawn_on())

    def _show_counts(self) -> None:
        """Count sentences and characters, and say in words what is too few and what too many."""
        text, context = self.text.toPlainText(), self.context
        _ = context.gettext
        number, length, span = count_sentences(text), len(text.strip()), self.step.sentences
        parts = [context.ngettext("{n} sentence", "{n} sentences", number).format(n=number)]
        fits = length <= self._limit
        if span is not None:
            parts[0] += " " + self._fit(number, span.least, span.most)
            fits = fits and (number == 0 or span.least <= number <= span.most)
        words = context.ngettext("{n} character of {limit}", "{n} characters of {limit}", length)
        parts.append(words.format(n=length, limit=self._limit))
        if length > self._limit:
            over = length - self._limit
            words = context.ngettext("{n} too many: it is not kept", "{n} too many: they are not kept", over)
            parts.append(words.format(n=over))
        self.counts.setText(" · ".join(parts))
        set_look(self.counts, "role", "small" if fits else "warn")
        self.read_button.setEnabled(bool(text.strip()))

    def _fit(self, number: int, least: int, most: int) -> str:
        _ = self.context.gettext
        if number < least:
            return _("(of {least}–{most}: too few yet)").format(least=least, most=most)
        if number > most:
            return _("(of {least}–{most}: too many)").format(least=least, most=most)
        return _("(of {least}–{most}: fits)").format(least=least, most=most)

    def _show_state(self) -> None:
        self.state.setText(kept_words(self.context, self.text))
