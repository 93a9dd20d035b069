"""Where things lie: the installation's own folder and the resources shipped with the program."""

import sys
from pathlib import Path

APPLICATION = "Facilitator"


def resource(*parts: str) -> Path:
    """Return the path of a bundled resource, in a checkout, an installed wheel or a frozen bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)


def default_home() -> Path:
    """Return the folder for this installation's settings, keys, backups and logs."""
    import platformdirs  # noqa: PLC0415  the window paints before anything but Qt is imported

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))
