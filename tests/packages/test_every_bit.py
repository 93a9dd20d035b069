"""Every bit and every truncation of the golden packages: one change, and the package is not taken in."""

from collections.abc import Iterator

import pytest

from facilitator.packages import Quarantined, Refused
from tests.packages.golden import GOLDENS, judged

SHARES = range(4)
every_golden = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long) if name == "assignment" else name for name in GOLDENS]
)


def refuse(changes: Iterator[bytes]) -> int:
    """See that each of these is refused or put aside, and that nothing else comes out; return how many."""
    number = 0
    for changed in changes:
        with pytest.raises((Refused, Quarantined)):
            judged(changed)
        number += 1
    return number


@pytest.mark.parametrize("share", SHARES)
@every_golden
def test_no_bit_can_be_flipped(name: str, share: int) -> None:
    sound = GOLDENS[name].data
    places = range(share, len(sound), len(SHARES))
    flips = (
        sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :]
        for place in places
        for bit in range(8)
    )
    assert refuse(flips) == 8 * len(places)


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("share", SHARES)
@every_golden
def test_no_byte_can_have_another_value(name: str, share: int) -> None:
    sound = GOLDENS[name].data
    places = range(share, len(sound), len(SHARES))
    values = (
        sound[:place] + bytes([value]) + sound[place + 1 :]
        for place in places
        for value in range(256)
        if value != sound[place]
    )
    assert refuse(values) == 255 * len(places)


@every_golden
def test_no_part_of_a_package_is_a_package(name: str) -> None:
    sound = GOLDENS[name].data
    cuts = (part for place in range(1, len(sound)) for part in (sound[:place], sound[place:]))
    assert refuse(cuts) == 2 * (len(sound) - 1)
