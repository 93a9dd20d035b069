"""A text of the group that keeps itself: after a pause in typing, and when one leaves it."""

import unicodedata

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from facilitator.domain.records import Card
from facilitator.errors import Fault
from facilitator.room.notes import Draft
from facilitator.room.voting import is_voted_on
from facilitator.services.commands import WriteText
from ui.desktop.context import Context
from ui.desktop.models.vote_words import frozen_words
from ui.desktop.widgets.build import set_wrong

PAUSE = 800
"""How long typing rests before the text is kept, in milliseconds."""
DRAFT = 400
"""How long what is typed may be nowhere but on the screen, in milliseconds."""


class AutosavedText(QPlainTextEdit):
    """Edits the one card of a kind. What was typed is never replaced while it has not been kept."""

    kept_changed = Signal()
    """Whether everything typed has been kept may have changed."""
    left = Signal()
    """One has left the text, for another field or another page."""

    def __init__(
        self, context: Context, kind: str, name: str, hint: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = context.session
        self._kind = kind
        self._saved = ""
        self._sent: str | None = None
        self.refused = False
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._keep_after_pause)
        self._unsafe = QTimer(self, singleShot=True, interval=DRAFT)
        self._unsafe.timeout.connect(self._keep_draft)
        self.textChanged.connect(self._wait)
        self._session.refused.connect(self._hear_refusal)
        self.refresh()
        for draft in self._session.room.drafts():
            if draft.kind == kind:
                self.setPlainText(draft.text)

    @property
    def card(self) -> str | None:
        """The id of the text's card, once it has been written."""
        cards = self._session.snapshot.cards_of(self._kind)
        return cards[0].id if cards else None

    @property
    def kept(self) -> bool:
        """Whether everything typed is durable."""
        return _spoken(self.toPlainText()) == self._saved

    def keep(self, *links: tuple[str, str]) -> None:
        """Give what was typed to the group, if it is something else than what it has.

        ``links`` are (relation, card id) of the sources that were inserted: text and links are one act.
        """
        self._pause.stop()
        text = _spoken(self.toPlainText())
        if text not in (self._saved, self._sent) and not self.isReadOnly():
            self._sent = text
            self._session.perform(WriteText(self._kind, text, links))

    def refresh(self) -> None:
        """Take in the group's text, unless it is the one typed here or something newer is being typed."""
        cards = self._session.snapshot.cards_of(self._kind)
        text = cards[0].text if cards else ""
        if text != self._saved:
            own, typed = text == self._sent, not self.kept
            self._saved = text
            if not own and not typed:
                self._show(text)
        self._freeze(cards[0] if cards else None)
        if self._sent == text:
            self._sent = None
            self._mark(refused=False)
            self._forget_draft()
        self.kept_changed.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what is pasted as plain text."""
        self.insertPlainText(source.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps."""
        self.keep()
        super().focusOutEvent(event)
        self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Going to another page keeps."""
        self.keep()
        super().hideEvent(event)
        self.left.emit()

    def _freeze(self, card: Card | None) -> None:
        """Leave the text as it is while the group votes on it; what was typed before is kept after that."""
        session, was_frozen = self._session, self.isReadOnly()
        self.setReadOnly(
            card is not None and is_voted_on(card, session.snapshot, session.script, session.room)
        )
        if was_frozen and not self.isReadOnly() and not self.kept:
            self._mark(refused=False)
            self._pause.start()

    def _wait(self) -> None:
        self._pause.start()
        if not self._unsafe.isActive():
            self._unsafe.start()
        self.kept_changed.emit()

    def _keep_after_pause(self) -> None:
        """An emptied text is not taken away in the middle of typing: its links would go with it."""
        if self.toPlainText().strip():
            self.keep()

    def _keep_draft(self) -> None:
        """Who types without a pause is safe too, and every pause of theirs stays one act."""
        if not self.kept:
            self._session.keep(Draft(kind=self._kind, text=self.toPlainText()))

    def _forget_draft(self) -> None:
        self._unsafe.stop()
        if any(draft.kind == self._kind for draft in self._session.room.drafts()):
            self._session.keep(Draft(kind=self._kind))

    def _show(self, text: str) -> None:
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self._pause.stop()

    def _hear_refusal(self, _fault: Fault, command: object) -> None:
        """Leave the text as typed and say that it is not kept; the next pause tries again."""
        if isinstance(command, WriteText) and command.kind == self._kind:
            self._sent = None
            self._mark(refused=True)

    def _mark(self, *, refused: bool) -> None:
        self.refused = refused
        set_wrong(self, refused)
        self.kept_changed.emit()


def _spoken(text: str) -> str:
    """Return a text as the group keeps it."""
    return unicodedata.normalize("NFC", text.strip())


def kept_words(context: Context, text: AutosavedText) -> str:
    """Return whether a text has been kept, in words."""
    _ = context.gettext
    if text.isReadOnly() and not text.kept:
        return _("The group is voting on the words kept before: yours wait here until the vote is closed")
    if text.isReadOnly():
        return frozen_words(context)
    if text.refused:
        return _("Not kept yet: the text stays here, change it or wait")
    if not text.kept:
        return _("Being typed…")
    return _("Kept") if text.toPlainText().strip() else ""
