"""The end of a day on one page, in order, one button each: what is missing, the gaps, the quiet ones, a copy,
the package, the printed summary, and the day is closed."""

from datetime import UTC, datetime
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.domain.records import timestamp
from facilitator.errors import Fault
from facilitator.room.notes import DayEnd
from facilitator.room.voices import unheard
from facilitator.script.model import ScriptStep
from facilitator.services.commands import CloseDay
from facilitator.services.day_end import Safe, look_at_safety
from facilitator.services.group_service import GroupService
from ui.desktop.context import Context
from ui.desktop.day_part import DayPart
from ui.desktop.day_words import open_words
from ui.desktop.models.gap_model import GapModel
from ui.desktop.models.people_words import labels_in_a_row
from ui.desktop.printing.day_summary import day_summary
from ui.desktop.printing.paper import Paper
from ui.desktop.theme.tokens import XL, XS, L, M
from ui.desktop.widgets.build import button, label, set_look
from ui.desktop.widgets.gap_list import GapList
from ui.desktop.widgets.scrolled import scrolled
from ui.messages import sentence


class DayPage(QWidget):
    """Follows the group by itself while it is shown."""

    step_asked = Signal(str)
    card_asked = Signal(str)
    chain_asked = Signal()
    handover_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("help", "day-end")
        self._context = context
        self._days = tuple(dict.fromkeys(step.day for step in context.session.script.steps))
        self.day = context.session.room.open_day(self._days)
        self._safe = Safe()
        self.paper = Paper(context, self)
        self.paper.said.connect(self._show_printed)
        self.paper.failed.connect(self._show_not_printed)
        self._title = label("", "title")
        self.day_buttons = self._make_day_buttons()
        self._make_parts()
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        context.session.changed.connect(self._look_again)
        context.session.noted.connect(self._look_again)
        self.show_day(self.day)

    def _make_day_buttons(self) -> QButtonGroup:
        made = QButtonGroup(self)
        for day in self._days:
            choice = button(self._context.gettext("Day {n}").format(n=day), lambda: None)
            choice.setCheckable(True)
            made.addButton(choice, day)
        made.idClicked.connect(self.show_day)
        return made

    def _make_parts(self) -> None:
        _ = self._context.gettext
        self.step_buttons: dict[str, QPushButton] = {}
        self._steps_column = QVBoxLayout()
        self._steps_column.setSpacing(XS)
        self._steps_column.setContentsMargins(0, 0, 0, 0)
        self._step_list = QWidget()
        self._step_list.setLayout(self._steps_column)
        self.gap_model = GapModel(self._context, self)
        self.gap_list = GapList(self.gap_model, _("Gaps in the chain"))
        self.gap_list.card_asked.connect(self.card_asked)
        self._chain = button(_("Go to the chain"), self.chain_asked.emit, "quiet")
        self.missing = DayPart(
            1, _("What is missing"), _("Go to the step"), self._go_to_first_step, self._step_list
        )
        self.gaps = DayPart(
            2, _("Gaps in the chain"), _("Show the gaps"), self._toggle_gaps, self.gap_list, self._chain
        )
        self.voices = DayPart(3, _("Who has not spoken"), _("Give them the word"), self._give_word)
        self.copy = DayPart(4, _("Copy"), _("Make a copy"), self._back_up)
        self.package = DayPart(5, _("Package"), _("Sign and hand over"), self._hand_over)
        self.summary = DayPart(6, _("Summary of the day"), _("Print the summary"), self._print)
        self.close_part = DayPart(7, _("The day itself"), "", self._close_or_open)
        self.parts = (
            self.missing,
            self.gaps,
            self.voices,
            self.copy,
            self.package,
            self.summary,
            self.close_part,
        )

    def _lay_out(self) -> None:
        _ = self._context.gettext
        top = QHBoxLayout()
        top.setSpacing(M)
        top.addWidget(self._title, 1)
        for choice in self.day_buttons.buttons():
            top.addWidget(choice)
            if len(self._days) == 1:
                choice.hide()
        note = _("Enter goes down the list. A day may be closed with gaps, but not without a look at them.")
        column = QVBoxLayout()
        column.setContentsMargins(XL, L, XL, L)
        column.setSpacing(M)
        column.addLayout(top)
        column.addWidget(label(note, "note"))
        for part in self.parts:
            column.addWidget(part)
        column.addStretch(1)
        self._area = scrolled(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _keep_reading_order(self) -> None:
        """Let Tab go down the page, through what has unfolded too."""
        stops: list[QWidget] = [*self.day_buttons.buttons(), self.missing.button]
        stops += self.step_buttons.values()
        stops += [self.gaps.button, self.gap_list, self._chain]
        stops += [part.button for part in self.parts[2:]]
        for one, next_ in pairwise(stops):
            QWidget.setTabOrder(one, next_)

    # What is shown

    def show_day(self, day: int) -> None:
        """Show how far the end of a day has come."""
        self.day = day
        chosen = self.day_buttons.button(day)
        chosen.setChecked(True)
        self._hide_gaps()
        self.summary.show_state(self._context.gettext("One page, labels only"), done=False)
        for each in self.step_buttons.values():
            each.hide()
        self.refresh()
        self._keep_reading_order()

    def focus_entry(self) -> None:
        """Put the keyboard on the first button of the list that is not done."""
        waiting = (part.button for part in self.parts if not part.done and part.button.isEnabled())
        next(waiting, self.close_part.button).setFocus()

    def gaps_looked_at(self) -> None:
        """Note that the gaps were on the screen: from then on the day may be closed with them."""
        end = self._end.see_gaps(timestamp(datetime.now(UTC)))
        if end != self._end:
            self._context.session.keep(end)
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look anew each time the page is shown; a day that is over gives way to the one that has begun."""
        super().showEvent(event)
        states = {record.step: record.state for record in self._context.session.snapshot.steps.values()}
        begun = [step.day for step in self._context.session.script.steps if step.id in states]
        if self._end.closed is not None and max(begun, default=0) > self.day:
            self.show_day(max(begun))
        self._look_again()

    def _look_again(self, _what: object = None) -> None:
        if self.isVisible():
            self._soon.start()
            self._context.session.run(look_at_safety, self._show_safe)

    @property
    def _end(self) -> DayEnd:
        return self._context.session.room.day_end(self.day)

    @property
    def _steps(self) -> tuple[ScriptStep, ...]:
        return tuple(step for step in self._context.session.script.steps if step.day == self.day)

    def refresh(self) -> None:
        """Say how each point stands."""
        _ = self._context.gettext
        self._title.setText(_("End day {n}").format(n=self.day))
        self._show_missing()
        self._show_gaps()
        self._show_voices()
        self._show_safe(self._safe)
        self._show_closing()

    def _show_missing(self) -> None:
        _, ngettext = self._context.gettext, self._context.ngettext
        session = self._context.session
        lines = {step.id: open_words(self._context, step) for step in self._steps}
        for step in self._steps:
            words = lines[step.id]
            made = self.step_buttons.get(step.id)
            if made is None:
                made = button("", lambda step=step: self.step_asked.emit(step.id), "quiet")  # type: ignore[misc]
                made.setStyleSheet("text-align: left;")
                self.step_buttons[step.id] = made
                self._steps_column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            number = session.script.steps.index(step) + 1
            made.setText(f"{number}. {self._context.say(step.title)}: {words}")
            made.setAccessibleName(made.text())
            made.setVisible(bool(words))
        count = sum(map(bool, lines.values()))
        words = ngettext("{n} step is not complete", "{n} steps are not complete", count).format(n=count)
        self.missing.show_state(words if count else _("Nothing is missing"), done=not count, warn=True)
        self.missing.button.setEnabled(bool(count))
        self._step_list.setVisible(bool(count))

    def _show_gaps(self) -> None:
        _, ngettext = self._context.gettext, self._context.ngettext
        self.gap_model.refresh()
        count = self.gap_model.count
        seen = self._end.gaps_seen is not None
        words = ngettext("{n} gap in the chain", "{n} gaps in the chain", count).format(n=count)
        if count:
            words += ", " + (_("looked at") if seen else _("not looked at yet"))
        self.gaps.show_state(words if count else _("There are none."), done=seen or not count, warn=True)
        self.gaps.button.setEnabled(bool(count))
        if not count:
            self._hide_gaps()

    def _show_voices(self) -> None:
        _ = self._context.gettext
        quiet = unheard(self._context.session.snapshot, self._context.session.room, *self._steps)
        names = labels_in_a_row(quiet)
        self.voices.show_state(names or _("Everyone who is here has spoken"), done=not quiet)
        self.voices.button.setEnabled(bool(quiet))

    def _show_safe(self, safe: Safe) -> None:
        _ = self._context.gettext
        self._safe = safe
        for part, made, good, old, none in (
            (self.copy, safe.copied, _("Made at {time}"), _("Older than the last act"), _("Not made yet")),
            (
                self.package,
                safe.handed_over,
                _("Signed at {time}"),
                _("The last one is older than the last act"),
                _("Not signed yet"),
            ),
        ):
            done = safe.holds(made)
            words = good.format(time=_clock(made)) if done and made else old if made else none
            part.show_state(words, done=done)

    def _show_closing(self) -> None:
        _ = self._context.gettext
        part, closed = self.close_part, self._end.closed
        if closed is not None:
            words = _("Day {n} is closed since {time}.").format(
                n=self.day, time=_clock(datetime.fromisoformat(closed))
            )
            part.show_state(f"{words} {self._next_words()}", done=True)
            part.name_act(_("Open day {n} again").format(n=self.day))
        else:
            part.show_state(
                _("Steps under way are finished; the rest stays as it is.")
                if self.gaps.done
                else _("First look at the gaps in the chain: point 2."),
                done=False,
            )
            part.name_act(_("Close day {n}").format(n=self.day))
        set_look(part.button, "kind", "plain" if closed else "primary")
        part.button.setEnabled(closed is not None or self.gaps.done)

    def _next_words(self) -> str:
        _ = self._context.gettext
        steps = self._context.session.script.steps
        after = next((step for step in steps if step.day > self.day), None)
        if after is None:
            return _("This was the last day: make the report and hand over the package.")
        return _("Tomorrow: step {n}, “{step}”.").format(
            n=steps.index(after) + 1, step=self._context.say(after.title)
        )

    # What the buttons do

    def _go_on(self, part: DayPart) -> None:
        """Put the keyboard on the next button of the list that can be pressed."""
        after = self.parts[self.parts.index(part) + 1 :]
        for each in after:
            if each.button.isEnabled():
                each.button.setFocus()
                self._area.ensureWidgetVisible(each)
                return

    def _go_to_first_step(self) -> None:
        self._go_on(self.missing)
        first = next((step.id for step in self._steps if not self.step_buttons[step.id].isHidden()), None)
        if first is not None:
            self.step_asked.emit(first)

    def _toggle_gaps(self) -> None:
        _ = self._context.gettext
        if self.gap_list.isHidden():
            self.gap_list.show()
            self._chain.show()
            self.gaps.name_act(_("Hide the gaps"))
            self.gaps_looked_at()
            self._go_on(self.gaps)
            self._area.ensureWidgetVisible(self.gaps)
        else:
            self._hide_gaps()

    def _hide_gaps(self) -> None:
        self.gap_list.hide()
        self._chain.hide()
        self.gaps.name_act(self._context.gettext("Show the gaps"))

    def _give_word(self) -> None:
        """Lead to the step of the day that was begun last: there the round is led."""
        states = {record.step: record.state for record in self._context.session.snapshot.steps.values()}
        begun = [step.id for step in self._steps if states.get(step.id, "waiting") != "waiting"]
        self._go_on(self.voices)
        self.step_asked.emit(begun[-1] if begun else self._steps[0].id)

    def _back_up(self) -> None:
        self._context.session.run(GroupService.back_up, lambda _path: self._look_again())
        self._go_on(self.copy)

    def _hand_over(self) -> None:
        self._go_on(self.package)
        self.handover_asked.emit()

    def _print(self) -> None:
        _ = self._context.gettext
        name = _("Day {n}, group {group}").format(
            n=self.day, group=self._context.session.snapshot.group.number
        )
        if self.paper.give(day_summary(self._context, self.day), name):
            self._go_on(self.summary)

    def _show_printed(self, words: str) -> None:
        self.summary.show_state(words, done=True)

    def _show_not_printed(self, fault: Fault) -> None:
        self.summary.show_state(sentence(fault, self._context.texts), done=False, warn=True)

    def _close_or_open(self) -> None:
        session = self._context.session
        if self._end.closed is None:
            session.perform(CloseDay(self.day))
        elif session.undo_name is not None and session.undo_name.code == "day-closed":
            session.undo()
        else:
            session.keep(self._end.open_again())


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
