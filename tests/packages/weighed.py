"""Judges one file in a process of its own: ``python -m tests.packages.weighed FILE``.

Prints as JSON the verdict, the seconds of processor time and the most memory, in KiB, that the process took.
"""

import json
import sys
import time
from pathlib import Path

from facilitator.packages import Quarantined, Refused
from facilitator.packages.reader import open_package
from tests.packages.golden import judged


def peak() -> int:
    """The most memory this process has had, in KiB; ``getrusage`` would count what its parent had before."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def weighed(path: Path) -> tuple[str, float, int]:
    begun = time.process_time()
    try:
        with open_package(path) as source:
            judged(source.read())
        verdict = "accepted"
    except (Refused, Quarantined) as fault:
        verdict = fault.code
    return verdict, time.process_time() - begun, peak()


if __name__ == "__main__":
    print(json.dumps(weighed(Path(sys.argv[1]))))
