"""The organizer's page: requests are taken in, rosters signed, assignments handed out."""

from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from facilitator.services.home import Home
from ui.desktop.organizer.assign_all_card import AssignAllCard
from ui.desktop.organizer.assignment_card import AssignmentCard
from ui.desktop.organizer.card import Card
from ui.desktop.organizer.intake_card import IntakeCard
from ui.desktop.organizer.line_cards import LossCard, RevokeCard, ValidityCard
from ui.desktop.organizer.new_roster_card import NewRosterCard
from ui.desktop.organizer.office import Office
from ui.desktop.organizer.overview import Overview
from ui.desktop.organizer.recipients_card import RecipientsCard
from ui.desktop.organizer.request_card import RequestCard
from ui.desktop.organizer.roster_view import ExpectedGroup, HeldRoster, Line
from ui.desktop.organizer.start_card import StartCard


class OrganizerPage(QWidget):
    """Shows one thing at a time: where to begin, the roster that is open, or the card of one act on it."""

    left = Signal()
    identity_asked = Signal()
    """There is no key to sign with: the page where one is made is wanted."""
    failed = Signal(object)
    """Carries a fault that belongs to none of the fields of the page."""
    bug = Signal(object)

    def __init__(self, home: Home, texts: NullTranslations, language: str) -> None:
        super().__init__()
        self.setProperty("help", "organizer")
        self.office = Office(home, texts, language, self)
        self.start = StartCard(self.office)
        self.overview = Overview(self.office)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.overview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.office.bug.connect(self.bug)
        self.office.failed.connect(self.failed)
        self.office.changed.connect(self._take_roster)
        start, overview = self.start, self.overview
        for page in (start, overview):
            page.left.connect(self.left)
        start.identity_asked.connect(self.identity_asked)
        start.new_asked.connect(self._begin)
        overview.other_asked.connect(self._show_start)
        overview.request_asked.connect(self._take_in)
        overview.assign_asked.connect(lambda group: self._act_on_roster(AssignmentCard(self.office, group)))
        overview.assign_all_asked.connect(lambda: self._act_on_roster(AssignAllCard(self.office)))
        overview.validity_asked.connect(lambda line: self._act_on_roster(ValidityCard(self.office, line)))
        overview.revoke_asked.connect(self._revoke)
        overview.loss_asked.connect(self._mend_loss)
        overview.recipients_asked.connect(lambda: self._act_on_roster(RecipientsCard(self.office)))

    def focus_entry(self) -> None:
        """Put the keyboard where the first thing is to be done."""
        shown = self.stack.currentWidget()
        if isinstance(shown, StartCard | Overview | Card):
            shown.focus_entry()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for nothing: what was begun ends by itself."""
        self.office.stop()
        super().closeEvent(event)

    # What is shown

    def _show(self, page: QWidget) -> None:
        """Show a part of the page; a card that is left does not come back."""
        former = self.stack.currentWidget()
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if isinstance(former, Card):
            self.stack.removeWidget(former)
            former.deleteLater()
        self.focus_entry()

    def _show_card(self, card: Card, back: QWidget) -> None:
        """Show the card of an act; ``back`` is where it leads when it is left."""
        card.left.connect(lambda: self._show(back))
        card.done.connect(self._tell)
        self.overview.result.hide()
        self._show(card)

    def _act_on_roster(self, card: Card) -> None:
        self._show_card(card, self.overview)

    def _show_start(self) -> None:
        self.start.look()
        self._show(self.start)

    def _take_roster(self) -> None:
        """A roster that was opened is shown; a card whose act has made a version says so first."""
        if self.stack.currentWidget() is self.start:
            self.overview.result.hide()
            self._show(self.overview)

    def _tell(self, words: str, folder: Path) -> None:
        self.overview.tell(words, folder)
        self._show(self.overview)

    # What is asked for

    def _begin(self, held: tuple[HeldRoster, ...]) -> None:
        self._show_card(NewRosterCard(self.office, held), self.start)

    def _take_in(self, group: ExpectedGroup | None) -> None:
        card = IntakeCard(self.office)
        card.read.connect(
            lambda requests, unread: self._act_on_roster(RequestCard(self.office, requests, unread, group))
        )
        self._act_on_roster(card)

    def _mend_loss(self, line: Line) -> None:
        card = LossCard(self.office, line)
        card.revoke_asked.connect(lambda: self._revoke(line))
        self._act_on_roster(card)

    def _revoke(self, line: Line) -> None:
        self._act_on_roster(RevokeCard(self.office, line))
