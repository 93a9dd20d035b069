"""The round robin: whose turn it is, who passed, who has spoken, and who begins the next round."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

TURN_SECONDS = 90
"""A minute and a half each: twenty people take half an hour."""


class Turns(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="turns"):
    """One round. ``queue`` begins with the person whose turn it is; ids are those of participants.

    ``began`` is the POSIX time at which the present turn began. ``order`` is how the round was begun.
    ``gone`` is who has had the word, in that order; of them ``passed`` can still be called. ``heard`` is who
    has spoken in earlier rounds of the step.
    """

    step: str
    order: tuple[str, ...]
    queue: tuple[str, ...]
    gone: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    seconds: int = TURN_SECONDS
    began: float | None = None
    number: int = 1

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"turns/{self.step}"

    @property
    def speaker(self) -> str | None:
        """Whose turn it is; nobody's when the round is over."""
        return self.queue[0] if self.queue else None

    @property
    def spoken(self) -> tuple[str, ...]:
        """Who has spoken in this round, in that order."""
        return tuple(each for each in self.gone if each not in self.passed)

    @property
    def over(self) -> bool:
        """Whether everyone has spoken or passed, or the round was ended."""
        return not self.queue

    def left_at(self, now: float) -> float:
        """Return the seconds left of the present turn, below zero in overtime."""
        return self.seconds - (max(0.0, now - self.began) if self.began is not None else 0.0)

    def next(self, now: float) -> "Turns":
        """The speaker has spoken; the next one begins."""
        return self if self.over else self._go_on(now, self.passed)

    def skip(self, now: float) -> "Turns":
        """The speaker passes for now and can come back."""
        return self if self.over else self._go_on(now, (*self.passed, self.queue[0]))

    def back(self, now: float) -> "Turns":
        """Who had the word last gets it again: «next» was pressed too soon."""
        return self._give(self.gone[-1], now) if self.gone else self

    def come_back(self, person: str, now: float) -> "Turns":
        """Who had passed speaks now, before the one whose turn it is."""
        return self._give(person, now) if person in self.passed else self

    def follow(self, here: Sequence[str], now: float) -> "Turns":
        """Go on with who is in the room: late comers speak last, who has left is not waited for."""
        queue = tuple(each for each in self.queue if each in here)
        passed = tuple(each for each in self.passed if each in here)
        gone = tuple(each for each in self.gone if each in here or each not in self.passed)
        late = tuple(each for each in here if each not in (*queue, *gone))
        queue += late
        return msgspec.structs.replace(
            self,
            order=self.order + tuple(each for each in late if each not in self.order),
            queue=queue,
            gone=gone,
            passed=passed,
            began=self.began if queue[:1] == self.queue[:1] else now,
        )

    def end(self) -> "Turns":
        """End the round; who has not spoken is not waited for."""
        return msgspec.structs.replace(self, queue=())

    def _go_on(self, now: float, passed: tuple[str, ...]) -> "Turns":
        return msgspec.structs.replace(
            self, queue=self.queue[1:], gone=(*self.gone, self.queue[0]), passed=passed, began=now
        )

    def _give(self, person: str, now: float) -> "Turns":
        return msgspec.structs.replace(
            self,
            queue=(person, *self.queue),
            gone=tuple(each for each in self.gone if each != person),
            passed=tuple(each for each in self.passed if each != person),
            began=now,
        )


def begin_turns(step: str, circle: Sequence[str], earlier: Iterable[Turns], now: float) -> Turns:
    """Begin a round along ``circle``, from the person who has had to wait longest in ``earlier`` rounds.

    So nobody is always the first and nobody always the last. A round of the same step among ``earlier`` makes
    this one its next.
    """
    earlier = tuple(earlier)
    order = _turned(tuple(circle), _waiting(earlier))
    mine = [round_ for round_ in earlier if round_.step == step]
    number = 1 + max((round_.number for round_ in mine), default=0)
    heard = tuple(dict.fromkeys(person for round_ in mine for person in (*round_.heard, *round_.spoken)))
    return Turns(step=step, order=order, queue=order, began=now, number=number, heard=heard)


def _waiting(rounds: Iterable[Turns]) -> dict[str, float]:
    """Return how late each person has come to speak, from 0 (always first) to 1 (always last), on average."""
    places: defaultdict[str, list[float]] = defaultdict(list)
    for round_ in rounds:
        for place, person in enumerate(round_.order):
            places[person].append(place / max(1, len(round_.order) - 1))
    return {person: sum(shares) / len(shares) for person, shares in places.items()}


def _turned(circle: tuple[str, ...], waiting: dict[str, float]) -> tuple[str, ...]:
    if not waiting or not circle:
        return circle
    first = max(range(len(circle)), key=lambda place: (waiting.get(circle[place], 0.0), -place))
    return circle[first:] + circle[:first]
