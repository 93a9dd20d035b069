"""A step's vote by dots as the moderator sees it: its state, its way, and what each card is given."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from facilitator.domain.records import Card, Participant, Round
from facilitator.domain.snapshot import GroupSnapshot
from facilitator.errors import UserFault
from facilitator.room.presence import by_number, present_people
from facilitator.room.voting import (
    Tally,
    current_round,
    dots_of,
    former_dots,
    is_option,
    tallies,
    voters,
    was_there,
)
from facilitator.script.chain import stands
from facilitator.script.model import ScriptStep
from facilitator.services.commands import CastDots, GiveDots, OpenRound, SetRoundState
from facilitator.services.commands.rounds import USUAL_BUDGET
from ui.desktop.context import Context
from ui.desktop.models.card_words import CardDescriber, CardWords

State = Literal["ready", "open", "closed", "revealed"]


class Ballot:
    """Keys may come faster than the disk: what was asked for counts at once, until it is refused."""

    def __init__(self, context: Context, step: ScriptStep, describer: CardDescriber) -> None:
        self._context = context
        self._session = context.session
        self._step = step
        self._describer = describer
        self._kinds = tuple(kind.id for kind in step.card_kinds)
        self._asked: dict[tuple[str, str], int] = {}
        self._preparing = False
        self._by_hand: bool | None = None
        self.budget = USUAL_BUDGET
        """How many dots each has in the round that is opened next."""
        self.person: str | None = None
        """Whose dots are entered."""
        self.most_first = True
        """Whether the revealed order is that of the dots."""

    # How the vote stands

    @property
    def round(self) -> Round | None:
        """The last round of the step; ``None`` before the first and while another is prepared."""
        last = current_round(self._session.snapshot, self._step.id, "dots")
        return None if last is not None and last.state == "revealed" and self._preparing else last

    @property
    def state(self) -> State:
        """How far the round has come; what was not opened yet is ready."""
        return self.round.state if self.round is not None else "ready"

    @property
    def number(self) -> int:
        """Which round of the step this is, from 1."""
        return len(self._session.snapshot.rounds_of(self._step.id, "dots")) + (self.round is None)

    @property
    def is_begun(self) -> bool:
        """Whether anything was given in the round: that settles the way of counting."""
        return self.round is not None and bool(self._session.snapshot.votes_in(self.round.id))

    @property
    def by_hand(self) -> bool:
        """Whether dots are counted on the wall, not entered by person."""
        if self.round is not None and self.is_begun:
            return any(vote.participant is None for vote in self._session.snapshot.votes_in(self.round.id))
        return not self.people if self._by_hand is None else self._by_hand

    @by_hand.setter
    def by_hand(self, by_hand: bool) -> None:
        self._by_hand = by_hand

    @property
    def people(self) -> tuple[Participant, ...]:
        """Who votes: who is here, and who has given something and has left."""
        group = self._session.snapshot
        here = present_people(group.participants.values(), self._session.room.presence(self._step.day))
        gone = self.have_voted - {person.id for person in here}
        return tuple(sorted((*here, *(group.participants[key] for key in gone)), key=by_number))

    @property
    def have_voted(self) -> frozenset[str]:
        """Who has given anything in this round."""
        return voters(self._session.snapshot, self.round.id) if self.round is not None else frozenset()

    def left(self, person: str) -> int:
        """Return how many dots a person can still give."""
        given = dict(dots_of(self._session.snapshot, self.round.id, person)) if self.round else {}
        given |= {card: dots for (card, who), dots in self._asked.items() if who == person}
        return self.each - sum(given.values())

    @property
    def counted(self) -> int:
        """How many dots were given in this round by all together."""
        given = {key: tally.dots for key, tally in self._tallies.items()}
        given |= {card: dots for (card, who), dots in self._asked.items() if not who}
        return sum(given.values())

    @property
    def together(self) -> int:
        """How many dots all have together; 0 where no budget was set."""
        budget = self.round.budget if self.round is not None else None
        return (budget or 0) * len(self._session.snapshot.participants)

    @property
    def each(self) -> int:
        """How many dots each person has in this round."""
        return (self.round.budget if self.round is not None else None) or self.budget

    # Leading it on

    def lead_on(self) -> None:
        """Bring about the next state: open, close, reveal, or make ready for another round."""
        if self.state == "revealed":
            self._preparing = True
        elif self.round is None:
            self._session.perform(OpenRound(self._step.id, "dots", self.budget))
        else:
            after: Literal["closed", "revealed"] = "closed" if self.state == "open" else "revealed"
            self._session.perform(SetRoundState(self.round.id, after))

    def lead_back(self) -> None:
        """Open a closed round again, or go back to what was revealed."""
        if self.state == "closed" and self.round is not None:
            self._session.perform(SetRoundState(self.round.id, "open"))
        self._preparing = False

    def follow(self) -> None:
        """Take in what an act has changed."""
        if self._session.idle:
            self._asked.clear()
        last = current_round(self._session.snapshot, self._step.id, "dots")
        if last is None or last.state != "revealed":
            self._preparing = False

    # What is given

    def given(self, card: str) -> int:
        """Return the dots on a card: those of the chosen person, or those that were counted."""
        who = self._who
        if (card, who) in self._asked:
            return self._asked[card, who]
        if who and self.round is not None:
            return dots_of(self._session.snapshot, self.round.id, who).get(card, 0)
        return self._tallies.get(card, Tally()).dots

    def give(self, card: Card, dots: int) -> None:
        """Set the dots on a card.

        Raises ``UserFault`` ``round-not-ready`` before it is opened, ``round-not-open`` for dots by person
        once it is closed, ``not-an-option``, ``dots-over-budget``, ``dots-over-people``.
        """
        round_ = self.round
        if round_ is None:
            raise UserFault("round-not-ready")
        if self.state != "open" and not self.by_hand:
            raise UserFault("round-not-open")
        dots, more = max(0, dots), max(0, dots) - self.given(card.id)
        if more > 0 and self.state != "revealed" and not is_option(card, round_):
            raise UserFault("not-an-option")
        most = self.together if self.by_hand else self.each
        left = most - self.counted if self.by_hand else self.left(self._who)
        if most and more > max(0, left):
            raise UserFault("dots-over-people" if self.by_hand else "dots-over-budget", most=most)
        self._asked[card.id, self._who] = dots
        self._session.perform(
            GiveDots(card.id, dots) if self.by_hand else CastDots(round_.id, card.id, self._who, dots)
        )

    def forget(self, command: object) -> None:
        """Take back what was asked for and refused."""
        if isinstance(command, GiveDots):
            self._asked.pop((command.card, ""), None)
        elif isinstance(command, CastDots):
            self._asked.pop((command.card, command.participant), None)

    def cards_given(self, person: str | None) -> set[str]:
        """Return the cards to which a person has given dots."""
        if self.round is None or person is None:
            return set()
        return set(dots_of(self._session.snapshot, self.round.id, person))

    @property
    def _who(self) -> str:
        """Whose dots a card shows: everyone's where they were counted or are revealed."""
        return "" if self.by_hand or self.state == "revealed" else (self.person or "")

    @property
    def _tallies(self) -> dict[str, Tally]:
        return dict(tallies(self._session.snapshot, self.round.id)) if self.round is not None else {}

    # What is seen of it

    @property
    def _seen(self) -> set[str]:
        """The cards whose dots can be seen by now."""
        if self.by_hand or self.state == "revealed":
            return set(self._tallies)
        return self.cards_given(self.person) if self.state == "open" else set()

    def choose(self, group: GroupSnapshot) -> Iterable[Card]:
        """Return the cards that can be voted on, and those put off since whose dots can be seen."""
        given, seen = self._tallies, self._seen
        cards = [
            card
            for card in group.cards_of(*self._kinds)
            if not card.private and (stands(card) or card.id in seen)
        ]
        if self.state == "revealed" and self.most_first:
            cards.sort(key=lambda card: -given.get(card.id, Tally()).dots)
        return cards

    def describe(self, card: Card) -> CardWords:
        """Return a card in words, with the dots that may be seen by now."""
        _, words = self._context.gettext, self._describer.describe(card)
        words = replace(words, dots="", details="", links=(), gaps=())
        round_ = self.round
        if round_ is None:
            return words
        if self.state == "revealed":
            return self._describe_result(words, card)
        if not was_there(card, round_):
            return replace(words, details=_("recorded after the vote was opened"), faded=True)
        if not stands(card):
            words = replace(words, details=_("put off since: dots can only be taken back"), faded=True)
        if self.by_hand or self.state == "open":
            return replace(words, dots=f"● {self.given(card.id)}")
        return words

    def _describe_result(self, words: CardWords, card: Card) -> CardWords:
        context, all_ = self._context, self._tallies
        tally = all_.get(card.id, Tally())
        most = max((each.dots for each in all_.values()), default=0)
        details = []
        if tally.voters:
            said = context.ngettext("from {n} person", "from {n} people", tally.voters)
            details.append(said.format(n=tally.voters))
        former = former_dots(self._session.snapshot, self._step.id, card.id)
        if former:
            said = context.ngettext("in the round before {n}", "in the rounds before {n}", len(former))
            details.append(said.format(n=", ".join(str(dots) for dots in former)))
        share = tally.dots / most if most else 0.0
        return replace(words, dots=f"● {self.given(card.id)}", details=" · ".join(details), share=share)
