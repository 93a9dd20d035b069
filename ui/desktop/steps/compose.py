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
from ui.desktop.widgets.autosaved_text import AutosavedText, kept_words
from ui.desktop.widgets.build import label
from ui.desktop.widgets.source_list import SourceList


class ComposePage(StepPage):
    """Enter on a source inserts its words at the cursor and notes that the text draws on it."""

    def __init__(self, context: Context, step: ScriptStep, parent: QWidget | None = None) -> None:
        super().__init__(context, step, parent)
        _ = context.gettext
        kind = step.card_kinds[0]
        self._kind = kind.id
        self._wanted: dict[str, bool] = {}
        hint = _(
            "Write in the present tense, as if it had come true. Enter on a source inserts its words here."
        )
        self.text = AutosavedText(context, kind.id, context.say(kind.title), hint)
        self.text.setStyleSheet(f"font-size: {LARGE}px")
        self.text.setMinimumHeight(160)
        self.counts = label("", "small")
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

    def focus_entry(self) -> None:
        """Put the keyboard at the end of the text."""
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus()

    def show_card(self, card: str) -> None:
        """Put the keyboard into the text, which is this step's one card."""
        self.focus_entry()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.state)
        left = QVBoxLayout()
        left.setSpacing(S)
        left.addWidget(self.text, 1)
        left.addLayout(foot)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(M)
        sides.addLayout(left, 3)
        sides.addWidget(self.sources, 2)

    def _insert(self, card_id: str) -> None:
        """Put the words of a source at the cursor, set apart from what stands before and after."""
        cursor = self.text.textCursor()
        text, place = self.text.toPlainText(), cursor.position()
        before, after = text[cursor.selectionStart() - 1 : cursor.selectionStart()], text[place : place + 1]
        words = self.context.session.snapshot.cards[card_id].text
        lead = "" if not before or before.isspace() else " "
        trail = "" if not after or after.isspace() else " "
        cursor.insertText(f"{lead}{words}{trail}")
        self.text.setTextCursor(cursor)
        self.text.keep()
        self._cite(card_id, True)

    def _cite(self, card_id: str, cited: bool) -> None:
        """Note that the text draws on a source, or no longer does, as soon as there is a text."""
        self._wanted[card_id] = cited
        self._link()

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
        if isinstance(command, SetLinks) and command.source == self.text.card:
            self._wanted.clear()
            self.sources.refresh(self._drawn_on())

    def _show_counts(self) -> None:
        text, context = self.text.toPlainText(), self.context
        number, length = count_sentences(text), len(text.strip())
        parts = [context.ngettext("{n} sentence", "{n} sentences", number).format(n=number)]
        span = self.step.sentences
        if span is not None:
            parts[0] += " " + self._fit(number, span.least, span.most)
        parts.append(context.ngettext("{n} character", "{n} characters", length).format(n=length))
        self.counts.setText(" · ".join(parts))

    def _fit(self, number: int, least: int, most: int) -> str:
        _ = self.context.gettext
        if number < least:
            return _("(of {least}–{most}: too few yet)").format(least=least, most=most)
        if number > most:
            return _("(of {least}–{most}: too many)").format(least=least, most=most)
        return _("(of {least}–{most}: fits)").format(least=least, most=most)

    def _show_state(self) -> None:
        self.state.setText(kept_words(self.context, self.text))
