"""This installation's own folder: its random id, key, settings and the groups opened lately.

Read before the window first paints: nothing heavier than ``json`` is imported here.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from facilitator.files import translated_os_errors, write_atomically

RECENT_LIMIT = 12
_DEFAULTS: Mapping[str, str] = {"language": "ru", "theme": "light", "scale": "100"}


@dataclass(frozen=True)
class Home:
    """The folder given by ``--home``, ``FACILITATOR_HOME`` or the platform; made on first use."""

    folder: Path

    @property
    def key_path(self) -> Path:
        """Where this installation's signing key lies, once it has been made."""
        return self.folder / "keys" / "id_ed25519"

    @property
    def groups_folder(self) -> Path:
        """Where new groups are put unless their maker says otherwise."""
        return self.folder / "groups"

    def prepare(self) -> None:
        """Make the folders. Raises ``EnvironmentFault`` when the disk refuses."""
        with translated_os_errors(self.folder):
            for folder in (self.folder, self.groups_folder, self.key_path.parent):
                folder.mkdir(parents=True, exist_ok=True)

    def replica(self) -> str:
        """Return the random id of this installation, made on first use."""
        path = self.folder / "replica"
        try:
            return str(uuid.UUID(path.read_text("ascii").strip()))
        except (OSError, ValueError):
            self.prepare()
            made = str(uuid.uuid4())
            write_atomically(path, f"{made}\n".encode())
            return made

    def settings(self) -> dict[str, str]:
        """Return ``language`` (ru, en), ``theme`` (light, dark) and ``scale`` (per cent)."""
        kept = self._read("settings.json")
        known = {name: str(value) for name, value in kept.items() if name in _DEFAULTS}
        return {**_DEFAULTS, **known}

    def save_settings(self, **values: str) -> None:
        """Keep new values of settings."""
        self._write("settings.json", {**self.settings(), **values})

    def recent(self) -> list[tuple[Path, str]]:
        """Return the groups opened lately, newest first: path and title."""
        kept = self._read("recent.json").items()
        return [(Path(path), title) for path, title in kept if isinstance(title, str)]

    def remember(self, path: Path, title: str) -> None:
        """Put a group at the head of those opened lately."""
        others = [each for each in self.recent() if each[0] != path]
        self._keep_recent([(path, title), *others][:RECENT_LIMIT])

    def forget(self, path: Path) -> None:
        """Take a group off the list; its file stays."""
        self._keep_recent([each for each in self.recent() if each[0] != path])

    def _keep_recent(self, groups: list[tuple[Path, str]]) -> None:
        self._write("recent.json", {str(path): title for path, title in groups})

    def _read(self, name: str) -> dict[str, object]:
        """Read a small file of our own; a broken one costs a preference, never a start."""
        try:
            value = json.loads((self.folder / name).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    def _write(self, name: str, value: object) -> None:
        self.prepare()
        write_atomically(self.folder / name, json.dumps(value, ensure_ascii=False, indent=1).encode())
