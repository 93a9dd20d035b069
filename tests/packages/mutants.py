"""A drill: so many mutants of the golden packages, one after another, in a process of its own.

``python -m tests.packages.mutants FIRST COUNT`` judges the mutants with these numbers and prints what came
out as JSON. A number stands for the same bytes each time: ``mutant(number)`` gives them.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass, field
from random import Random

from facilitator.packages import Quarantined, Refused
from tests.packages.age_forge import age_file
from tests.packages.golden import GOLDENS, RECIPIENTS, judged
from tests.packages.mutations import MUTATIONS, scrambled, sealed_wrongly, whatever
from tests.packages.weighed import peak

_SOUND = {data for golden in GOLDENS.values() for data in (golden.plain, golden.data)}
_SOUND.add(age_file(GOLDENS["persons"].plain, [RECIPIENTS[1]]))  # anyone can encrypt it to us again


@dataclass
class Figures:
    """What came of the mutants: ``codes`` counts verdicts, ``accepted`` and ``unexpected`` name mutants.

    ``rightful`` is how many were signed by whoever may and turned out sound; ``slowest`` is the most seconds
    of processor time for one, and its number; ``peak`` is in KiB.
    """

    rightful: int = 0
    accepted: list[int] = field(default_factory=list)
    unexpected: list[tuple[int, str]] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)
    peak: int = 0


def mutant(number: int) -> tuple[bytes, bool]:
    """The bytes with this number, and whether nobody may accept them."""
    rng = Random(number)
    while True:
        golden = rng.choice(list(GOLDENS.values()))
        forged = rng.random() < 0.9
        data = (rng.choice(MUTATIONS) if forged else whatever)(rng, golden)
        if rng.random() < 0.05:
            data = scrambled(rng, data)
        if golden.data != golden.plain and rng.random() < 0.3:
            data = sealed_wrongly(rng, golden)
        elif data not in _SOUND and rng.random() < (0.05 if golden.data == golden.plain else 0.9):
            data = age_file(data, RECIPIENTS)
        if data not in _SOUND:
            return data, forged


def drill(first: int, count: int) -> Figures:
    """Judge the mutants from ``first`` on."""
    figures = Figures()
    for number in range(first, first + count):
        data, forged = mutant(number)
        begun = time.process_time()
        try:
            judged(data)
        except (Refused, Quarantined) as fault:
            figures.codes[fault.code] = figures.codes.get(fault.code, 0) + 1
        except BaseException as error:  # a panic in Rust is no Exception
            figures.unexpected.append((number, repr(error)))
        else:
            if forged:
                figures.accepted.append(number)
            else:
                figures.rightful += 1
        figures.slowest = max(figures.slowest, (time.process_time() - begun, number))
    figures.peak = peak()
    return figures


if __name__ == "__main__":
    print(json.dumps(asdict(drill(int(sys.argv[1]), int(sys.argv[2])))))
