"""What a round of voting comes to: what can be voted on, what a person has left, what the group has said."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from facilitator.domain.ids import made_at
from facilitator.domain.records import Card, Round, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.room.notes import Room
from facilitator.script.chain import stands
from facilitator.script.model import Script

METHODS = ("dots", "fist")
"""The ways of voting, by the names of the records."""
AGREED = 3
"""The fewest fingers with which everyone can live; who shows fewer is heard."""
MOST_FINGERS = 5
WIDE = 3
"""Fingers apart at which a group is of two minds."""


@dataclass(frozen=True)
class Tally:
    """What one option was given: how many dots, and by how many people (0 when they were counted by hand)."""

    dots: int = 0
    voters: int = 0


@dataclass(frozen=True)
class Agreement:
    """What a fist of five shows. ``fingers`` counts the hands for 0 to 5 fingers."""

    fingers: tuple[int, ...]
    objections: tuple[str, ...]

    @property
    def hands(self) -> int:
        """How many have shown their hand."""
        return sum(self.fingers)

    @property
    def passed(self) -> bool:
        """Whether everyone can live with it."""
        return self.hands > 0 and not sum(self.fingers[:AGREED])

    @property
    def doubtful(self) -> int:
        """How many have shown fewer than three fingers."""
        return sum(self.fingers[:AGREED])

    @property
    def divided(self) -> bool:
        """Whether the hands lie so far apart that the group is of two minds."""
        shown = [number for number, count in enumerate(self.fingers) if count]
        return bool(shown) and shown[-1] - shown[0] >= WIDE


def current_round(group: GroupSnapshot, step: str, method: str) -> Round | None:
    """Return the last round of a step by a method, ``None`` before the first."""
    rounds = group.rounds_of(step, method)
    return rounds[-1] if rounds else None


def unrevealed_round(group: GroupSnapshot, step: str, method: str) -> Round | None:
    """Return the round of a step by a method that is open or closed, if one is."""
    last = current_round(group, step, method)
    return last if last is not None and last.state != "revealed" else None


def open_round(group: GroupSnapshot, step: str) -> Round | None:
    """Return the round of dots that is open in a step, if one is: its options are frozen."""
    round_ = current_round(group, step, "dots")
    return round_ if round_ is not None and round_.state == "open" else None


def is_voted_on(card: Card, group: GroupSnapshot, script: Script, room: Room) -> bool:
    """Tell whether the group is voting on a card, so that its words have to stay as they are.

    A fist of five is about one card; when nobody knows which, about the step's agreed text.
    """
    step = script.step_of_kind(card.kind).id
    dots, fist = open_round(group, step), unrevealed_round(group, step, "fist")
    if dots is not None and was_there(card, dots):
        return True
    if fist is None or fist.state != "open":
        return False
    subject = asked_about(group, room, fist)
    return subject == card.id if subject is not None else script.card_kind(card.kind).single


def options(group: GroupSnapshot, script: Script, round_: Round) -> tuple[Card, ...]:
    """Return what can be voted on in a round: the standing cards that were there when it was opened."""
    kinds = (kind.id for kind in script.step(round_.step).card_kinds)
    return tuple(card for card in group.cards_of(*kinds) if is_option(card, round_))


def is_option(card: Card, round_: Round) -> bool:
    """Whether a card was there when a round was opened, and stands, and is nobody's own."""
    return stands(card) and not card.private and was_there(card, round_)


def was_there(card: Card, round_: Round) -> bool:
    """Whether a card was recorded before a round was opened, as far as their times are known."""
    opened = made_at(round_.id)
    if card.created is None or opened is None:
        return True
    return datetime.fromisoformat(card.created).timestamp() <= opened


def dots_of(group: GroupSnapshot, round_: str, participant: str) -> Mapping[str, int]:
    """Return the dots a person has given in a round, by card."""
    votes = (vote for vote in group.votes_in(round_) if vote.participant == participant)
    return {vote.card: vote.value for vote in votes if vote.value}


def voters(group: GroupSnapshot, round_: str) -> frozenset[str]:
    """Return who has given anything in a round."""
    votes = group.votes_in(round_)
    return frozenset(vote.participant for vote in votes if vote.participant is not None)


def tallies(group: GroupSnapshot, round_: str) -> Mapping[str, Tally]:
    """Return what every option of a round of dots was given, by card."""
    votes: defaultdict[str, list[Vote]] = defaultdict(list)
    for vote in group.votes_in(round_):
        votes[vote.card].append(vote)
    return {
        card: Tally(sum(each.value for each in given), sum(each.participant is not None for each in given))
        for card, given in votes.items()
    }


def agreement(group: GroupSnapshot, round_: str) -> Agreement:
    """Return what a round of the fist of five shows."""
    fingers = [0] * (MOST_FINGERS + 1)
    objections = []
    for vote in group.votes_in(round_):
        fingers[min(vote.value, MOST_FINGERS)] += 1
        if vote.objection:
            objections.append(vote.objection)
    return Agreement(tuple(fingers), tuple(objections))


def rounds_about(group: GroupSnapshot, step: str, card: str) -> tuple[Round, ...]:
    """Return the rounds of the fist of five that a step has had about a card, oldest first."""
    rounds = group.rounds_of(step, "fist")
    return tuple(each for each in rounds if subject_of(group, each.id) == card)


def last_agreement(group: GroupSnapshot, room: Room, step: str, card: str) -> Agreement | None:
    """Return what the last fist of five about a card has shown; ``None`` also while one is held."""
    going_on = unrevealed_round(group, step, "fist")
    if going_on is not None and asked_about(group, room, going_on) == card:
        return None
    rounds = rounds_about(group, step, card)
    return agreement(group, rounds[-1].id) if rounds else None


def former_dots(group: GroupSnapshot, step: str, card: str) -> tuple[int, ...]:
    """Return what a card was given in a step's revealed rounds of dots before the last, newest first."""
    revealed = [each.id for each in group.rounds_of(step, "dots") if each.state == "revealed"]
    return tuple(tallies(group, each).get(card, Tally()).dots for each in reversed(revealed[:-1]))


def subject_of(group: GroupSnapshot, round_: str) -> str | None:
    """Return the card a fist of five is about; ``None`` before the first hand is entered."""
    return next((vote.card for vote in group.votes_in(round_)), None)


def asked_about(group: GroupSnapshot, room: Room, round_: Round) -> str | None:
    """Return the card that a fist of five which is not revealed yet is about.

    Its hands say so; before the first, what was noted when it was opened. ``None`` when neither does, as in a
    round that was recorded elsewhere, and when the card is gone.
    """
    card = subject_of(group, round_.id) or room.fist_subject(round_.step)
    return card if card in group.cards else None
