"""Asking where a file goes, and which file a typed name means."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def completed(typed: str, suffix: str) -> Path:
    """Return the file a typed name means: all of the name, a date in it too, and the suffix."""
    return Path(typed if typed.lower().endswith(suffix) else f"{typed}{suffix}")


def ask_where(parent: QWidget, title: str, proposed: Path, kinds: str) -> Path | None:
    """Return where a file is to go, or ``None``; its suffix is that of ``proposed``.

    The dialog asks before a file is replaced, but only by the name that was typed: where that had no suffix
    and with it means a file that is there, it is asked again.
    """
    while True:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
        if not chosen:
            return None
        path = completed(chosen, proposed.suffix)
        if path == Path(chosen) or not path.exists():
            return path
        proposed = path
