"""The commands that enter votes: dots counted by hand or by person, and fingers with their objections."""

from dataclasses import dataclass

import msgspec

from facilitator.domain.edits import Edit, added, removed
from facilitator.domain.records import Card, Participant, Round, Vote
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.room.voting import AGREED, MOST_FINGERS, current_round, is_option, subject_of
from facilitator.services.commands.command import Deed, Desk, changes, present, words_of

MOST_DOTS = 10_000


@dataclass(frozen=True)
class GiveDots:
    """Set how many dots were counted on a card by hand, in the step's round that is not revealed yet.

    Where a step has no round, or only revealed ones, dots counted on the wall make one that is revealed at
    once, or correct the last.
    """

    card: str
    dots: int

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``dots-out-of-range``, ``dots-over-people`` (``most``),
        ``round-per-person``, ``not-an-option``."""
        card = present(Card, self.card, group)
        if not 0 <= self.dots <= MOST_DOTS:
            raise UserFault("dots-out-of-range", field="value", most=MOST_DOTS)
        step = desk.script.step_of_kind(card.kind).id
        there = current_round(group, step, "dots")
        round_ = there or Round(
            id=desk.new_id(), group=group.group.id, step=step, method="dots", state="revealed"
        )
        if any(vote.participant is not None for vote in group.votes_in(round_.id)):
            raise UserFault("round-per-person")
        given = _given(group, round_, card)
        if self.dots > given:
            if round_.state != "revealed":
                _check_option(card, round_)
            self._check_budget(group, round_, self.dots - given)
        edits = () if there else added([round_])
        return Deed(
            "dots-given", words_of(card, group), edits + _set_vote(group, desk, round_, card, self.dots)
        )

    def _check_budget(self, group: GroupSnapshot, round_: Round, more: int) -> None:
        if round_.budget is None or not group.participants:
            return
        most = round_.budget * len(group.participants)
        if sum(vote.value for vote in group.votes_in(round_.id)) + more > most:
            raise UserFault("dots-over-people", most=most)


@dataclass(frozen=True)
class CastDots:
    """Set how many dots a person gives to a card in an open round.

    From a card that was put off since they can only be taken back.
    """

    round: str
    card: str
    participant: str
    dots: int

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-not-open``, ``round-by-hand``, ``not-an-option``,
        ``dots-over-budget`` (with ``most``)."""
        round_ = _open(present(Round, self.round, group))
        card = present(Card, self.card, group)
        person = present(Participant, self.participant, group)
        votes = group.votes_in(round_.id)
        if any(vote.participant is None for vote in votes):
            raise UserFault("round-by-hand")
        if self.dots > _given(group, round_, card, person.id):
            _check_option(card, round_)
        others = sum(vote.value for vote in votes if vote.participant == person.id and vote.card != card.id)
        if self.dots < 0 or (round_.budget is not None and others + self.dots > round_.budget):
            raise UserFault("dots-over-budget", most=round_.budget)
        edits = _set_vote(group, desk, round_, card, self.dots, person.id)
        return Deed("dots-cast", person.label, edits)


@dataclass(frozen=True)
class ShowFingers:
    """Set how many fingers people show for a card in an open fist of five, the same for each of them.

    ``objection`` is what one of them, who shows fewer than three, cannot live with.
    """

    round: str
    card: str
    participants: tuple[str, ...]
    fingers: int
    objection: str = ""

    def carry_out(self, group: GroupSnapshot, desk: Desk) -> Deed:
        """Raises ``UserFault`` ``record-missing``, ``round-not-open``, ``fingers-out-of-range``,
        ``fist-of-another`` when the round is about another card."""
        round_ = _open(present(Round, self.round, group))
        card = present(Card, self.card, group)
        if not 0 <= self.fingers <= MOST_FINGERS:
            raise UserFault("fingers-out-of-range", most=MOST_FINGERS)
        if subject_of(group, round_.id) not in (None, card.id):
            raise UserFault("fist-of-another")
        people = [present(Participant, key, group) for key in self.participants]
        objection = self.objection.strip() if self.fingers < AGREED else ""
        there = {vote.participant: vote for vote in group.votes_in(round_.id)}
        edits = []
        for person in people:
            before = there.get(person.id)
            after = msgspec.structs.replace(
                before
                or Vote(id=desk.new_id(), round=round_.id, card=card.id, value=0, participant=person.id),
                value=self.fingers,
                objection=objection or None,
            )
            edits.append(Edit(before, after))
        subject = people[0].label if len(people) == 1 else str(len(people))
        return Deed("fingers-shown", subject, changes(edits))


def _open(round_: Round) -> Round:
    if round_.state != "open":
        raise UserFault("round-not-open")
    return round_


def _check_option(card: Card, round_: Round) -> None:
    if not is_option(card, round_):
        raise UserFault("not-an-option")


def _find(group: GroupSnapshot, round_: Round, card: Card, participant: str | None) -> Vote | None:
    """Return what a person gave to a card in a round, or what was counted on it."""
    votes = group.votes_in(round_.id)
    return next((each for each in votes if (each.card, each.participant) == (card.id, participant)), None)


def _given(group: GroupSnapshot, round_: Round, card: Card, participant: str | None = None) -> int:
    vote = _find(group, round_, card, participant)
    return vote.value if vote is not None else 0


def _set_vote(
    group: GroupSnapshot, desk: Desk, round_: Round, card: Card, value: int, participant: str | None = None
) -> tuple[Edit, ...]:
    """Return the edits that make a vote say ``value``; nothing given is no vote."""
    vote = _find(group, round_, card, participant)
    if vote is not None and value:
        return changes([Edit(vote, msgspec.structs.replace(vote, value=value))])
    if vote is not None:
        return removed([vote])
    if not value:
        return ()
    return added(
        [Vote(id=desk.new_id(), round=round_.id, card=card.id, value=value, participant=participant)]
    )
