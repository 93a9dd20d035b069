"""This installation's own folder: its random id, key, settings and the groups opened lately.

Read before the window first paints: nothing heavier than ``json`` is imported here.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from facilitator.files import translated_os_errors, write_atomically

RECENT_LIMIT = 12
_DEFAULTS: Mapping[str, str] = {
    "language": "ru",
    "theme": "light",
    "scale": "100",
    "name": "",
    "hints": "shown",
    "spelling": "on",
}


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

    @property
    def practice_path(self) -> Path:
        """Where the practice session is kept, once it has been opened."""
        return self.groups_folder / "practice.fgroup"

    @property
    def learned_words_path(self) -> Path:
        """Where the words lie that the spelling help has learned here."""
        return self.folder / "words.txt"

    @property
    def abbreviations_path(self) -> Path:
        """Where the abbreviations lie that are expanded while one types."""
        return self.folder / "abbreviations.json"

    @property
    def rosters_folder(self) -> Path:
        """Where the newest roster of each organizer is kept that this installation has come to trust."""
        return self.folder / "rosters"

    def new_group_path(self, code: str, number: int) -> Path:
        """Return where the file of a group of an event goes: the first name that is free."""
        name = f"{code}-g{number}"
        names = chain((name,), (f"{name}-{again}" for again in count(2)))
        return next(path for each in names if not (path := self.groups_folder / f"{each}.fgroup").exists())

    def prepare(self) -> None:
        """Make the folders. Raises ``EnvironmentFault`` when the disk refuses."""
        with translated_os_errors(self.folder):
            for folder in (self.folder, self.groups_folder, self.rosters_folder, self.key_path.parent):
                folder.mkdir(parents=True, exist_ok=True)

    def replica(self) -> str:
        """Return the random id of this installation, made on first use."""
        import uuid  # noqa: PLC0415  the first paint must not wait

        path = self.folder / "replica"
        try:
            return str(uuid.UUID(path.read_text("ascii").strip()))
        except (OSError, ValueError):
            self.prepare()
            made = str(uuid.uuid4())
            write_atomically(path, f"{made}\n".encode())
            return made

    def next_revision(self) -> int:
        """Take the next revision number for a package that no file of a group or centre stands behind.

        It is the time in microseconds, which goes on also where the file of the last one was lost.
        """
        kept = self._read("revision.json").get("last")
        revision = max(time.time_ns() // 1_000, 1 + (kept if isinstance(kept, int) else 0))
        self._write("revision.json", {"last": revision})
        return revision

    def settings(self) -> dict[str, str]:
        """Return ``language`` (ru, en), ``theme`` (light, dark), ``scale`` (per cent), ``name``, ``hints``
        (shown, hidden) and ``spelling`` (on, off)."""
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

    def last_centre(self) -> Path | None:
        """Return the centre's file that was opened last, if any."""
        kept = self._read("centre.json").get("path")
        return Path(kept) if isinstance(kept, str) else None

    def remember_centre(self, path: Path) -> None:
        """Keep which centre's file was opened last."""
        self._write("centre.json", {"path": str(path)})

    def roster_files(self) -> dict[str, Path]:
        """Return where the roster of each name, such as ``skfo-2018.roster``, was last changed from here."""
        kept = self._read("rosters.json").items()
        return {name: Path(path) for name, path in kept if isinstance(path, str)}

    def remember_roster(self, name: str, path: Path) -> None:
        """Keep where the file of a roster lies."""
        kept = {each: str(place) for each, place in self.roster_files().items()}
        self._write("rosters.json", {**kept, name: str(path)})

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
