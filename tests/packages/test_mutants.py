"""A hundred thousand mutants of the golden packages, ten million on request: none is taken in."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packages.golden import GOLDENS, NEIGHBOURS, judged
from tests.packages.mutants import mutant

ROOT = Path(__file__).parents[2]
A_SHARE = 12_500
SHARES = [*range(8), *(pytest.param(share, marks=pytest.mark.long) for share in range(8, 800))]
MOST_MEMORY = 256 * 1024
MOST_SECONDS = 2
# Some reason of each depth, so that a drill that never gets past the archive does not pass for one.
REACHED = {
    *(
        "archive-not-canonical",
        "file-unexpected",
        "signature-wrong",
        "key-revoked",
        "key-expired",
        "key-unknown",
    ),
    *(
        "hash-mismatch",
        "bag-info-mismatch",
        "json-not-canonical",
        "principal-not-granted",
        "origin-not-signer",
    ),
    *(
        "record-invalid",
        "counts-mismatch",
        "group-unsound",
        "roster-invalid",
        "script-invalid",
        "inner-mismatch",
    ),
    *("not-by-organizer", "age-malformed", "age-not-for-us", "persons-in-clear", "record-misplaced"),
}


def drilled(first: int, count: int) -> dict[str, Any]:
    command = (sys.executable, "-m", "tests.packages.mutants", str(first), str(count))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.parametrize("share", SHARES)
def test_no_mutant_is_taken_in(share: int) -> None:
    figures = drilled(share * A_SHARE, A_SHARE)
    assert figures["accepted"] == [], "numbers for tests.packages.mutants.mutant()"
    assert figures["unexpected"] == [], "numbers for tests.packages.mutants.mutant(), and what came out"
    assert figures["peak"] <= MOST_MEMORY
    assert figures["slowest"][0] <= MOST_SECONDS
    assert set(figures["codes"]) >= REACHED


@pytest.mark.parametrize("name", GOLDENS)
def test_what_the_mutants_are_made_from_is_sound(name: str) -> None:
    assert judged(GOLDENS[name].data).envelope.kind == name
    assert judged(NEIGHBOURS).envelope.principal == "skfo-2018.g4"


def test_a_number_stands_for_the_same_mutant_each_time() -> None:
    assert [mutant(number) for number in range(50)] == [mutant(number) for number in range(50)]
    assert len({mutant(number)[0] for number in range(50)}) > 45
