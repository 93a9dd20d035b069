"""Who is in the room on a day: checked in, come late, gone."""

from collections.abc import Iterable

import msgspec

from facilitator.domain.records import Participant


class Presence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="presence"):
    """When each participant came and left, by id, as the records write times.

    Until the first check-in nobody is known to be away, and everyone counts as here.
    """

    day: int
    came: dict[str, str] = {}
    left: dict[str, str] = {}

    @property
    def key(self) -> str:
        """Under which name the note is kept."""
        return f"presence/{self.day}"

    def is_here(self, participant: str) -> bool:
        """Whether a participant is in the room now."""
        return participant not in self.left and (participant in self.came or not self.came)

    def check_in(self, participants: Iterable[str], at: str) -> "Presence":
        """Note who has come, or come back; who is here already keeps the time they came."""
        come = tuple(participants)
        came = dict.fromkeys(come, at) | self.came
        left = {each: when for each, when in self.left.items() if each not in come}
        return msgspec.structs.replace(self, came=came, left=left)

    def check_out(self, participant: str, at: str) -> "Presence":
        """Note who has left."""
        return msgspec.structs.replace(self, left={**self.left, participant: at})

    def forget(self, participant: str) -> "Presence":
        """Take back what was noted of a participant: they have not come yet."""
        return msgspec.structs.replace(
            self,
            came={each: at for each, at in self.came.items() if each != participant},
            left={each: at for each, at in self.left.items() if each != participant},
        )


def by_number(participant: Participant) -> tuple[int, str]:
    """Order participants as their labels are numbered: «Участник 2» before «Участник 10»."""
    number = participant.label.rsplit(" ", 1)[-1]
    return (int(number) if number.isdecimal() else 0, participant.label)


def present_people(people: Iterable[Participant], presence: Presence) -> tuple[Participant, ...]:
    """Return who is in the room, in the order of their labels."""
    return tuple(sorted((each for each in people if presence.is_here(each.id)), key=by_number))
