"""The plan of the days against the clock: minutes that can be changed, and how far behind the group is."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, QTime, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpinBox, QTimeEdit, QVBoxLayout, QWidget

from facilitator.room.agenda import Agenda, Slot
from facilitator.script.model import ScriptStep
from ui.desktop.agenda_words import drift_words, slots_of
from ui.desktop.context import Context
from ui.desktop.theme.tokens import XL, L, M, S
from ui.desktop.widgets.build import button, frame, label
from ui.desktop.widgets.scrolled import scrolled

MINUTE = 60_000
MOST_MINUTES = 600


class AgendaPage(QWidget):
    """A card for each day. What is changed is kept at once."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("help", "agenda")
        _ = context.gettext
        note = _("The minutes of the script are a proposal: change them as the day goes.")
        days = dict.fromkeys(step.day for step in context.session.script.steps)
        self.days = {day: DayCard(context, day) for day in days}
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addWidget(label(_("Agenda"), "title"))
        column.addWidget(label(note, "note"))
        for card in self.days.values():
            column.addWidget(card)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(column, None))
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self.refresh)
        context.session.changed.connect(self.refresh)
        context.session.noted.connect(self.refresh)

    def focus_entry(self) -> None:
        """Put the keyboard on the start of the first day."""
        next(iter(self.days.values())).starts.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the clock each time the page is shown, and each minute from then on."""
        super().showEvent(event)
        self._minute.start()
        self.refresh()

    def refresh(self, _what: object = None) -> None:
        """Show the plan as it stands now."""
        if self.isVisible():
            for card in self.days.values():
                card.show_plan()
        else:
            self._minute.stop()


class DayCard(QWidget):
    """One day: when it starts, its steps with minutes and breaks, and what to do about the difference."""

    def __init__(self, context: Context, day: int) -> None:
        super().__init__()
        self.now: Callable[[], datetime] = lambda: datetime.now().astimezone()
        """The moment by which the day is judged, aware and local."""
        self._context = context
        self._day = day
        self._steps = [step for step in context.session.script.steps if step.day == day]
        _ = context.gettext
        self.starts = QTimeEdit()
        self.starts.setDisplayFormat("HH:mm")
        self.starts.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.starts.setAccessibleName(_("Start of day {n}").format(n=day))
        self.starts.setKeyboardTracking(False)
        self.minutes = {step.id: self._spin(step, _("Minutes: {step}"), 1) for step in self._steps}
        self.breaks = {step.id: self._spin(step, _("Break before: {step}"), 0) for step in self._steps}
        self._planned = {step.id: label("", wrap=False) for step in self._steps}
        self._expected = {step.id: label("", wrap=False) for step in self._steps}
        self.sums = label("", "small")
        self.drift = label("", "field")
        self.shift_button = button(_("Shift the rest"), self._shift)
        self.unshift_button = button(_("Take the shift back"), self._unshift)
        self._lay_out()
        self.starts.timeChanged.connect(lambda time: self._keep(starts=time.toString("HH:mm")))

    def _spin(self, step: ScriptStep, name: str, least: int) -> QSpinBox:
        made = QSpinBox()
        made.setRange(least, MOST_MINUTES)
        made.setSingleStep(5)
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setKeyboardTracking(False)
        made.setAccessibleName(name.format(step=self._context.say(step.title)))
        made.valueChanged.connect(self._keep_minutes)
        return made

    def _lay_out(self) -> None:
        _, say = self._context.gettext, self._context.say
        head = QHBoxLayout()
        head.setSpacing(M)
        head.addWidget(label(_("Day {n}").format(n=self._day), "subheading", wrap=False))
        head.addWidget(label(_("begins at"), "note", wrap=False))
        head.addWidget(self.starts)
        head.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(0, 1)
        titles = (_("Step"), _("Break before"), _("Minutes"), _("Planned"), _("Expected or as it was"))
        for column, title in enumerate(titles):
            grid.addWidget(label(title, "small", wrap=False), 0, column)
        for row, step in enumerate(self._steps, 1):
            number = self._context.session.script.steps.index(step) + 1
            grid.addWidget(label(f"{number}. {say(step.title)}"), row, 0)
            for column, spins in enumerate((self.breaks, self.minutes), 1):
                grid.addWidget(spins[step.id], row, column)
            for column, words in enumerate((self._planned, self._expected), 3):
                grid.addWidget(words[step.id], row, column)
        foot = QHBoxLayout()
        foot.setSpacing(M)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.drift)
        said.addWidget(self.sums)
        foot.addLayout(said, 1)
        foot.addWidget(self.unshift_button)
        foot.addWidget(self.shift_button)
        card = frame("card")
        column_ = QVBoxLayout(card)
        column_.setContentsMargins(L, M, L, M)
        column_.setSpacing(M)
        column_.addLayout(head)
        column_.addLayout(grid)
        column_.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    @property
    def _agenda(self) -> Agenda:
        return self._context.session.room.agenda(self._day)

    def show_plan(self) -> None:
        """Show the plan as it stands now, and whether the rest of the day could be shifted."""
        agenda = self._agenda
        slots = slots_of(self._context, self._day, self.now())
        starts = QTime.fromString(agenda.starts, "HH:mm")
        if self.starts.time() != starts:  # setting it anew would take what is being typed away
            with QSignalBlocker(self.starts):
                self.starts.setTime(starts)
        begun = any(slot.state != "waiting" for slot in slots)
        for slot in slots:
            step = slot.step
            _set_value(self.minutes[step.id], slot.minutes)
            _set_value(self.breaks[step.id], agenda.breaks.get(step.id, 0))
            self._planned[step.id].setText(_span(slot.planned, slot.planned_end))
            self._expected[step.id].setText(self._expected_words(slot) if begun else "–")
        self.sums.setText(self._sums(slots))
        self.drift.setText(drift_words(self._context, slots))
        self.shift_button.setEnabled(begun and bool(self._lateness(slots)))
        self.unshift_button.setVisible(any(agenda.shifts.values()))

    def _sums(self, slots: tuple[Slot, ...]) -> str:
        """Add the minutes up, in a line."""
        _ = self._context.gettext
        work, pauses = sum(slot.minutes for slot in slots), sum(self._agenda.breaks.values())
        parts = [_("Work: {n} min").format(n=work)]
        if pauses:
            parts.append(_("breaks: {n} min").format(n=pauses))
        shifted = sum(self._agenda.shifts.values())
        if shifted:
            parts.append(_("shifted: {n} min").format(n=f"{shifted:+}"))
        parts.append(_("end: {time}").format(time=f"{slots[-1].planned_end:%H:%M}"))
        return " · ".join(parts)

    def _expected_words(self, slot: Slot) -> str:
        """Return when a step is expected, or when it was: a tick says that it is over."""
        mark = {"done": "✓ ", "running": "▸ "}.get(slot.state, "")
        return mark + _span(slot.begins, slot.ends)

    def _lateness(self, slots: tuple[Slot, ...]) -> int:
        """Return by how many minutes the next step will begin later than planned, 0 when none is left."""
        following = self._next(slots)
        if following is None:
            return 0
        return int((following.begins - following.planned) / timedelta(minutes=1))

    def _next(self, slots: tuple[Slot, ...]) -> Slot | None:
        return next((slot for slot in slots if slot.state == "waiting"), None)

    def _shift(self) -> None:
        slots = slots_of(self._context, self._day, self.now())
        following, late = self._next(slots), self._lateness(slots)
        if following is not None and late:
            self._context.session.keep(self._agenda.shift(following.step.id, late))

    def _unshift(self) -> None:
        self._keep(shifts={})

    def _keep_minutes(self) -> None:
        own = {step.id: step.minutes for step in self._steps}
        minutes = {key: spin.value() for key, spin in self.minutes.items() if spin.value() != own[key]}
        breaks = {key: spin.value() for key, spin in self.breaks.items() if spin.value()}
        self._keep(minutes=minutes, breaks=breaks)

    def _keep(self, **values: object) -> None:
        self._context.session.keep(self._agenda.changed(**values))


def _span(begins: datetime, ends: datetime) -> str:
    return f"{begins:%H:%M}–{ends:%H:%M}"


def _set_value(spin: QSpinBox, value: int) -> None:
    if spin.value() != value:
        with QSignalBlocker(spin):
            spin.setValue(value)
