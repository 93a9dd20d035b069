"""Where the program is put together: which folder is this installation's home, and whose key it signs
with."""

from collections.abc import Mapping
from pathlib import Path

from facilitator.errors import UserFault
from facilitator.paths import default_home
from facilitator.services.home import Home

HOME_VARIABLE = "FACILITATOR_HOME"


def find_home(option: Path | None, environment: Mapping[str, str]) -> Home:
    """Return the installation's home: the option, else the environment's, else the platform's folder."""
    named = option or (Path(environment[HOME_VARIABLE]) if environment.get(HOME_VARIABLE) else None)
    folder = named or default_home()
    try:
        return Home(folder.expanduser().absolute())
    except RuntimeError:  # "~nobody" names no one's home
        raise UserFault("home-unusable", path=folder) from None
