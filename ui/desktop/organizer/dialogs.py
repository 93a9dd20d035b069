"""Asking where a file goes."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, proposed: Path, kinds: str) -> Path | None:
    """Return where a file is to go, or ``None``; its suffix is that of ``proposed``.

    The dialog asks before a file is replaced, but only by the name that was typed: where that had no suffix
    and with it means a file that is there, it is asked again.
    """
    while True:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
        if not chosen:
            return None
        if chosen.endswith(proposed.suffix):
            return Path(chosen)
        path = Path(f"{chosen}{proposed.suffix}")
        if not path.exists():
            return path
        proposed = path
