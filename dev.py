#!/usr/bin/env python3
"""Runs, tests and builds Facilitator from a fresh checkout with nothing installed but Python.

python3 dev.py run [ARGS]      opens the program; without a display records the demonstration instead
python3 dev.py test [ARGS]     every check the project has; ARGS go to pytest
python3 dev.py build           a one-folder bundle in dist/, whose window is started once
python3 dev.py lock            resolves requirements.lock anew
python3 dev.py translations    brings the catalogues up to date with the code and compiles them

Each makes .venv and installs requirements.lock into it when it has changed. Exit code 3: this machine lacks
something, and the line that installs it has been printed.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed"
WINDOWS = sys.platform == "win32"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
TRANSLATIONS = ROOT / "resources" / "translations"
TRANSLATED = {
    "cli": ("ui/cli", "ui/acts.py", "ui/messages.py", "ui/sentences.py"),
    "desktop": ("ui/desktop", "ui/acts.py", "ui/messages.py", "ui/sentences.py"),
    "exports": ("exports",),
}
MACHINE_LACKS = 3


class Need(NamedTuple):
    """Something outside Python: how to tell that it is here, and the Debian package that brings it."""

    name: str
    package: str
    present: Callable[[str], object]


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(pattern: str) -> bool:
    return any(Path("/usr/share/fonts").rglob(pattern))


VENV_NEED = Need("ensurepip", "python3-venv", importlib.util.find_spec)
WINDOW_LIBRARIES = tuple(
    Need(library, package, loads)
    for library, package in (
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libGL.so.1", "libgl1"),
        ("libEGL.so.1", "libegl1"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libxcb-image.so.0", "libxcb-image0"),
        ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        ("libxcb-randr.so.0", "libxcb-randr0"),
        ("libxcb-render-util.so.0", "libxcb-render-util0"),
        ("libxcb-shape.so.0", "libxcb-shape0"),
        ("libxcb-xkb.so.1", "libxcb-xkb1"),
    )
)
WINDOW_NEEDS = (*WINDOW_LIBRARIES, Need("DejaVuSans*.ttf", "fonts-dejavu-core", has_font))
TEST_PROGRAMS = tuple(
    Need(program, package, shutil.which)
    for program, package in (
        ("ssh-keygen", "openssh-client"),
        ("sha256sum", "coreutils"),
        ("unzip", "unzip"),
        ("age", "age"),
        ("pdftotext", "poppler-utils"),
    )
)
OFFICE = (
    Need("soffice", "libreoffice-writer-nogui", shutil.which),
    Need("soffice", "libreoffice-calc-nogui", shutil.which),
)
LINUX_TEST_NEEDS = (
    Need("Xvfb", "xvfb", shutil.which),
    Need("update-mime-database", "shared-mime-info", shutil.which),
    Need("LiberationSans-Regular.ttf", "fonts-liberation", has_font),
)
OWN_LIBRARY = "libpython{}.{}".format(*sys.version_info)
LINUX_BUILD_NEEDS = (
    Need("objdump", "binutils", shutil.which),
    Need(f"{OWN_LIBRARY}.so.1.0", OWN_LIBRARY, loads),
)


def refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(MACHINE_LACKS)


def missing(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if not need.present(need.name)]


def require(needs: Sequence[Need]) -> None:
    """Install what Linux lacks of ``needs`` if we may, or name the line that does and exit 3."""
    lacking = missing(needs)
    if not lacking:
        return
    names = ", ".join(dict.fromkeys(need.name for need in lacking))
    packages = list(dict.fromkeys(need.package for need in lacking))
    if sys.platform != "linux":
        refuse(f"Not found on this machine: {names}. Install it, put it on PATH, and run this again.")
    if not shutil.which("apt-get"):
        refuse(f"Not found on this machine: {names}. Install what Debian calls: {' '.join(packages)}")
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        refuse(f"Not found on this machine: {names}. Run: sudo apt-get update && sudo {' '.join(install)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "update", "-q")
    run(*install)
    if still := missing(needs):
        refuse(f"Still not found after installing: {', '.join(need.name for need in still)}")


def run(*command: str | Path) -> None:
    """Run ``command`` from the root of the checkout; end with its exit code if it fails."""
    if code := attempt(*command):
        raise SystemExit(code)


def attempt(*command: str | Path, **environment: str) -> int:
    print("+", " ".join(map(str, command)), file=sys.stderr, flush=True)
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def tool(name: str) -> Path:
    return SCRIPTS / (f"{name}.exe" if WINDOWS else name)


def require_venv() -> None:
    """Make .venv hold exactly what the lock names, and the project itself as an editable install."""
    inputs = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    wanted = hashlib.sha256(inputs).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    if not (PYTHON.exists() and STAMP.exists()):  # also what an interrupted run left half made
        run(sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-deps")
    run(*pip, "--require-hashes", "--requirement", LOCK)
    run(*pip, "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(wanted, encoding="ascii")


def prepare(*more: Need) -> None:
    """Bring the machine what the window and ``more`` need, asked for at once, and then the environment."""
    linux = WINDOW_NEEDS if PYTHON.exists() else (VENV_NEED, *WINDOW_NEEDS)
    require((*(linux if sys.platform == "linux" else ()), *more))
    require_venv()


def has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(arguments: list[str]) -> int:
    prepare()
    if arguments or has_display():
        return attempt(tool("facilitator"), *arguments)
    out = unused_folder(Path.cwd() / "demo")
    print(f"There is no display here: a demonstration is recorded into {out} instead.", flush=True)
    code = attempt(tool("facilitator"), "demo", out, "--no-window")
    if code == 0:
        print(f"The packages, the centre and the reports lie in {out}")
    return code


def unused_folder(wanted: Path) -> Path:
    candidates = (wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 10_000))
    return next(path for path in (wanted, *candidates) if not path.exists())


def test(arguments: list[str]) -> int:
    prepare(*TEST_PROGRAMS, *OFFICE, *(LINUX_TEST_NEEDS if sys.platform == "linux" else ()))
    python = (PYTHON, "-m")
    pure = ",".join(f"facilitator/{name}/*" for name in ("domain", "script", "packages", "merge"))
    checks: tuple[tuple[str | Path, ...], ...] = (
        (*python, "ruff", "check", "--no-cache", "."),
        (*python, "ruff", "format", "--check", "."),
        (*python, "mypy"),
        (tool("lint-imports"), "--no-cache"),
        (*python, "pytest", "--cov", "--cov-report=", *arguments),
        (*python, "coverage", "report", f"--include={pure}", "--fail-under=100"),
        (*python, "coverage", "report", "--fail-under=90"),
    )
    failed = [" ".join(map(str, check)) for check in checks if attempt(*check) != 0]
    for check in failed:
        print("FAILED:", check)
    return 1 if failed else 0


def build(_arguments: list[str]) -> int:
    prepare(*(LINUX_BUILD_NEEDS if sys.platform == "linux" else ()))
    run(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", ROOT / "build.spec")
    program = ROOT / "dist" / "facilitator" / ("facilitator.exe" if WINDOWS else "facilitator")
    with tempfile.TemporaryDirectory() as home:
        # The window closes itself after its first paint, so that this ends.
        code = attempt(
            program, QT_QPA_PLATFORM="offscreen", FACILITATOR_SELF_CHECK="1", FACILITATOR_HOME=home
        )
    print(f"The window of {program} starts." if code == 0 else f"The window of {program} did not start.")
    return code


def lock(_arguments: list[str]) -> int:
    resolve = (
        "--universal",
        "--python-version=3.11",
        "--extra=dev",
        "--extra=semantic",
        "--upgrade",
        "--quiet",
    )
    write = ("--generate-hashes", "--no-emit-index-url", "--no-header", f"--output-file={LOCK.name}")
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "venv", folder)
        scripts = Path(folder) / SCRIPTS.name
        run(scripts / PYTHON.name, "-m", "pip", "install", "-qq", "uv")
        return attempt(scripts / "uv", "pip", "compile", *resolve, *write, "pyproject.toml")


def translations(_arguments: list[str]) -> int:
    require_venv()
    pybabel = (tool("pybabel"), "-q")
    owner = ("--project=Facilitator", "--copyright-holder=Facilitator contributors")
    extract = (*pybabel, "extract", "--no-location", "--sort-output", *owner)
    update = (*pybabel, "update", "--locale=ru", "--init-missing", "--no-fuzzy-matching", "--ignore-obsolete")
    compiles = (*pybabel, "compile", f"--directory={TRANSLATIONS}")
    with tempfile.TemporaryDirectory() as folder:
        for domain, sources in TRANSLATED.items():
            template, chosen = Path(folder) / f"{domain}.pot", f"--domain={domain}"
            run(*extract, "-o", template, *sources)
            into = (f"--output-dir={TRANSLATIONS}", "--ignore-pot-creation-date")
            run(*update, *into, chosen, f"--input-file={template}")
            run(*compiles, chosen)
    return 0


def main() -> int:
    """Set the machine up for the asked command and carry it out; return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  whoever runs this may have any Python
        refuse(f"Facilitator needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    commands = {"run": start, "test": test, "build": build, "lock": lock, "translations": translations}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=commands)
    command, arguments = parser.parse_known_args()
    return commands[command.command](arguments)


if __name__ == "__main__":
    raise SystemExit(main())
