"""What is kept of a bug: where in the program it was, and nothing that people said."""

import traceback
from datetime import UTC, datetime
from pathlib import Path

from facilitator import __version__
from facilitator.files import translated_os_errors
from facilitator.services.home import Home


def record_crash(home: Home, error: BaseException) -> Path:
    """Append the error's type and the lines of code it went through to the log, and return the log's path.

    The error's message is left out: it may hold statements or names.
    """
    path = home.folder / "crash.log"
    lines = [f"{datetime.now(UTC).isoformat()} {__version__} {type(error).__name__}\n"]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}\n")
    home.prepare()
    with translated_os_errors(path), path.open("a", encoding="utf-8") as log:
        log.writelines(lines)
    return path
