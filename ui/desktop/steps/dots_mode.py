"""Voting by dots: a round is opened, dots are entered by person or counted on the wall, then revealed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from facilitator.errors import Fault, UserFault
from facilitator.script.model import ScriptStep
from facilitator.services.group_service import Changes
from ui.desktop.context import Context
from ui.desktop.models.card_model import CardModel
from ui.desktop.models.card_words import CardDescriber
from ui.desktop.session import GroupSession
from ui.desktop.theme.tokens import M, S
from ui.desktop.voting.ballot import Ballot
from ui.desktop.voting.near_pairs import NearPairs
from ui.desktop.voting.people_list import PeopleList, PersonLine, named
from ui.desktop.voting.round_bar import RoundBar
from ui.desktop.widgets.build import button, label
from ui.desktop.widgets.card_list import CardList
from ui.messages import sentence

_PAUSE = 1_200
_MOST_DIGITS = 4
LEAST_DOTS, MOST_DOTS = 3, 5
"""As many dots a person as a group can still overlook."""


class DotsMode(QWidget):
    """+ and − change the dots of the current card by one; a typed number sets them."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        super().__init__()
        self.setProperty("help", "dots")
        self._context = context
        self._session = context.session
        self._state = ""
        _ = context.gettext
        self.ballot = Ballot(context, step, describer)
        self.bar = RoundBar(_("The vote by dots"))
        self.budget = QSpinBox()
        self.budget.setRange(LEAST_DOTS, MOST_DOTS)
        self.budget.setAccessibleName(_("Dots for each person"))
        self.way = QComboBox()
        self.way.setAccessibleName(_("How the dots are entered"))
        self.way.addItem(_("by person"), False)
        self.way.addItem(_("counted on the wall"), True)
        self.pairs = NearPairs(context, step)
        model = CardModel(context, self.ballot, self.ballot.choose, self)
        self.list = _DotsList(self._session, model, _("Statements and their dots"))
        self.people = PeopleList(_("Who gives the dots"))
        self.by_dots = QCheckBox(_("Most dots first"))
        self.by_dots.setAccessibleName(self.by_dots.text())
        self.by_dots.setChecked(True)
        self.less = button(_("Take a dot"), lambda: self._add(-1))
        self.more = button(_("Give a dot"), lambda: self._add(1))
        self._who = label("", "field")
        self._side = QWidget()
        self._ready = QWidget()
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        _ = self._context.gettext
        ready = QHBoxLayout(self._ready)
        ready.setContentsMargins(0, 0, 0, 0)
        ready.setSpacing(S)
        ready.addWidget(label(_("Dots for each"), "small", wrap=False))
        ready.addWidget(self.budget)
        row = QHBoxLayout()
        row.setSpacing(S)
        row.addWidget(self._ready)
        row.addWidget(self.way)
        row.addWidget(self.pairs.button)
        row.addWidget(self.more)
        row.addWidget(self.less)
        row.addWidget(self.by_dots)
        row.addStretch(1)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(S)
        side.addWidget(self._who)
        side.addWidget(self.people, 1)
        sides = QHBoxLayout()
        sides.setSpacing(M)
        sides.addWidget(self.list, 5)
        sides.addWidget(self._side, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S)
        column.addWidget(self.bar)
        column.addLayout(row)
        column.addWidget(self.pairs)
        column.addLayout(sides, 1)

    def _connect(self) -> None:
        self.bar.led_on.connect(self.lead_on)
        self.bar.led_back.connect(self._lead_back)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, self.lead_on)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.budget.valueChanged.connect(self._set_budget)
        self.way.activated.connect(self._set_way)
        self.by_dots.toggled.connect(self._sort)
        self.list.stepped.connect(self._add)
        self.list.counted.connect(self._set)
        self.list.typing.connect(self._show_typing)
        self.list.led_on.connect(self._go_on)
        self.list.led_aside.connect(self.people.step)
        self.people.person_changed.connect(self._choose_person)
        self.people.digit_typed.connect(self._set_current)
        self.people.led_on.connect(self.list.setFocus)
        self.pairs.left.connect(self.focus_entry)
        self._session.refused.connect(self._forget)
        self._session.noted.connect(self._take_note)

    def refresh(self, changes: Changes | None, touched: set[str] | None) -> None:
        """Show what an act has changed."""
        self.ballot.follow()
        self.pairs.refresh()
        self._show(touched)

    def focus_entry(self) -> None:
        """Put the keyboard on a card; Enter leads on from there."""
        if not self.list.currentIndex().isValid() and self.list.cards.cards:
            self.list.setCurrentIndex(self.list.cards.index(0))
        self.list.setFocus()

    def lead_on(self) -> None:
        """Bring about the next state of the vote."""
        self.ballot.budget = self.budget.value()
        self.ballot.lead_on()
        self._show()

    def _lead_back(self) -> None:
        self.ballot.lead_back()
        self._show()

    # Giving

    def _add(self, number: int) -> None:
        card = self.list.current
        if card is not None:
            self._set(card.id, self.ballot.given(card.id) + number)

    def _set_current(self, dots: int) -> None:
        card = self.list.current
        if card is not None:
            self._set(card.id, dots)

    def _set(self, card_id: str, dots: int) -> None:
        card = self._session.snapshot.cards.get(card_id)
        if card is None:
            return
        try:
            self.ballot.give(card, dots)
        except UserFault as fault:
            self.bar.show_note(sentence(fault, self._context.texts), refused=True)
        else:
            self._show_hint()
            self._show_people()

    def _take_note(self, _note: object) -> None:
        """Somebody may have come or gone."""
        self._show(set())

    def _forget(self, _fault: Fault, command: object) -> None:
        self.ballot.forget(command)
        self._show()

    def _choose_person(self) -> None:
        before = self.ballot.cards_given(self.ballot.person)
        self.ballot.person = self.people.person
        self.list.cards.refresh(before | self.ballot.cards_given(self.ballot.person))
        self._show_people()
        self._show_hint()

    def _go_on(self) -> None:
        """Enter in the list: to the next person or card, and after the last one to what leads on."""
        if self.ballot.state != "open":
            self.bar.on.click()
        elif self.ballot.by_hand:
            if not self.list.go_down():
                self.bar.on.setFocus()
        elif self.people.step(1):
            self.list.setCurrentIndex(self.list.cards.index(0))
        else:
            self.bar.on.setFocus()

    # Choices

    def _set_budget(self, dots: int) -> None:
        self.ballot.budget = dots

    def _set_way(self) -> None:
        self.ballot.by_hand = self.way.currentData()
        self._show()

    def _sort(self, most_first: bool) -> None:
        self.ballot.most_first = most_first
        self.list.cards.refresh(set())

    # What is shown

    def _show(self, touched: set[str] | None = None) -> None:
        """Show the vote as it stands; a new state shows every card anew."""
        ballot, before = self.ballot, self._state
        self._state = f"{ballot.state} {ballot.number} {ballot.by_hand}"
        self._show_people()
        self.list.cards.refresh(touched if self._state == before else None)
        self._show_bar()
        if self._state != before or not self.bar.refused:
            self._show_hint()
        had_focus = self.bar.on.hasFocus()
        state, by_person = ballot.state, not ballot.by_hand
        self._ready.setVisible(state == "ready")
        self.way.setVisible(state == "ready" or (state == "open" and not ballot.is_begun))
        self.way.setCurrentIndex(self.way.findData(ballot.by_hand))
        self.pairs.offer_asking(state == "ready")
        self.by_dots.setVisible(state == "revealed")
        giving = state == "open" or (ballot.by_hand and state != "ready")
        self.more.setVisible(giving)
        self.less.setVisible(giving)
        self.list.takes_tab = state == "open" and by_person
        self._side.setVisible(state == "open" and by_person)
        if self._state.split()[0] != before.split(" ")[0] and (had_focus or self.list.hasFocus()):
            self.focus_entry()

    def _show_people(self) -> None:
        ballot, context = self.ballot, self._context
        voted = ballot.have_voted
        lines = []
        for person in ballot.people:
            left = ballot.left(person.id)
            tick = "✓ " if person.id in voted else ""
            dots = "●" * (ballot.each - left) + "○" * left
            lines.append(PersonLine(person.id, f"{tick}{named(person, self._session.snapshot)}  {dots}"))
        self.people.show_lines(lines)
        ballot.person = self.people.person
        if ballot.person is not None and ballot.state == "open":
            left, most = ballot.left(ballot.person), ballot.each
            words = context.ngettext("{who}: {left} of {n} dot left", "{who}: {left} of {n} dots left", most)
            who = self._session.snapshot.participants[ballot.person].label
            self._who.setText(words.format(who=who, left=left, n=most))

    def _show_bar(self) -> None:
        ballot, _ = self.ballot, self._context.gettext
        number = ballot.number
        if ballot.state == "ready":
            words = _("Round {n} is not open yet").format(n=number) if number > 1 else _("Not open yet")
            back = _("Back to the results") if number > 1 else ""
            self.bar.show_state(words, _("Open the vote"), back, can=bool(self.list.cards.cards))
        elif ballot.state == "open":
            words = " · ".join((_("The vote is open"), self._how_far()))
            self.bar.show_state(words, _("Close the vote"))
        elif ballot.state == "closed":
            words = " · ".join((_("The vote is closed, the results are hidden"), self._how_far()))
            self.bar.show_state(words, _("Reveal the results"), _("Open it again"))
        else:
            count = self._context.ngettext("{n} dot in all", "{n} dots in all", ballot.counted)
            words = _("The results of round {n}").format(n=number) if number > 1 else _("The results")
            self.bar.show_state(f"{words} · {count.format(n=ballot.counted)}", _("New round"))

    def _how_far(self) -> str:
        ballot, _ = self.ballot, self._context.gettext
        if ballot.by_hand:
            if ballot.together:
                return _("{n} of {all} dots counted").format(n=ballot.counted, all=ballot.together)
            count = self._context.ngettext("{n} dot in all", "{n} dots in all", ballot.counted)
            return count.format(n=ballot.counted)
        return _("{n} of {all} have voted").format(n=len(ballot.have_voted), all=len(ballot.people))

    def _show_hint(self) -> None:
        self._show_typing("")

    def _show_typing(self, digits: str) -> None:
        _, ballot = self._context.gettext, self.ballot
        if digits:
            words = _("Dots: {digits} · Enter sets them and goes on").format(digits=digits)
        elif not self.list.cards.cards:
            words = _("There is nothing to vote on yet: record statements first.")
        elif ballot.state == "ready":
            words = _("Join what is nearly the same, so that the dots do not scatter; then open the vote.")
        elif ballot.state == "open" and not ballot.by_hand:
            words = _(
                "+ and − or a digit: dots for the card · Enter or Tab: the next person · ←: the one before"
            )
        elif ballot.state == "revealed" and not ballot.counted:
            words = _("Nobody has given a dot.")
            if ballot.number > 1:
                words = _("Nobody has given a dot: the results of the round before stay.")
        elif ballot.by_hand:
            words = _("+ and − change by one · a typed number and Enter set the dots")
        else:
            words = ""
        self.bar.show_note(words)


class _DotsList(CardList):
    """Digits gather into a number that counts after a pause or at Enter; by person each counts at once."""

    stepped = Signal(int)
    counted = Signal(str, int)
    typing = Signal(str)
    led_on = Signal()
    """Enter was pressed with nothing typed, or Tab where it leads to the next person."""
    led_aside = Signal(int)
    """An arrow leads to the person before or after."""

    def __init__(self, session: GroupSession, model: CardModel, name: str) -> None:
        super().__init__(session, model, name, big_dots=True)
        self.setSelectionMode(CardList.SelectionMode.SingleSelection)
        self.takes_tab = False
        """Whether Tab leads from person to person: dots are entered by person."""
        self._digits = ""
        self._card = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._give)
        self.card_changed.connect(self._give)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − step, digits give, Enter goes on, arrows aside lead to another person."""
        key, text = event.key(), event.text()
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if text in ("+", "=") or key == Qt.Key.Key_Plus:
            self.stepped.emit(1)
        elif text in ("-", "−", "–") or key == Qt.Key.Key_Minus:
            self.stepped.emit(-1)
        elif len(text) == 1 and text in "0123456789":
            self._gather(text)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and self._digits:
            self._drop()
        elif aside is not None and self.takes_tab:
            self.led_aside.emit(aside)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads to the next person while dots are entered by person; Shift+Tab leaves the list."""
        if forward and self.takes_tab:
            self.led_on.emit()
            return True
        return super().focusNextPrevChild(forward)

    def go_down(self) -> bool:
        """Go to the next card; return whether there is one."""
        below = self.model().index(self.currentIndex().row() + 1, 0)
        if below.isValid():
            self.setCurrentIndex(below)
        return below.isValid()

    def _enter(self) -> None:
        if self._digits:
            self._give()
            self.go_down()
        else:
            self.led_on.emit()

    def _gather(self, digit: str) -> None:
        card = self.current
        if card is None:
            return
        if self.takes_tab:
            self.counted.emit(card.id, int(digit))
            return
        self._card = card.id
        self._digits = (self._digits + digit)[-_MOST_DIGITS:]
        self._pause.start()
        self.typing.emit(self._digits)

    def _give(self) -> None:
        if self._digits:
            digits = self._digits
            self._drop()
            self.counted.emit(self._card, int(digits))

    def _drop(self) -> None:
        self._digits = ""
        self._pause.stop()
        self.typing.emit("")
