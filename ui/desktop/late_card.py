"""A statement that comes late: recorded at any step, from wherever one is."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.domain.records import Card
from facilitator.errors import Fault
from facilitator.services.commands import AddCards
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.author_box import AuthorBox, doubt_label, take_words
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.capture_line import CaptureLine
from ui.desktop.widgets.writing_help import help_writing

WIDEST = 760


class LateCard(QFrame):
    """Lies over the head of ``place``. Enter records and goes back to where one was; Esc goes back."""

    recorded = Signal(str)
    """Says where the statement went."""

    def __init__(self, context: Context, place: QWidget) -> None:
        super().__init__(place)
        _ = context.gettext
        self._context = context
        self._place = place
        self._before: QWidget | None = None
        self._command: AddCards | None = None
        self.setProperty("role", "card")
        self.setProperty("help", "entry")
        self.setAccessibleName(_("Late statement"))
        self.setAutoFillBackground(True)
        self.kind = self._make_kind()
        self.line = CaptureLine(_("Late statement"), _("What was said; Enter records it at that step."))
        help_writing(self.line, context)
        self.author = AuthorBox(context)
        self.doubt = doubt_label(context, self.author)
        self.record = button(_("Record"), self._record, "primary", "Enter")
        self._lay_out()
        self.kind.installEventFilter(self)
        self.line.entered.connect(self._record)
        self.line.pasted.connect(self._add)
        self.line.textChanged.connect(lambda: QTimer.singleShot(0, self, self._fit))
        self.author.entered.connect(self._record)
        self.doubt.installEventFilter(self)
        place.installEventFilter(self)
        context.session.changed.connect(self._settle)
        context.session.refused.connect(self._take_back)
        self.hide()

    def _make_kind(self) -> QComboBox:
        script, say = self._context.session.script, self._context.say
        made = QComboBox()
        made.setAccessibleName(self._context.gettext("Step of the late statement"))
        for number, step in enumerate(script.steps, 1):
            for kind in (kind for kind in step.card_kinds if not kind.single):
                title = say(step.title) if len(step.card_kinds) == 1 else say(kind.title)
                made.addItem(f"{number}. {title[:1].upper()}{title[1:]}", kind.id)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(20)
        return made

    def _lay_out(self) -> None:
        _ = self._context.gettext
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(_("Late statement"), "field", wrap=False))
        head.addWidget(self.kind, 1)
        foot.addWidget(self.author)
        foot.addStretch(1)
        foot.addWidget(self.record)
        leave = button(_("Leave"), self._leave, "quiet", "Esc")
        foot.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(L, M, L, M)
        column.setSpacing(S)
        column.addLayout(head)
        column.addWidget(self.line)
        column.addLayout(foot)
        column.addWidget(self.doubt)
        for one, other in pairwise((self.kind, self.line, self.author, self.record, leave)):
            QWidget.setTabOrder(one, other)

    def open(self) -> None:
        """Show the line with the keyboard on the choice of the step: a digit chooses, Enter goes on."""
        field = QApplication.focusWidget()
        if field is None or not self.isAncestorOf(field):
            self._before = field
        self.author.refresh()
        self.show()
        self.raise_()
        self._fit()
        self.kind.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the step leads to the words; another size of the place moves the line."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.kind and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in enter:
                self.line.setFocus()
                return True
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide) and self.isVisible():
            QTimer.singleShot(0, self, self._fit)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; what is typed stays for the next time."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _record(self) -> None:
        texts = take_words(self.line, self.author)
        if texts:
            self._add(texts)

    def _add(self, texts: tuple[str, ...]) -> None:
        self._command = AddCards(self.kind.currentData(), texts, author=self.author.author)
        self._leave()
        self._context.session.perform(self._command)

    def _leave(self) -> None:
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus()

    def _settle(self, changes: Changes) -> None:
        """Say where the statement went, once it is there and the page has shown it."""
        command, card = self._command, next((edit.after for edit in changes.edits), None)
        if command is None or not isinstance(card, Card) or card.kind != command.kind:
            return
        self._command = None
        self.author.author = None
        words = self._context.gettext("Recorded at the step “{step}”.")
        step = self._context.session.script.step_of_kind(card.kind)
        said = words.format(step=self._context.say(step.title))
        QTimer.singleShot(0, self, lambda: self.recorded.emit(said))

    def _take_back(self, _fault: Fault, command: object) -> None:
        """Come back with the words that could not be recorded."""
        if command is self._command and isinstance(command, AddCards):
            self._command = None
            self.open()
            self.line.give_back(command.texts)

    def _fit(self) -> None:
        room = self._place.width()
        width = min(WIDEST, room - 2 * L)
        self.setFixedWidth(width)
        self.resize(width, max(self.sizeHint().height(), self.heightForWidth(width)))
        self.move((room - width) // 2, XL * 2)
