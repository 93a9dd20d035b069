"""«Сведение»: a lead takes packages in, settles conflicts and hands a collection on."""

from functools import partial
from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.errors import Fault
from facilitator.services.home import Home
from ui.desktop.lead.aside_card import AsideCard
from ui.desktop.lead.contest_card import ContestCard
from ui.desktop.lead.cover_card import CoverCard
from ui.desktop.lead.desk import LeadDesk
from ui.desktop.lead.drop_area import DropArea
from ui.desktop.lead.layouts import empty, tab_in_reading_order
from ui.desktop.lead.news_card import NewsCard
from ui.desktop.lead.overview import Overview
from ui.desktop.lead.scroll_guide import ScrollGuide
from ui.desktop.lead.setup_card import SetupCard
from ui.desktop.lead.stranger_card import StrangerCard
from ui.desktop.lead.values import Contest, CoverWords, Stranger, Survey, Taken
from ui.desktop.theme.tokens import XL, M
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.scrolled import scrolled
from ui.messages import sentence

WIDEST = 1080
PATIENCE_MILLISECONDS = 300
"""Work that takes no longer is not worth a word."""


class LeadPage(QWidget):
    """All work is done on a thread of its own; close the page to end it."""

    left = Signal()
    failed = Signal(object)
    """Carries a :class:`Fault` that has no place of its own on the page."""
    bug = Signal(object)

    def __init__(self, home: Home, texts: NullTranslations, language: str) -> None:
        super().__init__()
        self.setProperty("help", "lead")
        self._texts = texts
        self._contests: tuple[Contest, ...] = ()
        self._stranger: Stranger | None = None
        self._desk = LeadDesk(home, texts, language, self)
        self.setup = SetupCard(home, texts)
        self.stranger = StrangerCard(texts)
        self.drop = DropArea(texts)
        self.overview = Overview(texts)
        self.news = NewsCard(texts)
        self.contest_cards: list[ContestCard] = []
        self._contest_rows = QVBoxLayout()
        self._contest_rows.setSpacing(M)
        self.aside = AsideCard(texts)
        self.cover = CoverCard(texts)
        self._working = label(texts.gettext("Working…"), "note", wrap=False)
        self._working.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MILLISECONDS)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.stranger.hide()
        self.news.hide()
        self._show(Survey(()))
        self._desk.run(lambda work: work.begin(), self._begin, self._refuse_roster)

    def _lay_out(self) -> None:
        _ = self._texts.gettext
        column = QVBoxLayout()
        column.setContentsMargins(XL, XL, XL, XL)
        column.setSpacing(M)
        head = QHBoxLayout()
        head.addWidget(label(_("Taking packages in"), "title"), 1)
        head.addWidget(self._working)
        head.addWidget(button(_("Go back"), self.left.emit, "quiet"))
        column.addLayout(head)
        note = _(
            "The packages of all groups come together here. Each is checked against the list of signers;"
            " nothing is overwritten and nothing is thrown away."
        )
        column.addWidget(label(note, "note"))
        for part in (self.setup, self.stranger, self.drop, self.overview, self.news):
            column.addWidget(part)
        column.addLayout(self._contest_rows)
        column.addWidget(self.aside)
        column.addWidget(self.cover)
        column.addStretch(1)
        self._area = scrolled(column, WIDEST, centred=True)
        self._guide = ScrollGuide(self._area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _connect(self) -> None:
        self._desk.bug.connect(self._tell_bug)
        self._desk.busy.connect(self._show_busy)
        self._patience.timeout.connect(self._working.show)
        self._desk.progressed.connect(self.drop.show_progress)
        self.setup.centre_asked.connect(self.open_centre)
        self.setup.roster_asked.connect(self.open_roster)
        self.setup.roster_chosen.connect(self._use_roster)
        self.stranger.same.connect(self._accept_stranger)
        self.stranger.different.connect(self._send_stranger_away)
        self.drop.given.connect(self.take_in)
        self.drop.stop_asked.connect(self._desk.stop)
        self.overview.contests_asked.connect(self._go_to_contest)
        self.overview.waiting_asked.connect(lambda: self._go_to(self.aside))
        self.aside.release_asked.connect(self._release)
        self.aside.secret_given.connect(self._open_by)
        self.cover.asked.connect(self._collect)
        QShortcut(QKeySequence("F8"), self, self.go_to_next)

    # The centre and the roster

    @property
    def idle(self) -> bool:
        """Whether all that was asked for is done and shown."""
        return self._desk.idle

    def open_centre(self, path: Path, create: bool) -> None:
        """Open a centre's file, making it when it is asked for."""
        self._desk.run(lambda work: work.open(path, create), self._show_opened, self.failed.emit)

    def open_roster(self, path: Path) -> None:
        """Judge by the roster in a file; an organizer nobody has compared yet is asked about first."""
        self._desk.run(lambda work: work.look_at(path), self._show_roster, self._refuse_roster)

    def focus_entry(self) -> None:
        """Put the keyboard where the next thing is to be done."""
        if self.drop.files_button.isEnabled():
            self.drop.files_button.setFocus()
        else:
            self.setup.focus_entry()

    def _begin(self, survey: Survey) -> None:
        self._show(survey)
        self.focus_entry()

    def _show_opened(self, survey: Survey) -> None:
        self.news.clear()
        self._begin(survey)

    def _judge_anew(self, survey: Survey) -> None:
        self.stranger.hide()
        self._begin(survey)

    def _use_roster(self, principal: str) -> None:
        self._desk.run(lambda work: work.use(principal), self._judge_anew, self._refuse_roster)

    def _show_roster(self, found: Survey | Stranger) -> None:
        if isinstance(found, Stranger):
            self._stranger = found
            self.setup.complain("")
            self.stranger.show_stranger(found)
            self._guide.bring(self.stranger)
        else:
            self._judge_anew(found)

    def _accept_stranger(self) -> None:
        """Trust the roster whose digits were compared, and no other that may lie in its place by now."""
        stranger = self._stranger
        if stranger is not None:
            self._desk.run(
                lambda work: work.accept(stranger.path, stranger.digits),
                self._judge_anew,
                self._refuse_roster,
            )

    def _send_stranger_away(self) -> None:
        self.stranger.hide()
        self.setup.complain(
            self._texts.gettext(
                "The list was not taken: do not use it, and ask the organizer for the right one."
            )
        )
        self.setup.roster_button.setFocus()

    def _refuse_roster(self, fault: Fault) -> None:
        self.stranger.hide()
        self.setup.complain(sentence(fault, self._texts))

    # Packages

    def take_in(self, paths: list[Path]) -> None:
        """Take in files, and the packages in folders."""
        self.drop.begin()
        self._desk.take_in(paths, self._show_news, self._fail)

    def _release(self) -> None:
        self._desk.run(lambda work: work.release(), self._show_news, self._fail)

    def _open_by(self, path: Path) -> None:
        def refuse(fault: Fault) -> None:
            self.aside.complain(sentence(fault, self._texts))

        self._desk.run(lambda work: work.open_by(path), self._show_news, refuse)

    def _show_news(self, taken: Taken) -> None:
        self.drop.end()
        self._show(taken.survey)
        self.news.tell(taken)
        self._guide.bring(self.overview)

    def _fail(self, fault: Fault) -> None:
        """Say that the disk gave up; what was taken in before is in the centre and shown."""
        self.drop.end()
        self.failed.emit(fault)
        self._desk.run(lambda work: work.survey(), self._show, lambda _: None)

    # Choices

    def _settle(self, card: ContestCard, principal: str, take: str) -> None:
        def act(passphrase: str | None) -> None:
            card.set_busy(True)
            self._desk.run(lambda work: work.settle(principal, take, passphrase), self._show, refuse)

        def refuse(fault: Fault) -> None:
            card.refuse(fault)
            self._guide.bring(card.signing)

        card.signing.sign(act)

    def _collect(self, path: Path, event: str) -> None:
        def act(passphrase: str | None) -> None:
            self.cover.set_busy(True)
            self._desk.run(lambda work: work.collect(path, event, passphrase), tell, refuse)

        def tell(made: CoverWords) -> None:
            self.cover.tell(made)
            self._guide.bring(self.cover)

        def refuse(fault: Fault) -> None:
            self.cover.refuse(fault)
            self._guide.bring(self.cover)

        self.cover.signing.sign(act)

    def go_to_next(self) -> None:
        """Go to the next thing that waits for a decision, round and round."""
        stops: list[ContestCard | AsideCard] = [
            each for each in self.contest_cards if not each.contest.settled
        ]
        if self.aside.waiting.outcomes.rows:
            stops.append(self.aside)
        if stops:
            here = (place for place, each in enumerate(stops, 1) if each.isAncestorOf(self._focus()))
            self._go_to(stops[next(here, 0) % len(stops)])

    def _go_to_contest(self) -> None:
        self._go_to(next(each for each in self.contest_cards if not each.contest.settled))

    def _go_to(self, card: ContestCard | AsideCard) -> None:
        card.focus_entry()
        self._guide.bring(card)

    # Showing

    def _show(self, survey: Survey) -> None:
        self.setup.show_survey(survey)
        self.drop.set_ready(survey.path is not None and survey.roster is not None)
        self.overview.setVisible(survey.path is not None)
        self.overview.show_survey(survey)
        self._show_contests(survey.contests)
        self.aside.show_survey(survey)
        self.cover.show_survey(survey)
        tab_in_reading_order(self)

    def _show_contests(self, contests: tuple[Contest, ...]) -> None:
        """Make the cards anew where something has changed, and keep the keyboard where it was."""
        if contests == self._contests:
            return
        self._contests = contests
        focused = next(
            (each.contest.principal for each in self.contest_cards if each.isAncestorOf(self._focus())), None
        )
        self._guide.forget()
        empty(self._contest_rows)
        self.contest_cards = [ContestCard(contest, self._texts) for contest in contests]
        for card in self.contest_cards:
            card.chosen.connect(partial(self._settle, card))
            self._contest_rows.addWidget(card)
            if card.contest.principal == focused:
                self._go_to(card)

    def _focus(self) -> QWidget:
        return self.focusWidget() or self

    def _show_busy(self, busy: bool) -> None:
        if not busy:
            self._patience.stop()
            self._working.hide()
        elif not self._patience.isActive() and self._working.isHidden():
            self._patience.start()

    def _tell_bug(self, error: BaseException) -> None:
        self.drop.end()
        self.bug.emit(error)

    # What Qt asks

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere over the page."""
        if self.drop.takes(event.mimeData()):
            event.acceptProposedAction()
            self.drop.set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget what was dragged away again."""
        self.drop.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        event.acceptProposedAction()
        self.drop.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the centre and end the page's thread."""
        self._desk.close()
        super().closeEvent(event)
