"""The lock answers the project's declared dependencies, by hash, and names no host."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", LOCK, flags=re.MULTILINE))


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["dev"]]


def test_the_lock_answers_every_declared_dependency() -> None:
    for requirement in declared():
        version = PINNED.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked; run: python3 dev.py lock"
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


def test_every_locked_release_carries_hashes() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(entries) >= len(PINNED) > 0
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_names_no_host() -> None:
    assert "://" not in LOCK
