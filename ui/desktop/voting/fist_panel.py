"""The fist of five on one text: all show 0 to 5 fingers, who shows few is heard, then a second round."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from facilitator.domain.records import Participant, Round, Vote
from facilitator.errors import Fault
from facilitator.room.notes import FistSubject
from facilitator.room.presence import by_number, present_people
from facilitator.room.voting import (
    AGREED,
    MOST_FINGERS,
    agreement,
    asked_about,
    rounds_about,
    unrevealed_round,
    voters,
)
from facilitator.script.model import ScriptStep
from facilitator.services.commands import OpenRound, SetRoundState, ShowFingers
from ui.desktop.context import Context
from ui.desktop.models.card_words import divided_words, first_words
from ui.desktop.models.vote_words import fingers_words, verdict_words
from ui.desktop.theme.tokens import M, S
from ui.desktop.voting.bars import Bars
from ui.desktop.voting.people_list import PeopleList, PersonLine, named
from ui.desktop.voting.round_bar import RoundBar
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.scrolled import bring_into_sight


class FistPanel(QWidget):
    """Digits 0 to 5 enter the hand of the chosen person and lead to the next; what is entered is covered."""

    def __init__(self, context: Context, step: ScriptStep) -> None:
        super().__init__()
        _ = context.gettext
        self._context = context
        self._session = context.session
        self._step = step
        self._card: str | None = None
        self._opening = False
        self._doubter = ""
        self._fingers = 0
        self._entered: set[tuple[str, str]] = set()
        self._seen: object = None
        self.bar = RoundBar(_("Fist of five"))
        self.people = PeopleList(_("Who shows the fingers"))
        self.rest = button(_("The others: 5"), self._show_rest)
        self.objection = _ObjectionLine()
        self.objection.setAccessibleName(_("The objection"))
        self.objection.setMaxLength(2_000)
        self._asking = label("", "field")
        self._hands = QWidget()
        self.results = QVBoxLayout()
        self._lay_out()
        self.bar.led_on.connect(self.lead_on)
        self.bar.led_back.connect(lambda: self._set_state("open"))
        self.people.digit_typed.connect(self._enter)
        self.people.led_on.connect(self._step_on)
        self.people.person_changed.connect(self._leave_objection)
        self.objection.returnPressed.connect(self._keep_objection)
        self.objection.escaped.connect(self._go_on)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, self.lead_on)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._session.changed.connect(self._take_changes)
        self._session.refused.connect(self._forget)
        self._session.noted.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        hands = QVBoxLayout(self._hands)
        hands.setContentsMargins(0, 0, 0, 0)
        hands.setSpacing(S)
        hands.addWidget(self._asking)
        hands.addWidget(self.objection)
        hands.addWidget(self.people, 1)
        hands.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.results.setSpacing(S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.bar)
        column.addWidget(self._hands)
        column.addLayout(self.results)
        self._asking.hide()
        self.objection.hide()

    def show_card(self, card: str | None) -> None:
        """Show how the group stands to a card."""
        if card != self._card:
            self._card = card
            self._leave_objection()
        self.refresh()

    def focus_entry(self) -> None:
        """Put the keyboard on the people while hands are entered, else on the button that leads on."""
        (self.people if self._hands.isVisibleTo(self) else self.bar.on).setFocus()

    # How the round stands

    @property
    def round(self) -> Round | None:
        """The round about this card that is not revealed yet, if there is one."""
        last = self._unrevealed
        return last if last is not None and self._subject(last) in (None, self._card) else None

    @property
    def _unrevealed(self) -> Round | None:
        return unrevealed_round(self._session.snapshot, self._step.id, "fist")

    def _subject(self, round_: Round) -> str | None:
        return asked_about(self._session.snapshot, self._session.room, round_)

    @property
    def _revealed(self) -> list[Round]:
        rounds = rounds_about(self._session.snapshot, self._step.id, self._card or "")
        return [each for each in rounds if each.state == "revealed"]

    @property
    def _people(self) -> tuple[Participant, ...]:
        """Who votes: who is here, and who has shown a hand and has left."""
        group, room = self._session.snapshot, self._session.room
        here = present_people(group.participants.values(), room.presence(self._step.day))
        gone = self._have_shown - {person.id for person in here}
        return tuple(sorted((*here, *(group.participants[key] for key in gone)), key=by_number))

    @property
    def _have_shown(self) -> frozenset[str]:
        return voters(self._session.snapshot, self.round.id) if self.round is not None else frozenset()

    def _hand(self, person: str) -> Vote | None:
        votes = self._session.snapshot.votes_in(self.round.id) if self.round is not None else ()
        return next((vote for vote in votes if vote.participant == person), None)

    # Leading it on

    def lead_on(self) -> None:
        """Bring about the next state: open, close, reveal, or open another round."""
        if self._card is None or self._opening or not self.bar.on.isEnabled():
            return
        if self.round is None:
            self._opening = True
            self._session.keep(FistSubject(step=self._step.id, card=self._card))
            self._session.perform(OpenRound(self._step.id, "fist"))
        else:
            self._set_state("closed" if self.round.state == "open" else "revealed")

    def _set_state(self, state: str) -> None:
        if self.round is not None:
            self._session.perform(SetRoundState(self.round.id, state))  # type: ignore[arg-type]

    def _take_changes(self, _changes: object) -> None:
        if self._session.idle:
            self._entered.clear()
        self.refresh()
        if self._opening and self._unrevealed is not None:
            self._opening = False
            if self.isVisible() and self.round is not None:
                self.people.setCurrentRow(0)
                self.people.setFocus()
                bring_into_sight(self.people)

    def _forget(self, _fault: Fault, command: object) -> None:
        """What was refused was not entered."""
        if isinstance(command, OpenRound):
            self._opening = False
        elif isinstance(command, ShowFingers):
            self._entered -= {(command.round, person) for person in command.participants}
            self.refresh()

    # Entering

    def _enter(self, fingers: int) -> None:
        """Enter the hand of the chosen person; who shows few is asked what stands against it."""
        round_, person = self.round, self.people.person
        if round_ is None or person is None or self._card is None or fingers > MOST_FINGERS:
            return
        former = self._hand(person)
        said = (former.objection or "") if former is not None else ""
        self._perform((person,), fingers, said)
        label_ = self._session.snapshot.participants[person].label
        self.bar.show_note(f"{label_}: {fingers_words(self._context, fingers)}")
        if fingers < AGREED:
            self._ask_objection(person, fingers, said)
        else:
            self._go_on()

    def _perform(self, people: tuple[str, ...], fingers: int, objection: str = "") -> None:
        if self.round is not None and self._card is not None:
            self._entered |= {(self.round.id, person) for person in people}
            self._session.perform(ShowFingers(self.round.id, self._card, people, fingers, objection))

    def _show_rest(self) -> None:
        rest = tuple(person.id for person in self._people if not self._has_shown(person.id))
        if rest:
            self._perform(rest, MOST_FINGERS)
        self.bar.on.setFocus()

    def _has_shown(self, person: str) -> bool:
        key = (self.round.id if self.round is not None else "", person)
        return person in self._have_shown or key in self._entered

    def _step_on(self) -> None:
        if not self.people.step(1):
            self.bar.on.setFocus()

    def _go_on(self) -> None:
        """Lead to the next person without a hand, below first; after the last one to what leads on."""
        self._leave_objection()
        people = [person.id for person in self._people]
        here = people.index(self.people.person or "") if self.people.person in people else -1
        waiting = [key for key in (*people[here + 1 :], *people[: here + 1]) if not self._has_shown(key)]
        if waiting:
            self.people.choose(waiting[0])
            self.people.setFocus()
        else:
            self.bar.on.setFocus()

    def _ask_objection(self, person: str, fingers: int, said: str) -> None:
        who = self._session.snapshot.participants[person].label
        words = self._context.gettext("{who}, {fingers}: what stands against it? Enter keeps it, empty too.")
        self._asking.setText(words.format(who=who, fingers=fingers_words(self._context, fingers)))
        self._doubter = person
        self._fingers = fingers
        self._asking.show()
        self.objection.setText(said)
        self.objection.show()
        self.objection.setFocus()
        bring_into_sight(self.objection)

    def _keep_objection(self) -> None:
        if self._doubter:
            self._perform((self._doubter,), self._fingers, self.objection.text().strip())
        self._go_on()

    def _leave_objection(self) -> None:
        self._doubter = ""
        self.objection.clear()
        self.objection.hide()
        self._asking.hide()

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Show the round as it is now."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, what is not kept yet is given up: the hand itself is kept."""
        super().hideEvent(event)
        self._leave_objection()

    def refresh(self, _note: object = None) -> None:
        """Show the round as it is now; out of sight it waits."""
        if not self.isVisible():
            return
        round_ = self.round
        self._hands.setVisible(round_ is not None and round_.state == "open")
        self._show_bar(round_)
        if round_ is not None and round_.state == "open":
            self.people.show_lines([self._line(person) for person in self._people])
            self.rest.setEnabled(any(not self._has_shown(person.id) for person in self._people))
        else:
            self._leave_objection()
        self._show_results()

    def _line(self, person: Participant) -> PersonLine:
        covered = "● " if self._has_shown(person.id) else "○ "
        return PersonLine(person.id, f"{covered}{named(person, self._session.snapshot)}")

    def _show_bar(self, round_: Round | None) -> None:
        _, show = self._context.gettext, self.bar.show_state
        other = self._unrevealed if round_ is None else None
        if self._card is None:
            show(_("There is no text yet to agree on"), _("Open the vote"), can=False)
        elif other is not None:
            about = self._session.snapshot.cards.get(self._subject(other) or "")
            words = _("A vote is going on about “{subject}”: finish that one first")
            show(
                words.format(subject=first_words(about.text) if about else "…"), _("Open the vote"), can=False
            )
        elif round_ is None and self._revealed:
            last = agreement(self._session.snapshot, self._revealed[-1].id)
            show(verdict_words(self._context, last), _("Another round"))
        elif round_ is None:
            show(_("Not open yet"), _("Open the vote"), can=bool(self._people))
        elif round_.state == "open":
            show(" · ".join((_("Everyone shows 0 to 5 fingers"), self._how_far())), _("Close the vote"))
        else:
            words = " · ".join((_("The vote is closed, the results are hidden"), self._how_far()))
            show(words, _("Reveal the results"), _("Open it again"))
        self._show_hint(round_)

    def _show_hint(self, round_: Round | None) -> None:
        _ = self._context.gettext
        if round_ is not None and round_.state == "open":
            if not self._doubter and not self.bar.note.text():
                self.bar.show_note(_("A digit enters the hand and leads to the next person"))
        elif not self._session.snapshot.participants:
            self.bar.show_note(_("There is nobody in the list yet: add the participants first."))
        elif not self._people:
            self.bar.show_note(_("Nobody in the list is here today: check in who has come first."))
        else:
            self.bar.show_note("")

    def _how_far(self) -> str:
        words = self._context.gettext("{n} of {all} have shown")
        return words.format(n=len(self._have_shown), all=len(self._people))

    def _show_results(self) -> None:
        group, revealed = self._session.snapshot, self._revealed
        seen = tuple((each.id, group.votes_in(each.id)) for each in revealed)
        if seen == self._seen:
            return
        self._seen = seen
        while (item := self.results.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, each in enumerate(revealed, 1):
            self.results.addWidget(self._result(number, each))

    def _result(self, number: int, round_: Round) -> QFrame:
        _, shown = self._context.gettext, agreement(self._session.snapshot, round_.id)
        made = frame("card")
        column = QVBoxLayout(made)
        column.setContentsMargins(M, S, M, S)
        column.setSpacing(S)
        title = _("Round {n}").format(n=number)
        column.addWidget(label(f"{title} · {verdict_words(self._context, shown)}", "field"))
        if shown.divided:
            column.addWidget(label(divided_words(_), "warn"))
        rows = [(str(fingers), shown.fingers[fingers]) for fingers in reversed(range(MOST_FINGERS + 1))]
        column.addWidget(Bars(_("Fingers and hands"), rows))
        for objection in shown.objections:
            column.addWidget(label(f"— {objection}"))
        return made


class _ObjectionLine(QLineEdit):
    """Enter keeps what is typed, Esc goes on without."""

    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes on without an objection."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
