"""The one door from the command line to the window."""

from pathlib import Path

from facilitator.services.home import Home
from ui.desktop.app import run_window


def open_window(home: Home, language: str | None, file: Path | None = None) -> int:
    """Open the window, and a file in it, and return its exit code when it is closed."""
    return run_window(home.folder, language, file)
