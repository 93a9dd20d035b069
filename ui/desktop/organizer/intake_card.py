"""Requests to be enrolled are read here, from files or from a text that came in another way."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from ui.desktop.organizer import acts
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.office import Office
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.section import section

if TYPE_CHECKING:
    from facilitator.packages.requests import Request

TEXT_HEIGHT = 110
MOST_UNREAD = 4


class IntakeCard(Card):
    """``read`` carries the requests that are sound, and what was wrong with the others, in words."""

    read = Signal(object, str)

    def __init__(self, office: Office) -> None:
        _ = office.gettext
        super().__init__(office, _("Take in a request"), _("Read what was pasted"), kind="plain", signs=False)
        self.choose_button = button(_("Choose files…"), self._ask, "primary")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text of a request"))
        self.text.setPlaceholderText("{…}")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(TEXT_HEIGHT)
        self.text.textChanged.connect(lambda: self.foot.show_problem(""))
        self.text.installEventFilter(self)
        words = _("A moderator makes the request on the page of the key and sends it in any way.")
        pasted = _("Paste the text of the QR code or of the message. Ctrl+Enter reads it.")
        self.lay_out(
            label(words, "note"),
            section(_("From files"), self.choose_button),
            section(_("From a text"), label(pasted, "note"), self.text),
        )

    def focus_entry(self) -> None:
        """Begin with the files: most requests come so."""
        self.choose_button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter reads; Enter alone is a scanner's, which ends each code with it."""
        if watched is self.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.act()
                return True
        return super().eventFilter(watched, event)

    def act(self) -> None:
        """Read the request that was pasted."""
        text = self.text.toPlainText()
        if text.strip():
            self.foot.work(partial(acts.read_pasted_request, text), self._take)
        else:
            self.foot.show_problem(self.office.gettext("Paste a request first, or choose its file."))
            self.text.setFocus()

    def _ask(self) -> None:
        _ = self.office.gettext
        folder = str(self.office.folder)
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Choose requests"), folder, _("Requests (*.json);;All files (*)")
        )
        if chosen:
            self.foot.work(partial(acts.read_requests, [Path(each) for each in chosen]), self._take)

    def _take(self, found: "Sequence[Request | acts.NotRead]") -> None:
        unread = [each for each in found if isinstance(each, acts.NotRead)]
        sound = [each for each in found if not isinstance(each, acts.NotRead)]
        lines = [f"{each.path.name}: {self.office.sentence(each.fault)}" for each in unread[:MOST_UNREAD]]
        words = "\n".join(lines)
        if sound:
            self.read.emit(sound, words)
        else:
            self.foot.show_problem(words)
