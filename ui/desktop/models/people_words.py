"""People by their labels, as one says them in a row."""

from collections.abc import Iterable

from facilitator.domain.records import Participant


def labels_in_a_row(people: Iterable[Participant]) -> str:
    """Return labels as one reads them aloud: «Участник 3, 7, 12»."""
    said: list[str] = []
    former = ""
    for person in people:
        words, _, number = person.label.rpartition(" ")
        said.append(number if words and words == former and number.isdecimal() else person.label)
        former = words
    return ", ".join(said)
