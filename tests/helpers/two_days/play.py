"""The whole two days, played in the real window with the keyboard alone.

``python -m tests.helpers.two_days.play FOLDER`` begins with an empty home in FOLDER and leaves there the
group, the packages and ``outcome.json``: what was counted, and what stood before the room. The platform is
the caller’s choice: offscreen with two screens, or a real window.
"""

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.helpers.two_days import day_one, day_two
from tests.helpers.two_days.table import Table


def main() -> None:
    """Play, and tell what came of it."""
    app = QApplication(sys.argv)
    folder = Path(sys.argv[1])
    table = Table(folder)
    day_one.play(table)
    table.get_up()
    table.sit_down()
    day_two.play(table)
    table.get_up()
    outcome = {
        "said": table.said,
        "room": table.room,
        "keys": table.keys,
        "mouse": table.watch.touches,
        "windows": sorted(table.watch.windows),
    }
    (folder / "outcome.json").write_text(json.dumps(outcome, ensure_ascii=False, indent=1), "utf-8")
    del app


if __name__ == "__main__":
    main()
