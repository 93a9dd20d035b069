"""What the room may see of a vote: how many have voted, and once it is revealed what they chose."""

from facilitator.domain.records import Round
from facilitator.room.presence import present_people
from facilitator.room.voting import METHODS, agreement, tallies, unrevealed_round, voters
from facilitator.script.model import ScriptStep
from ui.desktop.context import Context
from ui.desktop.models.vote_words import fingers_words, verdict_words
from ui.desktop.projector.slide import MOST_LINES, Band, Line


def vote_bands(context: Context, step: ScriptStep) -> tuple[Band, ...]:
    """Return a line for each vote of a step that has not been revealed yet."""
    group = context.session.snapshot
    rounds = (unrevealed_round(group, step.id, method) for method in METHODS)
    return tuple(_band(context, step, each) for each in rounds if each is not None)


def result_lines(context: Context, round_: Round) -> tuple[Line, ...]:
    """Return what a revealed round has shown: the statements by their dots, or the hands by their fingers."""
    group = context.session.snapshot
    if round_.state != "revealed":
        return ()
    if round_.method == "fist":
        shown = agreement(group, round_.id)
        hands = [
            Line(fingers_words(context, fingers), count)
            for fingers, count in enumerate(shown.fingers)
            if count
        ]
        return (Line(verdict_words(context, shown)), *reversed(hands))
    given = sorted(tallies(group, round_.id).items(), key=lambda item: -item[1].dots)
    cards = ((group.cards.get(key), tally) for key, tally in given)
    lines = (
        Line(card.text, dots=tally.dots) for card, tally in cards if card is not None and not card.private
    )
    return tuple(lines)[:MOST_LINES]


def _band(context: Context, step: ScriptStep, round_: Round) -> Band:
    _, session = context.gettext, context.session
    if round_.state == "closed":
        return Band(_("The vote is closed"))
    people = present_people(session.snapshot.participants.values(), session.room.presence(step.day))
    have = voters(session.snapshot, round_.id)
    all_ = have | {person.id for person in people}  # who has voted and left counts too
    counted = _("{n} of {all} have voted").format(n=len(have), all=len(all_)) if have else ""
    if round_.method == "fist":
        return Band(_("We show from 0 to 5 fingers"), counted)
    words = context.ngettext("We vote: {n} dot each", "We vote: {n} dots each", round_.budget or 0)
    return Band(words.format(n=round_.budget or 0), counted)
