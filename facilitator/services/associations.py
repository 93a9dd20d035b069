"""A double click on one of our files opens the program: registered for this person alone.

Linux keeps it in files below the data folder (freedesktop.org, Shared MIME-info Database and Desktop Entry
specifications), Windows in the person's part of the registry. macOS takes it from the bundle.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from facilitator.errors import UserFault
from facilitator.files import translated_os_errors, write_atomically


class FileType(NamedTuple):
    """A kind of file: how its name ends, its MIME type, and what a person calls it in two languages."""

    suffix: str
    mime: str
    english: str
    russian: str


FILE_TYPES = (
    FileType(".fgroup", "application/x-facilitator-group", "Group of a strategic session", "Группа сессии"),
    FileType(".fpkg", "application/x-facilitator-package", "Package of a session", "Пакет сессии"),
)
"""What the window opens when it is given such a file."""
_ENTRY = "facilitator.desktop"


def program_command() -> tuple[str, ...]:
    """Return what starts this program: the bundle itself, or the interpreter with our door."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "ui.cli")


def associate(command: Sequence[str], data_folder: Path | None = None) -> None:
    """Let a double click on our files run ``command`` with the file's path.

    ``data_folder`` is where Linux keeps such things, ``XDG_DATA_HOME`` otherwise. Raises
    ``UserFault("association-unsupported")`` on other systems, ``EnvironmentFault`` from the disk.
    """
    if sys.platform == "win32":
        _register(command)
    elif sys.platform == "linux":
        _describe(command, data_folder or _data_home())
    else:
        raise UserFault("association-unsupported")


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _describe(command: Sequence[str], folder: Path) -> None:
    applications, mime = folder / "applications", folder / "mime"
    with translated_os_errors(folder):
        applications.mkdir(parents=True, exist_ok=True)
        (mime / "packages").mkdir(parents=True, exist_ok=True)
    write_atomically(mime / "packages" / "facilitator.xml", _mime_types().encode())
    write_atomically(applications / _ENTRY, _desktop_entry(command).encode())
    for tool, *arguments in (
        ("update-mime-database", mime),
        ("update-desktop-database", applications),
        *(("xdg-mime", "default", _ENTRY, kind.mime) for kind in FILE_TYPES),
    ):
        if shutil.which(tool):  # a desktop without it reads the files by itself
            subprocess.run([tool, *arguments], check=False, capture_output=True)


def _mime_types() -> str:
    types = "".join(
        f'  <mime-type type="{kind.mime}">\n'
        f"    <comment>{kind.english}</comment>\n"
        f'    <comment xml:lang="ru">{kind.russian}</comment>\n'
        f'    <glob pattern="*{kind.suffix}" weight="80"/>\n'
        "  </mime-type>\n"
        for kind in FILE_TYPES
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{types}</mime-info>\n'


def _desktop_entry(command: Sequence[str]) -> str:
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Facilitator",
        "Comment=Leads a strategic session",
        "Comment[ru]=Ведёт стратегическую сессию",
        f"Exec={' '.join(map(_quoted, command))} %f",
        f"MimeType={';'.join(kind.mime for kind in FILE_TYPES)};",
        "Terminal=false",
        "Categories=Office;",
    )
    return "".join(f"{line}\n" for line in lines)


def _quoted(word: str) -> str:
    """Return a word as the Exec key wants it (Desktop Entry Specification, section 7)."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return '"{}"'.format(escaped.replace("\\", "\\\\").replace("%", "%%"))


def _register(command: Sequence[str]) -> None:
    import winreg  # noqa: PLC0415  only Windows has it

    line = subprocess.list2cmdline([*command, "%1"])
    for kind in FILE_TYPES:
        name = f"Facilitator{kind.suffix}"
        for key, value in (
            (kind.suffix, name),
            (name, kind.russian),
            (rf"{name}\shell\open\command", line),
        ):
            winreg.SetValue(winreg.HKEY_CURRENT_USER, rf"Software\Classes\{key}", winreg.REG_SZ, value)  # type: ignore[attr-defined,unused-ignore]
