"""How a day stands against its plan, in words."""

from collections.abc import Sequence
from datetime import datetime

from facilitator.room.agenda import Slot, day_plan, drift
from ui.desktop.context import Context


def drift_words(context: Context, slots: Sequence[Slot]) -> str:
    """Return in words how far a day is from its plan; one that nobody has begun is neither late nor early."""
    _, ngettext = context.gettext, context.ngettext
    states = {slot.state for slot in slots}
    if states <= {"waiting"}:
        return _("Not begun yet")
    minutes = drift(slots)
    over, late, early = states == {"done"}, max(minutes, 0), max(-minutes, 0)
    if over and late:
        words = ngettext("Ended {n} minute later than planned", "Ended {n} minutes later than planned", late)
    elif over and early:
        words = ngettext("Ended {n} minute before its time", "Ended {n} minutes before its time", early)
    elif over:
        words = _("Ended as planned")
    elif late:
        words = ngettext("We are {n} minute behind", "We are {n} minutes behind", late)
    elif early:
        words = ngettext("We are {n} minute ahead", "We are {n} minutes ahead", early)
    else:
        words = _("We keep to the plan")
    return words.format(n=abs(minutes))


def slots_of(context: Context, day: int, now: datetime) -> tuple[Slot, ...]:
    """Return the plan of a day as it stands at ``now``."""
    session = context.session
    steps = [step for step in session.script.steps if step.day == day]
    return day_plan(steps, session.room.agenda(day), tuple(session.snapshot.steps.values()), now)


def day_now(context: Context) -> int:
    """Return the day that is going on: the last that was begun, the first when none was."""
    steps = context.session.script.steps
    begun = {record.step for record in context.session.snapshot.steps.values() if record.state != "waiting"}
    return max((step.day for step in steps if step.id in begun), default=steps[0].day)
