"""Records statements one by one and says each id once it has been recorded, until it is killed.

``python -m tests.helpers.recorder GROUP.fgroup``
"""

import sys
from itertools import count
from pathlib import Path

from facilitator.services.commands import AddCards
from facilitator.services.groups import open_group


def main(path: Path) -> None:
    """Record statements into the group at ``path`` for ever."""
    with open_group(path) as service:
        for number in count(1):
            changes = service.perform(AddCards("rule", (f"Высказывание {number}: «в каждом районе»",)))
            print(changes.edits[0].record.id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
