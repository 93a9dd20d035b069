"""Whose voice has not been heard yet: everyone in the room is to have had the word."""

from facilitator.domain.records import Participant
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.notes import Room
from facilitator.room.presence import by_number, present_people
from facilitator.script.model import ScriptStep


def unheard(group: GroupSnapshot, room: Room, *steps: ScriptStep) -> tuple[Participant, ...]:
    """Return who is here and has neither a statement in any of ``steps`` nor spoken in a round of them.

    Who is here on the day of one of the steps is asked for, in the order of their labels.
    """
    kinds = [kind.id for step in steps for kind in step.card_kinds]
    heard = {card.author for card in group.cards_of(*kinds)}
    for step in steps:
        turns = room.turns(step.id)
        if turns is not None:
            heard.update(turns.spoken, turns.heard)
    days = {step.day for step in steps}
    here = {
        person.id
        for day in days
        for person in present_people(group.participants.values(), room.presence(day))
    }
    people = sorted((group.participants[key] for key in here - heard), key=by_number)
    return tuple(people)
