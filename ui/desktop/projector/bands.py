"""The lines at the foot of the room's picture: who has the word, how a vote stands; labels only."""

from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.projector.slide import Band
from ui.desktop.projector.turns import turn_lines
from ui.desktop.projector.votes import vote_bands


def bands_of(context: Context, step: ScriptStep, now: float) -> tuple[Band, ...]:
    """Return the bands of a step at the POSIX time ``now``, from the foot up."""
    session = context.session
    turns = turn_lines(session.snapshot, session.room, step.id, now)
    speaking: tuple[Band, ...] = ()
    if turns is not None:
        _ = context.gettext
        words = _("{speaker} has the word").format(speaker=turns.speaker)
        after = _("next: {speaker}").format(speaker=turns.next) if turns.next else ""
        speaking = (Band(" · ".join(filter(None, (words, after))), turns.left, turns.overtime),)
    return (*speaking, *vote_bands(context, step))
