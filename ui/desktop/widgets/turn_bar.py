"""The bar of the round robin: whose turn it is, who passed, who has not been heard."""

import time
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from facilitator.domain.records import Participant
from facilitator.room.presence import present_people
from facilitator.room.timer import clock_words
from facilitator.room.turns import Turns, begin_turns
from facilitator.room.voices import unheard
from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.projector.turns import turn_lines
from ui.desktop.theme.tokens import XS, M, S
from ui.desktop.widgets.build import ButtonKind, button
from ui.desktop.widgets.elided_label import ElidedLabel

SILENT_SECONDS = 5 * 60
_LOOK_MILLISECONDS = 200
_BETWEEN = " · "


class TurnBar(QFrame):
    """Runs one round after another. The notes of the room hold all it knows, so it survives a restart."""

    speaker_changed = Signal(str)
    """Carries the id of the participant who has the word now; nothing when the round is over."""
    closed = Signal()
    """The bar was put away by its own button."""

    def __init__(self, context: Context, step: ScriptStep, clock: Callable[[], float] = time.time) -> None:
        """``clock`` gives the POSIX time."""
        super().__init__()
        self._context = context
        self._session = context.session
        self._step = step
        self._clock = clock
        self._speaker = ""
        self.setProperty("role", "hint")
        self.setProperty("help", "round")
        self.setAccessibleName(context.gettext("Round robin"))
        self.words = ElidedLabel("", "field")
        self.others = ElidedLabel("", "small")
        self.first = self._button(0, "primary")
        self.second = self._button(1, "plain")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more = QPushButton(context.gettext("More"))
        self.more.setProperty("kind", "quiet")
        self.more.setAccessibleName(context.gettext("More about the round"))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setMenu(self._menu)
        self._acts: tuple[Callable[[], object], Callable[[], object]] = (self.begin, self.write_silently)
        self._lay_out()
        self._tick = QTimer(self)
        self._tick.setInterval(_LOOK_MILLISECONDS)
        self._tick.timeout.connect(self._show_words)
        self._session.noted.connect(self.refresh)

    def _button(self, place: int, kind: ButtonKind) -> QPushButton:
        made = button("", lambda: self._acts[place](), kind)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(S)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.words)
        words.addWidget(self.others)
        row.addLayout(words, 1)
        for part in (self.first, self.second, self.more):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(M, XS, S, XS)
        column.addLayout(row)

    # What is known of the round

    @property
    def turns(self) -> Turns | None:
        """The round of this step, if one was begun."""
        return self._session.room.turns(self._step.id)

    @property
    def running(self) -> bool:
        """Whether somebody has the word."""
        return self.turns is not None and not self.turns.over

    @property
    def _writing(self) -> bool:
        timer = self._session.room.timer(self._step)
        return timer.silent and timer.running

    # What is done with it

    def begin(self) -> None:
        """Begin the first round, or the next one with another person."""
        circle = [each.id for each in self._present()]
        if circle:
            self._end_writing()
            earlier = self._session.room.all_turns()
            self._session.keep(begin_turns(self._step.id, circle, earlier, self._clock()))

    def next(self) -> None:
        """Give the word to the next person; while there is no round, begin one."""
        if self.turns is None or self.turns.over:
            self.begin()
        else:
            self._session.keep(self.turns.next(self._clock()))

    def skip(self) -> None:
        """The speaker passes for now."""
        if self.turns is not None and self.running:
            self._session.keep(self.turns.skip(self._clock()))

    def back(self) -> None:
        """Give the word back to who had it last."""
        if self.turns is not None:
            self._session.keep(self.turns.back(self._clock()))

    def call(self, person: str) -> None:
        """Give the word to somebody who had passed."""
        if self.turns is not None:
            self._session.keep(self.turns.come_back(person, self._clock()))

    def end(self) -> None:
        """End the round before its time."""
        if self.turns is not None:
            self._session.keep(self.turns.end())

    def write_silently(self) -> None:
        """Give everyone five minutes to write, by the timer of the step."""
        timer = self._session.room.timer(self._step)
        self._session.keep(timer.write_silently(SILENT_SECONDS, self._clock()))

    def _end_writing(self) -> None:
        if self._writing:
            self._session.keep(self._session.room.timer(self._step).pause(self._clock()))

    # What is shown

    def refresh(self, _note: object = None) -> None:
        """Show the round as it is now, with who has come or gone meanwhile; out of sight it waits."""
        if not self.isVisible() or self._follow():
            return
        self._name_buttons()
        self._show_words()
        self._show_others()
        speaker = (self.turns.speaker if self.turns is not None else None) or ""
        if speaker != self._speaker:
            self._speaker = speaker
            self.speaker_changed.emit(speaker)

    def showEvent(self, event: QShowEvent) -> None:
        """Count while it is seen."""
        super().showEvent(event)
        self.refresh()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight there is nothing to show."""
        super().hideEvent(event)
        self._tick.stop()

    def _follow(self) -> bool:
        """Let the round go on with who is in the room; return whether that changed it."""
        turns = self.turns
        if turns is None or turns.over:
            return False
        followed = turns.follow([each.id for each in self._present()], self._clock())
        if followed != turns:
            self._session.keep(followed)
        return followed != turns

    def _name_buttons(self) -> None:
        _ = self._context.gettext
        passed = self._people(self.turns.passed if self.turns is not None else ())
        if self.running:
            first, second = (_("Next"), self.next), (_("Passes"), self.skip)
            keys = ("F8", "Shift+F8")
        elif passed:
            call = _("Call {label}").format(label=passed[0].label)
            first, second = (call, partial(self.call, passed[0].id)), self._writing_act()
            keys = ("", "")
        else:
            begin = _("Begin the next round") if self.turns is not None else _("Begin the round")
            first, second = (begin, self.begin), self._writing_act()
            keys = ("F8", "")
        self._acts = (first[1], second[1])
        for made, (text, _act), key in zip((self.first, self.second), (first, second), keys, strict=True):
            made.setText(text)
            made.setAccessibleName(text)
            made.setToolTip(key)
        self.second.setVisible(self.running or not passed)
        self.first.setEnabled(bool(self._session.snapshot.participants))

    def _writing_act(self) -> tuple[str, Callable[[], None]]:
        _ = self._context.gettext
        if self._writing:
            return _("End the writing"), self._end_writing
        return _("Write silently"), self.write_silently

    def _show_words(self) -> None:
        words = self._words()
        if words != self.words.text():
            self.words.show_text(words)

    def _words(self) -> str:
        _ = self._context.gettext
        lines = turn_lines(self._session.snapshot, self._session.room, self._step.id, self._clock())
        if lines is not None:
            left = _("{time} over time").format(time=lines.left) if lines.overtime else lines.left
            return _BETWEEN.join((_("{who} has the word").format(who=self._with_name()), left))
        if self._writing:
            time_left = clock_words(self._session.room.timer(self._step).left_at(self._clock()))
            return _("Everyone writes silently · {time}").format(time=time_left)
        if not self._session.snapshot.participants:
            return _("There is nobody in the list yet: add the participants first.")
        if self.turns is None:
            return _("First everyone writes silently, then each has the word for a minute and a half.")
        if self.turns.passed:
            return _("The round is over; who passed can be called now.")
        waiting = set(self.turns.order) - set(self.turns.spoken)
        here = {each.id for each in self._present()}
        return _("The round was ended.") if waiting & here else _("Everyone has spoken.")

    def _with_name(self) -> str:
        """Return the speaker's label with the name, which is shown on this computer only."""
        group = self._session.snapshot
        key = (self.turns.speaker if self.turns is not None else None) or ""
        person = group.persons.get(key)
        label = group.participants[key].label
        return f"{label} ({person.name})" if person is not None else label

    def _show_others(self) -> None:
        _ = self._context.gettext
        group = self._session.snapshot
        passed = self._people(self.turns.passed if self.turns is not None else ())
        silent = unheard(group, self._session.room, self._step)
        parts = []
        queue = self._people(self.turns.queue if self.turns is not None else ())
        if queue:
            coming = _("Next: {who}").format(who=queue[1].label) if len(queue) > 1 else _("The last one")
            parts.append(coming)
        if passed:
            parts.append(_("Passed: {who}").format(who=numbers(passed)))
        if silent:
            parts.append(_("Not heard yet: {who}").format(who=numbers(silent)))
        elif group.participants:
            parts.append(_("Everyone has been heard at this step"))
        self.others.show_text(_BETWEEN.join(parts))
        self.others.setVisible(bool(parts))

    def _fill_menu(self) -> None:
        _ = self._context.gettext
        menu, turns = self._menu, self.turns
        menu.clear()
        if turns is not None and turns.gone:
            back = _("Give the word back")
            menu.addAction(f"{back}\tCtrl+F8", self.back)
        for person in self._people(turns.passed if turns is not None else ()):
            menu.addAction(_("Call {label}").format(label=person.label), partial(self.call, person.id))
        if self.running:
            menu.addAction(_("End the round"), self.end)
        else:
            again = _("Begin the next round") if turns is not None else _("Begin the round")
            menu.addAction(f"{again}\tF8", self.begin)
            menu.addAction(*self._writing_act())
        menu.addSeparator()
        menu.addAction(_("Put the bar away"), self.closed.emit)

    def _present(self) -> tuple[Participant, ...]:
        people = self._session.snapshot.participants.values()
        return present_people(people, self._session.room.presence(self._step.day))

    def _people(self, keys: Iterable[str]) -> list[Participant]:
        people = self._session.snapshot.participants
        return [people[key] for key in keys if key in people]


def numbers(people: Iterable[Participant]) -> str:
    """Return people by the numbers of their labels, such as «4, 9, 12»; a label without one stands whole."""
    found = ((person.label, person.label.rsplit(" ", 1)[-1]) for person in people)
    return ", ".join(number if number.isdecimal() else label for label, number in found)
